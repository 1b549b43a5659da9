// A desk that exists only in this browser: plays scenarios for development, tests and pictures.
// Never part of the build that the desk serves.

import type { Agent, AuditRow, Device, Me, QueueRow, TicketPage } from "@nightline/shared/wire.ts";
import { Texts } from "@nightline/shared/text/texts.ts";
import { reader } from "@nightline/shared/text/reader.svelte.ts";
import { done, failed, type Backend, type Failure, type Outcome } from "./backend.ts";
import { fileBytes } from "./fake/files.ts";
import { AGENTS, audit, devices, ME } from "./fake/people.ts";
import { queueOf } from "./fake/queue.ts";
import { sentences } from "./fake/sentences.ts";
import { ticketOf } from "./fake/tickets.ts";

export const SCENARIOS = ["rich", "arriving", "damaged", "empty", "many", "hostile", "offline", "errors", "signed-out", "setup"] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** An upload at the speed of a bad evening. */
const ARRIVING_STEP_BYTES = 180_000;
const PAGE_ROWS = 50;

export function fakeBackend(query: string): Backend {
  const asked = new URLSearchParams(query).get("scenario");
  const scenario = SCENARIOS.find((it) => it === asked) ?? "rich";
  reader.addCatalogs(sentences);
  return new FakeDesk(scenario);
}

