//! A client, routers and a target in a row. Their addresses look like a home, a provider, and networks beyond; they
//! are nobody's but this machine's.

use std::any::Any;
use std::cell::RefCell;
use std::path::PathBuf;

use nightline_testkit::netns::Namespace;
use nightline_testkit::tiny_http;

use crate::case::{Case, Look};
use crate::faults::{Counted, Fault};
use crate::world::World;

/// The routers between client and target.
const ROUTERS: u8 = 4;
/// The networks from the client's on; the second is shared by a provider's customers (RFC 6598).
const NETS_V4: [&str; 5] = ["192.168.1", "100.64.9", "20.1.0", "20.2.0", "20.3.0"];
const NETS_V6: [&str; 5] = ["fd00:1:", "2a01:1:", "2a01:2:", "2a02:1:", "2a03:1:"];
/// Longer, and the network is not what it should be.
const READY: std::time::Duration = std::time::Duration::from_secs(20);
/// Where a web server listens.
pub(crate) const WEB_PORT: u16 = 8080;

/// The machines, from the client on.
pub(crate) struct Lab {
    // What works on the machines ends before them.
    world: Option<World>,
    kept: RefCell<Vec<Box<dyn Any>>>,
    machines: Vec<Namespace>,
    family: u8,
    faults: Vec<Fault>,
}

impl Lab {
    /// The network of a case, its faults on.
    pub(crate) fn new(case: &Case) -> Self {
        let machines = (0..ROUTERS + 2).map(|_| Namespace::new().unwrap()).collect();
        let mut lab = Self {
            world: None,
            kept: RefCell::default(),
            machines,
            family: case.family,
            faults: case.fault.clone(),
        };
        lab.cable();
        lab.route();
        match case.look {
            Look::Path => lab.web_server(),
            Look::Diagnose => lab.world = Some(World::new(&lab, case)),
        }
        for hop in 1..=lab.target() {
            lab.set_limit(hop, if case.default_limit { "1000" } else { "0" });
        }
        // Neighbors get to know each other first; IPv6 takes its time.
        let web = lab.web_address();
        lab.at(0)
            .inside(move |done| {
                std::net::TcpStream::connect_timeout(&web, READY)?;
                done();
                Ok(())
            })
            .unwrap();
        for fault in &case.fault {
            fault.apply(&lab);
        }
        lab
    }

    /// A machine: 0 is the client.
    pub(crate) fn at(&self, hop: u8) -> &Namespace {
        &self.machines[usize::from(hop)]
    }

    /// How far away the target is.
    pub(crate) fn target(&self) -> u8 {
        ROUTERS + 1
    }

    /// The target's address.
    pub(crate) fn target_address(&self) -> String {
        address(self.family, ROUTERS, 2)
    }

    /// Whom the client trusts beside its system's roots, in a world with certificates.
    pub(crate) fn roots(&self) -> Option<PathBuf> {
        self.world.as_ref().map(World::roots)
    }

    /// Keeps what a fault needs as long as the lab.
    pub(crate) fn keep(&self, it: impl Any) {
        self.kept.borrow_mut().push(Box::new(it));
    }

    /// Switches Linux's own limit on at one router.
    pub(crate) fn limit_complaints(&self, hop: u8) {
        self.set_limit(hop, "1000");
    }

    /// What the counters of lossy links say.
    pub(crate) fn dropped(&self) -> Vec<Counted> {
        self.faults.iter().filter_map(|fault| fault.counted(self)).collect()
    }

    fn cable(&self) {
        for link in 0..=ROUTERS {
            let (near, far) = (self.at(link), self.at(link + 1));
            near.ip(&format!("link add far type veth peer name near netns {}", far.id())).unwrap();
            for (machine, interface, host) in [(near, "far", 1), (far, "near", 2)] {
                // A check for duplicates would hold the first packets for a second.
                machine.set(&format!("net/ipv6/conf/{interface}/accept_dad"), "0").unwrap();
                let host = if link == 0 { 3 - host } else { host };
                machine.ip(&format!("address add {}/24 dev {interface}", v4(link, host))).unwrap();
                machine.ip(&format!("address add {}/64 dev {interface} nodad", v6(link, host))).unwrap();
                machine.ip(&format!("link set {interface} up")).unwrap();
            }
        }
    }

    fn route(&self) {
        for hop in 0..=ROUTERS + 1 {
            let machine = self.at(hop);
            machine.set("net/ipv4/ip_forward", "1").unwrap();
            machine.set("net/ipv6/conf/all/forwarding", "1").unwrap();
            // Everything beyond the neighbor is that way.
            if hop <= ROUTERS {
                self.towards(machine, hop, if hop == 0 { 1 } else { 2 });
            }
            for link in 0..hop.saturating_sub(1) {
                let (v4_gateway, v6_gateway) = (v4(hop - 1, 1), v6(hop - 1, 1));
                machine
                    .ip(&format!("route add {}.0/24 via {v4_gateway}", NETS_V4[usize::from(link)]))
                    .unwrap();
                machine
                    .ip(&format!("-6 route add {}:/64 via {v6_gateway}", NETS_V6[usize::from(link)]))
                    .unwrap();
            }
        }
    }

    fn towards(&self, machine: &Namespace, link: u8, host: u8) {
        if usize::from(link) + 1 < NETS_V4.len() {
            machine.ip(&format!("route add default via {}", v4(link, host))).unwrap();
            machine.ip(&format!("-6 route add default via {}", v6(link, host))).unwrap();
        }
    }

    fn set_limit(&self, hop: u8, milliseconds: &str) {
        self.at(hop).set("net/ipv4/icmp_ratelimit", milliseconds).unwrap();
        self.at(hop).set("net/ipv6/icmp/ratelimit", milliseconds).unwrap();
    }

    fn web_server(&self) {
        let web = self.web_address();
        self.at(self.target())
            .inside(move |listening| {
                tiny_http::serve(web, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", listening)
            })
            .unwrap();
    }

    fn web_address(&self) -> std::net::SocketAddr {
        std::net::SocketAddr::new(self.target_address().parse().unwrap(), WEB_PORT)
    }
}

/// The address of a machine on a link.
pub(crate) fn address(family: u8, link: u8, host: u8) -> String {
    if family == 6 { v6(link, host) } else { v4(link, host) }
}

fn v4(link: u8, host: u8) -> String {
    format!("{}.{host}", NETS_V4[usize::from(link)])
}

fn v6(link: u8, host: u8) -> String {
    format!("{}:{host}", NETS_V6[usize::from(link)])
}
