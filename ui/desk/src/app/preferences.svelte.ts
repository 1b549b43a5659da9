// What this browser remembers of its reader: language, theme, single-key shortcuts. Nothing about tickets.

import { LANGUAGES, type Language } from "@nightline/shared/text/texts.ts";
import { preferredLanguage, reader } from "@nightline/shared/text/reader.svelte.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

function remembered<T extends string>(key: string, values: readonly T[]): T | null {
  try {
    const value = localStorage.getItem(`nightline-${key}`);
    return values.find((it) => it === value) ?? null;
  } catch {
    return null;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`nightline-${key}`, value);
  } catch {
    // A browser that keeps nothing: the choice lasts as long as the page.
  }
}

function applyLanguage(language: Language): void {
  reader.language = language;
  document.documentElement.lang = language;
}

function applyTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

class Preferences {
  #theme = $state<Theme>(remembered("theme", THEMES) ?? "system");
  #keys = $state(remembered("keys", ["on", "off"]) ?? "on");

  constructor() {
    // Applied, not remembered: only a choice is kept, so that a browser that changes its language is followed.
    applyLanguage(remembered("language", LANGUAGES) ?? preferredLanguage(navigator.languages));
    applyTheme(this.#theme);
  }

  get language(): Language {
    return reader.language;
  }

  set language(language: Language) {
    applyLanguage(language);
    remember("language", language);
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    applyTheme(theme);
    remember("theme", theme);
  }

  /** Whether single letters act; a person who speaks to the computer needs them off. */
  get singleKeys(): boolean {
    return this.#keys === "on";
  }

  set singleKeys(on: boolean) {
    this.#keys = on ? "on" : "off";
    remember("keys", this.#keys);
  }
}

export const preferences = new Preferences();
