// What the real watch keeps on disk of a "Get help" or an answer that was begun; here it lasts as long as the tab.

import type { Answers, Help, HelpStep, Place } from "@nightline/shared/wire.ts";
import { NO_ANSWERS } from "../../window/fields.svelte.ts";

export type Kept = { answers: Answers; step: HelpStep; place: Place };

const key = (scenario: string): string => `nightline-fake-${scenario}`;

export function kept(scenario: string): Kept | null {
  const text = sessionStorage.getItem(key(scenario));
  return text === null ? null : (JSON.parse(text) as Kept);
}

export const keep = (scenario: string, value: Kept): void => sessionStorage.setItem(key(scenario), JSON.stringify(value));

export const forget = (scenario: string): void => sessionStorage.removeItem(key(scenario));

/** A "Get help" at its beginning, or where somebody stopped. */
export function begun(answers: Answers = NO_ANSWERS, step: HelpStep = "what"): Help {
  return {
    step,
    way: { back: false, next: false, skip: false, question: null, questions: 0 },
    answers: structuredClone(answers),
    target_problem: null,
    targets: [],
    times: [],
    look: { checks: [], verdict: null, running: true, failed: null },
    found: null,
    pictures: [],
    preview: null,
    sending: null,
  };
}

const replyKey = (number: string): string => `nightline-fake-reply-${number}`;

/** An answer that was written and not sent. */
export const keptReply = (number: string): string => sessionStorage.getItem(replyKey(number)) ?? "";

export const keepReply = (number: string, text: string): void => sessionStorage.setItem(replyKey(number), text);
