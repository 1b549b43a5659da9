// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Timestamp } from "./Timestamp";

export type Me = { id: string, email: string, name: string, admin: boolean, organisation: string, csrf: string, now: Timestamp, };
