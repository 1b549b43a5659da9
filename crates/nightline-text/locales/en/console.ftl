# The agent console.
console-skip = Skip to the content
console-loading = Loading…
console-retry = Try again
console-details = Details
console-done = Done
console-cancel = Cancel
console-copy = Copy
console-copy-copied = Copied
console-copy-failed = Could not copy
console-more = Show more
console-older = Show older
console-yes = yes
console-no = no
console-characters = { $count ->
    [one] 1 character
   *[other] { $count } characters
}
console-stale = This is what was last received.

console-home = Nightline, to the queue
console-navigation = Main
console-language = Language
console-language-en = English
console-language-zh-CN = 简体中文
console-theme = Appearance
console-theme-system = System
console-theme-light = Light
console-theme-dark = Dark

console-lost-title = There is nothing at this address
console-lost = The link may be incomplete.
console-no-ticket-title = No such ticket
console-no-ticket = There is no ticket { $number }. Check the number.
console-to-queue = To the queue

console-failure-offline = The desk cannot be reached. Check your connection; nothing you typed is lost.
console-failure-unreadable = The desk’s answer could not be read. Reload the page.
console-failure-bad-request = The desk did not accept this. Check what you entered.
console-failure-sign-in-required = Sign in again to go on.
console-failure-forbidden = Your account is not allowed to do this.
console-failure-not-found = This does not exist, or no longer does.
console-failure-conflict = Somebody else changed this at the same time. The page now shows the latest.
console-failure-too-large = This is larger than the desk accepts.
console-failure-damaged-bundle = The files of this ticket are damaged and cannot be shown.
console-failure-too-many-requests = Too many requests. Wait a moment, then try again.
console-failure-desk-full = The desk’s disk is full. Tell whoever runs it; the ticket itself is safe.
console-failure-internal = Something failed in the desk. Try again; if it fails again, tell whoever runs it.

console-sign-in = Sign in
console-signing-in = Signing in…
console-sign-out = Sign out
console-email = E-mail address
console-password = Password
console-sign-in-wrong = The e-mail address or the password is not right.
console-session-ended = Your session has ended. Sign in to go on where you were.
console-setup-open = This desk has no agent yet. Open the set-up link that it printed when it started.

console-setup-title = Set up this desk
console-setup-intro = You are its first agent and its administrator. This link works once.
console-setup-no-token = The address is incomplete. Open the whole set-up link that the desk printed when it started.
console-setup-closed = This desk is set up already, and the link works only once.
console-setup-submit = Create account and sign in
console-name = Name
console-name-hint = Customers see it beside your answers.
console-password-hint = At least { $count } characters. A sentence is easy to remember.

console-queue = Queue
console-devices = Devices
console-agents = Agents
console-audit = Audit log

console-views = Which tickets
console-view-active = Active
console-view-mine = Mine
console-view-unassigned = Unassigned
console-view-closed = Closed
console-search = Search tickets
console-search-hint = Search
console-severity-all = All severities
console-queue-count = { $shown } of { $total } tickets
console-queue-count-all = { $count ->
    [one] 1 ticket
   *[other] { $count } tickets
}
console-queue-empty = No tickets waiting
console-queue-empty-hint = New ones appear here by themselves.
console-queue-empty-mine = No ticket is yours
console-queue-empty-unassigned = No ticket is without an owner
console-queue-empty-closed = No closed tickets
console-queue-no-match = No ticket matches
console-queue-no-match-hint = Try other words, or look at all active tickets.

console-severity = Severity
console-severity-P0 = Stopped
console-severity-P1 = Severe
console-severity-P2 = Limited
console-severity-P3 = Question
console-due = Time to answer
console-number = Ticket
console-what = In their words
console-culprit = Where
console-machine = Machine
console-target = Wants to reach
console-owner = Owner
console-owner-none = no owner
console-received = Received
console-unread = New message
console-arriving-short = files arriving
console-due-answered = answered
console-due-left = { $length } left
console-due-overdue = { $length } late
console-length-minutes = { $count } min
console-length-hours = { $count } h
console-length-days = { $count } d
console-due-by = by { $time }

console-culprit-none = nothing found
console-culprit-device = their computer
console-culprit-no-network = no connection
console-culprit-wifi = their Wi-Fi
console-culprit-cable = their network cable
console-culprit-router = their router
console-culprit-provider = their provider
console-culprit-far-network = beyond their provider
console-culprit-dns = name lookup (DNS)
console-culprit-service = the service itself
console-culprit-interception = something in between
console-culprit-unknown = not clear yet

