// One ticket as the desk knows it, kept fresh, and what an agent does to it. The desk decides; this repeats its word.

import type { TechnicalLog, TicketChange, TicketPage } from "@nightline/shared/wire.ts";
import type { Failure, Outcome } from "../backend/backend.ts";
import { clock } from "../app/clock.svelte.ts";
import type { Session } from "../app/session.svelte.ts";

/** While a bundle arrives its progress is worth a look every second; an open ticket is asked about like a chat. */
const ARRIVING_MS = 1_000;
const OPEN_MS = 5_000;

export class TicketState {
  readonly session: Session;
  readonly number: string;
  page = $state.raw<TicketPage | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** What the agent tried and the desk refused. */
  refused = $state.raw<Failure | null>(null);

  constructor(session: Session, number: string) {
    this.session = session;
    this.number = number;
  }

  everyMs = (): number => (this.page?.bundle.state === "arriving" ? ARRIVING_MS : OPEN_MS);

  load = async (): Promise<void> => {
    const answer = this.session.noticing(await this.session.backend.ticket(this.number));
    this.failure = answer.ok ? null : answer.failure;
    if (!answer.ok) return;
    clock.set(answer.value.now);
    this.page = withOldReport(answer.value, this.page);
  };

  change(change: TicketChange): Promise<boolean> {
    return this.#do(() => this.session.backend.changeTicket(this.number, change));
  }

  send(id: string, text: string): Promise<boolean> {
    return this.#do(() => this.session.backend.sendMessage(this.number, { id, text }));
  }

  close(log: TechnicalLog): Promise<boolean> {
    return this.#do(() => this.session.backend.closeTicket(this.number, log));
  }

  async #do(act: () => Promise<Outcome<unknown>>): Promise<boolean> {
    const answer = this.session.noticing(await act());
    this.refused = answer.ok ? null : answer.failure;
    await this.load();
    return answer.ok;
  }
}

/** A report does not change once it is here: keeping the object keeps the page from being drawn anew. */
function withOldReport(fresh: TicketPage, old: TicketPage | null): TicketPage {
  if (!old?.report || !fresh.report || old.report.started_at !== fresh.report.started_at) return fresh;
  return { ...fresh, report: old.report, manifest: old.manifest ?? fresh.manifest };
}
