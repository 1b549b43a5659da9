// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Intake } from "./Intake";
import type { Machine } from "./Machine";
import type { Severity } from "./Severity";
import type { Verdict } from "./Verdict";

export type TicketSummary = { severity: Severity, response_minutes: number, intake: Intake, verdict?: Verdict, machine?: Machine, language: string, };
