# Checks of the network: their titles, and one line each about what they found.

check-interfaces = Network connections and addresses
check-gateway = Router
check-dns-system = Lookup of names
check-dns-direct = Name servers (DNS)
check-dns-absent-name = Honest answers of the name servers
check-proxy = Proxy
check-captive-portal = Sign-in page of the network
check-clock = Clock
check-desk-reach = Support desk
check-target-reach = What you want to reach
check-important-targets = Important services of your organization
check-path = Way through the network

network-interfaces-unreadable = The network connections could not be read ({ $state }).
network-no-link = No network connection is up.
network-no-address = No network address was assigned.
network-link-local-only = Only an address of its own making: the network assigned none.
network-no-route = There is no way out of the local network.
network-routes-unreadable = The routes could not be read ({ $state }).
network-gateway-silent = { $address } does not answer.
network-gateway-poor = { $address } answers slowly or not always.
network-names-unknown = { $count ->
    [one] A name is not known.
   *[other] { $count } names are not known.
}
network-names-failed = { $count ->
    [one] A name could not be looked up.
   *[other] { $count } names could not be looked up.
}
network-names-slow = Names are looked up slowly.
network-no-resolver = No name server is set up.
network-resolvers-unreadable = The name servers could not be read ({ $state }).
network-resolvers-dead = { $count ->
    [one] The name server gives no usable answer.
   *[other] None of the { $count } name servers gives a usable answer.
}
network-resolvers-partly = { $count ->
    [one] One name server gives no usable answer.
   *[other] { $count } name servers give no usable answer.
}
network-resolvers-slow = The name servers answer slowly.
network-dns-forged = A name that does not exist has an address.
network-dns-absent-unclear = The name server did not answer clearly.
network-proxy-script = A proxy script is set up; it is not run here.
network-proxy-unreadable = The proxy setting cannot be understood.
network-proxy-silent = The proxy does not answer.
network-proxy-sign-in = The proxy asks for a sign-in.
network-proxy-strange = The proxy did not let the connection through.
network-portal = Something else answered in place of the support desk.
network-portal-unclear = No page answered, so nothing can be said.
network-clock-off = { $seconds ->
    [one] The clock is off by 1 second.
   *[other] The clock is off by { $seconds } seconds.
}
network-time-unclear = The support desk did not tell the time.
network-roots-unreadable = The list of trusted issuers could not be read.
network-desk-strange = The support desk answers, but not as expected (status { $status }).
network-server-error = It answers with the error { $status }.
network-important-failed = { $count ->
    [one] One of them cannot be reached.
   *[other] { $count } of them cannot be reached.
}
network-path-lossy = { $loss_pct } % of the packets are lost on the way.
network-path-silent = The target answers no probes, so nothing can be said about the way.
network-trace-failed = The way could not be traced.

failure-dns = The name could not be looked up.
failure-dns-not-found = The name does not exist.
failure-dns-timeout = Nobody answered the lookup of the name in time.
failure-tcp = The connection could not be made.
failure-tcp-refused = The connection was refused.
failure-tcp-reset = The connection was cut while it was being made.
failure-tcp-timeout = There was no answer in time.
failure-tcp-unreachable = A router says that the address cannot be reached.
failure-tcp-no-route = This computer has no way to that address.
failure-tls = No encrypted connection could be set up.
failure-tls-expired = The certificate has expired.
failure-tls-not-yet-valid = The certificate is not valid yet.
failure-tls-wrong-name = The certificate is for another name.
failure-tls-self-signed = The certificate is signed by itself.
failure-tls-unknown-issuer = The issuer of the certificate is not trusted here.
failure-proxy = The proxy did not let the connection through.
failure-http = There was a connection but no proper answer.

skip-desk-not-reached = The support desk was not reached.
skip-desk-on-this-machine = The support desk runs on this computer.
skip-no-absent-name = The support desk named no name to test with.
skip-no-address = There is no address to follow.
skip-no-desk = No support desk is set up.
skip-no-gateway = This connection has no router.
skip-no-important-targets = Your organization named none.
skip-no-name = There is no name to look up.
skip-no-resolver = No name server answers.
skip-no-route = There is no way out of the local network.
skip-no-target = You named nothing to reach.
skip-not-on-this-system = Not on this system yet.
skip-on-this-machine = It is this computer itself.
