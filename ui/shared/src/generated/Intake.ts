// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Impact } from "./Impact";
import type { OtherMachine } from "./OtherMachine";
import type { Pattern } from "./Pattern";
import type { Scope } from "./Scope";
import type { Target } from "./Target";
import type { Timestamp } from "./Timestamp";
import type { WhichMachine } from "./WhichMachine";

export type Intake = { schema?: string, what: string, error?: string, when?: Timestamp, until?: Timestamp, steps?: string, expected?: string, pattern?: Pattern, target?: Target, machine: WhichMachine, other_machine?: OtherMachine, scope?: Scope, impact?: Impact, contact?: string, attachments: Array<string>, };
