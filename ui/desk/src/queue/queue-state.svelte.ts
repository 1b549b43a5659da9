// The queue as the agent asked for it, kept fresh. Order and content are the desk's; nothing is sorted here.

import type { Queue, QueueRow, Severity } from "@nightline/shared/wire.ts";
import type { Failure, Outcome, QueueQuestion } from "../backend/backend.ts";
import { clock } from "../app/clock.svelte.ts";
import type { Session } from "../app/session.svelte.ts";

export const VIEWS = ["active", "mine", "unassigned", "closed"] as const;
export type View = (typeof VIEWS)[number];

/** Nobody reads further than this many pages; a search is faster, and every refresh asks for each page again. */
const MOST_PAGES = 8;

export class QueueState {
  readonly #session: Session;
  #asked = 0;
  #pages = 1;
  view = $state<View>("active");
  severity = $state<Severity | null>(null);
  search = $state("");
  rows = $state.raw<QueueRow[]>([]);
  total = $state(0);
  hasMore = $state(false);
  loaded = $state(false);
  failure = $state.raw<Failure | null>(null);

  constructor(session: Session) {
    this.#session = session;
  }

  /** Whether more was asked for than a view. */
  get isNarrowed(): boolean {
    return this.severity !== null || this.search.trim() !== "";
  }

  /** Another question: the first page again. */
  ask(): Promise<void> {
    this.#pages = 1;
    return this.load();
  }

  more(): Promise<void> {
    this.#pages = Math.min(MOST_PAGES, this.#pages + 1);
    return this.load();
  }

  async load(): Promise<void> {
    const turn = ++this.#asked;
    const rows: QueueRow[] = [];
    let after: string | null = null;
    for (let page = 0; page < this.#pages; page += 1) {
      const answer: Outcome<Queue> = this.#session.noticing(await this.#session.backend.queue(this.#question(after)));
      // A later question overtook this one.
      if (turn !== this.#asked) return;
      this.failure = answer.ok ? null : answer.failure;
      if (!answer.ok) return;
      rows.push(...answer.value.tickets);
      clock.set(answer.value.now);
      this.total = answer.value.total;
      after = answer.value.next;
      if (after === null) break;
    }
    this.rows = rows;
    this.hasMore = after !== null && this.#pages < MOST_PAGES;
    this.loaded = true;
  }

  #question(after: string | null): QueueQuestion {
    return {
      status: this.view === "closed" ? "closed" : "active",
      owner: this.view === "mine" ? "me" : this.view === "unassigned" ? "none" : null,
      severity: this.severity,
      search: this.search.trim(),
      after,
    };
  }
}
