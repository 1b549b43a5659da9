// Invented people, devices and deeds for the fake desk.

import type { Agent, AuditRow, Device, Me } from "@nightline/shared/wire.ts";

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

export function devices(now: number): Device[] {
  const device = (id: string, fingerprint: string, approved: boolean, since: number, seen: number): Device =>
    ({ id, fingerprint, approved, created_at: before(now, since), last_seen: before(now, seen) });
  return [
    device("d1", "7c41 9ab0 22e8 51d3", true, 50_000, 3),
    device("d2", "e0b7 33d1 90aa 4c15", false, 12, 11),
    device("d3", "19fd 8823 7b6e c0a4", true, 210_000, 190),
    device("d4", "a55c 01e9 f3d2 6b88", true, 4_100, 2_900),
  ];
}

export function audit(now: number): AuditRow[] {
  const row = (id: number, minutes: number, actor: string, action: string, subject: string, detail = ""): AuditRow =>
    ({ id: `r${id}`, at: before(now, minutes), actor, action, subject, detail });
  return [
    row(9, 1, "Mira Okonkwo", "file-read", "NL-7Q2K-4M9X-C", "logs/system.log"),
    row(8, 2, "Mira Okonkwo", "signed-in", "a0"),
    row(7, 4, "device", "bundle-received", "NL-7Q2K-4M9X-C", "3.1 MB"),
    row(6, 4, "device", "ticket-opened", "NL-7Q2K-4M9X-C"),
    row(5, 11, "device", "device-enrolled", "d2"),
    row(4, 32, "林晓", "message-sent", "NL-B8TR-11WD-8"),
    row(3, 48, "desk", "sign-in-failed", "", "wrong password"),
    row(2, 95, "Jonas Brandt", "ticket-closed", "NL-M4ZX-9GQ2-1"),
    row(1, 160, "Jonas Brandt", "severity-changed", "NL-M4ZX-9GQ2-1", "P1 -> P2"),
  ];
}
