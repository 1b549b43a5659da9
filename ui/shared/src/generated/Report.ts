// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { CheckResult } from "./CheckResult";
import type { Event } from "./Event";
import type { Finding } from "./Finding";
import type { Machine } from "./Machine";
import type { Millis } from "./Millis";
import type { TargetReport } from "./TargetReport";
import type { Timestamp } from "./Timestamp";
import type { Verdict } from "./Verdict";

export type Report = { schema: string, verdict: Verdict, findings: Array<Finding>, checks: Array<CheckResult>, timeline: Array<Event>, machine: Machine, target: TargetReport | null, started_at: Timestamp, took_ms: Millis, complete: boolean, program: string, };
