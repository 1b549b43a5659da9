//! What a diagnosis meets beyond routers: names, a desk, a web server, a proxy. All of it on the lab's own machines,
//! under names that belong to nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use nightline_testkit::tiny_dns::TinyDns;
use nightline_testkit::tiny_proxy::Manner;
use nightline_testkit::{tiny_http, tiny_proxy};

use crate::case::Case;
use crate::certificates::{Authority, Identity, Problem};
use crate::desk::{self, Running};
use crate::encrypted::{self, Then};
use crate::network::{Lab, WEB_PORT, address};

pub(crate) const DESK_NAME: &str = "desk.test";
const TARGET_NAME: &str = "files.test";
/// Names that the desk says are signed, one of them badly.
pub(crate) const SIGNED_NAME: &str = "signed.test";
pub(crate) const BROKEN_NAME: &str = "broken.test";
/// The router's own, where it says whether it wants a sign-in.
const PORTAL_NAME: &str = "portal.test";
/// The provider's name servers: the machine, and the link whose address it has.
pub(crate) const NAME_SERVERS: [(u8, u8); 2] = [(2, 1), (3, 2)];
/// The provider's proxy.
pub(crate) const PROXY_HOP: u8 = 2;
const PROXY_PORT: u16 = 3128;
/// Where it is asked over TLS.
const PROXY_TLS_PORT: u16 = 3129;
/// At the router at home: the sign-in page, and who opens what is encrypted.
pub(crate) const PORTAL_PORT: u16 = 80;
pub(crate) const INTERCEPTOR_PORT: u16 = 8443;
/// A page has more than fits into one packet.
const PAGE_WORDS: usize = 1_000;
/// The desk's machine.
const DESK_HOP: u8 = 4;

/// The services, as the faults of a case want them.
#[derive(Debug)]
pub(crate) struct Services {
    pub(crate) lies_about_absent_names: bool,
    pub(crate) portal_has_all_names: bool,
    pub(crate) bad_certificate: Option<Problem>,
    /// How the proxy treats who asks; absent where there is none.
    pub(crate) proxy: Option<Manner>,
    pub(crate) status: u16,
    pub(crate) leads_to_encrypted: bool,
    pub(crate) desk_ahead_s: i32,
    /// The desk has names for tests of signatures, and the name servers say that these cannot be proven.
    pub(crate) unproven: Option<Vec<String>>,
    /// The network says by itself whether it wants a sign-in.
    pub(crate) portal_says: Option<bool>,
    /// Somebody opens what is encrypted, and whether the client trusts them.
    pub(crate) interceptor: Option<bool>,
}

/// The world; it ends with the lab.
pub(crate) struct World {
    _desk: Running,
    folder: tempfile::TempDir,
}

impl World {
    pub(crate) fn new(lab: &Lab, case: &Case) -> Self {
        let mut services = Services {
            lies_about_absent_names: false,
            portal_has_all_names: false,
            bad_certificate: None,
            proxy: Some(Manner::Open),
            status: 200,
            leads_to_encrypted: false,
            desk_ahead_s: 0,
            unproven: None,
            portal_says: None,
            interceptor: None,
        };
        case.fault.iter().for_each(|fault| fault.change(&mut services));
        let folder = tempfile::tempdir().unwrap();
        let root = Authority::new("Lab Root");
        let mut trusted = root.pem();
        name_servers(lab, &services);
        let desk = desk::start(lab.at(DESK_HOP), folder.path(), &root.signs(&[DESK_NAME]), &services);
        web(lab, &root, &services);
        portal(lab);
        if let Some(captive) = services.portal_says {
            portal_api(lab, &root, captive);
        }
        if let Some(manner) = services.proxy {
            let (at, names) = (here(1, PROXY_PORT), names());
            let serve = move |listening: &dyn Fn()| tiny_proxy::serve_as(manner, at, &names, listening);
            lab.at(PROXY_HOP).inside(serve).unwrap();
            let identity = root.signs(&[&at.ip().to_string()]);
            encrypted::serve(lab.at(PROXY_HOP), here(1, PROXY_TLS_PORT), &identity, Then::Unwrap { to: at });
        }
        if let Some(is_trusted) = services.interceptor {
            let between = interceptor(lab, &root);
            trusted.extend(is_trusted.then(|| between.pem()));
        }
        std::fs::write(folder.path().join("roots.pem"), trusted).unwrap();
        Self { _desk: desk, folder }
    }

    /// Whom the client trusts beside its system's roots.
    pub(crate) fn roots(&self) -> PathBuf {
        self.folder.path().join("roots.pem")
    }
}

