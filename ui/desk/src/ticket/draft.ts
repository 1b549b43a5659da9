// Keeps an unsent answer while the tab lives, so that nothing typed is lost to a reload or an ended session.

const key = (number: string): string => `nightline-draft-${number}`;

export type Draft = { id: string; text: string };

export function loadDraft(number: string): Draft {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key(number)) ?? "null") as Partial<Draft> | null;
    if (typeof kept?.id === "string" && typeof kept.text === "string") return { id: kept.id, text: kept.text };
  } catch {
    // Nothing usable was kept.
  }
  return { id: messageId(), text: "" };
}

export function keepDraft(number: string, draft: Draft): void {
  try {
    if (draft.text === "") sessionStorage.removeItem(key(number));
    else sessionStorage.setItem(key(number), JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing: the text stays in the field.
  }
}

/** 32 hex digits. The same id again is the same message, so a retry after a cut is not said twice. */
export function messageId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((it) => it.toString(16).padStart(2, "0")).join("");
}
