// Where one can go from a page, as the real engine decides it.

import type { Help, HelpStep, Way } from "@nightline/shared/wire.ts";

export const STEPS: readonly HelpStep[] = ["what", "target", "error", "when", "machine", "pattern", "scope", "impact", "found", "pictures", "preview", "sent"];
const QUESTIONS = STEPS.indexOf("found");

export function stepsFrom(step: HelpStep, by: 1 | -1): HelpStep {
  return STEPS[STEPS.indexOf(step) + by] ?? step;
}

export function wayOf(help: Help): Way {
  const at = STEPS.indexOf(help.step);
  const isQuestion = at < QUESTIONS;
  const isMissing = (help.step === "what" && help.answers.what.trim() === "") || (help.step === "target" && help.target_problem !== null);
  return {
    back: at > 0 && help.step !== "sent",
    next: at < STEPS.indexOf("preview") && !isMissing,
    skip: isQuestion && help.step !== "what",
    question: isQuestion ? at + 1 : null,
    questions: QUESTIONS,
  };
}
