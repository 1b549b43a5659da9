// The formats of Nightline as TypeScript. Written by `cargo xtask bindings`; never edited by hand.

import type { CheckId, CheckResult, Finding, Impact, Message, OtherMachine, Outcome, PathReport, Pattern, Scope, Severity, TargetProbe, Timestamp, Verdict, WhichMachine } from "./formats.ts";

/** What this is. */
export type About = {
  /** The version. */
  version: string,
  /** The organisation that set it up. */
  organisation: string | null,
  /** What it costs this computer. */
  cost: Cost,
};

/** The person's answers, as they stand in the fields. Empty means: not answered. */
export type Answers = {
  /** What is wrong. */
  what: string,
  /** What they want to reach: a host, a port, an address. */
  target: string,
  /** The exact error, every character kept. */
  error: string,
  /** When it happened or began. */
  when: Timestamp | null,
  /** Which machine. */
  machine: WhichMachine,
  /** The other machine's facts. */
  other_machine: OtherMachine,
  /** Constant or now and then. */
  pattern: Pattern | null,
  /** Who else. */
  scope: Scope | null,
  /** What it stops. */
  impact: Impact | null,
  /** How to make it happen again. */
  steps: string,
  /** What should have happened. */
  expected: string,
  /** How to reach them. */
  contact: string,
};

/** A rectangle of a picture, in its own pixels, from the upper left corner. */
export type Area = {
  /** From the left. */
  x: number,
  /** From the top. */
  y: number,
  /** In pixels. */
  width: number,
  /** In pixels. */
  height: number,
};

/** One check. */
export type CheckLine = {
  /** Which. */
  id: CheckId,
  /** What is looked at. */
  title: Message,
  /** What came of it; nothing while it runs. */
  outcome: Outcome | null,
  /** One line about it. */
  reason: Message | null,
};

/** What the watch costs this computer. Nothing where the system does not say. */
export type Cost = {
  /** Resident memory of the watch. */
  memory_bytes: number | null,
  /** Share of one processor since it started, in percent. */
  processor_percent: number | null,
  /** What its files take on the disk: its own folders, not the programs. */
  disk_bytes: number | null,
};

/** What was found. */
export type Found = {
  /** "Is it me?" */
  verdict: Verdict,
  /** Worst first. */
  findings: Array<Finding>,
  /** What was seen of the target, newest last. */
  probes: Array<TargetProbe>,
  /** How the desk was reached, if that was looked at: what the target is compared with. */
  desk?: CheckResult,
  /** The way to the target, if it was traced. */
  path?: PathReport,
  /** Whether all checks ended in time. */
  complete: boolean,
};

/** From a window to its watch. */
export type FromWindow = { "kind": "hello",
  /** [`VERSION`] of the window. */
  version: number, } | { "kind": "ask",
  /** What. */
  request: Request, } | { "kind": "hidden" } | { "kind": "closing" };

/** The way through "Get help". */
export type Help = {
  /** Where the person is. */
  step: HelpStep,
  /** What can be done from here. */
  way: Way,
  /** What they have answered so far. A window that opens again continues from here. */
  answers: Answers,
  /** What is wrong with the target they gave. */
  target_problem: Message | null,
  /** What they may want to reach. */
  targets: Array<TargetSuggestion>,
  /** When it may have happened. */
  times: Array<TimeSuggestion>,
  /** The checks, in the order in which they are shown. */
  look: Look,
  /** What was found, once all checks have ended. */
  found: Found | null,
  /** Pictures that the person made or added. */
  pictures: Array<Picture>,
  /** All that will leave, once it was put together. */
  preview: Preview | null,
  /** The ticket on its way. */
  sending: Sending | null,
};

/** One page of the way. */
export type HelpStep = "what" | "target" | "error" | "when" | "machine" | "pattern" | "scope" | "impact" | "found" | "pictures" | "preview" | "sent";

