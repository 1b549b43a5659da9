// The scenarios: how things stand when the window opens, and what the world does then.

import type { Answers, Culprit, HelpStep, Noticed, PhoneNumber, Place, TargetSuggestion, TimeSuggestion, Verdict, View } from "@nightline/shared/wire.ts";
import { LANGUAGES, type Language } from "@nightline/shared/text/texts.ts";
import { NO_ANSWERS } from "../../window/fields.svelte.ts";
import { HOSTILE_TEXT } from "./hostile.ts";
import { msg, speak, textOf } from "./sentences.ts";
import { cards } from "./ticketing.ts";
import { STEPS } from "./way.ts";

export const SCENARIOS = [
  "well", "broken", "first", "looking", "unfinished", "empty", "offline", "refused", "slow", "locked", "no-tray", "desk-down", "no-checks", "hanging", "sealing", "managed", "hostile", "torn", "full", "lost", "service", "cut",
] as const;
export type Scenario = (typeof SCENARIOS)[number];

export type Scene = {
  name: Scenario;
  view: View;
  /** A page of "Get help" to begin on, for pictures. */
  at: HelpStep | null;
  /** Whether it goes on where the person stopped; not where a page was asked for. */
  restores: boolean;
  /** How long a check takes; 0 means that everything is there at once. */
  pace: number;
  answers: Answers;
  unfinished: Answers | null;
  targets: TargetSuggestion[];
  times: TimeSuggestion[];
  well: boolean;
  /** Whom the verdict names. */
  culprit: Culprit;
  noChecks: boolean;
  hangs: boolean;
  noDesk: boolean;
  deskDown: boolean;
  seals: boolean;
  lost: boolean;
  hostile: string;
  ends: "delivered" | "queued" | "refused" | "sending";
  textOf: (item: string) => string;
};

const MINUTE_MS = 60_000;
const PACE_MS = 350;
const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

export function sceneOf(asked: URLSearchParams): Scene {
  const language: Language = LANGUAGES.find((it) => it === asked.get("lang")) ?? "en";
  speak(language);
  const name = SCENARIOS.find((it) => it === asked.get("scenario")) ?? "broken";
  const hostile = name === "hostile" ? HOSTILE_TEXT : "";
  const text = (id: string): string => (hostile === "" ? textOf(id) : hostile);
  const answers: Answers = {
    ...NO_ANSWERS, what: text("fake-what"), target: hostile === "" ? "rds.example.com" : "", error: text("fake-error"), when: ago(24),
    pattern: "intermittent", scope: "some", impact: "severe", contact: text("fake-contact"),
  };
  const places: Record<string, Place> = {
    tickets: { at: "tickets" }, ticket: { at: "ticket", number: "NL-7Q2K-4M9X-C" }, waiting: { at: "ticket", number: "NL-B8TR-2WQ5-K" },
    closed: { at: "ticket", number: "NL-M3PX-9D4A-R" }, settings: { at: "settings" }, about: { at: "about" },
  };
  const at = asked.get("at") ?? "";
  const view = viewOf(name, language, hostile);
  // A watch of another version: what it leaves out must not take the whole window along.
  if (name === "torn") view.settings.problems = null as never;
  view.place = places[at] ?? { at: "home" };
  return {
    name, view, answers,
    at: STEPS.find((it) => it === at) ?? null,
    restores: at === "",
    pace: Number(asked.get("pace") ?? PACE_MS),
    unfinished: name === "unfinished" ? answers : null,
    targets: [
      { target: "rds.example.com:3389", program: hostile || "xfreerdp" },
      { target: "intranet.northwind.example", program: null },
      { target: "mail.northwind.example:993", program: "thunderbird" },
    ],
    times: name === "empty" ? [] : [{ at: ago(24), message: msg("fake-noticed-loss", { pct: 80 }) }, { at: ago(66), message: msg("fake-noticed-gone") }],
    well: name === "well",
    culprit: name === "well" ? "none" : name === "service" ? "service" : name === "cut" ? "dns" : "provider",
    noChecks: name === "no-checks",
    hangs: name === "hanging",
    noDesk: name === "empty",
    seals: name === "sealing",
    deskDown: name === "desk-down",
    lost: name === "lost",
    hostile,
    ends: name === "offline" ? "queued" : name === "refused" ? "refused" : name === "slow" ? "sending" : "delivered",
    textOf: (item) => (hostile === "" ? (item === "system-log" ? textOf("fake-log").repeat(400) : textOf("fake-item")) : hostile),
  };
}

