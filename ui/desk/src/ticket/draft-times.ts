// Times in a drafted log as the screen shows them. The desk writes UTC and says so; here they get the reader's zone by
// name, because the customer may be in another. Changes nothing that does not say that it is UTC.

import type { Language } from "@nightline/shared/text/texts.ts";
import { formatMoment } from "@nightline/shared/text/time.ts";

const TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d";
/** One time or a span of two, then that it is UTC: "2026-11-22 01:50 to 2026-11-22 01:52 (UTC)". */
const MARKED = new RegExp(`(${TIME})(?:( \\S{1,8} )(${TIME}))?( ?)[(（]UTC[)）]`, "gu");

export function withLocalTimes(text: string, language: Language, zone = Intl.DateTimeFormat().resolvedOptions().timeZone): string {
  return text.replace(MARKED, (whole: string, from: string, word: string | undefined, until: string | undefined, gap: string) => {
    const start = moment(from);
    const end = until === undefined ? null : moment(until);
    if (start === null || (until !== undefined && end === null)) return whole;
    const name = zoneName(end ?? start, zone);
    const shown = formatMoment(start, language, zone) + (end === null ? "" : `${word}${formatMoment(end, language, zone)}`);
    return `${shown}${gap}${language === "en" ? `(${name})` : `（${name}）`}`;
  });
}

function moment(text: string): string | null {
  const time = Date.parse(`${text.replace(" ", "T")}:00Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** "UTC+1": the same in both languages, and no guess at which "CST" is meant. */
function zoneName(at: string, zone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(new Date(at));
  return (parts.find((it) => it.type === "timeZoneName")?.value ?? "GMT").replace(/^GMT(\+0)?/, "UTC");
}
