// What is shown: the latest view, the pixels of its pictures, the fields. Decides nothing, remembers nothing.

import { createContext } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Request, View } from "@nightline/shared/wire.ts";
import type { Backend, Pixels } from "../backend/backend.ts";
import { Fields } from "./fields.svelte.ts";

/** After so long a press counts again, also where no other page came of the one before. */
const PRESS_MS = 700;

export class Shown {
  view = $state.raw<View | null>(null);
  /** Whether the watch is gone. */
  lost = $state(false);
  readonly pictures = new SvelteMap<string, Pixels>();
  readonly fields: Fields;
  readonly #backend: Backend;
  #pressed = false;
  /** Run before the person leaves a page, so that nothing half done is left behind. */
  readonly #before = new Set<() => void>();

  constructor(backend: Backend) {
    this.#backend = backend;
    this.fields = new Fields((answers) => this.ask({ ask: "answer", answers }));
    backend.listen({
      view: (view) => this.#show(view),
      picture: (pixels) => this.#keep(pixels),
      lost: () => (this.lost = true),
    });
    addEventListener("pagehide", () => this.fields.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.fields.flush();
    });
  }

  /** Passes on what the person did; what they wrote goes first. */
  ask(request: Request): void {
    if (request.ask !== "answer") this.fields.flush();
    this.#backend.ask(request);
  }

  /** Like `ask`, for what leads to another page: a second press of the same button is not a second step. */
  move(request: Request): void {
    if (this.#pressed) return;
    this.#pressed = true;
    setTimeout(() => (this.#pressed = false), PRESS_MS);
    for (const each of this.#before) each();
    this.ask(request);
  }

  /** Has something done before the person leaves the page; answers how to take that back. */
  beforeMove(act: () => void): () => void {
    this.#before.add(act);
    return () => this.#before.delete(act);
  }

  #show(view: View): void {
    const shown = this.view;
    if (shown && view.revision < shown.revision) return;
    // The step was made, or there is none to make: the next press is meant.
    if (!shown || pageOf(shown) !== pageOf(view) || view.help?.way.next === false) this.#pressed = false;
    this.fields.take(view.help?.answers ?? null);
    this.view = view;
  }

  #keep(pixels: Pixels): void {
    const known = this.pictures.get(pixels.id);
    if (!known || known.revision <= pixels.revision) this.pictures.set(pixels.id, pixels);
  }
}

/** Which page a view shows; the same text means the same page. */
export function pageOf(view: View): string {
  const { place, help } = view;
  if (place.at === "help") return `help ${help?.step ?? ""}`;
  return place.at === "ticket" ? `ticket ${place.number}` : place.at;
}

export const [useShown, provideShown] = createContext<Shown>();
