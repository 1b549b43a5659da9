// The content of the fake desk's files: a log with a story, a long log, a small drawn picture.

import type { Entry, TicketPage } from "@nightline/shared/wire.ts";
import { HOSTILE_TEXT } from "./hostile.ts";

/** A 2 x 2 PNG, gray. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGOoqqqEIwYEBwBUMAkJ8NBPtQAAAABJRU5ErkJggg==";

const kept = new Map<string, Uint8Array<ArrayBuffer>>();

/** What the viewer needs to know of a file, in the bundle or after it. */
type Kept = Pick<Entry, "path" | "size" | "media_type">;

export function fileBytes(entry: Kept, page: TicketPage): Uint8Array<ArrayBuffer> {
  const key = `${page.number}/${entry.path}`;
  const known = kept.get(key);
  if (known) return known;
  const made = entry.media_type.startsWith("image/")
    ? Uint8Array.from(atob(PNG), (it) => it.charCodeAt(0))
    : new TextEncoder().encode(textOf(entry, page));
  kept.set(key, made);
  entry.size = made.length;
  return made;
}

function textOf(entry: Kept, page: TicketPage): string {
  if (entry.path === "report.json") return JSON.stringify(page.report, null, 2);
  const start = Date.parse(page.summary.intake.when ?? page.created_at) - 3 * 3_600_000;
  const lines: string[] = [];
  for (let index = 0; index < 24_000; index += 1) {
    const at = new Date(start + index * 900).toISOString();
    lines.push(`${at} <host-7q2k> ${STORIES[(index * 7) % STORIES.length]}[${800 + (index % 900)}]: ${SAYINGS[(index * 13) % SAYINGS.length]}`);
  }
  if (page.summary.intake.what.startsWith("<img")) lines[3] = HOSTILE_TEXT;
  return `${lines.join("\n")}\n`;
}

const STORIES = ["NetworkManager", "systemd-resolved", "kernel", "xfreerdp", "chronyd"];
const SAYINGS = [
  "connectivity is now LIMITED",
  "Using degraded feature set UDP instead of UDP+EDNS0 for DNS server <ip-7c2f.4d1a>",
  "ERROR: rdp_recv_callback: CredSSP failed, 0x80090302",
  "Selected source <ip-a1b2.9f3e>",
  "wlp0s20f3: carrier lost for 1412 ms",
  "state change: activated -> deactivating (reason 'connection-assumed')",
];
