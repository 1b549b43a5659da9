// The formats of Nightline as TypeScript. Written by `cargo xtask bindings`; never edited by hand.

/** `GET /agents` (for the owner's list), `POST /agents` with [`NewAgent`] (administrators). */
export type Agent = {
  /** The agent's id. */
  id: string,
  /** Shown to customers. */
  name: string,
  /** The agent's address. */
  email: string,
  /** May add agents. */
  admin: boolean,
};

/** The body of every answer of the desk that is not a success. */
export type ApiError = {
  /** What went wrong, for the program. */
  code: ErrorCode,
  /** What went wrong, in plain English, for whoever reads details. Never the only message a person sees. */
  detail: string,
};

/** A file that followed a ticket and is whole. */
export type Attachment = {
  /** Made by the device. */
  id: string,
  /** The file's name. Data, never a path. */
  name: string,
  /** What the device took it for. */
  media_type: string,
  /** In bytes. */
  size: number,
  /** When the desk had all of it. */
  at: Timestamp,
};

/** `GET /audit?after=…&limit=…` (administrators), newest first. */
export type AuditRow = {
  /** Sorts by time. */
  id: string,
  /** When. */
  at: Timestamp,
  /** An agent's name, `device`, or `desk`. */
  actor: string,
  /** A stable kebab-case word: `ticket-opened`, `bundle-received`, `file-read`, `message-sent`, `signed-in`. */
  action: string,
  /** What it was done to, for example a ticket's number. */
  subject: string,
  /** More, for example old and new severity. */
  detail: string,
};

/** How a ticket's bundle stands. */
export type BundleState = { "state": "arriving",
  /** Bytes that are here. */
  received: number,
  /** Bytes in all. */
  size: number, } | { "state": "complete",
  /** Bytes. */
  size: number, } | { "state": "damaged",
  /** What is wrong, for details. */
  detail: string,
};

/** Kebab-case name of a check, for example `dns-system`. */
export type CheckId = string;

/** One check of a diagnosis: what it found and how long it took. */
export type CheckResult = {
  /** Which check. */
  id: CheckId,
  /** What it says. */
  outcome: Outcome,
  /** Why it was skipped or could not tell, or one line about what is wrong. */
  reason?: Message,
  /** What it found. */
  facts: Array<Fact>,
  /** When it began. */
  started_at: Timestamp,
  /** How long it took. */
  took_ms: Millis,
};

/** `GET /tickets/{number}/log-draft?lang=en|zh-CN` answers [`TechnicalLog`] drafted from the findings; `POST /tickets/{number}/close` takes this. */
export type Close = {
  /** As the agent edited it. */
  log: TechnicalLog,
};

/** What a collector did. */
export type Collector = {
  /** Its kebab-case name: `report`, `system-log`, `attachment`. */
  id: string,
  /** `done`, `left-out` by the person, `failed`, `not-allowed` by policy. */
  outcome: string,
  /** Why, where it is not `done`. Redacted. */
  reason?: string,
};

/** From 0 (a guess) to 1 (seen twice, independently). */
export type Confidence = number;

/** Where the cause is. */
export type Culprit = "none" | "device" | "no-network" | "wifi" | "cable" | "router" | "provider" | "far-network" | "dns" | "service" | "interception" | "unknown";

/** `GET /api/v1/profile`: who this desk is and what it takes. */
export type DeskProfile = {
  /** The organisation's name. */
  organisation: string,
  /** The largest bundle it takes, in bytes. Told before the upload. */
  max_bundle_bytes: number,
  /** The largest body of one PATCH it takes, in bytes. */
  max_chunk_bytes: number,
  /** Who may open tickets. */
  who_may_open: WhoMayOpen,
  /** The desk's time, for the clock check. */
  now: Timestamp,
  /** A DNS name that does not exist; whoever resolves it forges answers. */
  absent_name: string,
  /** A DNS name whose signature is good, where the operator has one. */
  signed_name?: string,
  /** A DNS name whose signature is broken on purpose: a resolver that checks signatures does not give its address. */
  broken_name?: string,
  /** Ports of the desk's host that answer UDP: they echo, and answer STUN binding requests. Empty behind a proxy, which passes none of it on. */
  udp_ports: Array<number>,
  /** The desk's severity table, where it has one of its own. */
  severity?: SeverityTable,
};

