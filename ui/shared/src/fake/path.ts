// A judged path for the fakes of window and console: loss between the router and its provider. Never in a real build.

import type { HopPlace, PathHop, PathReport } from "../wire.ts";

const SENT = 20;

function hop(ttl: number, address: string, place: HopPlace, owner: string | null, received: number, median: number, excused: string | null): PathHop {
  const lost = ((SENT - received) / SENT) * 100;
  return {
    ttl, addresses: address === "" ? [] : [address], place, owner, sent: SENT, received, loss_pct: lost, loss_interval: [Math.max(0, lost - 15), Math.min(100, lost + 15)],
    answers: [], rtt: received === 0 ? null : { min: median * 0.8, median, p95: median * 1.7 },
    excused: excused === null ? null : { id: excused, args: {}, text: "" },
  };
}

/** `owner` is what a hostile network might call itself. */
export function lossyPath(target: string, owner = "AS64501 Northern Telecom"): PathReport {
  return {
    schema: "nightline.path/1", target, address: "203.0.113.9", method: "udp-ttl", rounds: SENT, reached: true,
    hops: [
      hop(1, "192.168.1.1", "home", null, 20, 2.4, null),
      hop(2, "100.64.9.2", "provider", owner, 6, 38, null),
      hop(3, "", "provider", null, 0, 0, "excuse-silent"),
      hop(4, "198.51.100.7", "provider", owner, 6, 44, null),
      hop(5, "198.51.100.71", "transit", "AS64502 Example Exchange", 4, 47, "excuse-rate-limited"),
      hop(6, "203.0.113.9", "destination", "AS64503 Northwind", 6, 52, null),
    ],
    fault: { kind: "loss", after: 1, before: 2, size: 70 },
    verdict: null,
  };
}
