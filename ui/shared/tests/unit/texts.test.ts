// The text adapter says what Rust's says, in both languages, and no sentence that the console asks for is missing.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Texts, type Catalogs, type Language } from "../../src/text/texts.ts";
import type { Message, Value } from "../../src/wire.ts";

const LOCALES = fileURLToPath(new URL("../../../../crates/nightline-text/locales/", import.meta.url));
const UI = fileURLToPath(new URL("../../../", import.meta.url));
const read = (language: Language): string[] =>
  readdirSync(`${LOCALES}${language}`).filter((it) => it.endsWith(".ftl")).map((it) => readFileSync(`${LOCALES}${language}/${it}`, "utf8"));
const catalogs: Catalogs = { en: read("en"), "zh-CN": read("zh-CN") };
const texts: Record<Language, Texts> = { en: new Texts("en", catalogs), "zh-CN": new Texts("zh-CN", catalogs) };
const message = (id: string, args: { [key in string]: Value } = {}, text = ""): Message => ({ id, args, text });

describe("the adapter", () => {
  it("speaks both languages", () => {
    expect(texts.en.say(message("age-minutes", { count: 5 }))).toBe("5 minutes ago");
    expect(texts["zh-CN"].say(message("age-minutes", { count: 5 }))).toBe("5 分钟前");
  });
  it("takes an argument that names another message", () => {
    expect(texts.en.say(message("culprit-line", { culprit: "@culprit-router" }))).toBe("Where: your router");
  });
  it("leaves an at sign in a name alone", () => {
    expect(texts.en.say(message("culprit-line", { culprit: "@nobody-knows" }))).toBe("Where: @nobody-knows");
  });
  it("falls back to the text that came with an unknown message, and to the id without one", () => {
    expect(texts["zh-CN"].say(message("of-a-later-version", {}, "Something new"))).toBe("Something new");
    expect(texts.en.say(message("of-a-later-version"))).toBe("of-a-later-version");
  });
  it("does not let an argument reorder the sentence or run on for ever", () => {
    const said = texts.en.say(message("culprit-line", { culprit: `a\u202Eb${"W".repeat(9_000)}` }));
    expect(said).toContain("[U+202E]");
    expect(said.length).toBeLessThan(400);
  });
  it("keeps a figure and its unit on one line, and nothing else", () => {
    const say = (culprit: string): string => texts.en.say(message("culprit-line", { culprit }));
    expect(say("70 % of 20 packets in 5 min")).toBe("Where: 70\u00a0% of 20 packets in 5\u00a0min");
    expect(say("2 mice, 3 sisters, 4 days")).toBe("Where: 2 mice, 3 sisters, 4 days");
  });
  it("does not take placeables from an argument", () => {
    expect(texts.en.say(message("culprit-line", { culprit: "{ $culprit } { culprit-router }" }))).toBe("Where: { $culprit } { culprit-router }");
  });
});

describe("the sentences", () => {
  const sources = collect(UI);
  it("are there for every id that console and window name", () => {
    const named = [...new Set([...sources.matchAll(/"((?:console|app)-[a-z0-9-]*[a-z0-9])"/gi)].map((it) => it[1] ?? ""))];
    expect(named.length).toBeGreaterThan(100);
    for (const language of ["en", "zh-CN"] as const) {
      const own = new Texts(language, { en: [], "zh-CN": [], [language]: catalogs[language] });
      expect(named.filter((id) => !own.knows(id)), language).toEqual([]);
    }
  });
  it.each([
    ["console-severity", ["P0", "P1", "P2", "P3"]],
    ["severity", ["P0", "P1", "P2", "P3"]],
    ["outcome", ["healthy", "degraded", "broken", "skipped", "unknown"]],
    ["console-grade", ["broken", "degraded", "notice"]],
    ["console-confidence", ["sure", "likely", "possible", "guess"]],
    ["console-status", ["new", "open", "waiting", "closed"]],
    ["console-culprit", ["none", "device", "no-network", "wifi", "cable", "router", "provider", "far-network", "dns", "service", "interception", "unknown"]],
    ["console-kind", ["boot", "shutdown", "crash", "update", "log-error", "network", "episode", "reported", "probe"]],
    ["console-source", ["system-log", "packages", "kernel", "check", "recorder", "person"]],
    ["console-scope", ["me", "some", "all"]],
    ["console-impact", ["stopped", "severe", "limited", "question"]],
    ["console-pattern", ["constant", "intermittent"]],
    ["console-view", ["active", "mine", "unassigned", "closed"]],
    ["console-tab", ["timeline", "checks", "target", "path", "machine", "files", "history"]],
    ["console-key", ["next", "previous", "open", "search", "reply", "close", "back", "help", "tab", "send"]],
    ["console-log", ["when", "cause", "measure", "permanent-fix"]],
    ["console-phase", ["dns", "tcp", "tls", "http"]],
    ["console-disclosure", ["redacted", "disclosed"]],
    ["console-theme", ["system", "light", "dark"]],
    ["console-language", ["en", "zh-CN"]],
    ["console-due", ["answered", "left", "overdue"]],
    ["console-length", ["minutes", "hours", "days"]],
    ["console-copy", ["copied", "failed"]],
    ["console-answer", ["sent", "kept"]],
    ["app-ask", ["what", "target", "error", "when", "machine", "pattern", "scope", "impact"].flatMap((it) => [it, `${it}-hint`])],
    ["app-standing", ["not-known", "well", "degraded", "broken"]],
    ["app-machine", ["this", "other", "model", "asset-tag", "serial", "location", "contract"]],
    ["app-choice", ["pattern-constant", "pattern-intermittent", "scope-me", "scope-some", "scope-all", "impact-stopped", "impact-severe", "impact-limited", "impact-question"]],
    ["app-kind", ["redacted", "disclosed"]],
    ["app-sent", ["sending", "queued", "stopped", "delivered", "refused"]],
    ["app-delivery", ["sending", "queued", "stopped", "delivered", "refused"]],
    ["app-state", ["queued", "sending", "refused", "new", "open", "waiting", "closed", "damaged"]],
    ["console-failure", ["offline", "unreadable", "bad-request", "sign-in-required", "forbidden", "not-found", "conflict", "too-large", "damaged-bundle", "too-many-requests", "desk-full", "internal"]],
  ])("of the family %s are complete", (family, members) => {
    for (const language of ["en", "zh-CN"] as const) {
      const own = new Texts(language, { en: [], "zh-CN": [], [language]: catalogs[language] });
      expect(members.filter((it) => !own.knows(`${family}-${it}`)), language).toEqual([]);
    }
  });
});

function collect(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter((it) => !["node_modules", "tests", "generated"].includes(it.name) && !it.name.startsWith("dist"))
    .map((it) => (it.isDirectory() ? collect(`${folder}/${it.name}`) : /\.(ts|svelte)$/.test(it.name) ? readFileSync(`${folder}/${it.name}`, "utf8") : ""))
    .join("\n");
}
