// Tables of behavior for the console's own logic: addresses, due times, keys, and what the built pages contain.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { addressOf, routeOf, type Route } from "../../src/app/route.ts";
import { failureId } from "../../src/app/failure.ts";
import { queueQuery } from "../../src/backend/http.ts";
import { due } from "../../src/queue/due.ts";
import { conversation } from "../../src/ticket/conversation.ts";
import { messageId } from "../../src/ticket/draft.ts";

describe("an address", () => {
  it.each<[string, string, Route]>([
    ["/", "", { page: "queue" }],
    ["/setup", "#token=a%2Bb", { page: "setup", token: "a+b" }],
    ["/setup/", "", { page: "setup", token: "" }],
    ["/t/NL-7Q2K-4M9X-C", "", { page: "ticket", number: "NL-7Q2K-4M9X-C" }],
    ["/audit", "", { page: "audit" }],
    ["/t/", "", { page: "lost" }],
    ["/t/a/b", "", { page: "lost" }],
    ["/t/%E0%A4%A", "", { page: "lost" }],
    ["//evil.example", "", { page: "lost" }],
  ])("%s%s leads where it says", (path, hash, route) => expect(routeOf(path, hash)).toEqual(route));
  it("of a ticket cannot leave its place", () => expect(addressOf({ page: "ticket", number: "../x?y#z" })).toBe("/t/..%2Fx%3Fy%23z"));
});

describe("the time to answer", () => {
  const now = Date.parse("2026-11-22T02:00:00Z");
  it.each([
    [null, { kind: "answered" }],
    ["2026-11-22T02:30:00Z", { kind: "left", ms: 1_800_000, soon: false }],
    ["2026-11-22T02:05:00Z", { kind: "left", ms: 300_000, soon: true }],
    ["2026-11-22T01:59:00Z", { kind: "overdue", ms: 60_000 }],
    ["not a time", { kind: "answered" }],
  ])("%s", (at, expected) => expect(due(at, now)).toEqual(expected));
});

describe("the conversation", () => {
  it("has messages, files and closings on one axis of time", () => {
    const at = (second: number): string => `2026-11-22T02:00:0${second}.000Z`;
    const said = conversation({
      messages: [
        { id: "m1", author: "customer", at: at(1), text: "hello" },
        { id: "m2", author: "agent", name: "Ann", at: at(4), text: "yes" },
      ],
      attachments: [{ id: "m1", name: "a.png", media_type: "image/png", size: 3, at: at(2) }],
      closings: [at(3), at(5)],
    });
    expect(said.map((it) => it.kind)).toEqual(["message", "file", "closed", "message", "closed"]);
    expect(new Set(said.map((it) => it.key)).size).toBe(5);
  });
});

describe("a question to the desk", () => {
  it("carries what was asked and nothing else", () => {
    const nothing = { status: "active", severity: null, owner: null, search: "", after: null } as const;
    expect(queueQuery(nothing)).toBe("status=active&limit=50");
    expect(queueQuery({ ...nothing, severity: "P0", owner: "none", search: "a&b=认证", after: "x/y" })).toBe("status=active&limit=50&severity=P0&owner=none&q=a%26b%3D%E8%AE%A4%E8%AF%81&after=x%2Fy");
  });
  it("that failed has a sentence", () => {
    expect(failureId({ code: "offline", detail: "" })).toBe("console-failure-offline");
    expect(failureId({ code: "clock-skew", detail: "" })).toBe("console-failure-internal");
  });
});

it("a message's id has the shape that the protocol asks for, and is new each time", () => {
  expect(messageId()).toMatch(/^[A-Za-z0-9-]{1,64}$/);
  expect(messageId()).not.toBe(messageId());
});

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
describe("the built pages", () => {
  const read = (folder: string): string => readdirSync(folder, { withFileTypes: true }).map((it) => (it.isDirectory() ? read(`${folder}/${it.name}`) : readFileSync(`${folder}/${it.name}`, "utf8"))).join("\n");
  it("hold no scenario, no inline script and no foreign address", () => {
    const all = read(dist);
    expect(all).not.toMatch(/__nightlineHacked|scenario=|fake-log-cause/);
    const page = readFileSync(`${dist}/index.html`, "utf8");
    expect(page).not.toMatch(/<script(?![^>]*src=)[^>]*>|style=|https?:/);
  });
});