console-status = State
console-status-new = New
console-status-open = In progress
console-status-waiting = Waiting for customer
console-status-waiting-short = Waiting
console-status-closed = Closed
console-take = Take it
console-close = Close…
console-write-log = Write the log…

console-verdict = Verdict
console-verdict-culprit = Where:{" "}
console-verdict-none = No diagnosis came with this ticket.
console-measured = measured { $age }
console-incomplete = The time limit ended the diagnosis before every check had run.
console-confidence-sure = seen clearly
console-confidence-likely = likely
console-confidence-possible = possible
console-confidence-guess = a guess
console-evidence = Evidence

console-words = In their words
console-error = Exact error
console-words-cut = Only the beginning is shown here. The whole text is in intake.json, under Files.
console-when = It broke
console-sent = Sent
console-answers = They say
console-steps = Steps to reproduce
console-expected = They expected
console-contact = Contact
console-scope-me = only me
console-scope-some = some others too
console-scope-all = everyone I know of
console-impact-stopped = work is not possible
console-impact-severe = an important part does not work
console-impact-limited = it works, with trouble
console-impact-question = it is a question
console-pattern-constant = all the time
console-pattern-intermittent = now and then

console-findings = Findings
console-findings-none = The diagnosis found nothing wrong.
console-findings-waiting = They come with the files, which are still on their way.
console-grade-broken = Broken
console-grade-degraded = Degraded
console-grade-notice = Worth knowing

console-arriving = The files are on their way
console-arriving-bytes = { $received } of { $size } are here. What was sent first is shown already; the rest follows by itself.
console-damaged = The files arrived damaged
console-damaged-meaning = What arrived is not what was announced, so none of it is shown. The ticket, the verdict and the customer’s words came separately and can be trusted. Ask the customer to send the files again.
console-evidence-waiting = Shown as soon as the files are here.
console-evidence-damaged = Not shown, because the files are damaged.

console-tab-timeline = Timeline
console-tab-checks = Checks
console-tab-target = Target
console-tab-path = Path
console-tab-machine = Machine
console-tab-files = Files
console-tab-history = History

console-strip-title = What happened around the fault
console-strip-reach = Time range
console-strip-hours = { $count } h
console-strip-days = { $count } d
console-strip-all = All
console-strip-earlier = { $count } earlier
console-strip-summary = { $count ->
    [one] 1 event. The timeline describes it in words.
   *[other] { $count } events. The timeline describes them in words.
}

console-timeline-filter = Show only
console-timeline-none = Nothing was recorded of this kind.
console-timeline-as-table = As a table
console-timeline-as-list = As a list
console-timeline-each = Every time
console-until = until
console-time = Time
console-kind = Kind
console-event = What happened
console-source = Source
console-kind-boot = Start
console-kind-shutdown = Shutdown
console-kind-crash = Crash
console-kind-update = Update
console-kind-log-error = Log
console-kind-network = Network
console-kind-episode = Episode
console-kind-reported = Reported
console-kind-probe = Probe
console-source-system-log = system log
console-source-packages = package history
console-source-kernel = kernel
console-source-check = check
console-source-recorder = recorder
console-source-person = the customer

console-fact = Fact
console-value = Value
console-method = How and when
console-facts-none = This check found no facts.

console-target-sum = { $count ->
    [one] reached { $reached } of 1 time
   *[other] reached { $reached } of { $count } times
}
console-target-none = The customer did not name a target.
console-target-result = Result
console-target-bar = Time of each phase
console-target-reached = reached
console-target-failed = not reached
console-phase-dns = DNS
console-phase-tcp = TCP
console-phase-tls = TLS
console-phase-http = HTTP
console-phase-failed = failed

console-path-none = No path was traced.
console-hop = Hop
console-hop-address = Address
console-hop-loss = Loss
console-hop-probes = Answers
console-hop-rtt = Delay
console-hop-bar = Range of delays
console-hop-silent = does not answer

console-machine-this = The machine that sent this
console-machine-other = The machine it is about
console-machine-none = Nothing is known about the machine.
console-machine-host-name = Name
console-machine-user-name = Signed in
console-machine-os = System
console-machine-os-build = Build
console-machine-architecture = Architecture
console-machine-manufacturer = Manufacturer
console-machine-model = Model
console-machine-serial = Serial number
console-machine-asset-tag = Asset tag
console-machine-processor = Processor
console-machine-memory-bytes = Memory
console-machine-cloud-provider = Cloud
console-machine-cloud-instance = Cloud instance
console-machine-cloud-region = Cloud region
console-machine-location = Location
console-machine-contract = Contract

