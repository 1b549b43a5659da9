// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Agent } from "./Agent";
import type { AuditRow } from "./AuditRow";
import type { BundleState } from "./BundleState";
import type { Manifest } from "./Manifest";
import type { Report } from "./Report";
import type { Severity } from "./Severity";
import type { TechnicalLog } from "./TechnicalLog";
import type { TicketMessage } from "./TicketMessage";
import type { TicketNumber } from "./TicketNumber";
import type { TicketStatus } from "./TicketStatus";
import type { TicketSummary } from "./TicketSummary";
import type { Timestamp } from "./Timestamp";

export type TicketPage = { number: TicketNumber, status: TicketStatus, severity: Severity, owner: Agent | null, created_at: Timestamp, received_at: Timestamp, response_due: Timestamp | null, summary: TicketSummary, bundle: BundleState, report: Report | null, manifest: Manifest | null, messages: Array<TicketMessage>, log: TechnicalLog | null, history: Array<AuditRow>, now: Timestamp, };
