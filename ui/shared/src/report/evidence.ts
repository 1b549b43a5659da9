// Where a piece of evidence stands on the page. Pure: a reference in, a place out.

export type Place =
  | { kind: "check"; check: string }
  | { kind: "fact"; check: string; key: string }
  | { kind: "event"; index: number };

/** `dns-system`, `dns-system#resolve_ms` or `event:12`. */
export function place(reference: string): Place {
  const event = /^event:(\d+)$/.exec(reference);
  if (event) return { kind: "event", index: Number(event[1]) };
  const cut = reference.indexOf("#");
  if (cut < 0) return { kind: "check", check: reference };
  return { kind: "fact", check: reference.slice(0, cut), key: reference.slice(cut + 1) };
}

/** The id of the element that shows it. */
export function anchor(target: Place): string {
  switch (target.kind) {
    case "check":
      return `check-${safe(target.check)}`;
    case "fact":
      return `fact-${safe(target.check)}-${safe(target.key)}`;
    case "event":
      return `event-${target.index}`;
  }
}

// Ids come from a file that somebody else wrote: they are data, not selectors.
const safe = (text: string): string => text.replace(/[^A-Za-z0-9_.-]/g, (it) => `_${it.codePointAt(0)?.toString(16)}`);

/** Confidence in words, as the tail of an id. The steps are ours: above them an agent acts without a second look. */
export function confidenceWord(confidence: number): "sure" | "likely" | "possible" | "guess" {
  if (confidence >= 0.9) return "sure";
  if (confidence >= 0.7) return "likely";
  if (confidence >= 0.4) return "possible";
  return "guess";
}
