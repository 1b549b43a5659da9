// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { MessageAuthor } from "./MessageAuthor";
import type { Timestamp } from "./Timestamp";

export type TicketMessage = { id: string, author: MessageAuthor, name?: string, at: Timestamp, text: string, };
