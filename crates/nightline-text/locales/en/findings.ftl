# What a diagnosis says: the verdict first, then findings, then what the person can do.

verdict-none = Nothing is wrong with this computer or its connection, as far as could be measured.
verdict-device = It is this computer.
verdict-no-network = This computer has no working network connection.
verdict-wifi = It is the Wi-Fi: the signal here is too weak.
verdict-cable = It is the network cable: it is not connected.
verdict-router = It is the router: it does not pass your traffic on as it should.
verdict-provider = It is the internet connection behind your router, not this computer.
verdict-far-network = It is a network beyond your provider, not this computer.
verdict-dns = It is the lookup of names (DNS): names are not turned into addresses as they should be.
verdict-service = It is not this computer: the other side does not answer as it should.
verdict-interception = Something between this computer and the internet answers in place of what you wanted.
verdict-unknown = Something is not right, and it is not clear yet where.

finding-cable-out = The network cable is out ({ $interface }).
finding-no-link = No network connection is switched on or connected.
finding-no-address = This computer is connected but has no network address.
finding-no-route = This computer does not know a way out of its own network: there is no default route.
finding-wifi-weak = The Wi-Fi signal is weak ({ $dbm } dBm).
finding-gateway-dead = The router at { $address } does not answer.
finding-gateway-lossy = The router at { $address } loses { $loss_pct } % of the packets sent to it.
finding-gateway-slow = The router at { $address } takes { $rtt_ms } ms to answer.
finding-nothing-beyond-router = The router at { $address } answers, but nothing behind it does.
finding-dns-none = No name server (DNS) is set up on this computer.
finding-dns-dead = The name server (DNS) at { $servers } does not answer.
finding-dns-refused = The name server (DNS) at { $servers } refuses to answer this computer.
finding-dns-failing = The name server (DNS) at { $servers } answers with an error for every name.
finding-dns-partly = One of the name servers (DNS) does not answer: { $servers }.
finding-dns-system = The name servers (DNS) answer, but this computer's own lookup of names fails.
finding-dns-slow = The name servers (DNS) take { $ms } ms to answer.
finding-dns-forged = A name that does not exist was answered with the address { $address }: somebody changes the answers of the name server (DNS).
finding-name-unknown = The name servers (DNS) do not know the name { $host }.
finding-name-not-resolved = The name { $host } could not be looked up.
finding-captive-portal = A sign-in page of this network stands between this computer and the internet.
finding-proxy-dead = The proxy at { $address } does not answer.
finding-proxy-sign-in = The proxy at { $address } asks for a sign-in.
finding-clock-ahead = { $minutes ->
    [one] The clock of this computer is 1 minute ahead.
   *[other] The clock of this computer is { $minutes } minutes ahead.
}
finding-clock-behind = { $minutes ->
    [one] The clock of this computer is 1 minute behind.
   *[other] The clock of this computer is { $minutes } minutes behind.
}
finding-cert-expired = The certificate of { $host } has expired (valid until { $until }).
finding-cert-not-yet-valid = The certificate of { $host } is not valid yet (valid from { $from }).
finding-cert-wrong-name = The certificate that { $host } shows is for another name.
finding-cert-self-signed = The certificate of { $host } is signed by itself, so nobody vouches for it.
finding-cert-unknown-issuer = The certificate of { $host } comes from an issuer that this computer does not trust: { $issuer }.
finding-cert-expires-soon = { $days ->
    [one] The certificate of { $host } expires in 1 day.
   *[other] The certificate of { $host } expires in { $days } days.
}
finding-tls-failed = { $host } answers, but an encrypted connection could not be set up.
finding-port-refused = { $host } refuses the connection: the computer answers, but nothing listens there.
finding-port-blocked = { $host } does not answer on this port, although the computer itself does: something blocks the port.
finding-host-silent = { $host } does not answer.
finding-host-unreachable = A router says that { $host } cannot be reached.
finding-connection-reset = { $host } ends the connection at once.
finding-http-silent = { $host } accepts the connection but sends no answer.
finding-http-error = { $host } answers with the error { $status }.
finding-important-unreachable = { $count ->
    [one] An important service cannot be reached: { $targets }.
   *[other] { $count } important services cannot be reached: { $targets }.
}
finding-path-lossy = { $lost } of { $sent } packets to { $host } were lost ({ $loss_pct } %). Where is not clear.
finding-path-lossy-at-home = { $lost } of { $sent } packets to { $host } were lost ({ $loss_pct } %), beginning between this computer and its router.
finding-path-lossy-after = { $lost } of { $sent } packets to { $host } were lost ({ $loss_pct } %), beginning between hop { $hop } and hop { $next }.
finding-disk-full = A disk of this computer is full or almost full.
finding-disk-slow = Programs on this computer wait for the disk most of the time.
finding-memory-pressure = This computer is running out of memory.
finding-cpu-pressure = The processor of this computer is overloaded.
finding-updated-before = { $count ->
    [one] Software on this computer was changed shortly before.
   *[other] Software on this computer was changed shortly before ({ $count } times).
}
finding-unclean-shutdown = This computer went down without a proper shutdown.

