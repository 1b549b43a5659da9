// The lines of a text that arrives in pieces. Keeps whole what it got; cuts only what is drawn.

/** Longer lines are drawn in pieces of this many characters, so that one line of 10 MB does not stall a browser. */
const PIECE_LENGTH = 2_000;

export type Line = { number: number; text: string; continued: boolean };

/** Cuts a text into lines, long lines into pieces that keep their line's number. */
export class Lines {
  readonly all: Line[] = [];
  #rest = "";
  #number = 1;
  #continued = false;

  /** Adds the next piece of text. */
  push(text: string): void {
    const parts = (this.#rest + text).split("\n");
    this.#rest = parts.pop() ?? "";
    for (const part of parts) this.#take(part, true);
    while (this.#rest.length > PIECE_LENGTH * 2) this.#piece();
  }

  /** Says that nothing more comes. */
  end(): void {
    if (this.#rest !== "" || this.#continued || this.all.length === 0) this.#take(this.#rest, true);
    this.#rest = "";
  }

  #piece(): void {
    const cut = boundary(this.#rest, PIECE_LENGTH);
    this.#take(this.#rest.slice(0, cut), false);
    this.#rest = this.#rest.slice(cut);
  }

  #take(text: string, ends: boolean): void {
    let rest = text.endsWith("\r") && ends ? text.slice(0, -1) : text;
    while (rest.length > PIECE_LENGTH) {
      const cut = boundary(rest, PIECE_LENGTH);
      this.#add(rest.slice(0, cut));
      rest = rest.slice(cut);
    }
    this.#add(rest);
    if (ends) {
      this.#number += 1;
      this.#continued = false;
    }
  }

  #add(text: string): void {
    this.all.push({ number: this.#number, text, continued: this.#continued });
    this.#continued = true;
  }
}

function boundary(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}

/** All lines of a text that is there already. */
export function linesOf(text: string): Line[] {
  const lines = new Lines();
  lines.push(text);
  lines.end();
  return lines.all;
}

/** The rows to draw for a scroll position, with a margin so that scrolling shows no gaps. */
export function visibleRows(scrollTop: number, height: number, rowHeight: number, count: number): { from: number; to: number } {
  const margin = 12;
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - margin);
  const to = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + margin);
  return { from: Math.min(from, count), to: Math.max(to, Math.min(from, count)) };
}

/** The rows that hold a text, case-insensitively, up to a limit. */
export function findRows(lines: readonly Line[], wanted: string, limit: number): number[] {
  const needle = wanted.toLowerCase();
  const found: number[] = [];
  if (needle === "") return found;
  for (let row = 0; row < lines.length && found.length < limit; row += 1) {
    if (lines[row]?.text.toLowerCase().includes(needle)) found.push(row);
  }
  return found;
}
