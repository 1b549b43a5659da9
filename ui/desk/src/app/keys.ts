// Which key means what, in one place. Acts on nothing while somebody types or an input method composes.

import { isComposing } from "@nightline/shared/text/composing.ts";

export const SHORTCUTS = ["next", "previous", "open", "search", "reply", "close", "back", "help", "tab"] as const;
export type Shortcut = (typeof SHORTCUTS)[number];

const KEYS: Readonly<Record<string, Shortcut>> = {
  j: "next",
  k: "previous",
  Enter: "open",
  "/": "search",
  r: "reply",
  x: "close",
  u: "back",
  "?": "help",
};

/** The keys as the list of shortcuts shows them. */
export const KEY_LABELS: Readonly<Record<Shortcut, string>> = {
  next: "j",
  previous: "k",
  open: "Enter",
  search: "/",
  reply: "r",
  close: "x",
  back: "u",
  help: "?",
  tab: "1 … 7",
};

/** The shortcut of a key press, and for `tab` its place. */
export function shortcutOf(event: KeyboardEvent): { shortcut: Shortcut; tab: number } | null {
  if (event.defaultPrevented || isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (isTyping(event.target)) return null;
  if (/^[1-9]$/.test(event.key)) return { shortcut: "tab", tab: Number(event.key) - 1 };
  const shortcut = KEYS[event.key];
  return shortcut ? { shortcut, tab: 0 } : null;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