/** The first screen. */
export type Home = {
  /** In one word, for shapes and colours. */
  standing: Standing,
  /** The latest answer to "is it me?". Its age is shown beside it. */
  verdict: Verdict | null,
  /** What the person can do about it now, if anything. */
  advice: Message | null,
  /** Whether the watch is looking right now. */
  looking: boolean,
  /** What was noticed lately, newest first. */
  lately: Array<Noticed>,
  /** A "Get help" that was begun and not sent: what they wrote first. */
  unfinished: string | null,
};

/** One message of a ticket. */
export type Letter = {
  /** Made by its sender. */
  id: string,
  /** Whether it is the person's own. */
  own: boolean,
  /** The agent's name. */
  name: string | null,
  /** When the desk took it; nothing while it waits on this device. */
  at: Timestamp | null,
  /** Plain text. */
  text: string,
};

/** The checks of this diagnosis. */
export type Look = {
  /** One line for each check, in the order of the catalogue. */
  checks: Array<CheckLine>,
  /** The answer so far, once the network has answered. */
  verdict: Verdict | null,
  /** Whether checks are still running. */
  running: boolean,
  /** Why nothing can be looked at; the way goes on without. */
  failed: Message | null,
};

/** Something that the watch noticed. */
export type Noticed = {
  /** When it was noticed. */
  at: Timestamp,
  /** What. */
  message: Message,
  /** How bad. */
  standing: Standing,
};

/** An item as it leaves. */
export type OpenItem = {
  /** Which. */
  id: string,
  /** Its text, or its beginning. */
  text: string,
  /** Whether there is more of it. */
  cut: boolean,
};

/** One ticket with its messages. */
export type OpenTicket = {
  /** Its line. */
  card: TicketCard,
  /** How its delivery stands. */
  sending: Sending | null,
  /** By when somebody answers. */
  due: Timestamp | null,
  /** Oldest first, those that wait on this device last. */
  letters: Array<Letter>,
  /** Files that follow the ticket: those that the desk has first, then those on their way. */
  files: Array<TicketFile>,
  /** An answer that the person is writing. A window that opens again continues from here. */
  reply: string,
  /** What was wrong and what makes it stay away, once it is closed: what was the cause, what was done. */
  log: Array<Message>,
  /** When this was asked of the desk; nothing if it could not be asked yet. */
  as_of: Timestamp | null,
  /** Why the desk could not be asked just now. */
  trouble: Message | null,
};

/** A telephone number to reach a human. */
export type PhoneNumber = {
  /** What it is called. */
  label: string,
  /** As one would dial it. */
  number: string,
  /** The language spoken there, as a language tag. */
  language: string | null,
  /** Whether somebody answers now. */
  open: boolean,
  /** When somebody answers, in words. */
  hours: Message,
};

/** A picture that the person made or added. Its pixels come apart from the view. */
export type Picture = {
  /** Its name on the way and in the bundle. */
  id: string,
  /** In pixels. */
  width: number,
  /** In pixels. */
  height: number,
  /** The size of the file. */
  bytes: number,
  /** Grows with each change of the pixels. */
  revision: number,
  /** How many areas are black. */
  areas: number,
  /** Whether the person has kept it. Only a kept picture can leave. */
  kept: boolean,
};

/** What to take a picture of. */
export type PictureOf = "screen" | "window";

/** Where the person is. */
export type Place = { "at": "home" } | { "at": "help" } | { "at": "tickets" } | { "at": "ticket",
  /** Which. */
  number: string, } | { "at": "settings" } | { "at": "about" };

/** All that will leave. */
export type Preview = {
  /** Where it goes: the desk's host. */
  desk: string | null,
  /** How urgent, from the answers. */
  severity: Severity,
  /** Within how many minutes somebody answers. */
  response_minutes: number,
  /** The items, in the order of the bundle. */
  items: Array<PreviewItem>,
  /** The item that is open for reading, by id, and its text as it leaves. */
  open: OpenItem | null,
  /** Whether it can be sent; otherwise why not. */
  cannot_send: Message | null,
  /** Whether it is being sealed: the person has sent it, and nothing of it changes any more. */
  sealing: boolean,
};

