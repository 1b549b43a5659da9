//! Questions to the network. Contacts only the desk, the target, important targets, and the gateway, resolvers and
//! proxy that this machine is set up with.

mod captive_portal;
mod clock;
mod desk_reach;
mod dns_absent;
mod dns_direct;
mod dns_system;
mod endpoint;
mod gateway;
mod important;
mod interfaces;
mod local;
mod path;
mod phases;
mod proxy;
mod reach_facts;
mod target_reach;

use std::sync::Arc;

use crate::Check;

pub use target_reach::probe_target;

/// The network's checks in the order of the report: from the bottom up.
pub(crate) fn checks() -> Vec<Arc<dyn Check>> {
    vec![
        Arc::new(interfaces::Interfaces),
        Arc::new(gateway::Gateway),
        Arc::new(dns_system::DnsSystem),
        Arc::new(dns_direct::DnsDirect),
        Arc::new(dns_absent::DnsAbsent),
        Arc::new(proxy::Proxy),
        Arc::new(captive_portal::CaptivePortal),
        Arc::new(clock::ClockOffset),
        Arc::new(desk_reach::DeskReach),
        Arc::new(target_reach::TargetReach),
        Arc::new(important::ImportantTargets),
        Arc::new(path::Path),
    ]
}