console-files-none = No files came with this ticket.
console-all-files = All files
console-disclosure-redacted = redacted
console-disclosure-disclosed = as it is, with their consent
console-replaced = { $count ->
    [one] 1 value replaced
   *[other] { $count } values replaced
}
console-collector-report = report
console-collector-system-log = system log
console-collector-attachment = chosen by the customer
console-collector-intake = their words
console-collector-intake-what = their words
console-collector-intake-error = error text
console-collector-intake-time = when it happened
console-collector-intake-steps = steps to reproduce
console-collector-intake-expected = what they expected
console-collector-intake-circumstances = how often, who else, and what it stops
console-collector-intake-target = what they want to reach
console-collector-intake-other-machine = the other machine
console-collector-intake-contact = how to reach them
console-collector-machine = which machine it is
console-collector-recorder = recorder
console-collected-line = { $what }: { $outcome }
console-collected-left-out = left out by the customer
console-collected-failed = could not be collected
console-collected-not-allowed = not allowed by policy
console-download = Download all files
console-download-bundle = Download the bundle
console-download-file = Download
console-widen = Full width
console-narrow = Side by side
console-find = Find in this file
console-find-next = Next
console-find-previous = Previous
console-go-to-fault = Go to the fault
console-found = { $count ->
    [0] Not found
   *[other] { $at } of { $count }
}
console-no-times = No line in this file has a time.
console-reading = Reading the file…
console-file-empty = This file is empty.
console-file-cut = The first { $read } is shown. The download has the whole file.
console-file-read = { $read } of { $size } read; the rest comes as you scroll.
console-file-whole = The whole file is here.
console-picture-alt = Picture sent by the customer: { $name }
console-picture-too-large = This picture is too large to show here. Download the files to see it.

console-messages = Messages
console-messages-count = { $count ->
    [one] 1 message
   *[other] { $count } messages
}
console-messages-none = There are no messages yet.
console-customer = Customer
console-sent-later = sent later:{" "}
console-closed-by-customer = Closed by the customer
console-agent = Agent
console-reads = They read { $language }.
console-reads-en = English
console-reads-zh-CN = Simplified Chinese (简体中文)
console-answer = Your answer
console-answer-hint = Answer the customer
console-answer-keys = Ctrl+Enter sends
console-answer-too-long = This is too long for one message. Send it in two.
console-answer-sent = Sent
console-answer-kept = Not sent. Your text is still here.
console-send = Send
console-sending = Sending…

console-close-title = Close ticket
console-close-intro = Drafted from the findings. Correct what is wrong; the customer receives it.
console-close-reads = They read { $language }, so the draft is in that language.
console-close-drafting = Drafting from the findings…
console-close-submit = Close ticket
console-log = Technical log
console-log-when = When
console-log-cause = Probable cause
console-log-measure = What was done for now
console-log-permanent-fix = Permanent fix, and who makes it

console-history-none = Nothing has been done with this ticket yet.
console-audit-intro = Who did what at this desk, newest first.
console-audit-none = Nothing has happened yet.
console-actor = Who
console-action = What
console-subject = On
console-detail = Detail
console-change = { $from } → { $to }
console-refused-wrong-password = wrong password
console-refused-unknown-address = no account with this address
console-actor-device = device
console-actor-desk = desk
console-action-ticket-opened = opened a ticket
console-action-owner-changed = changed the owner
console-action-status-changed = changed the state
console-action-severity-changed = changed the severity
console-action-ticket-reopened = reopened a ticket
console-action-setup-done = set up the desk
console-action-sign-in-failed = sign-in refused
console-action-ticket-closed = closed a ticket
console-action-bundle-received = files received
console-action-bundle-damaged = files damaged
console-action-bundle-downloaded = downloaded the files
console-action-file-read = read a file
console-action-file-announced = announced a file
console-action-file-received = file received
console-action-file-downloaded = downloaded a file
console-action-message-sent = sent a message
console-action-signed-in = signed in
console-action-signed-out = signed out
console-action-agent-added = added an agent
console-action-device-enrolled = device registered
console-action-device-approved = approved a device

console-devices-intro = Computers that have registered, those that wait for approval first.
console-devices-none = No computer has registered yet.
console-devices-meaning = Where only approved computers may open tickets (“--who-may-open approved”), a computer that is not approved cannot open one until you approve it. Otherwise every computer may open tickets, and approval only records that somebody has compared the fingerprint. An approval stays.
console-devices-compare = Before you approve one, ask its user by telephone to read the fingerprint to you: “nightline config show” prints it.
console-fingerprint = Fingerprint
console-enrolled = Registered
console-last-seen = Last contact
console-may-open = Approved
console-approved = yes
console-approve = Approve

