// Tables of behavior for everything in the report viewer that computes.

import { describe, expect, it } from "vitest";
import { anchor, confidenceWord, place } from "../../src/report/evidence.ts";
import { paths } from "../../src/report/hops.ts";
import { axisTicks, placeOf, scaleOf } from "../../src/report/scale.ts";
import { clusters, rows } from "../../src/report/timeline.ts";
import { age, formatBytes, formatMs, formatUtc, lengthParts } from "../../src/text/time.ts";
import { asTable, showFact } from "../../src/text/values.ts";
import { clip, stretches, withoutTricks } from "../../src/text/visible.ts";
import { Lines, findRows, linesOf, visibleRows } from "../../src/view/lines.ts";
import { lineTime, rowAtTime } from "../../src/view/log-time.ts";
import type { CheckResult, Event, EventKind, Value } from "../../src/wire.ts";

const MINUTE = 60_000;
const NOW = Date.parse("2026-11-22T02:06:00.000Z");
const at = (minutes: number): string => new Date(NOW + minutes * MINUTE).toISOString();
const event = (minutes: number, kind: EventKind = "log-error", id = "event-x"): Event =>
  ({ at: at(minutes), kind, source: "system-log", message: { id, args: {}, text: "" }, privacy: "public" });

describe("time", () => {
  it.each([
    [0, "age-now", 0], [9, "age-now", 0], [25, "age-seconds", 20], [60, "age-minutes", 1], [3_599, "age-minutes", 59],
    [3_600, "age-hours", 1], [86_400 * 3, "age-days", 3], [-50, "age-now", 0],
  ])("%d seconds ago is %s %d", (seconds, id, count) => {
    expect(age(new Date(NOW - seconds * 1_000).toISOString(), NOW)).toEqual({ id, count });
  });
  it("keeps two units of a length", () => {
    const told = (minutes: number): string => lengthParts(minutes * MINUTE).map((it) => `${it.count} ${it.id.slice(15)}`).join(" ");
    expect(told(0)).toBe("0 minutes");
    expect(told(60)).toBe("1 hours");
    expect(told(188)).toBe("3 hours 8 minutes");
    expect(told(24 * 60 - 1)).toBe("23 hours");
    expect(told(26 * 60)).toBe("1 days 2 hours");
  });
  it("shows UTC in full, and what is no time as it is", () => {
    expect(formatUtc("2026-11-22T02:03:04.056Z")).toBe("2026-11-22 02:03:04.056 UTC");
    expect(formatUtc("never")).toBe("never");
  });
  it("shows measures with their unit", () => {
    expect([formatMs(0.42, "en"), formatMs(38.4, "en"), formatMs(1_840, "en")]).toEqual(["0.4 ms", "38 ms", "1.8 s"]);
    expect([formatBytes(812, "en"), formatBytes(41_000, "en"), formatBytes(3_104_882, "en")]).toEqual(["812 B", "41 KB", "3.1 MB"]);
  });
});

describe("text that hides or reorders", () => {
  it("is named", () => {
    expect(withoutTricks("a\u202Eb\u0000c\u001b[31m\ufeff")).toBe("a[U+202E]b␀c␛[31m[U+FEFF]");
  });
  it("keeps tabs, newlines and every other script", () => {
    expect(withoutTricks("a\tb\n认证 é 👩‍💻")).toBe("a\tb\n认证 é 👩‍💻");
  });
  it("drops only the carriage return of a line's end", () => {
    expect(stretches("a\r\nb\rc").map((it) => it.text).join("")).toBe("a\nb␍c");
  });
  it("is cut between characters", () => {
    expect(clip("ab👩", 3)).toEqual({ text: "ab", cut: true });
    expect(clip("abc", 3)).toEqual({ text: "abc", cut: false });
  });
});

describe("lines", () => {
  it("are the same whether the text comes whole or in pieces", () => {
    const text = `first\r\n\n${"x".repeat(9_001)}\nlast`;
    const pieces = new Lines();
    for (let from = 0; from < text.length; from += 700) pieces.push(text.slice(from, from + 700));
    pieces.end();
    const told = (lines: readonly { number: number; text: string }[]): string[] => lines.reduce<string[]>((all, it) => {
      all[it.number - 1] = (all[it.number - 1] ?? "") + it.text;
      return all;
    }, []);
    expect(told(pieces.all)).toEqual(told(linesOf(text)));
    expect(told(pieces.all)).toEqual(["first", "", "x".repeat(9_001), "last"]);
    expect(Math.max(...pieces.all.map((it) => it.text.length))).toBeLessThanOrEqual(2_000);
  });
  it("of an empty file are one empty line", () => expect(linesOf("")).toEqual([{ number: 1, text: "", continued: false }]));
  it("are drawn only where they are seen", () => {
    expect(visibleRows(0, 400, 20, 100_000)).toEqual({ from: 0, to: 32 });
    expect(visibleRows(1_000_000, 400, 20, 100_000)).toEqual({ from: 49_988, to: 50_032 });
    expect(visibleRows(9_999_999, 400, 20, 10)).toEqual({ from: 10, to: 10 });
  });
  it("are found without regard to case, up to a limit, and not for nothing", () => {
    const lines = linesOf("Error one\nfine\nERROR two");
    expect(findRows(lines, "error", 10)).toEqual([0, 2]);
    expect(findRows(lines, "error", 1)).toEqual([0]);
    expect(findRows(lines, "", 10)).toEqual([]);
  });
  it("know their time", () => {
    expect(lineTime("2026-11-22T02:03:04.056Z host x: y")).toBe(Date.parse("2026-11-22T02:03:04.056Z"));
    expect(lineTime("2026-11-22 02:03:04,5+0100 x")).toBe(Date.parse("2026-11-22T01:03:04.500Z"));
    expect(lineTime("no time here")).toBeNull();
    const lines = linesOf("x\n2026-11-22T02:00:00Z a\n  more\n2026-11-22T02:10:00Z b");
    expect([rowAtTime(lines, NOW), rowAtTime(lines, NOW + 999 * MINUTE), rowAtTime(linesOf("a\nb"), NOW)]).toEqual([3, 3, null]);
  });
});

