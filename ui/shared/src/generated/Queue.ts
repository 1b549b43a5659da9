// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { QueueRow } from "./QueueRow";
import type { Timestamp } from "./Timestamp";

export type Queue = { tickets: Array<QueueRow>, total: number, next: string | null, now: Timestamp, };
