// A ticket on its way: bytes that arrive, a desk that is away or says no, a person who stops it.

import type { Sending, View } from "@nightline/shared/wire.ts";
import type { Scene } from "./scenes.ts";
import { msg } from "./sentences.ts";

export const NUMBER = "NL-7Q2K-4M9X-C";
const STEPS = 12;
const MINUTE_MS = 60_000;
const later = (minutes: number): string => new Date(Date.now() + minutes * MINUTE_MS).toISOString();

export class Delivering {
  readonly #view: View;
  readonly #scene: Scene;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(view: View, scene: Scene, changed: () => void) {
    this.#view = view;
    this.#scene = scene;
    this.#changed = changed;
  }

  send(): void {
    const { help } = this.#view;
    if (!help) return;
    const total = 1_000_000 + (help.preview?.items.filter((it) => it.included).reduce((sum, it) => sum + it.bytes, 0) ?? 620_000);
    help.sending = { number: NUMBER, state: "sending", sent: 0, total, due: null, reason: null, next_try: null, saved_to: null };
    this.#view.tickets.unshift({
      number: NUMBER, what: help.answers.what, state: "sending", severity: help.preview?.severity ?? "P2", owner: null, made_at: new Date().toISOString(), unread: 0,
    });
    this.#go(help.sending);
  }

  act(what: "stop" | "send-again" | "give-up" | "save", number: string): void {
    for (const sending of [this.#view.help?.sending, this.#view.ticket?.sending]) {
      if (!sending || sending.number !== number) continue;
      if (what === "stop") this.#end(sending, "stopped");
      else if (what === "send-again") this.#go({ ...sending, state: "sending" }, sending);
      else if (what === "save") sending.saved_to = `/home/mira/Downloads/${number}.nightline`;
    }
    if (what !== "give-up") return;
    this.#view.tickets = this.#view.tickets.filter((it) => it.number !== number);
    this.#view.ticket = null;
    this.#view.help = null;
    this.#view.place = { at: "tickets" };
  }

  #go(value: Sending, into: Sending = value): void {
    Object.assign(into, value, { state: "sending", reason: null, next_try: null });
    clearInterval(this.#timer);
    const { ends } = this.#scene;
    if (this.#scene.pace === 0) {
      into.sent = ends === "sending" ? Math.round(into.total * 0.4) : 0;
      if (ends !== "sending") this.#end(into, ends);
      return;
    }
    this.#timer = setInterval(() => {
      into.sent = Math.min(into.total, into.sent + Math.ceil(into.total / STEPS));
      if (ends === "queued" || ends === "refused") this.#end(into, ends);
      else if (into.sent === into.total) this.#end(into, "delivered");
      this.#changed();
    }, this.#scene.pace);
  }

  #end(sending: Sending, state: Sending["state"]): void {
    clearInterval(this.#timer);
    const minutes = this.#view.help?.preview?.response_minutes ?? 30;
    const states = { queued: "queued", refused: "refused", delivered: "new", stopped: "queued", sending: "sending" } as const;
    sending.state = state;
    if (state === "delivered") Object.assign(sending, { sent: sending.total, due: later(minutes) });
    if (state === "queued") Object.assign(sending, { sent: 0, reason: msg("session-offline-connect"), next_try: later(2) });
    if (state === "refused") Object.assign(sending, { sent: 0, reason: msg("session-refused-not-approved") });
    for (const card of this.#view.tickets) if (card.number === sending.number) card.state = states[state];
  }
}
