// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Severity } from "./Severity";
import type { TicketStatus } from "./TicketStatus";

export type TicketChange = { status?: TicketStatus, severity?: Severity, owner?: string, };
