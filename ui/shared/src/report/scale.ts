// The strip's axis: the stretch around the fault drawn wide, what came before it drawn narrow, both true to time inside.
// Pure.

import type { Event } from "../wire.ts";

const MINUTE_MS = 60_000;
/** So that a fault of a few seconds does not fill the axis. */
const NARROWEST_MS = 20 * MINUTE_MS;
/** Share of the width for what came before, in percent, and the gap that says that the axis changes. */
const BEFORE_SHARE = 24;
const GAP_SHARE = 3;
/** What came before stays on the same axis while that makes the wide part at most this many times longer. */
const SAME_AXIS = 6;

export type Scale = {
  /** Where the wide part begins and the axis ends. */
  focus: number;
  to: number;
  /** Where the narrow part begins; absent where nothing came before. */
  before: number | null;
};

/** Chooses the axis. `bad` are the places of events that explain what is broken; `reach` is how far back to look. */
export function scaleOf(events: readonly Event[], reported: number, bad: ReadonlySet<number>, reachMs: number | null): Scale {
  const times = events.map((it) => Date.parse(it.at));
  const ends = events.map((it, index) => Date.parse(it.until ?? "") || times[index] || reported);
  const to = Math.max(reported, ...ends);
  const near = [...bad].map((index) => times[index] ?? reported).filter((it) => reported - it < 6 * 60 * MINUTE_MS);
  const first = Math.min(reported, ...near);
  const span = Math.max(NARROWEST_MS, (to - first) * 1.15);
  const limit = reachMs === null ? Number.NEGATIVE_INFINITY : reported - reachMs;
  const earlier = times.filter((it) => it < to - span && it >= limit);
  const earliest = Math.min(to - span, ...earlier);
  if (to - earliest <= span * SAME_AXIS) return { focus: earliest - (to - earliest) * 0.02, to: to + (to - earliest) * 0.04, before: null };
  return { focus: to - span, to: to + span * 0.04, before: earliest };
}

/** The place of a moment on the axis in percent; outside 0 to 100 where it is off the axis. */
export function placeOf(scale: Scale, at: number): number {
  const start = scale.before === null ? 1 : BEFORE_SHARE + GAP_SHARE;
  if (at >= scale.focus) return start + ((at - scale.focus) / (scale.to - scale.focus)) * (100 - start);
  if (scale.before === null) return -1;
  const width = Math.max(1, scale.focus - scale.before);
  return 1.5 + ((at - scale.before) / width) * (BEFORE_SHARE - 1.5);
}

/** Where the axis changes, in percent. */
export const breakOf = (scale: Scale): number | null => (scale.before === null ? null : BEFORE_SHARE + GAP_SHARE / 2);

const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080, 20_160, 43_200].map((it) => it * MINUTE_MS);

/** Round moments between two others, at most `most`, on the clock of the zone given by its offset. */
export function ticks(from: number, to: number, most: number, zoneOffsetMs: number): number[] {
  const step = STEPS_MS.find((it) => (to - from) / it <= most) ?? STEPS_MS.at(-1) ?? MINUTE_MS;
  const found: number[] = [];
  for (let at = Math.ceil((from + zoneOffsetMs) / step) * step - zoneOffsetMs; at <= to && found.length < most; at += step) {
    found.push(at);
  }
  return found;
}

/** Ticks of both parts of the axis whose labels do not touch each other. */
export function axisTicks(scale: Scale, most: number, apart: number, zoneOffsetMs: number): number[] {
  const all = [
    ...(scale.before === null ? [] : ticks(scale.before, scale.focus, Math.max(1, Math.floor(most / 4)), zoneOffsetMs)),
    ...ticks(scale.focus, scale.to, most, zoneOffsetMs),
  ];
  const kept: number[] = [];
  for (const at of all) {
    const here = placeOf(scale, at);
    const last = kept.at(-1);
    const isFree = last === undefined || here - placeOf(scale, last) >= apart;
    if (isFree && here >= apart / 2 && here <= 100 - apart / 2) kept.push(at);
  }
  return kept;
}
