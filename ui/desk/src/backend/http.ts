// The desk over HTTP: the only file of the console that sends requests. Throws nothing, keeps no password.

import type { ApiError, AuditRow, Device, Me } from "@nightline/shared/wire.ts";
import { done, failed, type AuditPage, type Backend, type FilePart, type FileRef, type Outcome, type QueueQuestion } from "./backend.ts";

const ROOT = "/api/agent/v1";
/** A desk answers in milliseconds; after this long there is no sense in waiting on, and the reader is told. */
const TIMEOUT_MS = 20_000;
/** Rows of one page of the queue and of the audit log: more than a screen, less than a pause. */
const PAGE_ROWS = 50;

type Method = "GET" | "POST" | "PATCH" | "DELETE";

export function httpBackend(): Backend {
  let csrf = "";

  async function send(method: Method, path: string, body?: unknown): Promise<Outcome<Response>> {
    const headers: Record<string, string> = {};
    if (method !== "GET" && csrf !== "") headers["X-Nightline-Csrf"] = csrf;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    try {
      const response = await fetch(ROOT + path, {
        method,
        headers,
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return response.ok ? done(response) : refusal(response);
    } catch (error) {
      return failed("offline", String(error));
    }
  }

  async function json<T>(method: Method, path: string, body?: unknown): Promise<Outcome<T>> {
    const sent = await send(method, path, body);
    if (!sent.ok) return sent;
    try {
      return done((await sent.value.json()) as T);
    } catch (error) {
      return failed("unreadable", String(error));
    }
  }

  async function nothing(method: Method, path: string, body?: unknown): Promise<Outcome<null>> {
    const sent = await send(method, path, body);
    return sent.ok ? done(null) : sent;
  }

  function remember(me: Outcome<Me>): Outcome<Me> {
    if (me.ok) csrf = me.value.csrf;
    return me;
  }

  return {
    setupState: () => json("GET", "/setup/state"),
    setup: (setup) => nothing("POST", "/setup", setup),
    signIn: async (signIn) => remember(await json<Me>("POST", "/sign-in", signIn)),
    async signOut() {
      const out = await nothing("DELETE", "/session");
      if (out.ok) csrf = "";
      return out;
    },
    me: async () => remember(await json<Me>("GET", "/me")),
    agents: () => json("GET", "/agents"),
    addAgent: (agent) => json("POST", "/agents", agent),
    queue: (question) => json("GET", `/tickets?${queueQuery(question)}`),
    ticket: (number) => json("GET", ticketPath(number)),
    changeTicket: (number, change) => nothing("PATCH", ticketPath(number), change),
    sendMessage: (number, message) => json("POST", `${ticketPath(number)}/messages`, message),
    logDraft: (number, language) => json("GET", `${ticketPath(number)}/log-draft?lang=${encodeURIComponent(language)}`),
    closeTicket: (number, log) => nothing("POST", `${ticketPath(number)}/close`, { log }),
    async filePart(number, file, offset, limit): Promise<Outcome<FilePart>> {
      const sent = await send("GET", `${filePath(number, file)}?offset=${offset}&limit=${limit}`);
      if (!sent.ok) return sent;
      try {
        const bytes = new Uint8Array(await sent.value.arrayBuffer());
        return done({ bytes, mediaType: sent.value.headers.get("Content-Type") ?? "" });
      } catch (error) {
        return failed("offline", String(error));
      }
    },
    bundleAddress: (number) => `${ROOT}${ticketPath(number)}/bundle`,
    attachmentAddress: (number, id) => `${ROOT}${filePath(number, id)}/download`,
    async audit(after): Promise<Outcome<AuditPage>> {
      const from = after === null ? "" : `&after=${encodeURIComponent(after)}`;
      const rows = await json<AuditRow[]>("GET", `/audit?limit=${PAGE_ROWS}${from}`);
      if (!rows.ok) return rows;
      const last = rows.value.at(-1);
      return done({ rows: rows.value, next: last && rows.value.length >= PAGE_ROWS ? last.id : null });
    },
    devices: () => json<Device[]>("GET", "/devices"),
    approveDevice: (id) => nothing("POST", `/devices/${encodeURIComponent(id)}/approve`),
  };
}

const ticketPath = (number: string): string => `/tickets/${encodeURIComponent(number)}`;
const filePath = (number: string, file: FileRef): string =>
  typeof file === "number" ? `${ticketPath(number)}/files/${file}` : `${ticketPath(number)}/attachments/${encodeURIComponent(file)}`;

export function queueQuery(question: QueueQuestion): string {
  const query = new URLSearchParams({ status: question.status, limit: String(PAGE_ROWS) });
  if (question.severity) query.set("severity", question.severity);
  if (question.owner) query.set("owner", question.owner);
  if (question.search !== "") query.set("q", question.search);
  if (question.after) query.set("after", question.after);
  return query.toString();
}

async function refusal(response: Response): Promise<Outcome<never>> {
  try {
    const error = (await response.json()) as ApiError;
    if (typeof error.code === "string") return failed(error.code, error.detail ?? "");
  } catch {
    // Not one of the desk's own answers: a proxy speaks. The status says what can be said.
  }
  if (response.status === 401) return failed("sign-in-required");
  if (response.status === 404) return failed("not-found");
  return failed("internal", `HTTP ${response.status}`);
}