/** `GET /devices` and `POST /devices/{id}/approve` (administrators). */
export type Device = {
  /** The desk's id of it. */
  id: string,
  /** First characters of the key's SHA-256, to compare by telephone. */
  fingerprint: string,
  /** May open tickets. */
  approved: boolean,
  /** When it enrolled. */
  created_at: Timestamp,
  /** When it was last heard of. */
  last_seen: Timestamp,
};

/** The only two kinds of content that may leave. */
export type Disclosure = "redacted" | "disclosed";

/** One file of a bundle. */
export type Entry = {
  /** Its name inside the bundle: forward slashes, no `..`, no root. */
  path: string,
  /** In bytes. */
  size: number,
  /** SHA-256 in lower-case hex. */
  sha256: string,
  /** What it holds: `application/json`, `text/plain`, `image/png`. */
  media_type: string,
  /** Which collector made it. */
  collector: string,
  /** Whether private values were replaced, or the person approved it as it is. */
  disclosure: Disclosure,
  /** How many private values were replaced. */
  replaced: number,
};

/** A code exists only where a reader does something different for it. */
export type ErrorCode = "bad-request" | "sign-in-required" | "forbidden" | "not-approved" | "not-found" | "number-taken" | "conflict" | "too-large" | "checksum-mismatch" | "offset-mismatch" | "damaged-bundle" | "too-many-requests" | "clock-skew" | "desk-full" | "internal" | "unknown";

/** Something that happened at a time, from any source, on one axis. */
export type Event = {
  /** When it happened or began. */
  at: Timestamp,
  /** When it ended, for something that lasted. */
  until?: Timestamp,
  /** What it is. */
  kind: EventKind,
  /** Who says so. */
  source: EventSource,
  /** The event in words. */
  message: Message,
  /** What kind of private values the message's arguments may hold. */
  privacy?: Privacy,
};

/** What an event is. */
export type EventKind = "boot" | "shutdown" | "crash" | "update" | "log-error" | "network" | "episode" | "reported" | "probe";

/** Who says that an event happened. */
export type EventSource = "system-log" | "packages" | "kernel" | "check" | "recorder" | "person";

/** Points at a check (`dns-system`), at one of its facts (`dns-system#resolve_ms`), or at an event (`event:12`, its place in the report's timeline). */
export type EvidenceRef = string;

/** A typed value that a check found. */
export type Fact = {
  /** Name within its check. */
  key: FactKey,
  /** What was found. */
  value: Value,
  /** What the number counts; absent for text and yes or no. */
  unit?: Unit,
  /** When it was measured. */
  at: Timestamp,
  /** How it was measured, in kebab-case: `getaddrinfo`, `icmp-echo`, `proc-meminfo`. */
  method: string,
  /** What kind of private value it holds. */
  privacy?: Privacy,
};

/** Snake-case name of a fact within its check, for example `resolve_ms`. */
export type FactKey = string;

/** What happens at a faulty link. */
export type FaultKind = "loss" | "delay" | "end";

/** A statement with its weight, its likelihood and its evidence. */
export type Finding = {
  /** The same as the message's id; what scripts compare. */
  id: MessageId,
  /** How bad it is. */
  severity: Grade,
  /** How sure we are. */
  confidence: Confidence,
  /** The statement. */
  message: Message,
  /** What the person can do now, if anything. */
  advice?: Message,
  /** Whose fault it would be. */
  culprit: Culprit,
  /** What it rests on. */
  evidence: Array<EvidenceRef>,
};

/** How bad a finding is; worst first. */
export type Grade = "broken" | "degraded" | "notice";

/** In whose part of the way a hop lies. */
export type HopPlace = "home" | "provider" | "transit" | "destination";

