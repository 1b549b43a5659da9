// Attempts to reach a host as lanes of phases, the target's beside the desk's. Measures nothing and blames nobody.

import type { CheckResult, Culprit, Message, TargetProbe, Value } from "../wire.ts";
import type { Args } from "../text/texts.ts";

export const PHASES = ["dns", "tcp", "tls", "http"] as const;
export type Phase = (typeof PHASES)[number];

/** One attempt. A phase that was not reached, or that is not expected there, has no time. */
export type Attempt = {
  at: string | null;
  reached: boolean;
  failedPhase: string | null;
  /** The failure in words. */
  failure: Message | null;
  ms: Partial<Record<Phase, number>>;
  status: number | null;
  /** It went to this very machine, and shows nothing of the network. */
  isHere: boolean;
};

/** One phase of an attempt as it is drawn; its bar in percent of the longest attempt. */
export type Step = { phase: Phase; state: "took" | "failed" | "untried"; ms: number | null; x: number; width: number };

/** So that the shortest phase is still seen. */
const NARROWEST = 0.8;

const timed = (of: (phase: Phase) => number | undefined): Attempt["ms"] =>
  Object.fromEntries(PHASES.flatMap((phase) => (of(phase) === undefined ? [] : [[phase, of(phase)]])));

export const fromProbe = (probe: TargetProbe): Attempt => ({
  at: probe.at,
  reached: probe.reached,
  failedPhase: probe.failed_phase ?? null,
  failure: probe.failure ?? null,
  ms: timed((phase) => probe[`${phase}_ms`]),
  status: probe.http_status ?? null,
  isHere: false,
});

/** The attempt of a check such as `desk-reach`; nothing where it tried nothing. */
export function fromCheck(check: CheckResult | undefined): Attempt | null {
  const fact = (key: string): Value | undefined => check?.facts.find((it) => it.key === key)?.value;
  const number = (key: string): number | undefined => {
    const value = fact(key);
    return typeof value === "number" ? value : undefined;
  };
  const reached = fact("reached");
  if (!check || typeof reached !== "boolean") return null;
  const failedPhase = fact("failed_phase");
  return {
    at: check.started_at,
    reached,
    failedPhase: typeof failedPhase === "string" ? failedPhase : null,
    failure: reached ? null : (check.reason ?? null),
    ms: timed((phase) => number(`${phase}_ms`)),
    status: number("http_status") ?? null,
    isHere: fact("loopback") === true,
  };
}

/** What is asked about first: the last attempt that failed, or else the last. */
export const telling = (probes: readonly TargetProbe[]): TargetProbe | undefined => probes.findLast((it) => !it.reached) ?? probes.at(-1);

export const totalMs = (attempt: Attempt): number => PHASES.reduce((sum, phase) => sum + (attempt.ms[phase] ?? 0), 0);

/** The phases one after another. After a failure the rest was not tried; a phase that is not expected is left out. */
export function steps(attempt: Attempt, longestMs: number): Step[] {
  const failedAt = PHASES.findIndex((it) => it === attempt.failedPhase);
  const scale = 100 / Math.max(1, longestMs);
  let passed = 0;
  return PHASES.flatMap((phase, index): Step[] => {
    const x = Math.min(passed * scale, 100 - NARROWEST);
    if (index === failedAt) return [{ phase, state: "failed", ms: null, x, width: 0 }];
    const ms = attempt.ms[phase];
    if (ms === undefined) return failedAt >= 0 && index > failedAt ? [{ phase, state: "untried", ms: null, x, width: 0 }] : [];
    passed += ms;
    return [{ phase, state: "took", ms, x, width: Math.min(Math.max(NARROWEST, ms * scale), 100 - x) }];
  });
}

/** What the sentence `reach-compared` is told of every attempt. A desk on this very machine shows nothing of the network. */
export function compared(host: string, probes: readonly TargetProbe[], desk: Attempt | null, culprit: Culprit | undefined, time: (ms: number) => string): Args {
  const state = (it: Attempt | null): string => (it === null ? "none" : it.reached ? "yes" : "no");
  const told = telling(probes);
  const target = told ? fromProbe(told) : null;
  const reached = probes.filter((it) => it.reached).length;
  return {
    host, target: reached > 0 && reached < probes.length ? "some" : state(target), reached, count: probes.length, desk: state(desk),
    culprit: desk?.isHere === true ? "unknown" : (culprit ?? "unknown"),
    target_time: time(target ? totalMs(target) : 0), desk_time: time(desk ? totalMs(desk) : 0),
  };
}
