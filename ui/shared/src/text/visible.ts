// Makes characters visible that would hide or reorder others: control characters, direction overrides, zero widths.
// Changes nothing that is copied or sent: it prepares text for the eye only.

/** A stretch of text: as it is, or a character that has to be named. */
export type Stretch = { kind: "plain"; text: string } | { kind: "named"; text: string; original: string };

// C0 without tab and newline, DEL, C1, bidi marks, overrides and isolates, zero widths, separators, the byte order mark.
const TRICKY = "\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b\\u200c\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff";
const EACH = new RegExp(`[${TRICKY}]`, "g");

/** Splits text so that tricky characters can be drawn as their names. A carriage return before a newline is dropped. */
export function stretches(text: string): Stretch[] {
  const parts: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(EACH)) {
    const at = match.index;
    if (at > from) parts.push({ kind: "plain", text: text.slice(from, at) });
    const isLineEnd = match[0] === "\r" && (text[at + 1] === "\n" || at + 1 === text.length);
    if (!isLineEnd) parts.push({ kind: "named", text: characterName(match[0]), original: match[0] });
    from = at + match[0].length;
  }
  if (from < text.length) parts.push({ kind: "plain", text: text.slice(from) });
  return parts;
}

/** The same as one string, for sentences and attributes. */
export function withoutTricks(text: string): string {
  return text.replace(EACH, characterName);
}

function characterName(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** Cuts at whole characters; tells whether something was cut. */
export function clip(text: string, limit: number): { text: string; cut: boolean } {
  if (text.length <= limit) return { text, cut: false };
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
  return { text: text.slice(0, end), cut: true };
}
