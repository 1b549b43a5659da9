//! The network as the kernel sees it: interfaces, routes, neighbors, resolvers, proxies, connections. Sends nothing.
//!
//! On Linux everything is read by this process itself (`/proc/self/net`, netlink), so that inside a network namespace
//! it is the namespace's own view.

mod connections;
#[cfg(target_os = "macos")]
mod darwin;
mod fingerprint;
mod interfaces;
#[cfg(windows)]
mod iphlpapi;
mod leases;
#[cfg(any(target_os = "macos", test))]
mod macos;
mod neighbors;
#[cfg(target_os = "linux")]
mod netlink;
mod owners;
mod proxies;
mod resolvers;
mod routes;
mod scripts;
mod user;
mod wifi;
#[cfg(any(windows, test))]
mod windows;
#[cfg(any(windows, test))]
mod windows_proxies;

pub use connections::{Connection, ConnectionState, connections};
pub use fingerprint::fingerprint;
pub use interfaces::{Address, INTERFACES_BY, Interface, InterfaceKind, OperState, interfaces};
pub use leases::{Lease, leases};
pub use neighbors::{NEIGHBORS_BY, Neighbor, NeighborState, neighbors};
pub use owners::connections_with_programs;
pub use proxies::{Proxies, ProxySetting, ProxySource, proxies};
pub use resolvers::{RESOLVERS_BY, Resolvers, resolvers};
pub use routes::{DefaultRoute, ROUTES_BY, default_routes};
pub use scripts::{DETECT, ProxyChoice, ScriptAnswer, ScriptError, run_script, run_script_again};
pub use user::{host_name, user_name};
pub use wifi::{WifiSignal, wifi_signals};
