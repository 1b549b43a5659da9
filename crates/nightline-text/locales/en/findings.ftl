# What a diagnosis says: the verdict first, then findings, then what the person can do.

verdict-none = Nothing wrong was found with this computer or its connection.
verdict-device = It is this computer.
verdict-no-network = This computer has no working network connection.
verdict-wifi = It is the Wi-Fi: the signal here is too weak.
verdict-cable = It is the network cable: it is not plugged in properly.
verdict-router = It is the router: it does not pass traffic on as it should.
verdict-provider = It is the internet connection behind the router, not this computer.
verdict-far-network = It is a network beyond the internet provider, not this computer.
verdict-dns = It is name lookup (DNS): names are not turned into addresses as they should be.
verdict-service = It is not this computer: the other side does not answer as it should.
verdict-interception = Something between this computer and the internet answers in place of the real service.
verdict-unknown = Something is not right, but it is not clear yet where.

finding-cable-out = The network cable is not plugged in properly ({ $interface }).
finding-no-link = No network is switched on or connected.
finding-no-address = This computer is connected but has no network address.
finding-no-route = This computer does not know a way out of its own network (no default route).
finding-wifi-weak = The Wi-Fi signal is weak ({ $dbm } dBm).
finding-gateway-dead = The router at { $address } does not answer.
finding-gateway-lossy = The router at { $address } loses { $loss_pct } % of the packets sent to it.
finding-gateway-slow = The router at { $address } takes { $rtt_ms } ms to answer.
finding-nothing-beyond-router = The router at { $address } answers, but nothing beyond it does.
finding-dns-none = No DNS server is set up on this computer.
finding-dns-dead = The DNS server at { $servers } does not answer.
finding-dns-refused = The DNS server at { $servers } refuses to answer this computer.
finding-dns-failing = The DNS server at { $servers } answers every name with an error.
finding-dns-partly = One of the DNS servers does not answer: { $servers }.
finding-dns-system = The DNS servers answer, but name lookup on this computer fails.
finding-dns-slow = The DNS servers take { $ms } ms to answer.
finding-dns-forged = A name that does not exist was given the address { $address }: something changes the answers of the DNS server.
finding-name-unknown = The DNS servers do not know the name { $host }.
finding-name-not-resolved = The name { $host } could not be looked up.
finding-captive-portal = This network wants a sign-in before it opens the internet.
finding-proxy-dead = The proxy at { $address } does not answer.
finding-proxy-sign-in = The proxy at { $address } asks for a sign-in.
finding-proxy-sign-in-system = The proxy at { $address } signs people in with their Windows account. Nightline does not use it, so what lies behind could not be checked.
finding-proxy-other-kind = This computer is set to use the proxy at { $address }. Nightline does not use this kind of proxy, so what lies behind could not be checked.
finding-proxy-refuses = The proxy at { $address } does not let this computer through to { $host } (it answers { $status }).
finding-proxy-cannot-reach = The proxy at { $address } could not reach { $host } (it answers { $status }).
finding-proxy-mute = The proxy at { $address } takes connections, but does not answer as a proxy.
finding-behind-proxy = { $host } could not be reached: the way there leads through the proxy at { $address }.
finding-silent-behind-proxy = Nothing came back from { $host } through the proxy at { $address }.
finding-error-through-proxy = Through the proxy at { $address }, { $host } answers with error { $status }. Whether the proxy or { $host } says so is not clear.
finding-clock-ahead = The clock of this computer is { $unit ->
    [hours] { $count } hours
    [days] { $count } days
    [years] { $count } years
   *[minutes] { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
} fast.
finding-clock-behind = The clock of this computer is { $unit ->
    [hours] { $count } hours
    [days] { $count } days
    [years] { $count } years
   *[minutes] { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
} slow.
finding-desk-clock-off = The clock of the support desk is off by { $unit ->
    [hours] { $count } hours
    [days] { $count } days
    [years] { $count } years
   *[minutes] { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
}; the clock of this computer is right.
finding-cert-expired = The certificate of { $host } has expired (it was valid until { $until }).
finding-cert-not-yet-valid = The certificate of { $host } is not valid yet (valid from { $from }).
finding-cert-wrong-name = The certificate that { $host } shows is for another name.
finding-cert-self-signed = The certificate of { $host } is self-signed, so nobody vouches for it.
finding-cert-unknown-issuer = This computer does not trust the issuer of the certificate of { $host }: { $issuer }.
finding-cert-expires-soon = { $days ->
    [one] The certificate of { $host } expires in 1 day.
   *[other] The certificate of { $host } expires in { $days } days.
}
finding-tls-failed = { $host } answers, but an encrypted connection could not be set up.
finding-port-refused = { $host } refuses the connection: the machine answers, but nothing listens on this port.
finding-port-blocked = { $host } does not answer on this port, although the machine itself does: something blocks the port.
finding-host-silent = { $host } does not answer.
finding-host-unreachable = A router says that { $host } cannot be reached.
finding-connection-reset = { $host } cuts the connection at once.
finding-http-silent = { $host } accepts the connection but sends no answer.
finding-http-error = { $host } answers with error { $status }.
finding-important-unreachable = { $count ->
    [one] 1 important service cannot be reached: { $targets }.
   *[other] { $count } important services cannot be reached: { $targets }.
}
finding-path-lossy = { $lost } of { $sent } packets to { $host } were lost ({ $loss_pct } %). Where they are lost is not clear yet.
finding-path-lossy-between = { $lost } of { $sent } packets to { $host } were lost ({ $loss_pct } %). The loss begins between { $after_kind ->
    [self] this computer
    [router] the router
    [network] { $after_name }
   *[hop] hop { $hop } ({ $after_name })
} and { $before_kind ->
    [router] the router
    [network] { $before_name }
    [target] { $host }
   *[hop] hop { $next } ({ $before_name })
}.
finding-path-circle = Packets to { $host } do not arrive: they go round in a circle between { $after_kind ->
    [router] the router
    [network] { $after_name }
   *[hop] hop { $hop } ({ $after_name })
} and { $before_kind ->
    [router] the router
    [network] { $before_name }
   *[hop] hop { $next } ({ $before_name })
}.
finding-path-slow-between = Every packet takes { $added_ms } ms longer between { $after_kind ->
    [self] this computer
    [router] the router
    [network] { $after_name }
   *[hop] hop { $hop } ({ $after_name })
} and { $before_kind ->
    [router] the router
    [network] { $before_name }
    [target] { $host }
   *[hop] hop { $next } ({ $before_name })
}.
finding-disk-full = A disk in this computer is full or almost full.
finding-disk-slow = Programs on this computer wait for the disk most of the time.
finding-out-of-memory = This computer ran out of memory at { $time } and ended { $program }.
finding-memory-limit = { $program } used up its own share of memory at { $time }, and the system ended it.
finding-memory-pressure = This computer is running out of memory.
finding-cpu-pressure = The processor of this computer is overloaded.
finding-updated-before = { $count ->
    [one] Software was changed once in the 36 hours before.
   *[other] Software was changed { $count } times in the 36 hours before.
}
finding-unclean-shutdown = This computer went down without shutting down properly.
finding-mtu-black-hole = Large packets to { $host } disappear without a word (from { $bytes } bytes on); small ones arrive.
finding-mtu-black-hole-between = Large packets (from { $bytes } bytes on) disappear between { $after_kind ->
    [self] this computer
    [router] the router
    [network] { $after_name }
   *[hop] hop { $hop } ({ $after_name })
} and { $before_kind ->
    [router] the router
    [network] { $before_name }
    [target] { $host }
   *[hop] hop { $next } ({ $before_name })
}; small ones pass.
finding-ipv6-broken = IPv6 does not work in this network; IPv4 does. Not reached by IPv6: { $hosts }.
finding-ports-closed = Neither { $target } nor { $desk } answers on its port, although both machines do. Something on the way lets only some connections through.
finding-ipv6-host = Reached by IPv4 but not by IPv6: { $hosts }.
finding-ipv6-slow = Connections by IPv6 take { $ms } ms longer than by IPv4.
finding-udp-blocked = This network lets no UDP packets through. Calls and video may be slow to start or sound poor here.
finding-udp-desk-silent = The support desk answers, but not by UDP. Whether this network or the desk stops it is not clear; calls may take a detour.
finding-nat-varies = The router shows each server another address, so calls cannot connect directly and take a detour.
finding-calls-poor = A call from here would sound poor: about { $opinion } out of 5 (loss { $loss_pct } %, too late to be heard { $late_pct } %, delay { $rtt_ms } ms, jitter { $jitter_ms } ms). This is an estimate.
finding-line-fills = While the line is busy, packets take { $loaded_ms } ms instead of { $idle_ms } ms: they wait in a queue.
finding-dns-injected = Looking up { $name } gives two different answers: somebody on the way answers before the DNS server does.
finding-dnssec-broken = The DNS server refuses a name whose signature is good. Sites with signed names cannot be reached through it.
finding-vpn-way-out = A VPN is on, and everything goes through it. What was measured is the network behind it.
finding-lease-expired = The address of this computer has run out, and the router has not renewed it.
finding-proxy-script = The proxy script at { $address } { $problem ->
    [unreachable] does not answer
    [missing] is not there
    [slow] takes more than two seconds, and programs wait for it
    [fails] fails
   *[other] is not a proxy script
}.
finding-proxy-in-the-way = The proxy at { $address } does not let connections through. Without it, the support desk answers.
finding-proxy-needed = This network lets connections out only through the proxy at { $address }, which a proxy script names. Programs that do not run the script do not get out.
finding-cert-incomplete = The certificate chain of { $host } is incomplete: either the server does not send the certificate of { $issuer }, or this computer does not know it.
finding-cert-private = The certificate of { $host } comes from { $issuer }, which this computer trusts but the public does not. In a company, or with an antivirus program, this is usual.
finding-http-slow = { $host } takes { $seconds } seconds to answer. The connection itself is fast.
finding-name-failing = The DNS servers work, but give no usable answer for { $host }.
finding-name-empty = The name { $host } exists but has no address.
finding-name-filtered = The DNS server leads the name { $host } nowhere ({ $address }). A filter does this to block a name.
finding-name-led-here = On this computer, the name { $host } leads to this computer itself ({ $address }). A hosts file or a filter program does this.
finding-dns-tcp-only = The DNS servers answer over TCP but not over UDP, which programs ask first: { $servers }.
finding-no-web-port = { $host } is alive, but takes no web connection (ports 443 and 80).
finding-no-ipv6-way = { $host } has only an IPv6 address, and this network has no IPv6.
finding-blocked-here = This computer itself lets no connection to { $host } out: a firewall, a security program or a route on it stops it.
finding-router-refuses = The router at { $router } lets no connection to { $host } through.
finding-refused-on-the-way = The router { $router } on the way says that no connection gets to { $host }.
finding-http-strange = { $host } accepts the connection, but what it answers is not what a web server says.
finding-address-of-router = This computer has the address { $address }, which is the router’s.
finding-line-dead = The line is up ({ $interface }), but nothing behind it answers.
finding-vpn-dead = The VPN is on ({ $interface }), but nothing answers through it.
finding-both-silent = Neither { $target } nor { $desk } answers, and they have nothing to do with each other. Name lookup works.
finding-both-silent-behind = Neither { $target } nor { $desk } answers, and they have nothing to do with each other. The last answer on the way comes from { $after_kind ->
    [self] this computer
    [router] the router
    [network] { $after_name }
   *[hop] hop { $hop } ({ $after_name })
}.
finding-encryption-cut = Both { $target } and { $desk } take connections, and both are cut as soon as encryption begins. Something on the way does this.
finding-answers-stall = Both { $target } and { $desk } take connections, and then nothing more arrives from either. Larger packets may get lost on the way back.

advice-cable-out = Push the network cable in at both ends until it clicks. If that does not help, try another cable or socket.
advice-no-link = Switch on Wi-Fi or plug in a network cable, and make sure that airplane mode is off.
advice-no-address = Disconnect from the network and connect again. If that does not help, restart the router.
advice-no-route = Disconnect from the network and connect again.
advice-wifi-weak = Move closer to the Wi-Fi access point, or use a cable.
advice-gateway-dead = Check that the router at { $address } has power, restart it, and wait two minutes.
advice-gateway-poor = Use a cable if you can, or move closer to the router. If it stays like this, restart the router.
advice-provider = Restart the router. If it stays like this, call the internet provider: the fault is beyond the router.
advice-dns-none = Disconnect from the network and connect again. If the address was set by hand, enter a DNS server too.
advice-dns-dead = Restart the router. In an office, tell support the address of the DNS server.
advice-dns-partly = Tell support this address. Whatever asks this server first has to wait.
advice-dns-system = Restart this computer. If a VPN is on, switch it off and on again.
advice-dns-slow = Restart the router. If it stays like this, tell support.
advice-dns-forged = Open a web page: a sign-in page of this network may appear. In an office this may be on purpose.
advice-name-unknown = Check the spelling. Names inside a company often work only while the VPN is on.
advice-captive-portal = Open any web page in a browser and sign in to this network.
advice-proxy-dead = Check whether this computer should use a proxy here. Away from the office it often should not.
advice-proxy-sign-in = Open any web page in a browser and sign in to the proxy.
advice-proxy-refuses = Tell whoever runs this network that you need { $host }. They decide what the proxy lets through.
advice-proxy-cannot-reach = Check the spelling of the address. If it is right, tell whoever runs this network.
advice-proxy-mute = In an office, tell whoever runs this network. Elsewhere, check whether this computer should use a proxy at all.
advice-clock = Let this computer set its time automatically, then try again.
advice-cert-expired = Only whoever runs the service can renew the certificate. Do not continue past the warning.
advice-cert-unknown = Do not enter passwords there. Tell support what the certificate says.
advice-service = Tell whoever runs the service. Everything on this side works.
advice-desk = A ticket that you send is kept on this computer until the support desk answers.
advice-path-circle = Nothing on this computer can change that. Try again in a while. If it stays like this, send a ticket; the addresses of these routers are in it.
advice-path-lossy = Calls and remote desktop suffer from this. If it stays like this, send a ticket; the counts are in it.
advice-disk-full = Delete what you no longer need, or empty the trash.
advice-memory-pressure = Close programs that you do not need right now.
advice-cpu-pressure = Close programs that you do not need right now, or wait until the busy one has finished.
advice-unclean-shutdown = If this was not a power cut, save your work often until the cause is known.
advice-mtu = Restart the router. If a VPN is on, switch it off and try again. If it stays like this, send a ticket; the sizes are in it.
advice-line-fills = Pause large downloads and uploads during calls. A router with “smart queue management” keeps the queue short.
advice-ipv6 = Restart the router. If it stays like this, call the internet provider: IPv6 is switched on but leads nowhere.
advice-ports-closed = In an office, ask whether a proxy has to be set here. Elsewhere, try another network.
advice-dns-injected = A company or a country may do this on purpose. Tell support which name it was.
advice-beyond = Wait a few minutes and try again. If it stays like this, send a ticket; what the way looks like is in it.
advice-name-failing = Try again later. In an office, ask whoever runs the network; otherwise tell whoever runs the service.
advice-name-filtered = In an office, or with parental controls, this may be on purpose. Ask whoever set up the network.
advice-name-led-here = If this is not on purpose, ask support to look at the hosts file of this computer.
advice-dns-tcp-only = Restart the router. In an office, tell support that DNS over UDP is blocked.
advice-name-the-port = If you want another service there, add its port to the address, for example { $host }:445.
advice-no-ipv6-way = Try another network, or ask whether the service has an IPv4 address.
advice-blocked-here = Ask support which firewall or security program is set up here. If a VPN is on, switch it off and on again.
advice-router-refuses = A filter or parental control in the router may do this. In an office, ask whoever runs the network.
advice-address-of-router = Let this computer get its address automatically, then connect again.
advice-line-dead = Switch the modem off and on again, and wait two minutes. If it stays like this, call the internet provider.
advice-vpn-dead = Switch the VPN off and on again. If it works without it, tell whoever runs the VPN.

event-reported = The fault, as reported
event-probe-reached = The target answered
event-probe-failed = The target did not answer ({ $phase ->
    [dns] DNS
    [tcp] TCP
    [tls] TLS
    [http] HTTP
   *[other] { $phase }
})

excuse-silent = does not answer probes
excuse-rate-limited = answers only some probes; what passes through is not affected
hop-way-changed = another router answers here since round { $round }
hop-shared = { $count } routers share the packets here
hop-circle = from here packets go back to hop { $hop }
hop-forward-lost = nothing came back from here on in { $rounds } rounds
path-clean = Packets reach { $target } without notable loss.
path-silent = Neither { $target } nor anything on the way there answered.
path-not-reached = { $target } did not answer; the last answer came from hop { $hop }.
path-circle = Packets to { $target } do not arrive: they go round in a circle between { $after_kind ->
    [router] the router
    [network] { $after_name }
   *[hop] hop { $hop } ({ $after_name })
} and { $before_kind ->
    [router] the router
    [network] { $before_name }
   *[hop] hop { $next } ({ $before_name })
}.
path-lossy = { $loss_pct } % of the packets to { $target } are lost. Where they are lost is not clear yet.
path-lossy-between = { $loss_pct } % of the packets to { $target } are lost between { $after_kind ->
    [self] this computer
    [router] the router
    [network] { $after_name }
   *[hop] hop { $hop } ({ $after_name })
} and { $before_kind ->
    [router] the router
    [network] { $before_name }
    [target] { $target }
   *[hop] hop { $next } ({ $before_name })
}.
path-slow-between = Every packet to { $target } takes { $added_ms } ms longer between { $after_kind ->
    [self] this computer
    [router] the router
    [network] { $after_name }
   *[hop] hop { $hop } ({ $after_name })
} and { $before_kind ->
    [router] the router
    [network] { $before_name }
    [target] { $target }
   *[hop] hop { $next } ({ $before_name })
}.
verdict-local-program = A program on this computer does not answer as it should. The network has nothing to do with it.
finding-local-program-silent = Nothing answers at { $host } on this computer. The program is not running, or it uses another port.
advice-local-program = Start that program again. If it stops again, tell support.
verdict-name-unknown = The name { $host } does not exist. Name lookup itself works.
verdict-proxy = It is the proxy that this computer is set to use: it does not answer.
verdict-proxy-refuses = The proxy at { $address } does not let this computer through to { $host }.
verdict-proxy-cannot-reach = The proxy at { $address } does not get through to { $host }.
verdict-proxy-mute = It is the proxy that this computer is set to use: it takes connections, but does not answer as a proxy.
verdict-proxy-in-the-way = It is the proxy that this computer is set to use: without it, the support desk answers.
verdict-proxy-script = It is the proxy script that this computer is set to use: it is of no use here.
verdict-ipv6 = It is IPv6: it does not work in this network, although IPv4 does.
verdict-ports-closed = It is this network: it lets only some connections through.
verdict-none-near = Nothing wrong was found as far as the DNS servers. Nothing farther away was asked.
verdict-none-checked = Nothing wrong was found in what was checked.
verdict-name-failing = The name { $host } cannot be looked up, although other names can.
verdict-name-empty = The name { $host } has no address. Name lookup itself works.
verdict-name-filtered = The name { $host } is blocked: the DNS server leads it nowhere.
verdict-name-led-here = It is this computer: a list on it leads the name { $host } back to itself.
verdict-no-ipv6-way = This network has no IPv6, and { $host } can only be reached that way.
verdict-blocked-here = It is this computer: it lets no connection to { $host } out.
verdict-address-of-router = It is this computer: it has the router’s own address.
verdict-line-dead = It is the internet connection: the line is up, and nothing answers on it.
verdict-vpn-dead = It is the VPN: it is on, and nothing answers through it.
verdict-answers-stall = Connections begin, and then nothing more arrives. Larger packets may get lost on the way back.
verdict-line-fills = It is the line: while it is busy, everything on it has to wait.

path-map = The way to { $target }
path-map-self = This computer
path-map-router = Router
path-map-home = Home network
path-map-provider = Internet provider
path-map-hop = hop { $from }
path-map-span = hops { $from } to { $to }
path-map-silent = { $count ->
    [one] 1 hop in between does not answer probes. That is usual.
   *[other] { $count } hops in between do not answer probes. That is usual.
}
path-map-loss = { $size } % of the packets are lost here
path-map-delay = packets take { $size } ms longer from here on
path-map-end = Nothing answers beyond this point
path-map-attribution = Network names: routeviews.org, nro.net, DB-IP.com – CC BY 4.0

# What the person wants to reach, beside the desk. Who is to blame is the verdict's to say.
reach-compared = { $desk ->
    [yes] { $target ->
        [yes] { $host } answered in { $target_time }, the support desk in { $desk_time }.
        [some] The support desk answered. { $host } answered only { $reached } of { $count } times.
        [no] { $culprit ->
            [service] The connection works: the support desk answered. { $host } could not be reached.
           *[other] The support desk answered. { $host } could not be reached.
        }
       *[none] The support desk answered in { $desk_time }.
    }
    [no] { $target ->
        [yes] { $host } answered in { $target_time }. The support desk could not be reached.
        [some] { $host } answered only { $reached } of { $count } times. The support desk could not be reached.
        [no] Neither { $host } nor the support desk could be reached.
       *[none] The support desk could not be reached.
    }
   *[none] { $target ->
        [yes] { $host } answered in { $target_time }.
        [some] { $host } answered only { $reached } of { $count } times.
       *[no] { $host } could not be reached.
    }
}
reach-desk = Support desk
reach-desk-role = for comparison
reach-total = { $time } in all
reach-stopped = not reached
reach-untried = not tried
reach-plain-dns = Look up
reach-plain-tcp = Connect
reach-plain-tls = Encrypt
reach-plain-http = Answer
