// The report of the fake desk's story: loss behind the router in the night, an update in the afternoon.

import type { CheckResult, Culprit, Event, Fact, Message, QueueRow, Report, Unit, Value } from "@nightline/shared/wire.ts";
import { deskCheck } from "@nightline/shared/fake/reach.ts";
import { lossyPath } from "@nightline/shared/fake/path.ts";
import { HOSTILE_TEXT } from "./hostile.ts";

const message = (id: string, args: { [key in string]: Value } = {}): Message => ({ id, args, text: "" });

export function reportOf(row: QueueRow, sent: number, hostile: boolean): Report {
  const at = (minutes: number): string => new Date(sent + minutes * 60_000).toISOString();
  const fact = (key: string, value: Value, method: string, unit?: Unit): Fact => ({ key, value, at: at(-0.6), method, privacy: "public", ...(unit ? { unit } : {}) });
  const check = (id: string, outcome: CheckResult["outcome"], took_ms: number, facts: Fact[], reason?: Message): CheckResult =>
    ({ id, outcome, facts, started_at: at(-0.7), took_ms, ...(reason ? { reason } : {}) });
  const event = (minutes: number, kind: Event["kind"], source: Event["source"], text: Message, until?: number): Event =>
    ({ at: at(minutes), kind, source, message: text, privacy: "public", ...(until === undefined ? {} : { until: at(until) }) });
  const hop = (ttl: number, address: string, owner: string, received: number, median: number, excused: string | null): Value =>
    ({ ttl, addresses: address === "" ? [] : [address], owner, sent: 20, received, loss_pct: ((20 - received) / 20) * 100, rtt: { min: median * 0.8, median, p95: median * 1.7 }, ...(excused ? { excused } : {}) });
  const host = hostile ? HOSTILE_TEXT : "rds.north.example";
  const culprit: Culprit = row.culprit ?? "unknown";

  const timeline: Event[] = [
    event(-4_320, "boot", "kernel", message("event-boot")),
    event(-625, "update", "packages", message("fake-update", { name: hostile ? HOSTILE_TEXT : "freerdp 3.16" })),
    event(-540, "boot", "kernel", message("event-boot")),
    event(-200, "network", "system-log", message("fake-vpn")),
    event(-15.5, "episode", "recorder", message("fake-loss", { pct: 80 }), -13.2),
    event(-14.8, "log-error", "system-log", message("fake-log")),
    event(-14.5, "log-error", "system-log", message("fake-log")),
    event(-14.1, "log-error", "system-log", message("fake-log")),
    event(-13, "reported", "person", message("event-reported")),
    event(-9, "episode", "recorder", message("fake-loss", { pct: 35 }), -8.1),
    event(-1.2, "probe", "check", message("event-probe-failed", { phase: "TLS" })),
    event(-0.9, "probe", "check", message("event-probe-reached")),
  ];

  return {
    schema: "nightline.report/1",
    verdict: {
      id: `verdict-${culprit}`, culprit, confidence: culprit === "unknown" ? 0.3 : 0.86, message: message(`verdict-${culprit}`),
      measured_at: at(-0.5), evidence: ["path#hops", "gateway#echo_loss_pct", "event:4"],
    },
    findings: [
      { id: "finding-path-lossy-between", severity: "broken", confidence: 0.93, culprit, message: message("finding-path-lossy-between", { lost: 14, sent: 20, host, loss_pct: 70, after_kind: "router", after_name: "", hop: 1, before_kind: "network", before_name: "AS64501 Provider A", next: 2 }), advice: message("advice-provider"), evidence: ["path#hops", "event:4", "event:9"] },
      { id: "finding-tls-failed", severity: "degraded", confidence: 0.74, culprit, message: message("finding-tls-failed", { host }), advice: message("advice-path-lossy"), evidence: ["target-reach#failed_phase", "target-reach#tls_ms"] },
      { id: "finding-updated-before", severity: "notice", confidence: 0.5, culprit: "device", message: message("finding-updated-before", { count: 1 }), evidence: ["event:1"] },
    ],
    checks: [
      check("interfaces", "healthy", 12, [fact("link_up_count", 1, "sysfs"), fact("wifi_signal_dbm", -51, "proc-net-wireless"), fact("addresses", ["<ip-7c2f.4d1a>", "<ip-e2>"], "netlink")]),
      check("gateway", "healthy", 611, [fact("address", hostile ? HOSTILE_TEXT : "<ip-7c2f.0001>", "netlink"), fact("echo_loss_pct", 0, "icmp-echo", "pct"), fact("echo_median_ms", 2.4, "icmp-echo", "ms")]),
      check("dns-system", "healthy", 48, [fact("resolve_ms", 41.7, "getaddrinfo", "ms"), fact("resolved_count", 3, "getaddrinfo", "count")]),
      deskCheck(at(-0.65), true),
      check("target-reach", "degraded", 3_912, [
        fact("failed_phase", "tls", "rustls"), fact("cert_issuer", "Northwind Issuing CA 2", "rustls"), fact("cert_not_after", "2027-03-01T00:00:00.000Z", "rustls"),
        fact("tls_ms", 1_840, "rustls", "ms"), fact("via_proxy", false, "environment"),
      ], message("fake-tls-reset")),
      check("path", "broken", 9_120, [
        fact("method", "udp-recverr", "udp-recverr"),
        fact("hops", [
          hop(1, "<ip-7c2f.0001>", "", 20, 2.4, null), hop(2, "<ip-90aa.1102>", "Provider A", 6, 38, null), hop(3, "", "", 0, 0, "excuse-silent"),
          hop(4, "<ip-31d0.0007>", "Provider A", 6, 44, null), hop(5, "<ip-31d0.0a07>", "Exchange", 4, 47, "excuse-rate-limited"), hop(6, "<ip-5514.8c20>", "Northwind", 6, 52, null),
        ], "udp-recverr"),
      ]),
      check("clock", "healthy", 31, [fact("offset_ms", 182, "desk-time", "ms")]),
      check("disk-pressure", "healthy", 4, [fact("free_bytes", 81_204_224_000, "statvfs", "bytes"), fact("used_pct", 61.2, "statvfs", "pct")]),
      check("memory-pressure", "healthy", 2, [fact("available_bytes", 9_120_000_000, "proc-meminfo", "bytes")]),
      check("captive-portal", "skipped", 0, [], message("check-skipped-not-allowed")),
      check("system-log", "unknown", 2_000, [], message("check-unknown-limit", { seconds: 2 })),
    ],
    timeline,
    machine: {
      host_name: hostile ? HOSTILE_TEXT : "<host-7q2k>", user_name: "<user-3m8d>", os: "Debian GNU/Linux 12 (bookworm)", os_build: "6.1.0-28-amd64", architecture: "x86_64",
      manufacturer: "LENOVO", model: "ThinkPad X1 Carbon Gen 11", processor: "13th Gen Intel Core i7-1355U", memory_bytes: 16_561_000_000,
      withheld: { serial: { reason: message("fake-needs-admin") }, asset_tag: { reason: message("fake-not-set") },
        cloud_provider: { reason: message("fake-not-cloud") }, cloud_instance: { reason: message("fake-not-cloud") }, cloud_region: { reason: message("fake-not-cloud") },
      },
    },
    path: lossyPath(host, hostile ? HOSTILE_TEXT : undefined),
    target: row.target
      ? {
          given: row.target,
          probes: [
            { at: at(-2.1), reached: true, dns_ms: 41, tcp_ms: 55, tls_ms: 1_840 },
            { at: at(-1.7), reached: false, failed_phase: "tls", failure: message("fake-tls-reset"), dns_ms: 2, tcp_ms: 71 },
            { at: at(-1.2), reached: false, failed_phase: "tcp", failure: message("failure-tcp-timeout"), dns_ms: 2 },
            { at: at(-0.9), reached: true, dns_ms: 3, tcp_ms: 57, tls_ms: 410 },
          ],
        }
      : null,
    started_at: at(-0.75),
    took_ms: 9_800,
    complete: true,
    program: "nightline 0.1.0",
  };
}
