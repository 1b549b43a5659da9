// Invented tickets: the story of one bad night in full, and variations of it for each scenario.

import type { QueueRow, TicketPage } from "@nightline/shared/wire.ts";
import type { Scenario } from "../fake.ts";
import { HOSTILE_TEXT, HUGE_TEXT } from "./hostile.ts";
import { pictureBytes } from "./files.ts";
import { AGENTS, historyOf } from "./people.ts";
import { reportOf } from "./report.ts";


export function ticketOf(row: QueueRow, scenario: Scenario, now: number): TicketPage {
  const at = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();
  const hostile = scenario === "hostile";
  const sent = Date.parse(row.received_at);
  const report = reportOf(row, sent, hostile);
  const whole = !(scenario === "arriving" || scenario === "damaged") && row.bundle_complete;
  const isLead = row.number === "NL-7Q2K-4M9X-C";
  const entry = (path: string, size: number, media_type: string, collector: string, disclosed = false, replaced = 0) =>
    ({ path: hostile ? `${HOSTILE_TEXT}${path}` : path, size, sha256: "0".repeat(64), media_type, collector, disclosure: disclosed ? ("disclosed" as const) : ("redacted" as const), replaced });
  return {
    number: row.number,
    status: row.status,
    severity: row.severity,
    owner: AGENTS.find((it) => it.name === row.owner) ?? null,
    created_at: new Date(sent - 2_000).toISOString(),
    received_at: row.received_at,
    response_due: row.response_due,
    summary: {
      severity: row.severity,
      response_minutes: 15,
      intake: {
        what: hostile ? HUGE_TEXT : row.what,
        ...(isLead || hostile
          ? {
              error: hostile ? HUGE_TEXT : "An authentication error has occurred.\nThe function requested is not supported.\n\nRemote computer: rds.north.example\nThis could be due to CredSSP encryption oracle remediation.\nError code: 0x80090302  Extended error code: 0x0",
              steps: "Open Remote Desktop, choose “Trading”, type the password.\nIt shows the desktop for a second, then the message.",
              expected: "The desktop I left at half past one.",
              contact: "Dana Whitfield, +49 30 5550 147",
            }
          : {}),
        when: new Date(sent - 13 * 60_000).toISOString(),
        pattern: "intermittent",
        ...(row.target ? { target: row.target } : {}),
        machine: "this",
        scope: "me",
        impact: row.severity === "P0" ? "stopped" : row.severity === "P3" ? "question" : "severe",
        attachments: [],
      },
      verdict: report.verdict,
      machine: report.machine,
      language: /\p{Script=Han}/u.test(row.what) ? "zh-CN" : "en",
    },
    bundle: whole ? { state: "complete", size: 3_104_882 } : scenario === "damaged" ? { state: "damaged", detail: "entry logs/system.log: SHA-256 differs from the manifest" } : { state: "arriving", received: 420_000, size: 3_104_882 },
    report: whole ? report : null,
    manifest: whole
      ? {
          schema: "nightline.bundle/1", ticket: row.number, program: "nightline 0.1.0", created_at: at(-5), redactor: "1",
          entries: [
            entry("report.json", 61_200, "application/json", "report", false, 41),
            entry("intake.json", 1_204, "application/json", "intake", true),
            entry("logs/system.log", 2_390_000, "text/plain", "system-log", false, 2_214),
            entry("attachments/screen.png", pictureBytes().length, "image/png", "attachment", true),
          ],
          collectors: [
            { id: "report", outcome: "done" }, { id: "intake", outcome: "done" }, { id: "system-log", outcome: "done" },
            { id: "attachment", outcome: "done" }, { id: "recorder", outcome: "left-out" },
          ],
        }
      : null,
    messages: row.unread || hostile
      ? [{ id: "m1", author: "customer", at: at(-3), text: hostile ? HOSTILE_TEXT : "I am back on the telephone with them. Please write here, I cannot take a call." }]
      : [],
    attachments: isLead || hostile
      ? [{ id: "f1", name: hostile ? `${HOSTILE_TEXT}.png` : "second-message.png", media_type: "image/png", size: pictureBytes().length, at: at(-2) }]
      : [],
    closings: row.status === "closed" && !row.owner ? [at(-1)] : [],
    closed_by: row.status === "closed" ? (row.owner ? ("agent" as const) : ("customer" as const)) : null,
    log: row.status === "closed" ? { when: "09:10 – 11:40", cause: "The mail queue of the provider was full.", measure: "Mail by web in the meantime.", permanent_fix: "The provider has doubled the queue." } : null,
    history: historyOf(row, row.received_at, whole),
    now: at(0),
  };
}

