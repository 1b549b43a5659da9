// Turns message ids with arguments into sentences, as crates/nightline-text does for Rust.
// The only file that knows Fluent. Never fails: a missing sentence shows its own text, else its id.

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Message, Value } from "../wire.ts";
import { formatMoment } from "./time.ts";
import { clip, withoutTricks } from "./visible.ts";

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The Fluent files of each language. */
export type Catalogs = Record<Language, readonly string[]>;

export type Args = Readonly<Record<string, Value>>;

/** A sentence stays a sentence; the whole value is in the fact or the file it came from. */
const ARGUMENT_LENGTH = 240;

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

export class Texts {
  readonly language: Language;
  readonly #bundles: FluentBundle[];

  constructor(language: Language, catalogs: Catalogs) {
    this.language = language;
    const order: Language[] = language === "en" ? ["en"] : [language, "en"];
    this.#bundles = order.map((it) => bundle(it, catalogs[it]));
  }

  /** A sentence by id. */
  plain(id: string, args: Args = {}): string {
    return this.#find(id, args) ?? id;
  }

  /** The sentence of a message; where its id is not known, the text that came with it. */
  say(message: Message): string {
    return this.#find(message.id, message.args) ?? (message.text === "" ? message.id : withoutTricks(message.text));
  }

  knows(id: string): boolean {
    return this.#bundles.some((it) => it.hasMessage(id));
  }

  #find(id: string, args: Args): string | null {
    for (const bundle of this.#bundles) {
      const pattern = bundle.getMessage(id)?.value;
      if (!pattern) continue;
      const ready: Record<string, FluentVariable> = {};
      for (const [name, value] of Object.entries(args)) ready[name] = this.#argument(value);
      // Errors here are missing arguments; the sentence still reads, with the argument's name in braces.
      return withWholeFigures(bundle.formatPattern(pattern, ready, []));
    }
    return null;
  }

  /** An argument may name another message, written `@id`; a point in time is shown in the reader's zone. */
  #argument(value: Value): FluentVariable {
    if (typeof value === "number") return value;
    if (typeof value === "string") {
      if (value.startsWith("@") && this.knows(value.slice(1))) return this.plain(value.slice(1));
      if (RFC_3339.test(value)) return formatMoment(value, this.language);
      return short(value);
    }
    return short(showValue(value));
  }
}

/** A figure and its unit stay on one line. */
const withWholeFigures = (text: string): string => text.replace(/(\d) (?=(?:%|ms|s|min|h|d|[KMG]B)(?![\p{L}\d]))/gu, "$1\u00a0");

function short(text: string): string {
  const { text: shown, cut } = clip(text, ARGUMENT_LENGTH);
  return withoutTricks(shown) + (cut ? "…" : "");
}

function bundle(language: Language, files: readonly string[]): FluentBundle {
  // Isolation marks would end up in copied text; tricks with direction are taken out of arguments instead.
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const file of files) bundle.addResource(new FluentResource(file), { allowOverrides: true });
  return bundle;
}

/** A value as one line of text, as `Display` writes it in Rust. */
export function showValue(value: Value): string {
  if (Array.isArray(value)) return value.map(showValue).join(", ");
  if (value !== null && typeof value === "object") {
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${showValue(inner)}`)
      .join(", ");
  }
  return String(value);
}