class FakeDesk implements Backend {
  readonly #scenario: Scenario;
  readonly #start = Date.now();
  #me: Me | null;
  readonly #agents: Agent[] = [...AGENTS];
  #rows: QueueRow[];
  readonly #pages = new Map<string, TicketPage>();
  readonly #devices: Device[];
  readonly #audit: AuditRow[];

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#me = scenario === "signed-out" || scenario === "setup" ? null : ME;
    this.#rows = queueOf(scenario, this.#start);
    this.#devices = devices(this.#start);
    this.#audit = audit(this.#start);
  }

  setupState = async () => done({ open: this.#scenario === "setup", organisation: ME.organisation });
  setup = async () => done(null);

  async signIn({ password }: { password: string }): Promise<Outcome<Me>> {
    if (password.length < 12) return failed("sign-in-required", "wrong password");
    this.#me = ME;
    return this.me();
  }
  async signOut(): Promise<Outcome<null>> {
    this.#me = null;
    return done(null);
  }
  me = async (): Promise<Outcome<Me>> => (this.#me ? done({ ...this.#me, now: this.#now() }) : failed("sign-in-required"));
  agents = async () => done(this.#agents);
  async addAgent(agent: { name: string; email: string; admin: boolean }): Promise<Outcome<Agent>> {
    const added = { id: `a${this.#agents.length}`, name: agent.name, email: agent.email, admin: agent.admin };
    this.#agents.push(added);
    return done(added);
  }

  queue: Backend["queue"] = async (question) => {
    const trouble = this.#trouble();
    if (trouble) return trouble;
    const words = question.search.toLowerCase();
    const fitting = this.#rows.filter(
      (it) =>
        (question.status === "all" || (it.status === "closed") === (question.status === "closed")) &&
        (question.severity === null || it.severity === question.severity) &&
        (question.owner === null || (question.owner === "me" ? it.owner === ME.name : it.owner === null)) &&
        `${it.number} ${it.what} ${it.machine} ${it.target}`.toLowerCase().includes(words),
    );
    const from = question.after ? Number(question.after) : 0;
    const next = from + PAGE_ROWS < fitting.length ? String(from + PAGE_ROWS) : null;
    return done({ tickets: fitting.slice(from, from + PAGE_ROWS), total: fitting.length, next, now: this.#now() });
  };

  ticket: Backend["ticket"] = async (number) => {
    const trouble = this.#trouble();
    if (trouble) return trouble;
    const page = this.#page(number);
    if (!page) return failed("not-found", number);
    if (page.bundle.state === "arriving") {
      const received = Math.min(page.bundle.size - 1, page.bundle.received + ARRIVING_STEP_BYTES);
      page.bundle = { ...page.bundle, received };
    }
    return done(structuredClone({ ...page, now: this.#now() }));
  };

  changeTicket: Backend["changeTicket"] = async (number, change) => {
    const page = this.#page(number);
    if (!page) return failed("not-found");
    const was = { ...page };
    if (change.status) {
      page.status = change.status;
      page.closed_by = null;
    }
    if (change.severity) page.severity = change.severity;
    if (change.owner !== undefined) page.owner = this.#agents.find((it) => it.id === change.owner) ?? null;
    if (page.owner && page.status === "new") page.status = "open";
    if (page.severity !== was.severity) this.#note(page, "severity-changed", `${was.severity} -> ${page.severity}`);
    if (page.owner?.id !== was.owner?.id) this.#note(page, "owner-changed", `${was.owner?.name ?? "-"} -> ${page.owner?.name ?? "-"}`);
    if (page.status !== was.status) this.#note(page, "status-changed", `${was.status} -> ${page.status}`);
    this.#reflect(page);
    return done(null);
  };

  sendMessage: Backend["sendMessage"] = async (number, message) => {
    const page = this.#page(number);
    if (!page) return failed("not-found");
    const sent = { ...message, author: "agent" as const, name: ME.name, at: this.#now() };
    page.messages.push(sent);
    page.response_due = null;
    page.owner ??= this.#agents[0] ?? null;
    if (page.status === "new") page.status = "open";
    this.#note(page, "message-sent", message.id);
    this.#reflect(page);
    return done(sent);
  };

  logDraft: Backend["logDraft"] = async (number, language) => {
    const page = this.#page(number);
    if (!page) return failed("not-found");
    const texts = new Texts(language === "zh-CN" ? "zh-CN" : "en", sentences);
    const say = (id: string): string => texts.plain(id);
    const minute = (by: number): string => new Date(Date.parse(page.created_at) + by * 60_000).toISOString().slice(0, 16).replace("T", " ");
    return done({ when: texts.plain("fake-log-when", { from: minute(-15), until: minute(-13) }), cause: say("fake-log-cause"), measure: say("fake-log-measure"), permanent_fix: say("fake-log-fix") });
  };

  closeTicket: Backend["closeTicket"] = async (number, log) => {
    const page = this.#page(number);
    if (!page) return failed("not-found");
    const was = page.status;
    page.status = "closed";
    page.closed_by ??= "agent";
    page.log = log;
    page.response_due = null;
    this.#note(page, "ticket-closed", `${was} -> closed`);
    this.#reflect(page);
    return done(null);
  };

  filePart: Backend["filePart"] = async (number, file, offset, limit) => {
    const page = this.#page(number);
    const later = page?.attachments.find((it) => it.id === file);
    const entry = later ? { ...later, path: later.name } : typeof file === "number" ? page?.manifest?.entries[file] : undefined;
    if (!page || !entry) return failed("not-found");
    return done({ bytes: fileBytes(entry, page).slice(offset, offset + limit), mediaType: entry.media_type });
  };

  bundleAddress = (number: string): string => `/t/${number}`;
  attachmentAddress = (number: string): string => `/t/${number}`;
  audit = async () => done({ rows: this.#audit, next: null });
  devices = async () => done(this.#devices.map((it) => ({ ...it })));
  approveDevice: Backend["approveDevice"] = async (id) => {
    const device = this.#devices.find((it) => it.id === id);
    if (device) device.approved = true;
    return done(null);
  };

  #now(): string {
    return new Date().toISOString();
  }

  #trouble(): { ok: false; failure: Failure } | null {
    if (this.#scenario === "offline") return { ok: false, failure: { code: "offline", detail: "TypeError: Failed to fetch" } };
    if (this.#scenario === "errors") return { ok: false, failure: { code: "internal", detail: "HTTP 500" } };
    return null;
  }

  #page(number: string): TicketPage | null {
    const known = this.#pages.get(number);
    if (known) return known;
    const row = this.#rows.find((it) => it.number === number);
    if (!row) return null;
    const made = ticketOf(row, this.#scenario, this.#start);
    this.#pages.set(number, made);
    return made;
  }

  #note(page: TicketPage, action: string, detail: string): void {
    page.history.push({ id: `h${page.history.length}`, at: this.#now(), actor: ME.name, action, subject: page.number, detail });
  }

  #reflect(page: TicketPage): void {
    this.#rows = this.#rows.map((row) =>
      row.number === page.number
        ? { ...row, status: page.status, severity: page.severity, owner: page.owner?.name ?? null, response_due: page.response_due, unread: false }
        : row,
    );
  }
}
