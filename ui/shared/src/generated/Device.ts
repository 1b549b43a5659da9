// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Timestamp } from "./Timestamp";

export type Device = { id: string, fingerprint: string, approved: boolean, created_at: Timestamp, last_seen: Timestamp, };
