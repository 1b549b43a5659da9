// Hands an answer that is being written to the watch, which keeps it. Keeps nothing itself.

/** Long enough to send words and not letters, short enough that a crash costs a word. */
const REST_MS = 250;

export class ReplyDraft {
  readonly #send: (text: string) => void;
  #unsent: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /** The field as it stands. */
  set(text: string): void {
    this.#unsent = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), REST_MS);
  }

  /** Sends now what is not sent yet. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#unsent === null) return;
    const text = this.#unsent;
    this.#unsent = null;
    this.#send(text);
  }
}