advice-cable-out = Push the network cable in at both ends until it clicks. If that does not help, try another cable or socket.
advice-no-link = Switch on Wi-Fi or plug in a network cable, and make sure that airplane mode is off.
advice-no-address = Disconnect from the network and connect again. If that does not help, restart the router.
advice-no-route = Disconnect from the network and connect again, so that this computer learns the way out.
advice-wifi-weak = Move closer to the Wi-Fi access point, or use a cable.
advice-gateway-dead = Check that the router at { $address } has power, and restart it. Wait two minutes.
advice-gateway-poor = Use a cable if you can, or move closer. If it stays like this, restart the router.
advice-provider = Restart the router. If it stays like this, call your internet provider: the fault is behind the router.
advice-dns-none = Disconnect from the network and connect again. If the address was set by hand, enter a name server too.
advice-dns-dead = Restart the router. In an office, tell support the address of the name server.
advice-dns-partly = Tell support the address; every lookup that meets this server first has to wait.
advice-dns-system = Restart this computer. If a VPN is on, switch it off and on again.
advice-dns-slow = Restart the router. If it stays like this, tell support.
advice-dns-forged = Open a web page: a sign-in page of this network may appear. In an office this may be on purpose.
advice-name-unknown = Check the spelling. Names inside a company are often known only while the VPN is on.
advice-captive-portal = Open any web page in a browser and sign in to this network.
advice-proxy-dead = Check whether this computer should use a proxy here; away from the office it often should not.
advice-proxy-sign-in = Open any web page in a browser and sign in to the proxy.
advice-clock = Let this computer set its time automatically, then try again.
advice-cert-expired = Only whoever runs the service can renew the certificate. Do not go on past the warning.
advice-cert-unknown = Do not enter passwords there. Tell support what the certificate says.
advice-service = Whoever runs the service can help; everything on your side works.
advice-desk = The ticket is kept and is sent as soon as the desk answers again.
advice-path-lossy = Calls and remote desktops suffer from this. If it stays like this, send a ticket: the counts are in it.
advice-disk-full = Delete what you no longer need, or empty the trash.
advice-memory-pressure = Close programs that you do not need now.
advice-cpu-pressure = Close programs that you do not need now, or wait until the busy one has finished.
advice-unclean-shutdown = If this was not a power cut, save your work often until the cause is known.

event-reported = Reported by the person
event-probe-reached = The target answered
event-probe-failed = The target did not answer ({ $phase })

excuse-silent = does not answer probes
excuse-rate-limited = answers only some probes; hops behind it lose nothing
path-clean = Packets reach { $target } without notable loss.
path-not-reached = { $target } did not answer; the last answer came from hop { $hop }.
path-lossy = { $loss_pct } % of the packets to { $target } are lost. Where is not clear.
path-lossy-at-home = { $loss_pct } % of the packets to { $target } are lost, beginning between this computer and its router.
path-lossy-after = { $loss_pct } % of the packets to { $target } are lost, beginning between hop { $hop } and hop { $next }.
verdict-local-program = A program on this computer does not answer; the network has nothing to do with it.
finding-local-program-silent = Nothing answers at { $host } on this computer. The program that should is not running, or listens elsewhere.
advice-local-program = Start that program again. If it does not stay running, ask for help.
