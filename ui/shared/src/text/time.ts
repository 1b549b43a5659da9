// Points in time, ages and lengths of time for a reader. Reads no clock: `now` is an argument.

import type { Language } from "./texts.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** From so many hours on nobody acts on minutes. */
const EXACT_HOURS = 6;

/** An age as the id and argument of a sentence in common.ftl. */
export type Age = { id: string; count: number };

const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { hourCycle: "h23", ...options });
  cache.set(key, made);
  return made;
}

function format(at: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : formatter(language, options).format(time);
}

/** Date and time to the minute, in the reader's zone or in the one given. */
export const formatMoment = (at: string, language: Language, zone?: string): string =>
  format(at, language, { ...(zone === undefined ? {} : { timeZone: zone }), day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

/** Hours, minutes and seconds, in the reader's zone. */
export const formatClock = (at: string, language: Language): string =>
  format(at, language, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** Hours and minutes, in the reader's zone. */
export const formatMinute = (at: string, language: Language): string =>
  format(at, language, { hour: "2-digit", minute: "2-digit" });

/** Day and month, in the reader's zone. */
export const formatDay = (at: string, language: Language): string =>
  format(at, language, { day: "numeric", month: "short" });

/** Weekday, day and month, in the reader's zone. */
export const formatDayHead = (at: string, language: Language): string =>
  format(at, language, { weekday: "short", day: "numeric", month: "short" });

/** The exact moment in UTC, for tooltips. */
export function formatUtc(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : `${new Date(time).toISOString().replace("T", " ").replace("Z", "")} UTC`;
}

/** The nearest way to say "this long ago". */
export function age(at: string, now: number): Age {
  const passed = Math.max(0, now - Date.parse(at));
  if (Number.isNaN(passed) || passed < 10_000) return { id: "age-now", count: 0 };
  if (passed < MINUTE_MS) return { id: "age-seconds", count: Math.floor(passed / 10_000) * 10 };
  if (passed < HOUR_MS) return { id: "age-minutes", count: Math.floor(passed / MINUTE_MS) };
  if (passed < DAY_MS) return { id: "age-hours", count: Math.floor(passed / HOUR_MS) };
  return { id: "age-days", count: Math.floor(passed / DAY_MS) };
}

/** A length of time as at most two sentences of console.ftl: "3 h" and "8 min". */
export function lengthParts(ms: number): Age[] {
  const minutes = Math.floor(ms / MINUTE_MS);
  const hours = Math.floor(minutes / 60);
  const part = (unit: string, count: number): Age => ({ id: `console-length-${unit}`, count });
  if (minutes < 60) return [part("minutes", minutes)];
  if (hours < 24) return [part("hours", hours), ...(minutes % 60 && hours < EXACT_HOURS ? [part("minutes", minutes % 60)] : [])];
  return [part("days", Math.floor(hours / 24)), ...(hours % 24 ? [part("hours", hours % 24)] : [])];
}

/** A measured time: "0.4 ms", "38 ms", "1.8 s". */
export function formatMs(ms: number, language: Language): string {
  if (ms >= 1_000) return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(ms / 1_000)} s`;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: ms < 10 ? 1 : 0 }).format(ms)} ms`;
}

/** Bytes as people say them: "812 B", "41 KB", "3.2 MB". */
export function formatBytes(bytes: number, language: Language): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)} ${units[unit]}`;
}
