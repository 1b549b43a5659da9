# The command line.
cli-help = Help with this computer and its connection: finds what is wrong, and brings a person when that is not enough.
cli-help-diagnose = Check this computer and its connection
cli-help-path = Trace the path to a host, with loss and delay at each hop
cli-help-get-help = Check, show what would be sent, and open a ticket
cli-help-ticket = Your tickets
cli-help-ticket-list = List the tickets of this computer
cli-help-ticket-show = Show a ticket and its messages
cli-help-ticket-reply = Answer in a ticket
cli-help-ticket-attach = Add files or pictures to a ticket
cli-help-ticket-close = Say that you need no more help with a ticket
cli-help-bundle = Diagnostic bundles as files
cli-help-bundle-create = Check this computer and write a bundle, without sending it
cli-help-bundle-inspect = List what a bundle holds
cli-help-bundle-open = Print one file of a bundle
cli-help-bundle-verify = Check that a bundle is whole and unchanged
cli-help-redact = Replace private values in text: standard input to standard output
cli-help-outbox = What still has to leave this computer
cli-help-outbox-list = List what is waiting
cli-help-outbox-send = Try to send now
cli-help-outbox-drop = Give up a ticket that has not been sent
cli-help-config = Settings
cli-help-config-show = Show each setting, who set it, and what is wrong with it

cli-arg-lang = Language: en or zh-CN
cli-arg-home = Keep everything under this folder
cli-arg-desk = Address of the support desk
cli-arg-ca = Trust this certificate authority too (PEM file)
cli-arg-policy-dir = Read machine policy from this folder
cli-arg-json = Print JSON
cli-arg-target = What you want to reach: a host, host and port, or URL
cli-arg-only = Run only this check
cli-arg-deadline = Stop after this many seconds and show what was found
cli-arg-host = Host to trace
cli-arg-rounds = How many rounds of probes
cli-arg-interval-ms = Milliseconds between rounds
cli-arg-intake = Your answers as a JSON file (nightline.intake/1)
cli-arg-yes = Send without asking
cli-arg-without = Leave this item out
cli-arg-number = Number of the ticket, for example NL-7Q2K-4M9X-C
cli-arg-text = What you want to say
cli-arg-file = The file
cli-arg-files = The files; they are sent as they are
cli-arg-entry = Name of a file inside the bundle
cli-arg-out = Where to write the bundle
cli-arg-report = Write what was replaced to this file, as JSON

cli-detail = Details: { $detail }
cli-usage = This command was not understood.
cli-usage-hint = { $command } shows how it is used.
cli-wrong-argument = There is no option { $argument } here.
cli-wrong-command = There is no command { $command }.
cli-wrong-number = { $argument } needs a number from { $from } to { $to }.
cli-target-no-host = { $value } is not a host, a host and port, or a URL.
cli-target-no-port-number = { $value } is not a port: ports are numbers from 1 to 65535.
cli-target-needs-port = The port of { $value } is not known. Add it at the end, for example { $value }:1234.
cli-target-too-long = This address is longer than any real one.
cli-wrong-value = { $value } is no value for { $argument }.
cli-wrong-together = { $argument } and { $other } do not go together.
cli-wrong-twice = { $argument } was given twice.
cli-missing-value = { $argument } needs a value.
cli-missing-argument = { $argument } is missing.
cli-missing-command = A command is missing.
cli-help-usage = Usage: { $usage }
cli-help-commands = Commands:
cli-help-arguments = Arguments:
cli-help-options = Options:
cli-help-flag = Show this help
cli-version-flag = Show the version
cli-help-default = { $help } (default: { $value })
cli-help-env = { $help } (or { $name } in the environment)
cli-done-in = Checked in { $seconds } s.
cli-checking = Checking this computer and its connection…
cli-verdict-age = Measured { $age }.
cli-findings = What was found
cli-advice = What you can do: { $advice }
cli-timeline = What happened recently
cli-timeline-earlier =
    { $count ->
        [one] 1 earlier event is shown by --json.
       *[other] { $count } earlier events are shown by --json.
    }
cli-checks = Checks
cli-target = To { $target }
cli-target-reached = reached
cli-target-failed = not reached

cli-intake-unreadable = The file with your answers could not be read: { $path }
cli-intake-wrong = The file with your answers has a mistake in line { $line }, column { $column }. Nothing was sent.
cli-intake-required = Tell us what is wrong: run this in a terminal, or give your answers with --intake FILE.json.
cli-ask-what = What is wrong? In your own words:
cli-ask-error = The exact error message, if there is one (Enter to skip):
cli-ask-target = What do you want to reach? A host, host:port or web address (Enter to skip):
cli-ask-target-again = That does not look like an address. Try something like files.example.com or https://intra.example.com (Enter to skip):
cli-ask-impact =
    How bad is it?
      1  No work is possible
      2  Something important does not work
      3  It works, with trouble
      4  It is only a question
    A number (Enter to skip):
cli-ask-scope =
    Who is affected?
      1  Only me
      2  Some others too
      3  Everyone
    A number (Enter to skip):
cli-ask-number = Type 1 to { $count }.
cli-ask-contact = How can we reach you? (Enter to skip):

cli-preview-title = This would be sent to { $desk }:
cli-preview-redacted = private values replaced
cli-preview-disclosed = as you wrote it
cli-preview-required = always included
cli-preview-ask = Enter to send. Type numbers to leave items out or put them back, for example 3 5. Type v 6 to read item 6. Type q to stop.
cli-preview-no-text = This is a picture or a file that cannot be shown here. It is sent as it is.
cli-preview-cut = Only the beginning is shown here.
cli-preview-unreadable = This item could not be read back.
cli-preview-no-such-item = There is no item { $item }.
cli-stopped = Nothing was sent.