fn name_servers(lab: &Lab, services: &Services) {
    let portal = v4(0, 1);
    let far = [DESK_NAME, SIGNED_NAME, BROKEN_NAME].map(|name| (name, DESK_HOP));
    let mut known: BTreeMap<String, (Ipv4Addr, Ipv6Addr)> = far
        .into_iter()
        .chain([(TARGET_NAME, lab.target())])
        .map(|(name, hop)| (name.to_owned(), (v4(hop - 1, 2), v6(hop - 1, 2))))
        .collect();
    known.insert(PORTAL_NAME.to_owned(), (portal, v6(0, 1)));
    let unproven: BTreeSet<String> = services.unproven.iter().flatten().cloned().collect();
    let dns = if services.portal_has_all_names {
        TinyDns::Forges(portal)
    } else {
        TinyDns::KnowsBoth {
            names: known,
            absent: services.lies_about_absent_names.then_some(portal),
            unproven,
        }
    };
    let mut servers = Vec::new();
    for (hop, link) in NAME_SERVERS {
        let (dns, at) = (dns.clone(), here(link, 53));
        let by_tcp = dns.clone();
        lab.at(hop).inside(move |listening| by_tcp.serve_tcp(at, listening)).unwrap();
        lab.at(hop).inside(move |listening| dns.serve(at, listening)).unwrap();
        servers.push(at.ip().to_string());
    }
    let servers: Vec<&str> = servers.iter().map(String::as_str).collect();
    lab.at(0).resolvers(&servers).unwrap();
}

/// The target's web server, in the clear and encrypted.
fn web(lab: &Lab, root: &Authority, services: &Services) {
    let identity = match services.bad_certificate {
        Some(problem) => root.signs_badly(TARGET_NAME, problem),
        None => root.signs(&[TARGET_NAME]),
    };
    let answer = tiny_http::answer(
        &format!("{} Lab", services.status),
        "content-type: text/plain",
        &"hello ".repeat(PAGE_WORDS),
    );
    let in_the_clear = answer.clone();
    lab.at(lab.target())
        .inside(move |listening| tiny_http::serve(everywhere(WEB_PORT), &in_the_clear, listening))
        .unwrap();
    encrypted::serve(lab.at(lab.target()), everywhere(443), &identity, Then::Answer(answer));
    if services.leads_to_encrypted {
        let away =
            tiny_http::answer("301 Moved Permanently", &format!("location: https://{TARGET_NAME}/"), "");
        lab.at(lab.target())
            .inside(move |listening| tiny_http::serve(everywhere(80), &away, listening))
            .unwrap();
    }
}

fn portal(lab: &Lab) {
    let answer = tiny_http::answer("302 Found", "location: http://login.portal.test/", "");
    lab.at(1).inside(move |listening| tiny_http::serve(everywhere(PORTAL_PORT), &answer, listening)).unwrap();
}

/// The router says whether it wants a sign-in (RFC 8908), and its DHCP server said where (RFC 8910).
fn portal_api(lab: &Lab, root: &Authority, captive: bool) {
    let says = format!("{{\"captive\": {captive}, \"user-portal-url\": \"https://login.portal.test/\"}}");
    let answer = tiny_http::answer("200 OK", "content-type: application/captive+json", &says);
    encrypted::serve(lab.at(1), everywhere(443), &root.signs(&[PORTAL_NAME]), Then::Answer(answer));
    let (client, router) = (v4(0, 2), v4(0, 1));
    let lease = format!(
        "lease {{\n  interface \"far\";\n  fixed-address {client};\n  option dhcp-lease-time 86400;\n\
         \x20 option dhcp-server-identifier {router};\n\
         \x20 option default-url \"https://{PORTAL_NAME}/api\";\n  expire epoch 4102444800;\n}}\n"
    );
    // The client's machine keeps its mounts to itself.
    let script = "mount -t tmpfs -o mode=755 tmpfs /var/lib && mkdir /var/lib/dhcp && \
                  printf %s \"$1\" > /var/lib/dhcp/dhclient.far.leases";
    lab.at(0).run("sh", &["-c", script, "sh", &lease]).unwrap();
}

/// Somebody at the router at home who signs for everybody.
fn interceptor(lab: &Lab, root: &Authority) -> Authority {
    let between = Authority::new("Lab Inspection");
    let identity: Identity = between.signs(&[DESK_NAME, TARGET_NAME]);
    let then = Then::Carry { names: names(), root: root.der() };
    encrypted::serve(lab.at(1), everywhere(INTERCEPTOR_PORT), &identity, then);
    between
}

/// Names for those who ask no name server.
fn names() -> BTreeMap<String, IpAddr> {
    [(DESK_NAME, DESK_HOP), (TARGET_NAME, DESK_HOP + 1)]
        .map(|(name, hop)| (name.to_owned(), v4(hop - 1, 2).into()))
        .into()
}

fn here(link: u8, port: u16) -> SocketAddr {
    (v4(link, 2), port).into()
}

fn everywhere(port: u16) -> SocketAddr {
    (Ipv6Addr::UNSPECIFIED, port).into()
}

fn v4(link: u8, host: u8) -> Ipv4Addr {
    address(4, link, host).parse().unwrap()
}

fn v6(link: u8, host: u8) -> Ipv6Addr {
    address(6, link, host).parse().unwrap()
}
