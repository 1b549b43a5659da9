// From hops to the few stations that a person can take in: neighbors of one network are one station. Decides nothing.

import type { HopPlace, PathHop, PathReport } from "../wire.ts";

/** One station on the way. */
export type Station = {
  kind: "self" | "router" | "home" | "provider" | "network" | "hop" | "target";
  /** Whose it is, or its address; empty where its kind says it all. */
  name: string;
  /** Its hops; both 0 for this computer. */
  from: number;
  to: number;
  /** What an answer from here takes, half of them longer. */
  rttMs: number | null;
  /** Answers are missing, and that means nothing. */
  isExcused: boolean;
};

/** What lies between two stations. */
export type Stretch = { fault: "loss" | "delay" | "end" | null; size: number | null; silent: number };

/** The stations in their order, and before each but the first the stretch that leads to it. */
export type Way = { stations: Station[]; stretches: Stretch[] };

const self: Station = { kind: "self", name: "", from: 0, to: 0, rttMs: 0, isExcused: false };

function kindOf(hop: PathHop, isTarget: boolean): Station["kind"] {
  if (isTarget) return "target";
  if (hop.ttl === 1) return "router";
  const place: HopPlace | undefined = hop.place;
  if (place === "home") return "home";
  if (hop.owner !== null) return "network";
  return place === "provider" ? "provider" : "hop";
}

/** Whether a hop belongs to the station before it. */
function joins(station: Station, hop: PathHop, next: Station, path: PathReport): boolean {
  const isFaulty = path.fault !== undefined && path.fault.after >= station.to && path.fault.after < hop.ttl;
  if (isFaulty || station.kind === "self" || next.kind === "target" || next.kind !== station.kind) return false;
  return next.kind === "network" ? station.name === next.name : next.kind === "provider" || next.kind === "home";
}

export function way(path: PathReport): Way {
  const stations: Station[] = [self];
  const stretches: Stretch[] = [];
  let silent = 0;
  for (const hop of path.hops) {
    if (hop.addresses.length === 0) {
      silent += 1;
      continue;
    }
    const isTarget = path.reached && hop === path.hops.at(-1);
    const kind = kindOf(hop, isTarget);
    const name = kind === "target" ? path.target : kind === "network" ? (hop.owner ?? "") : kind === "hop" ? (hop.addresses[0] ?? "") : "";
    const next: Station = { kind, name, from: hop.ttl, to: hop.ttl, rttMs: hop.rtt?.median ?? null, isExcused: hop.excused !== null };
    const last = stations.at(-1) ?? self;
    if (joins(last, hop, next, path)) {
      stations[stations.length - 1] = { ...last, to: hop.ttl, rttMs: next.rttMs ?? last.rttMs, isExcused: last.isExcused && next.isExcused };
    } else {
      const fault = path.fault && path.fault.kind !== "end" && path.fault.after >= last.to && path.fault.after < hop.ttl ? path.fault : null;
      stretches.push({ fault: fault?.kind ?? null, size: fault?.size ?? null, silent });
      stations.push(next);
    }
    silent = 0;
  }
  if (!path.reached) {
    const fault = path.fault && path.fault.kind !== "end" && path.fault.after >= (stations.at(-1)?.to ?? 0) ? path.fault : null;
    stretches.push({ fault: fault?.kind ?? "end", size: fault?.size ?? null, silent: 0 });
    stations.push({ ...self, kind: "target", name: path.target, rttMs: null });
  }
  return { stations, stretches };
}
