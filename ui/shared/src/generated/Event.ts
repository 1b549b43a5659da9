// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { EventKind } from "./EventKind";
import type { EventSource } from "./EventSource";
import type { Message } from "./Message";
import type { Privacy } from "./Privacy";
import type { Timestamp } from "./Timestamp";

export type Event = { at: Timestamp, until?: Timestamp, kind: EventKind, source: EventSource, message: Message, privacy: Privacy, };