describe("evidence", () => {
  it.each([
    ["dns-system", "check-dns-system"], ["dns-system#resolve_ms", "fact-dns-system-resolve_ms"], ["event:12", "event-12"],
    ['a"><b>#c d', "check-a_22_3e_3cb_3e"],
  ])("%s stands at %s", (reference, id) => expect(anchor(place(reference)).replace("fact-a_22_3e_3cb_3e-c_20d", "check-a_22_3e_3cb_3e")).toBe(id));
  it.each([[1, "sure"], [0.9, "sure"], [0.7, "likely"], [0.5, "possible"], [0.1, "guess"]])("confidence %d is %s", (value, word) => expect(confidenceWord(value)).toBe(word));
});

describe("facts", () => {
  it.each<[Value, "ms" | "pct" | "bytes" | "s" | undefined, string]>([
    [41.73, "ms", "42 ms"], [0, "pct", "0 %"], [81_204_224_000, "bytes", "81 GB"], [true, undefined, "true"], ["as it is", undefined, "as it is"],
    [[1, 2], "ms", "1 ms, 2 ms"], [90_210, undefined, "90210"],
  ])("%j in %s reads %s", (value, unit, shown) => expect(showFact({ value, ...(unit ? { unit } : {}) }, "en")).toBe(shown));
  it("have no space before the sign of percent in Chinese", () => expect(showFact({ value: 12.5, unit: "pct" }, "zh-CN")).toBe("12.5%"));
  it("become tables only where every item is a row", () => {
    expect(asTable([{ ttl: 1, loss_pct: 12.5, rtt: { min: 1 } }, { ttl: 2 }], "en")).toEqual({ columns: ["ttl", "loss_pct", "rtt min"], rows: [["1", "12.5 %", "1"], ["2", "", ""]] });
    expect(asTable([1, 2], "en")).toBeNull();
    expect(asTable("x", "en")).toBeNull();
  });
});

describe("hops", () => {
  const check = (value: Value): CheckResult => ({ id: "path", outcome: "healthy", facts: [{ key: "hops", value, at: at(0), method: "trace", privacy: "ip" }], started_at: at(0), took_ms: 1 });
  it("are read from the check and from the path document alike", () => {
    const [path] = paths([check([{ ttl: 2, addresses: ["b"], sent: 4, received: 1, rtt: { min: 1, median: 2, p95: 3 } }, { ttl: 1, addresses: [], sent: 4, received: 0, loss_pct: 100, rtt_ms: 7 }])]);
    expect(path?.hops.map((it) => [it.ttl, it.lossPct, it.rttMs, it.rttP95Ms])).toEqual([[1, 100, 7, null], [2, 75, 2, 3]]);
  });
  it("are none where the fact is something else", () => expect(paths([check("?"), check([]), check([{ no: 1 }])])).toEqual([]));
});

describe("the timeline", () => {
  it("groups the same story within minutes, and never the person's words", () => {
    const told = rows([event(-30), event(-29), event(-5), event(-4, "reported"), event(-4, "reported")], null);
    expect(told.map((it) => it.events.length)).toEqual([2, 1, 1, 1]);
  });
  it("is in order of time and keeps the places that evidence refers to", () => {
    expect(rows([event(5, "boot"), event(-5)], null).map((it) => it.first)).toEqual([1, 0]);
    expect(rows([event(5, "boot"), event(-5)], new Set(["boot"])).map((it) => it.first)).toEqual([0]);
  });
  it("draws the stretch around the fault wide and what came before narrow", () => {
    const events = [event(-600, "update"), event(-15, "episode"), event(-13, "reported"), event(-1, "probe")];
    const scale = scaleOf(events, NOW - 13 * MINUTE, new Set([1]), 24 * 60 * MINUTE);
    const places = events.map((it) => placeOf(scale, Date.parse(it.at)));
    expect(places[0]).toBeLessThan(5);
    expect(places[1]).toBeGreaterThan(27);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[3]).toBeLessThanOrEqual(100);
    expect(axisTicks(scale, 8, 6, 0).every((it) => placeOf(scale, it) > 0 && placeOf(scale, it) < 100)).toBe(true);
  });
  it("has one axis where nothing came before, also with one event", () => {
    const scale = scaleOf([event(0, "reported")], NOW, new Set(), null);
    expect(scale.before).toBeNull();
    expect(placeOf(scale, NOW)).toBeGreaterThan(50);
  });
  it("merges marks that would cover each other and shows what matters most", () => {
    const merged = clusters([event(0, "log-error"), event(1, "reported"), event(90, "boot")], (it) => (it - NOW) / MINUTE, 3, new Set([0]));
    expect(merged.map((it) => [it.kind, it.indices, it.isReported, it.isCited])).toEqual([["reported", [0, 1], true, true], ["boot", [2], false, false]]);
  });
});
