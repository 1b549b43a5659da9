// The console's one door to a desk. Components know this interface and nothing behind it.

import type {
  Agent, AuditRow, Device, ErrorCode, Me, NewAgent, NewMessage, Queue, Setup, SetupState, Severity, SignIn,
  TechnicalLog, TicketChange, TicketMessage, TicketPage,
} from "@nightline/shared/wire.ts";

/** Why something did not work: the desk's own code, or that there was no answer. */
export type Failure = { code: ErrorCode | "offline" | "unreadable"; detail: string };

/** Every call ends in one of these; none throws. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export type QueueQuestion = {
  status: "active" | "closed" | "all";
  severity: Severity | null;
  owner: "me" | "none" | null;
  search: string;
  after: string | null;
};

/** A file of a ticket: its place in the bundle, or the id of one that followed. */
export type FileRef = number | string;

/** A part of a file, and how long the whole is where that is known. */
export type FilePart = { bytes: Uint8Array<ArrayBuffer>; mediaType: string };

export type AuditPage = { rows: AuditRow[]; next: string | null };

export interface Backend {
  setupState(): Promise<Outcome<SetupState>>;
  setup(setup: Setup): Promise<Outcome<null>>;
  signIn(signIn: SignIn): Promise<Outcome<Me>>;
  signOut(): Promise<Outcome<null>>;
  me(): Promise<Outcome<Me>>;
  agents(): Promise<Outcome<Agent[]>>;
  addAgent(agent: NewAgent): Promise<Outcome<Agent>>;
  queue(question: QueueQuestion): Promise<Outcome<Queue>>;
  ticket(number: string): Promise<Outcome<TicketPage>>;
  changeTicket(number: string, change: TicketChange): Promise<Outcome<null>>;
  sendMessage(number: string, message: NewMessage): Promise<Outcome<TicketMessage>>;
  logDraft(number: string, language: string): Promise<Outcome<TechnicalLog>>;
  closeTicket(number: string, log: TechnicalLog): Promise<Outcome<null>>;
  filePart(number: string, file: FileRef, offset: number, limit: number): Promise<Outcome<FilePart>>;
  /** Where the browser downloads the whole bundle. */
  bundleAddress(number: string): string;
  /** Where the browser downloads a file that followed. */
  attachmentAddress(number: string, id: string): string;
  audit(after: string | null): Promise<Outcome<AuditPage>>;
  devices(): Promise<Outcome<Device[]>>;
  approveDevice(id: string): Promise<Outcome<null>>;
}

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failed = (code: Failure["code"], detail = ""): Outcome<never> => ({ ok: false, failure: { code, detail } });
