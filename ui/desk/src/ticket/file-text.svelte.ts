// One text file of a bundle, read from the desk part by part as the reader gets there. Keeps it in memory only.

import { Lines, type Line } from "@nightline/shared/view/lines.ts";
import type { Failure, FileRef } from "../backend/backend.ts";
import type { Session } from "../app/session.svelte.ts";

/** One part: a few hundred screens, and a fraction of a second on any line. */
const PART_BYTES = 512 * 1_024;
/** More than this of one file is not kept in a browser; the download has it all. */
const MOST_BYTES = 64 * 1_024 * 1_024;

export class FileText {
  readonly #session: Session;
  readonly #number: string;
  readonly #file: FileRef;
  readonly size: number;
  readonly #lines = new Lines();
  readonly #decoder = new TextDecoder("utf-8");
  #busy: Promise<void> | null = null;
  #stopped = false;
  /** Grows with the lines, which are one array. */
  count = $state(0);
  read = $state(0);
  done = $state(false);
  failure = $state.raw<Failure | null>(null);

  constructor(session: Session, number: string, file: FileRef, size: number) {
    this.#session = session;
    this.#number = number;
    this.#file = file;
    this.size = size;
  }

  get lines(): readonly Line[] {
    return this.#lines.all;
  }

  /** Whether the file is longer than what a browser keeps. */
  get isCut(): boolean {
    return this.done && this.read < this.size;
  }

  stop(): void {
    this.#stopped = true;
  }

  more = (): Promise<void> => {
    this.#busy ??= this.#part().finally(() => (this.#busy = null));
    return this.#busy;
  };

  /** Reads on to the end, for a search or a jump to a time. */
  async rest(): Promise<void> {
    while (!this.done && !this.#stopped && !this.failure) await this.more();
  }

  async #part(): Promise<void> {
    if (this.done || this.#stopped) return;
    const limit = Math.min(PART_BYTES, MOST_BYTES - this.read);
    const answer = this.#session.noticing(await this.#session.backend.filePart(this.#number, this.#file, this.read, limit));
    this.failure = answer.ok ? null : answer.failure;
    if (!answer.ok) return;
    const { bytes } = answer.value;
    this.read += bytes.length;
    this.#lines.push(this.#decoder.decode(bytes, { stream: true }));
    if (bytes.length === 0 || this.read >= this.size || this.read >= MOST_BYTES) {
      this.#lines.push(this.#decoder.decode());
      this.#lines.end();
      this.done = true;
    }
    this.count = this.#lines.all.length;
  }
}
