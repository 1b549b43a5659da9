// Prepares the timeline: groups repetitions, in rows for the list and in marks for the strip. Pure.

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

export type Cluster = { x: number; kind: EventKind; indices: number[]; isReported: boolean; isCited: boolean };

/** What the strip draws: neighbors that would cover each other become one mark, shown as the kind that matters most. */
export function clusters(events: readonly Event[], placeOf: (at: number) => number, apart: number, cited: ReadonlySet<number>): Cluster[] {
  const points = events
    .map((event, index) => ({ event, index, x: placeOf(Date.parse(event.at)) }))
    .filter(({ x }) => x >= 0 && x <= 100)
    .sort((a, b) => a.x - b.x);
  const all: Cluster[] = [];
  for (const { event, index, x } of points) {
    const last = all.at(-1);
    if (last && x - last.x < apart) {
      last.indices.push(index);
      if (KINDS.indexOf(event.kind) < KINDS.indexOf(last.kind)) last.kind = event.kind;
      last.isReported ||= event.kind === "reported";
      last.isCited ||= cited.has(index);
    } else {
      all.push({ x, kind: event.kind, indices: [index], isReported: event.kind === "reported", isCited: cited.has(index) });
    }
  }
  return all;
}
