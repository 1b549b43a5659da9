// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Message } from "./Message";
import type { Millis } from "./Millis";
import type { Timestamp } from "./Timestamp";

export type TargetProbe = { at: Timestamp | null, reached: boolean, failed_phase?: string, failure?: Message, dns_ms?: Millis, tcp_ms?: Millis, tls_ms?: Millis, http_ms?: Millis, http_status?: number, };
