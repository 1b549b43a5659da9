// How long somebody has left to answer. Pure: both times are arguments.

export type Due = { kind: "answered" } | { kind: "left"; ms: number; soon: boolean } | { kind: "overdue"; ms: number };

/** With less than this left a row asks to be next. */
const SOON_MS = 10 * 60_000;

export function due(responseDue: string | null, now: number): Due {
  if (responseDue === null) return { kind: "answered" };
  const left = Date.parse(responseDue) - now;
  if (Number.isNaN(left)) return { kind: "answered" };
  return left < 0 ? { kind: "overdue", ms: -left } : { kind: "left", ms: left, soon: left < SOON_MS };
}
