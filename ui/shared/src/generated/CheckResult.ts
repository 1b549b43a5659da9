// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { CheckId } from "./CheckId";
import type { Fact } from "./Fact";
import type { Message } from "./Message";
import type { Millis } from "./Millis";
import type { Outcome } from "./Outcome";
import type { Timestamp } from "./Timestamp";

export type CheckResult = { id: CheckId, outcome: Outcome, reason?: Message, facts: Array<Fact>, started_at: Timestamp, took_ms: Millis, };