/** One item. */
export type PreviewItem = {
  /** Its name in the list. */
  id: string,
  /** What it is. */
  title: Message,
  /** Redacted or disclosed. */
  kind: PreviewKind,
  /** Its size. */
  bytes: number,
  /** Whether it leaves. */
  included: boolean,
  /** Whether a ticket needs it, so that it cannot be left out. */
  required: boolean,
  /** Whether it is text that can be read here. */
  readable: boolean,
};

/** The two kinds of what leaves. */
export type PreviewKind = "redacted" | "disclosed";

/** Something that the person did. */
export type Request = { "ask": "open",
  /** Where to. */
  place: Place, } | { "ask": "look-again" } | { "ask": "get-help" } | { "ask": "discard" } | { "ask": "answer",
  /** All fields. */
  answers: Answers, } | { "ask": "next" } | { "ask": "back" } | { "ask": "go",
  /** Which. */
  step: HelpStep, } | { "ask": "solved" } | { "ask": "send-now" } | { "ask": "take-picture",
  /** Of what. */
  of: PictureOf, } | { "ask": "add-picture",
  /** The file, in base64. */
  data: string, } | { "ask": "black-out",
  /** Which picture. */
  id: string,
  /** The rectangles. */
  areas: Array<Area>, } | { "ask": "keep-picture",
  /** Which. */
  id: string, } | { "ask": "remove-picture",
  /** Which. */
  id: string, } | { "ask": "tick",
  /** Which. */
  item: string,
  /** Whether it leaves. */
  included: boolean, } | { "ask": "read",
  /** Which; nothing closes it again. */
  item: string | null, } | { "ask": "send" } | { "ask": "stop",
  /** Which ticket. */
  number: string, } | { "ask": "send-again",
  /** Which ticket. */
  number: string, } | { "ask": "give-up",
  /** Which ticket. */
  number: string, } | { "ask": "save",
  /** Which ticket. */
  number: string, } | { "ask": "write-reply",
  /** Which ticket. */
  number: string,
  /** Plain text; empty forgets it. */
  text: string, } | { "ask": "reply",
  /** Which ticket. */
  number: string,
  /** Plain text. */
  text: string, } | { "ask": "attach",
  /** Which ticket. */
  number: string,
  /** The file's name. */
  name: string,
  /** The file, in base64. */
  data: string, } | { "ask": "close-ticket",
  /** Which ticket. */
  number: string, } | { "ask": "set",
  /** Which, and how. */
  change: SettingsChange, } | { "ask": "dismiss" } | { "ask": "close-window" };

/** A sentence that the window shows above everything until the person has read it. */
export type Says = {
  /** The sentence. */
  message: Message,
  /** Whether something did not work; otherwise it is only good to know. */
  failed: boolean,
};

/** A ticket on its way. */
export type Sending = {
  /** Made on this device. */
  number: string,
  /** How it stands. */
  state: SendingState,
  /** Bytes that the desk has or that are on their way. */
  sent: number,
  /** Bytes of the bundle. */
  total: number,
  /** By when somebody answers, once the desk has it. */
  due: Timestamp | null,
  /** Why it waits or was refused, and what to do. */
  reason: Message | null,
  /** When it is tried again by itself. */
  next_try: Timestamp | null,
  /** Where the file was put that holds the same. */
  saved_to: string | null,
};

/** How a delivery stands. */
export type SendingState = "sending" | "queued" | "stopped" | "delivered" | "refused";

