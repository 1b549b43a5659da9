// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { FactKey } from "./FactKey";
import type { Privacy } from "./Privacy";
import type { Timestamp } from "./Timestamp";
import type { Unit } from "./Unit";
import type { Value } from "./Value";

export type Fact = { key: FactKey, value: Value, unit?: Unit, at: Timestamp, method: string, privacy: Privacy, };
