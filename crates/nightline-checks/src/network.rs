//! Questions to the network. Contacts only the desk, the target, important targets and STUN servers that the
//! organisation named, and the gateway, resolvers and proxy that this machine is set up with.

mod calls;
mod captive_portal;
mod clock;
mod desk_reach;
mod dhcp;
mod dns_absent;
mod dns_direct;
mod dns_injected;
mod dns_system;
mod dnssec;
mod endpoint;
mod gateway;
mod important;
mod interfaces;
mod ipv6;
mod load;
mod local;
mod mtu;
mod past_proxy;
mod path;
mod path_document;
mod phases;
mod proxy;
mod proxy_setting;
mod reach_facts;
mod target_reach;
mod udp;

use std::sync::Arc;

use crate::Check;

pub use path_document::path_document;
pub use target_reach::probe_target;

/// The network's checks in the order of the report: from the bottom up.
pub(crate) fn checks() -> Vec<Arc<dyn Check>> {
    vec![
        Arc::new(interfaces::Interfaces),
        Arc::new(dhcp::Dhcp),
        Arc::new(gateway::Gateway),
        Arc::new(dns_system::DnsSystem),
        Arc::new(dns_direct::DnsDirect),
        Arc::new(dns_absent::DnsAbsent),
        Arc::new(dns_injected::DnsInjected),
        Arc::new(dnssec::Dnssec),
        Arc::new(proxy::Proxy),
        Arc::new(captive_portal::CaptivePortal),
        Arc::new(clock::ClockOffset),
        Arc::new(desk_reach::DeskReach),
        Arc::new(target_reach::TargetReach),
        Arc::new(important::ImportantTargets),
        Arc::new(ipv6::Ipv6),
        Arc::new(path::Path),
        Arc::new(mtu::PathMtu),
        Arc::new(udp::Udp),
        Arc::new(calls::Calls),
        Arc::new(load::Load),
    ]
}
