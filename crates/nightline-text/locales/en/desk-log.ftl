# The draft of a ticket’s technical log. An agent reads and edits it before the ticket is closed.
desk-log-minute = { $at }
desk-log-span = { $from } to { $until }
desk-log-when-reported = { $time } (UTC), as the customer reported it
desk-log-when-recorded = { $time } (UTC), as the computer recorded it
desk-log-when-sent = { $time } (UTC), when the ticket was sent

desk-log-cause-unknown = The cause is not known yet.
desk-log-cause-other-machine = The fault is on another machine. What follows was measured on the computer that sent the ticket.
desk-log-cause-error = Exact error: { $error }
desk-log-cause-change = Changed in the { $hours } hours before, { $at } (UTC): { $change }

desk-log-measure-advice = Nightline showed this advice; whether it was followed is not known: { $advice }
desk-log-measure-none = No temporary measure was recorded.

desk-log-fix-none = None needed: nothing was found wrong. If it comes back, the customer opens a new ticket at that moment.
desk-log-fix-device = Repair the cause on this computer. For: whoever looks after the computer.
desk-log-fix-no-network = Restore the connection at this place and check how it is set up. For: whoever looks after the network there.
desk-log-fix-wifi = Improve the Wi-Fi at this place (position, channel or access point), or use a cable. For: whoever looks after the network there.
desk-log-fix-cable = Replace the cable or repair the socket. For: whoever looks after the network there.
desk-log-fix-router = Update, set up again or replace the router. For: whoever looks after the network there.
desk-log-fix-provider = Report the fault to the internet provider, with these measurements. For: whoever holds the contract for the line.
desk-log-fix-far-network = Report the measured path to the operator of the service, or wait for the networks in between. For: the operator of the service.
desk-log-fix-dns = Correct the DNS server or its entry. For: whoever looks after the network or the domain.
desk-log-fix-service = Repair the service. For: its operator.
desk-log-fix-interception = Correct what answers in place of the service (proxy, filter or sign-in page), or exempt the service. For: whoever looks after the network.
desk-log-fix-unknown = Not known yet. Name what to do and who does it.
desk-log-fix-other-machine = To be done on the other machine. Name what to do and who does it.
