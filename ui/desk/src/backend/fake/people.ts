// Invented people, devices and deeds for the fake desk.

import type { Agent, AuditRow, Device, Me, QueueRow } from "@nightline/shared/wire.ts";
import { fingerprintOf } from "../../admin/audit-detail.ts";

export const AGENTS: readonly Agent[] = [
  { id: "a0", name: "Mira Okonkwo", email: "mira@north.example", admin: true },
  { id: "a1", name: "林晓", email: "lin.xiao@north.example", admin: false },
  { id: "a2", name: "Jonas Brandt", email: "jonas@north.example", admin: false },
];

export const ME: Me = {
  id: "a0", email: "mira@north.example", name: "Mira Okonkwo", admin: true, organisation: "Northwind IT", csrf: "fake",
  now: "2026-01-01T00:00:00.000Z",
};

const before = (now: number, minutes: number): string => new Date(now - minutes * 60_000).toISOString();

/** Ids as the desk makes them: each holds its fingerprint. */
const DEVICES = {
  lead: "dev-hor7l5b3sjqcna6btlxgfiqdik",
  waiting: "dev-xwzts5ulyxsp5s7fljccavurtm",
  old: "dev-zwjxqk37xfkvtxqu644lmwmiv6",
  quiet: "dev-7o53nxrku5gdzflq2lmnwhpdd2",
};

export function devices(now: number): Device[] {
  const device = (id: string, approved: boolean, since: number, seen: number): Device =>
    ({ id, fingerprint: fingerprintOf(id) ?? "", approved, created_at: before(now, since), last_seen: before(now, seen) });
  return [
    device(DEVICES.lead, true, 50_000, 3),
    device(DEVICES.waiting, false, 12, 11),
    device(DEVICES.old, true, 210_000, 190),
    device(DEVICES.quiet, true, 4_100, 2_900),
  ];
}

const MESSAGE = "d55005d530be264b59bd4c6bcb7c457b";

/** Rows in the very shapes that the desk writes, one of each action, newest first. */
export function audit(now: number): AuditRow[] {
  const [mira, lin, jonas] = ["Mira Okonkwo", "林晓", "Jonas Brandt"];
  const [lead, printer, mail] = ["NL-7Q2K-4M9X-C", "NL-B8TR-11WD-8", "NL-M4ZX-9GQ2-1"];
  const deeds: [minutes: number, actor: string, action: string, subject: string, detail: string][] = [
    [1, mira, "file-downloaded", lead, "f1 second-message.png"],
    [1, mira, "file-read", lead, "2 logs/system.log"],
    [2, mira, "bundle-downloaded", lead, ""],
    [2, mira, "signed-in", "a0", ""],
    [3, "device", "file-received", lead, "f1, 48210 bytes"],
    [3, "device", "file-announced", lead, "f1"],
    [4, "device", "bundle-received", lead, "3104882 bytes"],
    [4, "device", "ticket-opened", lead, DEVICES.lead],
    [11, "device", "device-enrolled", DEVICES.waiting, ""],
    [31, lin, "status-changed", printer, "new -> waiting"],
    [31, lin, "owner-changed", printer, "- -> 林晓"],
    [31, lin, "message-sent", printer, MESSAGE],
    [40, "desk", "bundle-damaged", printer, "entry logs/system.log: SHA-256 differs from the manifest"],
    [48, "desk", "sign-in-failed", "a1", "wrong password"],
    [49, "desk", "sign-in-failed", "", "unknown address"],
    [90, jonas, "ticket-closed", mail, "open -> closed"],
    [91, "device", "ticket-reopened", mail, "closed -> open"],
    [160, jonas, "severity-changed", mail, "P1 -> P2"],
    [170, jonas, "signed-out", "a2", ""],
    [900, mira, "device-approved", DEVICES.old, fingerprintOf(DEVICES.old) ?? ""],
    [1_400, mira, "agent-added", "a2", "agent"],
    [1_500, mira, "setup-done", "a0", ""],
    [1_500, "desk", "agent-added", "a0", "administrator"],
  ];
  return deeds.map(([minutes, actor, action, subject, detail], index) =>
    ({ id: `r${deeds.length - index}`, at: before(now, minutes), actor, action, subject, detail }));
}

/** What the desk wrote about one ticket, oldest first. */
export function historyOf(row: QueueRow, received: string, whole: boolean): AuditRow[] {
  const deed = (id: number, action: string, detail: string, actor = "device"): AuditRow =>
    ({ id: `h${id}`, at: received, actor, action, subject: row.number, detail });
  const by = row.owner ?? "";
  return [
    deed(1, "ticket-opened", DEVICES.lead),
    ...(whole ? [deed(2, "bundle-received", "3104882 bytes")] : []),
    ...(row.owner ? [deed(3, "message-sent", MESSAGE, by), deed(4, "owner-changed", `- -> ${by}`, by), deed(5, "status-changed", "new -> waiting", by)] : []),
  ];
}
