// Checks that end one by one, and what follows from them.

import type { CheckLine, Found, Outcome, TargetProbe, Verdict, View } from "@nightline/shared/wire.ts";
import { deskCheck } from "@nightline/shared/fake/reach.ts";
import { lossyPath } from "@nightline/shared/fake/path.ts";
import type { Scene } from "./scenes.ts";
import { msg } from "./sentences.ts";

const CHECKS = [
  "interfaces", "gateway", "dns-system", "dns-direct", "dns-absent-name", "proxy", "captive-portal", "clock", "desk-reach", "target-reach",
  "important-targets", "path", "machine-identity", "os-build", "uptime-boots", "cpu-pressure", "memory-pressure", "disk-pressure",
  "recent-updates", "installed-software", "system-log",
] as const;

/** After so many the network has answered. */
const NETWORK = 12;

const OUTCOMES: Readonly<Record<string, [Outcome, string, Record<string, number>?]>> = {
  path: ["degraded", "network-path-lossy", { loss_pct: 70 }],
  "important-targets": ["skipped", "skip-no-important-targets"],
  proxy: ["skipped", "skip-on-this-machine"],
  "disk-pressure": ["degraded", "reason-disk-nearly-full", { pct: 7 }],
  "system-log": ["unknown", "check-unknown-no-system-log"],
};

export class Checking {
  readonly #view: View;
  readonly #scene: Scene;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(view: View, scene: Scene, changed: () => void) {
    this.#view = view;
    this.#scene = scene;
    this.#changed = changed;
  }

  start(): void {
    const { help } = this.#view;
    if (!help) return;
    help.targets = this.#scene.targets;
    help.times = this.#scene.times;
    if (this.#scene.noChecks) {
      help.look = { checks: [], verdict: null, running: false, failed: msg("help-look-failed") };
      return;
    }
    help.look.checks = CHECKS.map((id): CheckLine => ({ id, title: msg(`check-${id}`), outcome: null, reason: null }));
    if (this.#scene.pace === 0) {
      while (this.#one());
      return;
    }
    if (this.#scene.hangs) return;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      if (!this.#one()) this.stop();
      this.#changed();
    }, this.#scene.pace);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The target is measured as soon as it is known. */
  target(): void {
    const { help } = this.#view;
    if (help?.found) help.found.probes = help.answers.target === "" ? [] : this.#probes();
  }

  /** Ends one more check; says whether there are others. */
  #one(): boolean {
    const { help } = this.#view;
    const next = help?.look.checks.find((it) => it.outcome === null);
    if (!help || !next) return false;
    const [outcome, reason, args] = this.#scene.well ? (["healthy", ""] as const) : (OUTCOMES[next.id] ?? ["healthy", ""]);
    next.outcome = outcome;
    next.reason = reason === "" ? null : msg(reason, { ...args, path: "/home" });
    const done = help.look.checks.filter((it) => it.outcome !== null).length;
    if (done === NETWORK) help.look.verdict = this.#verdict();
    if (done < help.look.checks.length) return true;
    help.look.running = false;
    help.found = this.#found();
    return false;
  }

  #verdict(): Verdict {
    const { culprit } = this.#scene;
    const id = `verdict-${culprit}`;
    return { id, culprit, confidence: 0.8, message: msg(id), measured_at: new Date().toISOString(), evidence: [] };
  }

  #found(): Found {
    const loss = { host: this.#scene.hostile || "rds.example.com", lost: 14, sent: 20, loss_pct: 70, after_kind: "router", after_name: "", hop: 1, before_kind: "network", before_name: "AS64501 Northern Telecom", next: 2 };
    const finding = (id: string, advice: string, severity: "broken" | "degraded" | "notice", args = {}) => ({
      id, severity, confidence: 0.8, message: msg(id, args), advice: msg(advice), culprit: "provider" as const, evidence: [],
    });
    const { name } = this.#scene;
    const findings = this.#scene.well
      ? []
      : name === "service"
      ? [finding("finding-port-refused", "advice-service", "broken", { host: "rds.example.com:3389" })]
      : name === "cut"
      ? [finding("finding-name-not-resolved", "advice-dns-dead", "broken", { host: "rds.example.com" })]
      : [finding("finding-path-lossy-between", "advice-provider", "broken", loss), finding("finding-disk-full", "advice-disk-full", "degraded"), finding("finding-unclean-shutdown", "advice-unclean-shutdown", "notice")];
    const target = this.#view.help?.answers.target ?? "";
    return { verdict: this.#verdict(), findings, probes: target === "" ? [] : this.#probes(), desk: deskCheck(new Date().toISOString(), name !== "cut"), ...(this.#scene.well || name === "service" || name === "cut" ? {} : { path: lossyPath(loss.host, this.#scene.hostile || undefined) }), complete: !this.#scene.well };
  }

  #probes(): TargetProbe[] {
    const at = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString();
    const { name, well } = this.#scene;
    const whole = { at: at(10), reached: true, dns_ms: 14, tcp_ms: 33, tls_ms: 71, http_ms: 126, http_status: 200 };
    if (well) return [whole];
    if (name === "service") return [{ at: at(10), reached: false, failed_phase: "tcp", failure: msg("failure-tcp-refused"), dns_ms: 14 }];
    if (name === "cut") return [{ at: at(10), reached: false, failed_phase: "dns", failure: msg("failure-dns-timeout") }];
    return [
      { at: at(40), reached: true, dns_ms: 12, tcp_ms: 31, tls_ms: 64 },
      { at: at(10), reached: false, failed_phase: "tcp", failure: msg("failure-tcp-timeout"), dns_ms: 14 },
    ];
  }
}
