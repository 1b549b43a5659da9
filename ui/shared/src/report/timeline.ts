// Prepares the timeline: groups repetitions, chooses the stretch of time a reader looks at. Pure.

import type { Event, EventKind } from "../wire.ts";

export type Row = { first: number; events: { event: Event; index: number }[] };

export const KINDS: readonly EventKind[] = [
  "reported",
  "episode",
  "network",
  "update",
  "log-error",
  "boot",
  "shutdown",
  "crash",
  "probe",
];

/** Neighbors that say the same within this time are one row: an agent reads a storm once. */
const GROUP_WITHIN_MS = 10 * 60_000;

/** The kinds that occur, in the order above. */
export const kindsIn = (events: readonly Event[]): EventKind[] =>
  KINDS.filter((kind) => events.some((event) => event.kind === kind));

/** Rows oldest first, each with its events; the index is the place in the report, which evidence refers to. */
export function rows(events: readonly Event[], kinds: ReadonlySet<EventKind> | null): Row[] {
  const all: Row[] = [];
  const kept = events.map((event, index) => ({ event, index })).filter(({ event }) => !kinds || kinds.has(event.kind));
  kept.sort((a, b) => Date.parse(a.event.at) - Date.parse(b.event.at) || a.index - b.index);
  for (const item of kept) {
    const last = all.at(-1);
    const before = last?.events.at(-1)?.event;
    if (last && before && sameStory(before, item.event)) last.events.push(item);
    else all.push({ first: item.index, events: [item] });
  }
  return all;
}

function sameStory(a: Event, b: Event): boolean {
  if (a.kind === "reported" || a.kind !== b.kind || a.source !== b.source || a.message.id !== b.message.id) return false;
  if (JSON.stringify(a.message.args) !== JSON.stringify(b.message.args)) return false;
  return Date.parse(b.at) - Date.parse(a.at) <= GROUP_WITHIN_MS;
}

export type Window = { from: number; to: number };

const HOUR_MS = 3_600_000;

/** The reach of the strip: from `hours` before the fault was reported to a little after the last thing that happened. */
export function windowOf(events: readonly Event[], reported: number, hours: number | null): Window {
  const times = events.map((it) => Date.parse(it.at)).filter((it) => !Number.isNaN(it));
  const ends = events.map((it) => Date.parse(it.until ?? it.at)).filter((it) => !Number.isNaN(it));
  const last = Math.max(reported, ...ends);
  const first = hours === null ? Math.min(reported, ...times) : reported - hours * HOUR_MS;
  const margin = Math.max((last - first) * 0.03, 60_000);
  return { from: first - (hours === null ? margin : 0), to: last + margin };
}

const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080, 20_160, 43_200].map((it) => it * 60_000);

/** Round moments in a window, at most `most` of them, on the clock of the zone given by its offset. */
export function ticks(window: Window, most: number, zoneOffsetMs: number): number[] {
  const step = STEPS_MS.find((it) => (window.to - window.from) / it <= most) ?? STEPS_MS.at(-1) ?? HOUR_MS;
  const found: number[] = [];
  for (let at = Math.ceil((window.from + zoneOffsetMs) / step) * step - zoneOffsetMs; at <= window.to; at += step) {
    found.push(at);
  }
  return found.slice(0, most + 1);
}

export type Cluster = { at: number; kind: EventKind; indices: number[]; isReported: boolean; isCited: boolean };

/** Marks closer than this share of the strip would cover each other. */
const CLUSTER_SHARE = 0.022;

/** What the strip draws: neighbors that would overlap become one mark, shown as the kind that matters most. */
export function clusters(events: readonly Event[], window: Window, cited: ReadonlySet<number>): Cluster[] {
  const reach = (window.to - window.from) * CLUSTER_SHARE;
  const points = events
    .map((event, index) => ({ event, index, at: Date.parse(event.at) }))
    .filter(({ at }) => at >= window.from && at <= window.to)
    .sort((a, b) => a.at - b.at);
  const all: Cluster[] = [];
  for (const { event, index, at } of points) {
    const isReported = event.kind === "reported";
    const last = all.at(-1);
    if (last && at - last.at < reach) {
      last.indices.push(index);
      if (KINDS.indexOf(event.kind) < KINDS.indexOf(last.kind)) last.kind = event.kind;
      last.isReported ||= isReported;
      last.isCited ||= cited.has(index);
    } else {
      all.push({ at, kind: event.kind, indices: [index], isReported, isCited: cited.has(index) });
    }
  }
  return all;
}
