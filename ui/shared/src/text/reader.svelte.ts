// Who is reading: their language, and the sentences in it. Knows no storage; the program's edge sets the language.

import type { Message } from "../wire.ts";
import { catalogs } from "./catalogs.ts";
import { LANGUAGES, Texts, type Args, type Catalogs, type Language } from "./texts.ts";
import { age, lengthParts } from "./time.ts";

class Reader {
  language = $state<Language>("en");
  #extra = $state.raw<Catalogs>({ en: [], "zh-CN": [] });
  #texts = $derived(
    new Texts(this.language, {
      en: [...catalogs.en, ...this.#extra.en],
      "zh-CN": [...catalogs["zh-CN"], ...this.#extra["zh-CN"]],
    }),
  );

  get texts(): Texts {
    return this.#texts;
  }

  /** Adds sentences, for scenarios that bring their own. */
  addCatalogs(extra: Catalogs): void {
    this.#extra = extra;
  }
}

export const reader = new Reader();

/** A sentence of the program, by id. */
export const t = (id: string, args?: Args): string => reader.texts.plain(id, args);

/** A message of a report in the reader's language. */
export const say = (message: Message): string => reader.texts.say(message);

/** "2 minutes ago". */
export function ago(at: string, now: number): string {
  const { id, count } = age(at, now);
  return t(id, { count });
}

/** "3 h 8 min". */
export const lengthOf = (ms: number): string => lengthParts(ms).map(({ id, count }) => t(id, { count })).join(" ");

/** The name of a thing that has a stable id: a sentence if there is one, else the id itself. */
export function nameOf(candidates: readonly string[], id: string): { text: string; isCode: boolean } {
  const known = candidates.find((it) => reader.texts.knows(it));
  return known ? { text: t(known), isCode: false } : { text: id, isCode: true };
}

/** The language that a person's browser asks for. */
export function preferredLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const lower = wish.toLowerCase();
    if (lower.startsWith("zh")) return "zh-CN";
    if (lower.startsWith("en")) return "en";
  }
  return LANGUAGES[0];
}