cli-ticket-number = Your ticket number is { $number }
cli-ticket-number-spoken = On the phone, say: { $spoken }
cli-ticket-delivered = It has arrived. Somebody will answer by { $due }.
cli-ticket-queued = It is safe on this computer. Once the support desk can be reached again, send it with `nightline outbox send`.
cli-ticket-sending = It is being sent: { $sent } of { $total }.
cli-ticket-refused = The support desk did not accept this ticket.
cli-ticket-severity = Urgency: { $severity } ({ $label })
cli-ticket-call = You can call now: { $label }, { $number }
cli-ticket-none = This computer has no tickets yet.
cli-ticket-bad-number = This is not a ticket number: { $number }. It looks like NL-7Q2K-4M9X-C.
cli-ticket-unknown = This computer has no ticket { $number }.
cli-ticket-status-new = Waiting for somebody to take it
cli-ticket-status-open = Somebody is working on it
cli-ticket-status-waiting = Waiting for your answer
cli-ticket-status-closed = Closed
cli-ticket-owner = With { $owner }
cli-ticket-you = You
cli-ticket-reply-sent = Your answer has been sent.
cli-ticket-reply-queued = Your answer is safe on this computer. Once the support desk can be reached again, send it with `nightline outbox send`.
cli-ticket-files-queued = The files are safe on this computer. Once the support desk can be reached again, send them with `nightline outbox send`.
cli-ticket-close-queued = That you need no more help is noted on this computer. Once the support desk can be reached again, send it with `nightline outbox send`.
cli-ticket-file-sent = Sent: { $name }, { $size }
cli-ticket-file-waits = Waits on this computer: { $name }, { $size }
cli-ticket-file-later = sent later: { $name }, { $size }
cli-ticket-reply-waits = Your answer waits on this computer: { $text }
cli-ticket-close-waits = That you need no more help waits on this computer.
cli-ticket-closed = The ticket is closed. If you need help with it again, just write to it.
cli-ticket-status-closed-by-you = Closed by you
cli-ticket-damaged = The files of ticket { $number } on this computer are damaged. They are in { $path }. Please ask for help again, so that nothing is missing.
cli-ticket-log = What it was
cli-ticket-log-when = When: { $text }
cli-ticket-log-cause = Cause: { $text }
cli-ticket-log-measure = What was done: { $text }
cli-ticket-log-fix = Permanent fix: { $text }

cli-no-desk = No support desk is set up. Give its address with --desk https://…, or ask your IT department for it.
cli-desk-wrong = This is not the address of a support desk: { $desk }. It looks like https://desk.example.com.
cli-outbox-empty = Nothing is waiting to be sent.
cli-outbox-dropped = { $number } was given up and removed from this computer.
cli-outbox-cannot-drop = { $number } has already arrived, so it cannot be given up.
cli-bundle-written = The bundle was saved: { $path }, { $size }.
cli-bundle-verified = The bundle is whole and unchanged: { $entries } files, { $size }.
cli-file-unreadable = This file could not be read: { $path }
cli-file-unwritable = This file could not be written: { $path }
cli-home-not-kept = Nothing will be remembered, because { $path } cannot be used. Looking goes on without it.
cli-home-unusable = Nightline cannot use its folder { $path }. Check that the disk is not full and that the folder is yours.
cli-redact-failed = The text could not be read or written to the end. The output is incomplete.
cli-only-unknown = There is no check called { $check }. `nightline diagnose --json` names them all.
cli-not-allowed = The organization’s policy does not allow this.
cli-failed = Something did not work. Nothing was lost. Try again.
cli-queue-failed = The ticket could not be saved on this computer, so nothing was sent. Free some disk space and try again.
cli-check-name = { $name }
cli-first-answer = First answer: { $answer }
cli-config-fingerprint = Fingerprint of this computer: { $fingerprint }
cli-config-problems = Problems in the settings:
cli-path-progress = Round { $round } of { $rounds }, { $hops ->
    [one] { $hops } hop
   *[other] { $hops } hops
}
cli-path-silent = does not answer
cli-path-fault-loss = Packets are lost here.
cli-path-fault-delay = The delay begins here.
cli-path-fault-end = Nothing answers beyond this point.
cli-path-unresolved = { $host } could not be found. Check the spelling, or run `nightline diagnose` to see whether name lookup works.
cli-path-no-target = { $host } is not the address of one computer, so no path leads to it. Give a name, or another address.
cli-path-failed = The path to { $host } could not be traced from this computer.
cli-intake-too-large = This file is too large to be your answers: { $path }
cli-bundle-by-hand = Made by hand, without a ticket.
cli-ticket-state = { $state }
cli-ticket-state-queued = waiting to be sent
cli-ticket-state-sending = being sent
cli-ticket-state-delivered = delivered
cli-ticket-state-answer-waits = an answer is waiting
cli-ticket-state-file-waits = a file is waiting
cli-ticket-state-close-waits = its closing is waiting
cli-ticket-state-damaged = cannot be read
cli-check-line = { $name }: { $outcome }
cli-preview-note = ({ $size }, { $kind })
cli-output-lost = The result could not be written out. Check that the disk is not full.
cli-stopped-early = Stopped. A ticket that already has its number is safe on this computer.
