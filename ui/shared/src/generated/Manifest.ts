// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Collector } from "./Collector";
import type { Entry } from "./Entry";
import type { TicketNumber } from "./TicketNumber";
import type { Timestamp } from "./Timestamp";

export type Manifest = { schema: string, ticket?: TicketNumber, program: string, created_at: Timestamp, redactor: string, entries: Array<Entry>, collectors: Array<Collector>, };