function viewOf(name: Scenario, language: Language, hostile: string): View {
  const isWell = name === "well" || name === "empty";
  const isNew = name === "first" || name === "looking";
  const verdictId = isWell ? "verdict-none" : "verdict-provider";
  const verdict: Verdict = { id: verdictId, culprit: isWell ? "none" : "provider", confidence: 0.8, message: msg(verdictId), measured_at: ago(2), evidence: [] };
  return {
    revision: 1,
    language,
    place: { at: "home" },
    home: {
      standing: isNew ? "not-known" : isWell ? "well" : "broken",
      verdict: isNew ? null : verdict,
      advice: isNew || isWell ? null : msg("advice-provider"),
      looking: name === "looking",
      lately: isNew || name === "empty" ? [] : lately(hostile),
      unfinished: name === "unfinished" ? textOf("fake-what") : null,
    },
    help: null,
    tickets: name === "empty" || isNew ? [] : cards(hostile),
    ticket: null,
    numbers: name === "empty" ? [] : numbers(name, hostile),
    settings: {
      language: null,
      language_managed: name === "managed",
      desk: name === "empty" ? null : "https://desk.northwind.example",
      desk_managed: name === "managed",
      autostart: name === "empty" ? null : true,
      notifications: true,
      collected: ["report", "machine", "log", "words", "replaced"].map((it) => msg(`collected-${it}`)),
      key: name === "empty" ? null : msg(name === "locked" ? "device-key-locked" : "device-key-keyring"),
      problems: name === "managed" ? [msg("fake-problem", { place: "/etc/nightline/policy.json:14:7" })] : [],
    },
    about: {
      version: "0.3.0",
      organisation: name === "empty" ? null : hostile || "Northwind",
      cost: {
        memory_bytes: name === "empty" ? null : 11_400_000,
        processor_percent: name === "empty" ? null : 0.04,
        disk_bytes: name === "empty" ? null : 6_800_000,
      },
    },
    says: saysOf(name, hostile),
    unkept: unkeptOf(name, hostile),
  };
}

function saysOf(name: Scenario, hostile: string): View["says"] {
  if (name === "locked") return { message: msg("device-key-locked"), failed: true };
  if (name === "no-tray") return { message: msg("watch-no-tray"), failed: false };
  return hostile === "" ? null : { message: msg("attachment-unreadable", { path: hostile }), failed: true };
}

function unkeptOf(name: Scenario, hostile: string): View["unkept"] {
  if (name === "full") return msg("unkept-disk-full");
  return hostile === "" ? null : msg("unkept-not-allowed", { folder: hostile });
}

function lately(hostile: string): Noticed[] {
  return [
    { at: ago(24), message: msg("fake-noticed-loss", { pct: 80 }), standing: "broken" },
    { at: ago(66), message: msg("fake-noticed-gone"), standing: "degraded" },
    { at: ago(630), message: msg("event-software-upgraded", { packages: hostile || "openssl 3.0.18", more: 13 }), standing: "not-known" },
  ];
}

const weekdays = (from: string, to: string, offset: string): PhoneNumber["hours"] =>
  msg("number-hours-days", { first: "@weekday-mon", last: "@weekday-fri", from, to, offset });

function numbers(name: Scenario, hostile: string): PhoneNumber[] {
  const open = name !== "offline";
  return [
    { label: hostile || textOf("fake-number-it"), number: "+49 30 5550 0100", language: "de", open, hours: msg("number-hours-always") },
    { label: textOf("fake-number-night"), number: "+1 555 0142", language: "en", open, hours: weekdays("18:00", "06:00", "-05:00") },
    { label: textOf("fake-number-cn"), number: "010 5550 0188", language: "zh-CN", open: false, hours: weekdays("09:00", "18:00", "+08:00") },
  ];
}
