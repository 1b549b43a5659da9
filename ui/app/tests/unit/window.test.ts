// Tables of behavior for the window's own logic: areas, minutes, fields, spelling, and what the built page contains.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Answers, Area } from "@nightline/shared/wire.ts";
import { between, first, pressed, within } from "../../src/help/area.ts";
import { DAYS_BACK, dayOf, days, momentOf, readMinute } from "../../src/help/when.ts";
import { Fields, NO_ANSWERS } from "../../src/window/fields.svelte.ts";
import { ReplyDraft } from "../../src/tickets/reply-draft.ts";
import { spelled } from "../../src/window/words.ts";

const PICTURE = { width: 100, height: 60 };
const area = (x: number, y: number, width: number, height: number): Area => ({ x, y, width, height });

describe("an area that is drawn", () => {
  it.each<[string, [number, number, number, number], Area | null]>([
    ["from corner to corner", [10, 20, 30, 50], area(10, 20, 20, 30)],
    ["the other way round", [30, 50, 10, 20], area(10, 20, 20, 30)],
    ["over the edge", [-20, -20, 300, 300], area(0, 0, 100, 60)],
    ["between pixels grows to whole ones", [10.6, 20.6, 29.2, 49.2], area(10, 20, 20, 30)],
    ["as a click is none", [10, 20, 11, 21], null],
    ["outside is none", [200, 200, 300, 300], null],
  ])("%s", (_, [x1, y1, x2, y2], expected) => expect(between({ x: x1, y: y1 }, { x: x2, y: y2 }, PICTURE)).toEqual(expected));
});

describe("an area under an arrow key", () => {
  it.each<[string, Area, string, boolean, Area | null]>([
    ["moves", area(10, 10, 20, 20), "ArrowRight", false, area(11, 10, 20, 20)],
    ["stays inside at the left", area(0, 10, 20, 20), "ArrowLeft", false, area(0, 10, 20, 20)],
    ["stays inside at the bottom", area(0, 40, 20, 20), "ArrowDown", false, area(0, 40, 20, 20)],
    ["grows", area(10, 10, 20, 20), "ArrowDown", true, area(10, 10, 20, 21)],
    ["does not grow over the edge", area(10, 10, 90, 20), "ArrowRight", true, area(10, 10, 90, 20)],
    ["does not shrink to nothing", area(10, 10, 4, 4), "ArrowUp", true, area(10, 10, 4, 4)],
    ["leaves other keys alone", area(10, 10, 4, 4), "Enter", false, null],
  ])("%s", (_, from, key, resizes, expected) => expect(pressed(from, key, resizes, PICTURE)).toEqual(expected));
  it("begins in the middle, also of a picture of one pixel", () => {
    expect(first(PICTURE)).toEqual(area(38, 23, 25, 15));
    expect(within(first({ width: 1, height: 1 }), { width: 1, height: 1 })).toEqual(area(0, 0, 1, 1));
  });
});

describe("a minute", () => {
  it.each([["1:50", 1, 50], ["0150", 1, 50], ["01：50", 1, 50], ["23:59:30", 23, 59], [" 7.05 ", 7, 5]])("%s is one", (text, hours, minutes) => expect(readMinute(text)).toEqual({ hours, minutes }));
  it.each(["", "24:00", "12:60", "noon", "1", "1:2:3"])("%s is none", (text) => expect(readMinute(text)).toBeNull());
  it("belongs to a day in the reader's zone", () => {
    expect(new Date(momentOf("2026-11-22", "01:50") ?? "").getHours()).toBe(1);
    expect(momentOf("2026-11-22", "")).toBeNull();
    expect(momentOf("", "01:50")).toBeNull();
  });
  it("has today first among its days, also where a night has 25 hours", () => {
    const all = days(new Date(2026, 9, 27, 0, 30));
    expect(all).toHaveLength(DAYS_BACK);
    expect(new Set(all).size).toBe(DAYS_BACK);
    expect(all[0]).toBe(dayOf(new Date(2026, 9, 27)));
  });
});