/** How long the answers of a hop took, in milliseconds. */
export type HopRtt = {
  /** The shortest. */
  min: Millis,
  /** Half took longer. */
  median: Millis,
  /** One in twenty took longer. */
  p95: Millis,
};

/** What the fault stops. */
export type Impact = "stopped" | "severe" | "limited" | "question";

/** What the person says about the fault. Only `what` is required; every other question may be skipped. */
export type Intake = {
  /** Always [`INTAKE_SCHEMA`] when we write it; may be left out by hand. */
  schema?: string,
  /** What is wrong, in their own words. */
  what: string,
  /** The exact error, every character kept. */
  error?: string,
  /** When it happened or began. */
  when?: Timestamp,
  /** When it ended, if it did. */
  until?: Timestamp,
  /** How to make it happen again. */
  steps?: string,
  /** What should have happened. */
  expected?: string,
  /** Constant, or now and then. */
  pattern?: Pattern,
  /** What they want to reach. */
  target?: Target,
  /** This machine or another. */
  machine: WhichMachine,
  /** The other machine, where it is another. */
  other_machine?: OtherMachine,
  /** Who else is hit. */
  scope?: Scope,
  /** What it stops. */
  impact?: Impact,
  /** How to reach them: a name, a number, an address. */
  contact?: string,
  /** Files to send along, by path. */
  attachments?: Array<string>,
};

/** Which machine a report is about. A field that is absent is named in `withheld` with the reason. */
export type Machine = {
  /** Its own name. Private. */
  host_name?: string,
  /** Who is signed in. Private. */
  user_name?: string,
  /** The system's name, for example `Debian GNU/Linux 12 (bookworm)`. */
  os?: string,
  /** The exact build: kernel release on Linux, build number elsewhere. */
  os_build?: string,
  /** `x86_64`, `aarch64`. */
  architecture?: string,
  /** Who made it. */
  manufacturer?: string,
  /** What the maker calls it. */
  model?: string,
  /** The maker's serial number. Private. */
  serial?: string,
  /** The owner's asset tag. Private. */
  asset_tag?: string,
  /** The processor's name. */
  processor?: string,
  /** Memory in bytes. */
  memory_bytes?: number,
  /** The cloud it runs in, if it does. */
  cloud_provider?: string,
  /** The cloud's id of this machine. Private. */
  cloud_instance?: string,
  /** The cloud's region. */
  cloud_region?: string,
  /** What the system did not tell, by field name, and why. */
  withheld: { [key in string]: Withheld },
};

/** What is in a bundle. */
export type Manifest = {
  /** Always [`BUNDLE_SCHEMA`]. */
  schema: string,
  /** The ticket it belongs to; absent for a bundle made by hand. */
  ticket?: TicketNumber,
  /** Which Nightline made it. */
  program: string,
  /** When. */
  created_at: Timestamp,
  /** Which redactor, by its rules' version. */
  redactor: string,
  /** Every other entry, in the order they stand in the file. */
  entries: Array<Entry>,
  /** What each collector did, also where it failed or the person left it out. */
  collectors: Array<Collector>,
};

/** `GET /me`. */
export type Me = {
  /** The agent's id. */
  id: string,
  /** The agent's address. */
  email: string,
  /** Shown to customers. */
  name: string,
  /** May add agents, approve devices and read the audit log. */
  admin: boolean,
  /** The organisation's name. */
  organisation: string,
  /** For the header `X-Nightline-Csrf`. */
  csrf: string,
  /** The desk's time, so that "time left" does not depend on the browser's clock. */
  now: Timestamp,
};

/** A sentence for a person. `text` is empty until somebody renders it for a reader. */
export type Message = {
  /** Id in the Fluent files. */
  id: MessageId,
  /** Values that the sentence mentions. */
  args: { [key in string]: Value },
  /** The sentence in the language of whoever asked for the document. */
  text: string,
};

/** Who wrote a message. */
export type MessageAuthor = "customer" | "agent";

