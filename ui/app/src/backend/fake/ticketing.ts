// Tickets of this device: one that an agent answers, one that is done, one that waits.

import type { Letter, OpenTicket, TicketCard, TicketFile, View } from "@nightline/shared/wire.ts";
import { NUMBER } from "./delivering.ts";
import { keepReply, keptReply } from "./kept.ts";
import type { Scene } from "./scenes.ts";
import { msg, textOf } from "./sentences.ts";

const MINUTE_MS = 60_000;
/** In so many steps a file leaves. */
const PARTS = 3;
const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

export function cards(hostile: string): TicketCard[] {
  const what = (id: string): string => (hostile === "" ? textOf(id) : hostile);
  return [
    { number: NUMBER, what: what("fake-what"), state: "waiting", severity: "P1", owner: what("fake-agent"), made_at: ago(48), unread: 1 },
    { number: "NL-B8TR-2WQ5-K", what: what("fake-what-printer"), state: "queued", severity: "P2", owner: null, made_at: ago(190), unread: 0 },
    { number: "NL-M3PX-9D4A-R", what: what("fake-what-mail"), state: "closed", severity: "P3", owner: what("fake-agent"), made_at: ago(5_900), unread: 0 },
  ];
}

export class Ticketing {
  readonly #view: View;
  readonly #scene: Scene;
  readonly #changed: () => void;
  #said = 0;

  constructor(view: View, scene: Scene, changed: () => void) {
    this.#view = view;
    this.#scene = scene;
    this.#changed = changed;
  }

  open(number: string): void {
    const card = this.#view.tickets.find((it) => it.number === number);
    if (!card || this.#view.ticket?.card.number === number) return;
    const isQueued = card.state === "queued";
    const sending = this.#view.help?.sending?.number === number ? this.#view.help.sending : null;
    card.unread = 0;
    this.#view.ticket = {
      card,
      sending: isQueued && !sending ? { number, state: "queued", sent: 0, total: 1_640_000, due: null, reason: msg("session-offline-connect"), next_try: ago(-2), saved_to: null } : sending,
      due: card.state === "waiting" || card.state === "new" ? ago(-12) : null,
      letters: this.#letters(card),
      files: this.#files(card),
      reply: keptReply(number),
      log: card.state === "closed" ? ["when", "cause", "measure", "permanent"].map((it) => msg(`ticket-log-${it}`, { text: textOf(`fake-log-${it}`) })) : [],
      as_of: isQueued ? null : ago(this.#scene.deskDown ? 26 : 0),
      trouble: this.#scene.deskDown ? msg("ticket-not-asked") : null,
    };
  }

  reply(text: string): void {
    const { ticket } = this.#view;
    if (!ticket) return;
    this.write(ticket.card.number, "");
    this.#say(ticket, true, text);
    if (this.#scene.deskDown) return;
    ticket.card.state = "open";
    setTimeout(() => {
      this.#say(ticket, false, textOf("fake-letter-more"));
      this.#changed();
    }, this.#scene.pace * 4);
  }

  write(number: string, text: string): void {
    keepReply(number, text);
    const { ticket } = this.#view;
    if (ticket?.card.number === number) ticket.reply = text;
  }

  /** Leaves at once where everything does, else bit by bit. */
  attach(name: string, data: string): void {
    const { ticket } = this.#view;
    if (!ticket) return;
    this.#said += 1;
    const id = `file-${this.#said}`;
    const bytes = atob(data).length;
    ticket.files.push({ id, name, bytes, sent: 0, at: null });
    if (this.#scene.deskDown || ticket.card.state === "queued") return;
    const advance = (): void => {
      // Each view is a copy; the file is found anew in the one that is open.
      const file = this.#view.ticket?.files.find((it) => it.id === id);
      if (!file) return;
      file.sent = Math.min(bytes, file.sent + Math.ceil(bytes / PARTS));
      if (file.sent === bytes) file.at = new Date().toISOString();
      else setTimeout(advance, this.#scene.pace);
      this.#changed();
    };
    setTimeout(advance, this.#scene.pace);
  }

  close(): void {
    const { ticket } = this.#view;
    if (!ticket) return;
    ticket.card.state = "closed";
    ticket.due = null;
  }

  #say(ticket: OpenTicket, own: boolean, text: string): void {
    this.#said += 1;
    const at = own && this.#scene.deskDown ? null : new Date().toISOString();
    ticket.letters.push({ id: `said-${this.#said}`, own, name: own ? null : textOf("fake-agent"), at, text });
  }

  #files(card: TicketCard): TicketFile[] {
    if (card.state !== "waiting") return [];
    const name = (text: string): string => (this.#scene.hostile === "" ? text : this.#scene.hostile);
    const files: TicketFile[] = [{ id: "f1", name: name(textOf("fake-file")), bytes: 2_310_000, sent: 2_310_000, at: ago(40) }];
    if (this.#scene.deskDown) files.push({ id: "f2", name: name("router.log"), bytes: 640_000, sent: 0, at: null });
    return files;
  }

  #letters(card: TicketCard): Letter[] {
    if (card.state !== "waiting") return [];
    const text = (id: string): string => (this.#scene.hostile === "" ? textOf(id) : this.#scene.hostile.repeat(3));
    return [
      { id: "m1", own: true, name: null, at: ago(44), text: text("fake-letter-own") },
      { id: "m2", own: false, name: card.owner, at: ago(31), text: text("fake-letter-agent") },
    ];
  }
}
