// Finds the moment a log line speaks of. Knows the few shapes that our collectors write; guesses nothing else.

import type { Line } from "./lines.ts";

const ISO = /(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?/;

/** The moment in a line, in milliseconds since 1970; a time without zone is taken as UTC. */
export function lineTime(text: string): number | null {
  const match = ISO.exec(text.slice(0, 80));
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const offset = !zone ? "Z" : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const ms = (fraction ?? "0").slice(0, 3).padEnd(3, "0");
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}${offset}`);
  return Number.isNaN(time) ? null : time;
}

/** The first row at or after a moment; lines without a moment are passed over. Null where no line has one. */
export function rowAtTime(lines: readonly Line[], moment: number): number | null {
  let last: number | null = null;
  for (let row = 0; row < lines.length; row += 1) {
    const time = lineTime(lines[row]?.text ?? "");
    if (time === null) continue;
    last = row;
    if (time >= moment) return row;
  }
  return last;
}
