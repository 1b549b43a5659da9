// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Culprit } from "./Culprit";
import type { Severity } from "./Severity";
import type { TicketNumber } from "./TicketNumber";
import type { TicketStatus } from "./TicketStatus";
import type { Timestamp } from "./Timestamp";

export type QueueRow = { number: TicketNumber, severity: Severity, status: TicketStatus, what: string, culprit: Culprit | null, machine: string | null, target: string | null, owner: string | null, received_at: Timestamp, response_due: Timestamp | null, unread: boolean, bundle_complete: boolean, };