console-agents-intro = The people who answer at this desk.
console-rights = Rights
console-administrator = Administrator
console-agent-add = Add agent
console-agent-added = { $name } can now sign in.
console-agent-admin = Administrator
console-first-password = First password
console-first-password-hint = At least { $count } characters. Tell it in person or by telephone.

console-keys-title = Keyboard
console-keys-single = Use single-key shortcuts
console-key-next = Next ticket
console-key-previous = Previous ticket
console-key-open = Open the ticket
console-key-search = Search
console-key-reply = Answer
console-key-close = Close the ticket
console-key-back = Back to the queue
console-key-help = This list
console-key-tab = Timeline, checks, target, path, machine, files, history
console-key-send = Send the answer

# Facts beside the check that they come from, where evidence is linked. `is` is the value as a code, `value` as text.
console-fact-echo-loss-pct = loss { $value }
console-fact-end-loss-pct = loss { $value }
console-fact-loss-pct = loss { $value }
console-fact-echo-median-ms = delay { $value }
console-fact-fastest-ms = fastest answer { $value }
console-fact-resolve-ms = slowest lookup { $value }
console-fact-dns-ms = name lookup { $value }
console-fact-tcp-ms = connection { $value }
console-fact-tls-ms = encryption { $value }
console-fact-http-ms = first answer { $value }
console-fact-failure = { $is ->
    [refused] refused
    [reset] cut off
    [cut] cut off
    [timeout] no answer in time
    [unreachable] not reachable
    [no-route] no route
    [not-allowed] not allowed
    [not-found] name not found
    [try-again] lookup failed
    [system] system error
    [proxy-refused] refused by the proxy
    [not-tls] not encrypted
    [not-http] not a web answer
    [expired] certificate expired
    [not-yet-valid] certificate not valid yet
    [wrong-name] certificate for another name
    [self-signed] certificate self-signed
    [unknown-issuer] certificate’s issuer not trusted
    [no-roots] no trusted issuers
   *[other] { $value }
}
console-fact-failed-phase = { $is ->
    [dns] failed at the name lookup
    [tcp] failed at the connection
    [tls] failed at the encryption
    [http] failed at the answer
   *[other] failed at { $value }
}
console-fact-cert-problem = { $is ->
    [none] certificate in order
    [expired] certificate expired
    [not-yet-valid] certificate not valid yet
    [wrong-name] certificate for another name
    [self-signed] certificate self-signed
    [unknown-issuer] certificate’s issuer not trusted
    [no-roots] no trusted issuers
   *[other] certificate: { $value }
}
console-fact-cert-not-after = certificate valid until { $value }
console-fact-cert-not-before = certificate valid from { $value }
console-fact-cert-days-left = certificate valid for { $value }
console-fact-cert-issuer = certificate by { $value }
console-fact-http-status = HTTP { $value }
console-fact-status = HTTP { $value }
console-fact-reached = { $is ->
    [true] reached
   *[other] not reached
}
console-fact-loopback = { $is ->
    [true] on their own computer
   *[other] not on their own computer
}
console-fact-via-proxy = { $is ->
    [true] through a proxy
   *[other] without a proxy
}
console-fact-host-answers = { $is ->
    [true] the host answers
   *[other] the host does not answer
}
console-fact-off-link-answered = { $is ->
    [true] something behind the router answers
   *[other] nothing behind the router answers
}
console-fact-answered = { $is ->
    [true] answers
    [list] servers that answer
   *[other] does not answer
}
console-fact-answered-count = { $value } answered
console-fact-server-count = servers: { $value }
console-fact-timed-out = servers without an answer
console-fact-refused = servers that refuse
console-fact-denied-names = names that do not exist
console-fact-failed-names = names without an address
console-fact-forged = { $is ->
    [true] names that do not exist have addresses
   *[other] no forged answers
}
console-fact-forged-answers = forged answers
console-fact-intercepted = { $is ->
    [true] somebody else answered
   *[other] answered by the desk itself
}
console-fact-sign-in-needed = { $is ->
    [true] wants a sign-in
   *[other] wants no sign-in
}
console-fact-default-route = { $is ->
    [true] a way out
   *[other] no way out
}
console-fact-link-up-count = connected interfaces: { $value }
console-fact-address-count = addresses: { $value }
console-fact-wifi-signal-dbm = signal { $value } dBm
console-fact-cable-out = { $is ->
    [true] cable unplugged
   *[other] cable plugged in
}
console-fact-address = address { $value }
console-fact-offset-s = off by { $value }
console-fact-available-pct = { $value } free
console-fact-least-available-pct = { $value } free
