// Invented queues for the fake desk: a usual night, a storm, hostile words.

import type { Culprit, QueueRow, Severity, TicketStatus } from "@nightline/shared/wire.ts";
import type { Scenario } from "../fake.ts";
import { HOSTILE_TEXT } from "./hostile.ts";

const ALPHABET = "123456789ABCDEFGHJKMNPQRSTVWXYZ";

type Sketch = {
  number: string; severity: Severity; what: string; culprit: Culprit | null; machine: string; target?: string; owner?: string;
  /** Minutes. */
  received: number; due?: number; unread?: boolean; status?: TicketStatus; arriving?: boolean;
};

const USUAL: readonly Sketch[] = [
  { number: "NL-3F7A-K1VN-2", severity: "P0", what: "Nothing has worked since the power came back, no network on the whole floor", culprit: "router", machine: "<host-2v9c>", received: 22, due: -7, unread: true },
  { number: "NL-7Q2K-4M9X-C", severity: "P0", what: "Remote desktop to the trading server stopped in the middle of a call with six people. It says an authentication error has occurred.", culprit: "provider", machine: "<host-7q2k>", target: "rds.north.example:3389", received: 4, due: 11, unread: true },
  { number: "NL-B8TR-11WD-8", severity: "P1", what: "打印机无法连接，整个财务部都在等", culprit: "device", machine: "ThinkPad X1", target: "printer-3.local", owner: "林晓", received: 40, unread: true },
  { number: "NL-K5D2-MMH8-V", severity: "P1", what: "Shared drive asks for a password it never asked for", culprit: "dns", machine: "<host-p81d>", target: "files.north.example:445", received: 14, due: 16 },
  { number: "NL-X2W6-3RTA-9", severity: "P1", what: "VPN connects and drops every two or three minutes", culprit: "wifi", machine: "Latitude 5440", target: "vpn.north.example", owner: "Jonas Brandt", received: 65 },
  { number: "NL-9PZE-Q7C4-5", severity: "P2", what: "Video calls freeze in the afternoon", culprit: "provider", machine: "MacBook Air", target: "meet.example.com", received: 51, due: 189 },
  { number: "NL-D1NH-66KB-F", severity: "P2", what: "The intranet shows a certificate warning since this morning", culprit: "service", machine: "<host-0t5m>", target: "https://intra.north.example", owner: "Mira Okonkwo", received: 88, status: "waiting" },
  { number: "NL-R4GA-V83J-7", severity: "P2", what: "上传大文件时总是断开", culprit: null, machine: "OptiPlex 7010", target: "upload.north.example", received: 3, due: 237, arriving: true },
  { number: "NL-T6YB-2XQF-M", severity: "P3", what: "How do I get the new scanner into the list?", culprit: "none", machine: "<host-w3e8>", received: 300, due: 1_140 },
  { number: "NL-M4ZX-9GQ2-1", severity: "P2", what: "Mail arrives hours late", culprit: "service", machine: "<host-w3e8>", target: "mail.north.example", owner: "Jonas Brandt", received: 600, status: "closed" },
];

export function queueOf(scenario: Scenario, now: number): QueueRow[] {
  switch (scenario) {
    case "empty":
      return [];
    case "many":
      return Array.from({ length: 200 }, (_, index) => row(storm(index), now));
    case "hostile":
      return USUAL.slice(0, 4).map((it) => ({ ...row(it, now), what: HOSTILE_TEXT, machine: HOSTILE_TEXT, target: HOSTILE_TEXT, owner: HOSTILE_TEXT }));
    case "damaged":
    case "arriving":
    case "rich":
    case "offline":
    case "errors":
    case "signed-out":
    case "setup":
      return USUAL.map((it) => row(it, now));
  }
}

function storm(index: number): Sketch {
  const sketch = USUAL[index % USUAL.length] ?? USUAL[0];
  const letter = (place: number): string => ALPHABET[(index * 7 + place * 11) % ALPHABET.length] ?? "1";
  const body = Array.from({ length: 8 }, (_, place) => letter(place));
  const number = `NL-${body.slice(0, 4).join("")}-${body.slice(4).join("")}-${letter(8)}${index}`.slice(0, 14) + String.fromCharCode(65 + (index % 8));
  return { ...(sketch as Sketch), number: `${number}${index}`, received: 5 + index * 3, ...(sketch?.due === undefined ? {} : { due: sketch.due + index }), status: "new" };
}

function row(sketch: Sketch, now: number): QueueRow {
  const at = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();
  return {
    number: sketch.number,
    severity: sketch.severity,
    status: sketch.status ?? (sketch.owner ? "open" : "new"),
    what: sketch.what,
    culprit: sketch.culprit,
    machine: sketch.machine,
    target: sketch.target ?? null,
    owner: sketch.owner ?? null,
    received_at: at(-sketch.received),
    response_due: sketch.due === undefined ? null : at(sketch.due),
    unread: sketch.unread ?? false,
    bundle_complete: !sketch.arriving,
  };
}
