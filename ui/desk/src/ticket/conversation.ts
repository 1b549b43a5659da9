// What both sides said and sent, on one axis of time. Draws nothing.

import type { Attachment, TicketMessage, TicketPage } from "@nightline/shared/wire.ts";

export type Said = { key: string; at: string } & ({ kind: "message"; message: TicketMessage } | { kind: "file"; file: Attachment } | { kind: "closed" });

/** Oldest first. Times are RFC 3339 in UTC with milliseconds, so their order is that of their text. */
export function conversation(page: Pick<TicketPage, "messages" | "attachments" | "closings">): Said[] {
  const said: Said[] = [
    ...page.messages.map((message): Said => ({ kind: "message", key: `message ${message.id}`, at: message.at, message })),
    ...page.attachments.map((file): Said => ({ kind: "file", key: `file ${file.id}`, at: file.at, file })),
    ...page.closings.map((at, index): Said => ({ kind: "closed", key: `closed ${index}`, at })),
  ];
  return said.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}