describe("fields", () => {
  let sent: Answers[];
  let focused: string | null;
  let fields: Fields;
  const over = (more: Partial<Answers>): Answers => ({ ...NO_ANSWERS, ...more });
  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    focused = null;
    fields = new Fields((answers) => sent.push(answers), (key) => key === focused);
  });

  it("send once the hand rests, everything at once", () => {
    fields.set("what", "a");
    fields.set("what", "ab");
    fields.set("scope", "me");
    expect(sent).toEqual([]);
    vi.runAllTimers();
    expect(sent).toEqual([over({ what: "ab", scope: "me" })]);
  });
  it("send at once where the person goes on, and nothing twice", () => {
    fields.set("what", "ab");
    fields.flush();
    fields.flush();
    vi.runAllTimers();
    expect(sent).toHaveLength(1);
  });
  it("take what the watch has", () => {
    fields.take(over({ what: "kept", impact: "severe" }));
    expect(fields.values.what).toBe("kept");
    expect(fields.values.impact).toBe("severe");
    expect(sent).toEqual([]);
  });
  it("are not overwritten while they have the focus or are not sent", () => {
    fields.take(over({ what: "old" }));
    focused = "what";
    fields.take(over({ what: "other", target: "t" }));
    expect(fields.values).toMatchObject({ what: "old", target: "t" });
    focused = null;
    fields.set("target", "mine");
    fields.take(over({ what: "other", target: "theirs" }));
    expect(fields.values.target).toBe("mine");
  });
  it("are not set back by a view that is older than what was sent", () => {
    fields.take(over({ what: "old" }));
    fields.set("what", "new");
    fields.flush();
    fields.take(over({ what: "old" }));
    expect(fields.values.what).toBe("new");
    fields.take(over({ what: "new" }));
    expect(fields.values.what).toBe("new");
  });
  it("are empty again once nothing is asked for", () => {
    fields.set("what", "ab");
    fields.take(null);
    vi.runAllTimers();
    expect(fields.values).toEqual(NO_ANSWERS);
    expect(sent).toEqual([]);
  });
});

describe("an answer that is being written", () => {
  let sent: string[];
  let draft: ReplyDraft;
  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    draft = new ReplyDraft((text) => sent.push(text));
  });

  it("is handed over once the hand rests, as it stands then", () => {
    draft.set("a");
    draft.set("ab");
    expect(sent).toEqual([]);
    vi.runAllTimers();
    expect(sent).toEqual(["ab"]);
  });
  it("is handed over at once where the person goes on, and not twice", () => {
    draft.set("ab");
    draft.flush();
    draft.flush();
    vi.runAllTimers();
    expect(sent).toEqual(["ab"]);
  });
  it("is forgotten where it was emptied", () => {
    draft.set("");
    draft.flush();
    expect(sent).toEqual([""]);
  });
});

it("a number is spelled for a screen reader", () => expect(spelled("NL-7Q2K")).toBe("N L , 7 Q 2 K"));

describe("the built page", () => {
  const dist = fileURLToPath(new URL("../../dist", import.meta.url));
  const read = (folder: string): string => readdirSync(folder, { withFileTypes: true }).map((it) => (it.isDirectory() ? read(`${folder}/${it.name}`) : readFileSync(`${folder}/${it.name}`, "utf8"))).join("\n");
  it("holds no scenario, no inline script or style, and no foreign address", () => {
    const all = read(dist);
    expect(all).not.toMatch(/__nightlineHacked|scenario=|fake-noticed/);
    // Old web views do not know it; it is written out for them.
    expect(all).not.toMatch(/light-dark\(/);
    const page = readFileSync(`${dist}/index.html`, "utf8");
    expect(page).not.toMatch(/<script(?![^>]*src=)[^>]*>|style=|<style|https?:/);
  });
});
