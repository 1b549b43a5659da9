# Checks of the network: their titles, and one line each about what they found.

check-interfaces = Network connections and addresses
check-gateway = Router
check-dns-system = Name lookup (DNS)
check-dns-direct = DNS servers
check-dns-absent-name = Honest answers from the DNS servers
check-proxy = Proxy
check-captive-portal = Sign-in page of this network
check-clock = Clock
check-desk-reach = Support desk
check-target-reach = Target
check-important-targets = The organization’s important services
check-path = Path through the network
check-dhcp = Address from the router
check-dns-injected = Only one answer from the DNS servers
check-dnssec = Signed names (DNSSEC)
check-ipv6 = IPv6 beside IPv4
check-mtu = Large packets
check-udp = UDP, for calls and video
check-calls = Quality of calls
check-load = Delay while the line is busy

network-interfaces-unreadable = The network connections could not be read ({ $state ->
    [absent] not found
    [not-allowed] only an administrator may
    [not-on-this-system] not on this system yet
   *[other] reading failed
}).
network-no-link = No network connection is up.
network-no-address = No network address was assigned.
network-link-local-only = This computer gave itself an address, because the network assigned none.
network-no-route = There is no way out of the local network (no default route).
network-routes-unreadable = The routes could not be read ({ $state ->
    [absent] not found
    [not-allowed] only an administrator may
    [not-on-this-system] not on this system yet
   *[other] reading failed
}).
network-gateway-silent = { $address } does not answer.
network-gateway-unclear = { $address } did not react, which some routers never do.
network-gateway-poor = { $address } answers slowly, or only sometimes.
network-names-unknown = { $count ->
    [one] 1 name does not exist.
   *[other] { $count } names do not exist.
}
network-names-failed = { $count ->
    [one] 1 name could not be looked up.
   *[other] { $count } names could not be looked up.
}
network-names-slow = Name lookup is slow.
network-no-resolver = No DNS server is set up.
network-resolvers-unreadable = The DNS settings could not be read ({ $state ->
    [absent] not found
    [not-allowed] only an administrator may
    [not-on-this-system] not on this system yet
   *[other] reading failed
}).
network-resolvers-dead = { $count ->
    [one] The DNS server gives no usable answer.
   *[other] None of the { $count } DNS servers gives a usable answer.
}
network-resolvers-partly = { $count ->
    [one] 1 DNS server gives no usable answer.
   *[other] { $count } DNS servers give no usable answer.
}
network-resolvers-tcp-only = The DNS servers answer over TCP and stay silent over UDP.
network-resolvers-slow = The DNS servers answer slowly.
network-dns-forged = A name that does not exist was given an address.
network-dns-absent-unclear = The DNS server did not answer clearly.
network-proxy-script = A proxy script is set up. What it says could not be found out here.
network-proxy-script-slow = The proxy script takes long.
network-proxy-script-fails = The proxy script fails.
network-proxy-other-kind = The proxy is of a kind that is not looked at here.
network-proxy-unreadable = The proxy setting could not be understood.
network-important-not-told = The important services lie behind a proxy that is not used here.
network-proxy-silent = The proxy does not answer.
network-proxy-sign-in = The proxy asks for a sign-in.
network-proxy-sign-in-system = The proxy signs people in with their Windows account, which is not used here.
network-proxy-mute = The proxy takes connections, but does not answer as a proxy.
network-proxy-strange = The proxy did not let the connection through.
network-portal = Something else answered in place of the support desk.
network-portal-unclear = No page answered, so this cannot be told.
network-clock-off = { $seconds ->
    [one] This clock and the support desk’s are 1 second apart.
   *[other] This clock and the support desk’s are { $seconds } seconds apart.
}
network-time-unclear = The support desk did not give the time.
network-roots-unreadable = The list of trusted certificate issuers could not be read.
network-desk-strange = The support desk answers, but not as expected (status { $status }).
network-no-web-port = It is alive and takes no web connection.
network-server-error = It answers with error { $status }.
network-important-failed = { $count ->
    [one] 1 of them cannot be reached.
   *[other] { $count } of them cannot be reached.
}
network-path-lossy = { $loss_pct } % of the packets are lost on the path.
network-path-silent = The target does not answer probes, so the path cannot be judged.
network-trace-failed = The path could not be traced.
network-portal-says = The network itself says that it wants a sign-in.
network-proxy-script-missing = The proxy script cannot be fetched.
network-dns-injected = One question got two different answers.
network-dnssec-broken = A name with a good signature is refused.
network-lease-expired = The address has run out and was not renewed.
network-ipv6-broken = { $count ->
    [one] 1 host answers by IPv4 but not by IPv6.
   *[other] { $count } hosts answer by IPv4 but not by IPv6.
}
network-ipv6-slow = IPv6 is slower than IPv4.
network-mtu-silent = Nothing answered packets that may not be cut.
network-mtu-black-hole = Large packets disappear without a word.
network-udp-silent = No UDP packet was answered.
network-calls-unclear = The packets of a call could not be sent.
network-calls-poor = A call would sound poor.
network-load-unclear = The line could not be filled.

failure-dns = The name could not be looked up.
failure-dns-not-found = The name does not exist.
failure-dns-timeout = The name lookup got no answer in time.
failure-tcp = The connection could not be made.
failure-tcp-refused = The connection was refused.
failure-tcp-reset = The connection was cut before it was ready.
failure-tcp-timeout = There was no answer in time.
failure-tcp-unreachable = There is no way to that address.
failure-tcp-not-allowed = This computer does not allow the connection.
failure-tcp-no-route = This computer has no route to that address.
failure-tls = An encrypted connection could not be set up.
failure-tls-expired = The certificate has expired.
failure-tls-not-yet-valid = The certificate is not valid yet.
failure-tls-wrong-name = The certificate is for another name.
failure-tls-self-signed = The certificate is self-signed.
failure-tls-unknown-issuer = This computer does not trust the issuer of the certificate.
failure-tls-incomplete = The server does not send its whole certificate chain.
failure-proxy = The proxy did not let the connection through.
failure-proxy-mute = The proxy took the connection, but did not answer as a proxy.
failure-proxy-other-kind = The way there leads through a kind of proxy that is not used here, so it was not tried.
failure-http = The connection was made, but there was no proper answer.

skip-desk-not-reached = The support desk was not reached.
skip-desk-on-this-machine = The support desk runs on this computer.
skip-no-absent-name = The support desk gave no name to test with.
skip-no-address = There is no address to trace.
skip-no-desk = No support desk is set up.
skip-no-gateway = This connection has no router.
skip-no-important-targets = The organization has named none.
skip-no-name = There is no name to look up.
skip-no-resolver = No DNS server answers.
skip-no-signed-name = The support desk gave no signed names to test with.
skip-no-route = There is no way out of the local network.
skip-no-target = No target was named.
skip-no-udp = The support desk answers no UDP, and no STUN server is set up.
skip-no-udp-answer = No server answers UDP.
skip-lossy-path = Packets of every size are lost on the way.
skip-no-size-answer = Nothing on the way answers such packets.
skip-no-ipv6 = This computer has no IPv6 address for the internet.
skip-no-dual-stack = No host that was asked for has both kinds of addresses.
skip-no-lease = No address from a router is on record here.
skip-on-this-machine = The target is this computer itself.