/** Kebab-case id of a sentence in the Fluent files, for example `finding-gateway-dead`. */
export type MessageId = string;

/** A length of time in milliseconds, with fractions. */
export type Millis = number;

/** `POST /agents`. */
export type NewAgent = {
  /** The agent's address. */
  email: string,
  /** Shown to customers. */
  name: string,
  /** At least 12 characters. */
  password: string,
  /** May add agents. */
  admin: boolean,
};

/** `POST /api/v1/tickets/{number}/messages` (device) and the agent's own route. */
export type NewMessage = {
  /** 1 to 64 characters of `A-Z a-z 0-9 -`, made by the sender. */
  id: string,
  /** Plain text, at most 16 KiB. */
  text: string,
};

/** Facts of a machine that Nightline cannot look into. All disclosed by the person. */
export type OtherMachine = {
  /** The owner's number on it. */
  asset_tag?: string,
  /** The maker's number on it. */
  serial?: string,
  /** What it is. */
  model?: string,
  /** Where it stands. */
  location?: string,
  /** The support contract that covers it. */
  contract?: string,
};

/** What a check says about the machine. */
export type Outcome = "healthy" | "degraded" | "broken" | "skipped" | "unknown";

/** A link that is at fault. One side alone cannot see which end of it fails, or in which direction. */
export type PathFault = {
  /** What happens there. */
  kind: FaultKind,
  /** The last hop before it; 0 is this machine. */
  after: number,
  /** The first hop behind it. */
  before: number,
  /** Share lost in percent, or milliseconds added. */
  size?: number,
};

/** One distance from this machine. */
export type PathHop = {
  /** Routers away, from 1. */
  ttl: number,
  /** Who answered; several where packets are spread, empty if nobody did. */
  addresses: Array<string>,
  /** What the router calls itself (reverse DNS), if it was asked for. */
  name?: string,
  /** Whose network it is, if known: `AS4134 CHINANET`. */
  owner: string | null,
  /** In whose part of the way it lies, once the path was judged. */
  place?: HopPlace,
  /** Packets sent. */
  sent: number,
  /** Answers received. */
  received: number,
  /** Share without an answer, in percent. */
  loss_pct: number,
  /** Where the true share lies at 95 %, in percent (Wilson). */
  loss_interval: [number, number],
  /** How long the answer took, round by round; null where none came. Empty if only the counts were kept. */
  answers: Array<Millis | null>,
  /** How long answers took; absent if none came. */
  rtt: HopRtt | null,
  /** Why missing answers of this hop mean nothing. */
  excused: Message | null,
  /** Rounds in which nothing came back from here on, though hops before it answered; absent if there were none. */
  forward_lost?: number,
  /** The round, from 1, from which on another router answered here, at the nearest hop where the way changed. */
  changed_in?: number,
  /** What else is worth knowing of this hop, once the path was judged. */
  remarks?: Array<Message>,
};

/** A path, hop by hop, from this machine to the target. */
export type PathReport = {
  /** Always [`PATH_SCHEMA`]. */
  schema: string,
  /** As the person gave it. */
  target: string,
  /** The address that was traced. */
  address: string,
  /** How: `udp-ttl`, `udp-ttl-one-flow` (packets are spread over several ways, this is one of them), `tcp-ttl`, `icmp-ttl`. */
  method: string,
  /** How often each hop was asked. */
  rounds: number,
  /** Whether the target itself answered. */
  reached: boolean,
  /** From the nearest on. */
  hops: Array<PathHop>,
  /** The link that is at fault, if one is named. */
  fault?: PathFault,
  /** Where the loss begins, if anywhere. */
  verdict: Verdict | null,
};

/** Whether the fault is always there. */
export type Pattern = "constant" | "intermittent";

/** What kind of private value a fact holds. Each text in the value, also inside lists and maps, is of this kind. */
export type Privacy = "public" | "ip" | "mac" | "host" | "user" | "path" | "serial" | "text";

