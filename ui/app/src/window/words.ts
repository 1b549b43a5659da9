// Times and lengths of time as a person says them in this window. Reads no clock: `now` is an argument.

import { reader, t } from "@nightline/shared/text/reader.svelte.ts";
import { formatBytes, formatDayHead, formatMinute } from "@nightline/shared/text/time.ts";

const MINUTES_OF_HOUR = 60;

const isSameDay = (one: Date, other: Date): boolean => one.toDateString() === other.toDateString();

/** "14:30" on the same day, else with the day in front. */
export function near(at: string, now: number): string {
  const minute = formatMinute(at, reader.language);
  return isSameDay(new Date(at), new Date(now)) ? minute : `${formatDayHead(at, reader.language)} ${minute}`;
}

/** "30 minutes", "4 hours"; whole hours where it is whole hours. */
export function lengthInWords(minutes: number): string {
  if (minutes >= MINUTES_OF_HOUR && minutes % MINUTES_OF_HOUR === 0) return t("app-hours", { count: minutes / MINUTES_OF_HOUR });
  return t("app-minutes", { count: minutes });
}

export const bytes = (count: number): string => formatBytes(count, reader.language);

/** A number letter by letter, so that a screen reader spells it. */
export const spelled = (number: string): string => [...number.replaceAll("-", " ")].map((it) => (it === " " ? "," : it)).join(" ");

/** What a language is called by whoever reads. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([reader.language], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
