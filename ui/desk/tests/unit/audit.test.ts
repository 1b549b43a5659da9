// Tables of behavior for what the audit log says in words, and for times in a drafted log.

import { describe, expect, it } from "vitest";
import { detailOf, fingerprintOf, inFours, subjectOf, type Detail, type Subject } from "../../src/admin/audit-detail.ts";
import { audit } from "../../src/backend/fake/people.ts";
import { withLocalTimes } from "../../src/ticket/draft-times.ts";

const DEVICE = "dev-hor7l5b3sjqcna6btlxgfiqdik";
const FINGERPRINT = "3ba3f5f43b926026";

describe("the detail of a row", () => {
  it.each<[string, string, Detail]>([
    ["status-changed", "new -> waiting", { kind: "change", of: "status", from: "new", to: "waiting" }],
    ["ticket-closed", "open -> closed", { kind: "change", of: "status", from: "open", to: "closed" }],
    ["ticket-reopened", "closed -> open", { kind: "change", of: "status", from: "closed", to: "open" }],
    ["severity-changed", "P1 -> P2", { kind: "change", of: "severity", from: "P1", to: "P2" }],
    ["owner-changed", "- -> Demo agent", { kind: "change", of: "owner", from: null, to: "Demo agent" }],
    ["owner-changed", "林晓 -> -", { kind: "change", of: "owner", from: "林晓", to: null }],
    ["message-sent", "d55005d530be264b59bd4c6bcb7c457b", { kind: "none" }],
    ["file-announced", "5d0f", { kind: "none" }],
    ["file-read", "0 report.json", { kind: "file", name: "report.json" }],
    ["file-read", "12 logs/a b.log", { kind: "file", name: "logs/a b.log" }],
    ["file-downloaded", "5d0f second message.png", { kind: "file", name: "second message.png" }],
    ["bundle-received", "8443 bytes", { kind: "bytes", bytes: 8_443 }],
    ["file-received", "5d0f, 8443 bytes", { kind: "bytes", bytes: 8_443 }],
    ["agent-added", "administrator", { kind: "rights", admin: true }],
    ["agent-added", "agent", { kind: "rights", admin: false }],
    ["sign-in-failed", "wrong password", { kind: "refused", id: "wrong-password" }],
    ["device-approved", FINGERPRINT, { kind: "none" }],
    ["ticket-opened", DEVICE, { kind: "device", fingerprint: FINGERPRINT }],
    ["bundle-damaged", "no manifest", { kind: "problem", text: "no manifest" }],
    ["signed-in", "", { kind: "none" }],
    ["status-changed", "new", { kind: "text", text: "new" }],
    ["bundle-received", "many", { kind: "text", text: "many" }],
    ["ticket-opened", "somebody", { kind: "text", text: "somebody" }],
    ["something-new", "0 report.json", { kind: "text", text: "0 report.json" }],
  ])("%s with “%s”", (action, detail, expected) => expect(detailOf(action, detail)).toEqual(expected));
  it("is read from every row of the fake desk, which has the shapes of the real one", () => {
    expect(audit(0).map((row) => detailOf(row.action, row.detail)).filter((it) => it.kind === "text")).toEqual([]);
  });
});

describe("the subject of a row", () => {
  it.each<[string, Subject]>([
    ["", { kind: "none" }],
    ["NL-7Q2K-4M9X-C", { kind: "ticket", number: "NL-7Q2K-4M9X-C" }],
    [DEVICE, { kind: "device", fingerprint: FINGERPRINT }],
    ["048a08d974bf2665", { kind: "other", id: "048a08d974bf2665" }],
    ["dev-short", { kind: "other", id: "dev-short" }],
  ])("“%s”", (subject, expected) => expect(subjectOf(subject)).toEqual(expected));
});

describe("a fingerprint", () => {
  it("is the beginning of the hash that the device's id holds", () => {
    expect(fingerprintOf(DEVICE)).toBe(FINGERPRINT);
    expect(fingerprintOf("dev-xwzts5ulyxsp5s7fljccavurtm")).toBe("bdb339768bc5e4fe");
    expect(fingerprintOf("dev-xwzt")).toBeNull();
    expect(fingerprintOf("DEV-XWZTS5ULYXSP5S7FLJCCAVURTM")).toBeNull();
  });
  it("is read in fours", () => expect(["3ba3f5f43b926026", "3ba3 f5f4", ""].map(inFours)).toEqual(["3ba3 f5f4 3b92 6026", "3ba3 f5f4", ""]));
});

describe("times in a drafted log", () => {
  it.each([
    ["2026-11-22 01:50 (UTC), as reported", "en", "Europe/Berlin", "22 Nov 2026, 02:50 (UTC+1), as reported"],
    ["2026-11-22 23:50 to 2026-11-22 23:52 (UTC), as recorded", "en", "Asia/Shanghai", "23 Nov 2026, 07:50 to 23 Nov 2026, 07:52 (UTC+8), as recorded"],
    ["2026-11-22 01:50 至 2026-11-22 01:52（UTC），客户反映的时间", "zh-CN", "Asia/Shanghai", "2026年11月22日 09:50 至 2026年11月22日 09:52（UTC+8），客户反映的时间"],
    ["Changed shortly before, 2026-07-01 10:00 (UTC): x", "en", "UTC", "Changed shortly before, 1 Jul 2026, 10:00 (UTC): x"],
    ["a log says 2026-11-22 01:50 and stops", "en", "Europe/Berlin", "a log says 2026-11-22 01:50 and stops"],
    ["2026-99-22 01:50 (UTC)", "en", "Europe/Berlin", "2026-99-22 01:50 (UTC)"],
  ] as const)("%s", (text, language, zone, expected) => expect(withLocalTimes(text, language, zone)).toBe(expected));
});
