// Reads the hops of a path out of the facts of a check. Forgiving: what is absent stays absent, nothing is guessed.

import type { CheckResult, Message, PathReport, Value } from "../wire.ts";
import { nameOf } from "../text/reader.svelte.ts";
import { isRow } from "../text/values.ts";

export type Hop = {
  ttl: number;
  addresses: string[];
  owner: string;
  sent: number | null;
  received: number | null;
  lossPct: number | null;
  rttMs: number | null;
  rttMinMs: number | null;
  rttP95Ms: number | null;
  excused: string;
  remarks: Message[];
};

const number = (value: Value | undefined): number | null => (typeof value === "number" ? value : null);
const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");

function texts(value: Value | undefined): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return Array.isArray(value) ? value.filter((it): it is string => typeof it === "string") : [];
}

function hop(row: Value): Hop | null {
  if (!isRow(row)) return null;
  const ttl = number(row["ttl"]);
  if (ttl === null) return null;
  const rtt = row["rtt"];
  const inner = isRow(rtt) ? rtt : {};
  const sent = number(row["sent"]);
  const received = number(row["received"]);
  const computed = sent !== null && received !== null && sent > 0 ? ((sent - received) / sent) * 100 : null;
  return {
    ttl,
    addresses: texts(row["addresses"] ?? row["address"]),
    owner: text(row["owner"]),
    sent,
    received,
    lossPct: number(row["loss_pct"]) ?? computed,
    rttMs: number(inner["median"]) ?? number(row["rtt_ms"]) ?? number(row["rtt_median_ms"]) ?? number(rtt),
    rttMinMs: number(inner["min"]) ?? number(row["rtt_min_ms"]),
    rttP95Ms: number(inner["p95"]) ?? number(row["rtt_p95_ms"]),
    excused: text(row["excused"]),
    remarks: [],
  };
}

/** Why missing answers of a hop mean nothing, in words: a hop says it by a sentence's id, with or without its family. */
export const sayExcuse = (excused: string): string => nameOf([excused.replace(/^@/, ""), `excuse-${excused}`], excused).text;

/** Each check that traced a path, with its hops in order. */
export function paths(checks: readonly CheckResult[]): { check: CheckResult; hops: Hop[] }[] {
  return checks.flatMap((check) => {
    const fact = check.facts.find((it) => it.key === "hops");
    if (!fact || !Array.isArray(fact.value)) return [];
    const hops = fact.value.map(hop).filter((it) => it !== null);
    return hops.length === 0 ? [] : [{ check, hops: hops.sort((a, b) => a.ttl - b.ttl) }];
  });
}

/** The hops as the diagnosis judged them, in place of the plain facts. */
export function judged(checks: readonly CheckResult[], path: PathReport): { check: CheckResult; hops: Hop[] }[] {
  const check = checks.find((it) => it.id === "path");
  if (!check) return [];
  const hops = path.hops.map((it) => ({
    ttl: it.ttl,
    addresses: it.addresses,
    owner: it.owner ?? "",
    sent: it.sent,
    received: it.received,
    lossPct: it.loss_pct,
    rttMs: it.rtt?.median ?? null,
    rttMinMs: it.rtt?.min ?? null,
    rttP95Ms: it.rtt?.p95 ?? null,
    excused: it.excused?.id ?? "",
    remarks: it.remarks ?? [],
  }));
  return [{ check, hops }];
}
