// A minute of a day that a person names, and the days to choose from. Reads no clock: `now` is an argument.

/** Whoever asks for help about something older writes it in words. */
export const DAYS_BACK = 14;

/** A day as `2026-11-22`, in the reader's zone. */
export function dayOf(time: Date): string {
  const two = (it: number): string => String(it).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** The minute as `01:50`, in the reader's zone. */
export function minuteOf(time: Date): string {
  const two = (it: number): string => String(it).padStart(2, "0");
  return `${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** Today first. */
export function days(now: Date): string[] {
  return Array.from({ length: DAYS_BACK }, (_, back) => dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - back)));
}

/** Hours and minutes as people type them: `1:50`, `0150`, `01：50`. Nothing where it is no time of day. */
export function readMinute(text: string): { hours: number; minutes: number } | null {
  const match = /^\s*(\d{1,2})\s*[:：.]?\s*(\d{2})(?:[:：]\d{2})?\s*$/.exec(text);
  const hours = Number(match?.[1]);
  const minutes = Number(match?.[2]);
  return match && hours < 24 && minutes < 60 ? { hours, minutes } : null;
}

/** A day and a time of day as a point in time. Nothing where either is not one. */
export function momentOf(day: string, minute: string): string | null {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  const time = readMinute(minute);
  if (!date || !time) return null;
  return new Date(Number(date[1]), Number(date[2]) - 1, Number(date[3]), time.hours, time.minutes).toISOString();
}
