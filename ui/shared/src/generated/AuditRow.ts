// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Timestamp } from "./Timestamp";

export type AuditRow = { id: string, at: Timestamp, actor: string, action: string, subject: string, detail: string, };
