// What the person is writing, kept here until the watch has it. A field that has the focus is never overwritten.

import type { Answers } from "@nightline/shared/wire.ts";

export const NO_ANSWERS: Answers = {
  what: "",
  target: "",
  error: "",
  when: null,
  machine: "this",
  other_machine: {},
  pattern: null,
  scope: null,
  impact: null,
  steps: "",
  expected: "",
  contact: "",
};

/** Long enough to send words and not letters, short enough that a crash costs a word. */
const REST_MS = 250;

type Key = keyof Answers;
const KEYS = Object.keys(NO_ANSWERS) as Key[];
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export class Fields {
  values = $state<Answers>(structuredClone(NO_ANSWERS));
  readonly #send: (answers: Answers) => void;
  readonly #isFocused: (key: Key) => boolean;
  readonly #unsent = new Set<Key>();
  #seen: Answers | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (answers: Answers) => void, isFocused: (key: Key) => boolean = hasFocus) {
    this.#send = send;
    this.#isFocused = isFocused;
  }

  /** The answers as the watch has them; nothing where no help is being asked for. */
  take(answers: Answers | null): void {
    if (answers === null) {
      this.#forget();
      return;
    }
    for (const key of KEYS) {
      // A view may be older than what was written since; only what has changed over there is news.
      const isNews = this.#seen === null || !same(this.#seen[key], answers[key]);
      if (isNews && !this.#unsent.has(key) && !this.#isFocused(key)) this.#put(key, answers[key]);
    }
    this.#seen = answers;
  }

  /** What the person wrote or chose. */
  set<K extends Key>(key: K, value: Answers[K]): void {
    if (same(this.values[key], value)) return;
    this.#put(key, value);
    this.#unsent.add(key);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), REST_MS);
  }

  /** Sends now what is not sent yet. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#unsent.size === 0) return;
    this.#unsent.clear();
    this.#send($state.snapshot(this.values));
  }

  #put<K extends Key>(key: K, value: Answers[K]): void {
    this.values[key] = value;
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#unsent.clear();
    this.#seen = null;
    this.values = structuredClone(NO_ANSWERS);
  }
}

/** Fields bear the name of their answer, or say in `data-field` of which answer they are a part. */
function hasFocus(key: Key): boolean {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement)) return false;
  return (active.dataset["field"] ?? active.getAttribute("name")) === key;
}