/** `GET /tickets?status=active|closed|all&severity=P0&owner=me|none&q=…&after=…&limit=…`: the queue. */
export type Queue = {
  /** Most urgent first: unanswered by due time, then the others. */
  tickets: Array<QueueRow>,
  /** How many fit the question in all. */
  total: number,
  /** For `after`, where there are more. */
  next: string | null,
  /** The desk's time. */
  now: Timestamp,
};

/** One line of the queue. */
export type QueueRow = {
  /** The ticket. */
  number: TicketNumber,
  /** How urgent. */
  severity: Severity,
  /** How it stands. */
  status: TicketStatus,
  /** The person's words, cut to 200 characters. */
  what: string,
  /** "Is it me?" */
  culprit: Culprit | null,
  /** The machine's name as redacted, or its model. */
  machine: string | null,
  /** What they want to reach. */
  target: string | null,
  /** The agent's name. */
  owner: string | null,
  /** When the desk took it. */
  received_at: Timestamp,
  /** By when somebody answers; absent once somebody has. */
  response_due: Timestamp | null,
  /** Whether the last message is the customer's, or a file of theirs came after the desk's last one. */
  unread: boolean,
  /** Whether the bundle is there. */
  bundle_complete: boolean,
};

/** The desk's answer to [`NewTicket`], and to the question how a delivery stands (`GET …/receipt`). */
export type Receipt = {
  /** The ticket. */
  number: TicketNumber,
  /** When the desk took it. */
  received_at: Timestamp,
  /** By when somebody answers. */
  response_due: Timestamp,
  /** Where to upload the bundle; absent once it is there. */
  upload?: UploadGrant,
  /** Whether the bundle is there, whole and verified. */
  bundle_complete: boolean,
};

/** Checks, facts, findings and timeline of one diagnosis. */
export type Report = {
  /** Always [`REPORT_SCHEMA`]. */
  schema: string,
  /** "Is it me?" */
  verdict: Verdict,
  /** Worst first. */
  findings: Array<Finding>,
  /** In the order of the catalogue. */
  checks: Array<CheckResult>,
  /** Oldest first. */
  timeline: Array<Event>,
  /** Which machine. */
  machine: Machine,
  /** What the person wants to reach, if they said. */
  target: TargetReport | null,
  /** The way to the target, or to the desk, judged; absent if none was traced. */
  path?: PathReport,
  /** When the diagnosis began. */
  started_at: Timestamp,
  /** How long it took. */
  took_ms: Millis,
  /** Whether the deadline ended it before all checks had. */
  complete: boolean,
  /** Which Nightline wrote it. */
  program: string,
};

/** Who is hit. */
export type Scope = "me" | "some" | "all";

/** `POST /setup`: makes the first agent, an administrator, with the token of the printed link. 404 once it was used. */
export type Setup = {
  /** From the link `/setup#token=…` (in the fragment, so that it reaches no log). */
  token: string,
  /** Of the first agent. */
  email: string,
  /** Of the first agent. */
  name: string,
  /** At least 12 characters. */
  password: string,
};

/** `GET /setup/state` (no session): whether the first agent is still to be made. */
export type SetupState = {
  /** True until the one-time link was used. */
  open: boolean,
  /** The organisation's name. */
  organisation: string,
};

/** How urgent a ticket is. */
export type Severity = "P0" | "P1" | "P2" | "P3";

/** One row of the table. An absent condition fits everything. */
export type SeverityRule = {
  /** What it stops. */
  impact?: Impact | null,
  /** Who else is hit. */
  scope?: Scope | null,
  /** Constant or now and then. */
  pattern?: Pattern | null,
  /** What follows. */
  severity: Severity,
};

/** From the person's answers to a severity, and from a severity to the time within which somebody answers. */
export type SeverityTable = {
  /** The first row that fits decides. */
  rules: Array<SeverityRule>,
  /** Minutes until a first answer. */
  response_minutes: { [key in Severity]?: number },
};