/** What can be switched. */
export type Settings = {
  /** `en`, `zh-CN`, or nothing: as the system. */
  language: string | null,
  /** Whether only the organisation can change the language. */
  language_managed: boolean,
  /** The desk's address; nothing where none is set. */
  desk: string | null,
  /** Whether only the organisation can change it. */
  desk_managed: boolean,
  /** Whether the watch starts with the session; nothing where this system offers no such thing. */
  autostart: boolean | null,
  /** Whether a new message is announced. */
  notifications: boolean,
  /** What is collected when help is asked for, in words. */
  collected: Array<Message>,
  /** Where the device's key lies, or why it cannot be opened; nothing until it was tried. */
  key: Message | null,
  /** What is wrong with settings, each with its place. */
  problems: Array<Message>,
};

/** One switch, turned. */
export type SettingsChange = { "key": "language",
  /** `en`, `zh-CN`, or nothing: as the system. */
  language: string | null, } | { "key": "desk",
  /** Its address. */
  address: string, } | { "key": "autostart",
  /** The new state. */
  on: boolean, } | { "key": "notifications",
  /** The new state. */
  on: boolean,
};

/** How things stand in one word. */
export type Standing = "not-known" | "well" | "degraded" | "broken";

/** Something that the person may want to reach. */
export type TargetSuggestion = {
  /** As it goes into the field. */
  target: string,
  /** The program that has a connection there; nothing where the organisation named it. */
  program: string | null,
};

/** One line of "My tickets". */
export type TicketCard = {
  /** The ticket. */
  number: string,
  /** In the person's words. */
  what: string,
  /** How it stands. */
  state: TicketState,
  /** How urgent. */
  severity: Severity,
  /** Who has it. */
  owner: string | null,
  /** When it was made. */
  made_at: Timestamp,
  /** Messages of the desk that the person has not seen. */
  unread: number,
};

/** A file that follows a ticket. */
export type TicketFile = {
  /** Made by this device. */
  id: string,
  /** Its name. Data, never a path. */
  name: string,
  /** Its size. */
  bytes: number,
  /** Bytes that the desk has or that are on their way. */
  sent: number,
  /** When the desk had all of it; nothing before. */
  at: Timestamp | null,
};

/** How a ticket stands for the person. */
export type TicketState = "queued" | "sending" | "refused" | "new" | "open" | "waiting" | "closed" | "damaged";

/** When it may have happened. */
export type TimeSuggestion = {
  /** The minute. */
  at: Timestamp,
  /** What was noticed then. */
  message: Message,
};

/** From the watch to its window. */
export type ToWindow = { "kind": "view",
  /** The view. */
  view: View, } | { "kind": "picture",
  /** Which picture. */
  id: string,
  /** Grows with each change. */
  revision: number,
  /** As an address of the form `data:image/png;base64,…`. */
  data: string, } | { "kind": "hide" } | { "kind": "raise" } | { "kind": "close" };

/** Everything that a window shows. */
export type View = {
  /** Grows with each change; a window drops what is older than what it shows. */
  revision: number,
  /** The reader's language: `en` or `zh-CN`. */
  language: string,
  /** Where the person is. */
  place: Place,
  /** How things stand. */
  home: Home,
  /** The way through "Get help", once it was begun. */
  help: Help | null,
  /** All tickets of this device, newest first. */
  tickets: Array<TicketCard>,
  /** The ticket that is open. */
  ticket: OpenTicket | null,
  /** Telephone numbers of the organisation, those that are open now first. */
  numbers: Array<PhoneNumber>,
  /** What can be switched. */
  settings: Settings,
  /** What this is. */
  about: About,
  /** Something that did not work, or how to reach the app. At most one at a time. */
  says: Says | null,
  /** Why what the person writes is not on the disk, and what that means. Stays until it is. */
  unkept: Message | null,
};

/** What can be done from a page. */
export type Way = {
  /** Whether there is a page before. */
  back: boolean,
  /** Whether there is a page after, and nothing that it needs is missing. */
  next: boolean,
  /** Whether this page is a question that may be skipped. */
  skip: boolean,
  /** Which question this is, from 1. Nothing on pages that ask nothing. */
  question: number | null,
  /** How many questions there are. */
  questions: number,
};