/** `POST /sign-in`; answers [`Me`] and sets the session cookie. `DELETE /session` signs out. */
export type SignIn = {
  /** The agent's address. */
  email: string,
  /** The agent's password. */
  password: string,
};

/** What the person wants to reach. Prints as it was given. */
export type Target = string;

/** One attempt to reach the target, phase by phase. A phase that was not reached is absent. */
export type TargetProbe = {
  /** When it began. */
  at: Timestamp | null,
  /** Whether everything that was expected there answered. */
  reached: boolean,
  /** The phase that failed: `dns`, `tcp`, `tls`, `http`. */
  failed_phase?: string,
  /** The failure in words. */
  failure?: Message,
  /** Name resolution. */
  dns_ms?: Millis,
  /** TCP handshake. */
  tcp_ms?: Millis,
  /** TLS handshake. */
  tls_ms?: Millis,
  /** Request to first byte of the answer. */
  http_ms?: Millis,
  /** The answer's status. */
  http_status?: number,
};

/** What was seen of the target, from the first probe until the ticket was sent. */
export type TargetReport = {
  /** As the person gave it. */
  given: Target,
  /** One probe after another. */
  probes: Array<TargetProbe>,
};

/** What remains when a ticket is closed: when, cause, measure, permanent fix. */
export type TechnicalLog = {
  /** When it happened. */
  when: string,
  /** The probable cause. */
  cause: string,
  /** What was done for now. */
  measure: string,
  /** What makes it stay away, and whose work that is. */
  permanent_fix: string,
};

/** `GET /tickets/{number}/files/{index}?offset=…&limit=…` answers bytes of one entry by its place in `manifest.entries`, as `text/plain` or as an image that was looked at, never as anything a browser would run. `GET /tickets/{number}/bundle` answers the whole file as a download. `GET /tickets/{number}/attachments/{id}` answers bytes of a file that followed the ticket in the same way, and `…/attachments/{id}/download` all of it as a download.  `POST /tickets/{number}/messages` takes `NewMessage` of the protocol and answers `TicketMessage`. `PATCH /tickets/{number}` takes this; absent fields stay. */
export type TicketChange = {
  /** New state; closing goes through `POST /tickets/{number}/close`. */
  status?: TicketStatus,
  /** New severity. */
  severity?: Severity,
  /** New owner by id; an empty text takes the owner away. */
  owner?: string,
};

/** How a ticket stands on the device: `nightline.ticket/1`. */
export type TicketDocument = {
  /** Always [`TICKET_SCHEMA`]. */
  schema: string,
  /** The ticket. */
  number: TicketNumber,
  /** How the delivery stands. */
  state: TransferState,
  /** How urgent. */
  severity: Severity,
  /** The desk's address. */
  desk: string,
  /** The desk's receipt, once there is one. */
  receipt: Receipt | null,
};

/** One message of a ticket. */
export type TicketMessage = {
  /** Made by the sender; a retry with the same id is the same message. */
  id: string,
  /** Who wrote it. */
  author: MessageAuthor,
  /** The agent's name; absent for the person. */
  name?: string,
  /** When the desk took it. */
  at: Timestamp,
  /** Plain text. */
  text: string,
};

/** A ticket's number, printed as `NL-7Q2K-4M9X-C`; the last character checks the others. */
export type TicketNumber = string;

/** `GET /tickets/{number}`: everything but the files' content. */
export type TicketPage = {
  /** The ticket. */
  number: TicketNumber,
  /** How it stands. */
  status: TicketStatus,
  /** How urgent; an agent may have changed it. */
  severity: Severity,
  /** The owner. */
  owner: Agent | null,
  /** When the person sent it. */
  created_at: Timestamp,
  /** When the desk took it. */
  received_at: Timestamp,
  /** By when somebody answers; absent once somebody has. */
  response_due: Timestamp | null,
  /** The person's words, verdict and machine, as they came with the ticket. */
  summary: TicketSummary,
  /** How the bundle stands. */
  bundle: BundleState,
  /** The report, once the bundle is there. */
  report: Report | null,
  /** The files, once the bundle is there. */
  manifest: Manifest | null,
  /** Oldest first. */
  messages: Array<TicketMessage>,
  /** Files that followed the ticket and are whole, oldest first. */
  attachments: Array<Attachment>,
  /** When the person said that they need no help any more, oldest first. */
  closings: Array<Timestamp>,
  /** Who closed it, while it is closed. */
  closed_by: MessageAuthor | null,
  /** Once an agent has closed it; a ticket that the person closed has none until an agent writes it. */
  log: TechnicalLog | null,
  /** Who did what with this ticket, oldest first. */
  history: Array<AuditRow>,
  /** The desk's time. */
  now: Timestamp,
};

/** How a ticket stands at the desk. */
export type TicketStatus = "new" | "open" | "waiting" | "closed";

/** A ticket at a glance, a few kilobytes. */
export type TicketSummary = {
  /** From the severity table on the device. */
  severity: Severity,
  /** Within how many minutes somebody answers, by the same table. A claim: the desk goes by its own. */
  response_minutes: number,
  /** The person's words, without attachments' paths. What was unticked is absent. */
  intake: Intake,
  /** "Is it me?" */
  verdict?: Verdict,
  /** Which machine, redacted. */
  machine?: Machine,
  /** The language the person reads: `en`, `zh-CN`. */
  language: string,
  /** Keys of `intake` that are cut here because they are long; the bundle has them whole. */
  cut?: Array<string>,
};

/** `GET /api/v1/tickets/{number}`: what the person sees of their ticket. */
export type TicketView = {
  /** The ticket. */
  number: TicketNumber,
  /** How it stands. */
  status: TicketStatus,
  /** How urgent; an agent may change it. */
  severity: Severity,
  /** The agent's name, once somebody took it. */
  owner?: string,
  /** In the person's words. */
  what: string,
  /** When the desk took it. */
  received_at: Timestamp,
  /** By when somebody answers; absent once somebody has. */
  response_due?: Timestamp,
  /** Whether the bundle is there. */
  bundle_complete: boolean,
  /** Oldest first. */
  messages: Array<TicketMessage>,
  /** What was wrong and what was done, once it is closed. */
  log?: TechnicalLog,
  /** Files that followed the ticket and are whole, oldest first. */
  attachments?: Array<Attachment>,
  /** Who closed it, while it is closed. */
  closed_by?: MessageAuthor,
};

/** A point in time in whole milliseconds since 1970 (UTC). In JSON an RFC 3339 string with milliseconds. */
export type Timestamp = string;

/** How a delivery stands. */
export type TransferState = "queued" | "sending" | "delivered";

/** What a number counts. */
export type Unit = "ms" | "s" | "days" | "pct" | "bytes" | "count" | "mbps";

/** Where and with what right a bundle or a file goes up. */
export type UploadGrant = {
  /** The tus creation address, relative to the desk: `/api/v1/uploads`. */
  endpoint: string,
  /** For `Authorization: Bearer …`; good for this bundle or this file only. */
  token: string,
};

/** A value of a fact or of a message's argument. Plain JSON on the wire. */
export type Value = boolean | number | number | string | Array<Value> | { [key in string]: Value };

/** The finding that answers "is it me?". */
export type Verdict = {
  /** The same as the message's id. */
  id: MessageId,
  /** Where the cause is. */
  culprit: Culprit,
  /** How sure we are. */
  confidence: Confidence,
  /** The answer. */
  message: Message,
  /** When the facts behind it were measured; a reader shows its age. */
  measured_at: Timestamp,
  /** What it rests on. */
  evidence: Array<EvidenceRef>,
};

/** Which machine the fault is on. */
export type WhichMachine = "this" | "other";

/** Who may open tickets at a desk. */
export type WhoMayOpen = "anyone" | "approved";

/** Why a field of the machine is absent. */
export type Withheld = {
  /** The reason in words: needs administrator rights, not set by the maker, not a cloud machine. */
  reason: Message,
};
