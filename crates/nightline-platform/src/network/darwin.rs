//! macOS' interfaces, by `netdev`, and what it keeps in its store of the network's state. Sends nothing.

#![expect(
    unsafe_code,
    reason = "macOS tells its way out only by its store, whose opening the wrapper marks so because of callbacks"
)]

use std::net::IpAddr;
use std::ptr::{NonNull, null_mut};

use netdev::interface::types::InterfaceType;
use objc2_core_foundation::{CFArray, CFBoolean, CFDictionary, CFRetained, CFString, CFType};
use objc2_system_configuration::SCDynamicStore;

use super::macos::{Primary, Told, default_routes, interface, resolvers};
use super::{Address, DefaultRoute, Interface, InterfaceKind, OperState, Resolvers};
use crate::source::SourceState;

/// `IFF_UP`.
const UP: u32 = 0x1;

type Dictionary = CFDictionary<CFString, CFType>;

/// What macOS knows of its network now.
pub(super) struct Store(CFRetained<SCDynamicStore>);

impl Store {
    pub(super) fn open() -> Result<Self, SourceState> {
        let name = CFString::from_str("nightline");
        // SAFETY: without a function to call back there is nothing that its context would have to outlive.
        let store = unsafe { SCDynamicStore::new(None, &name, None, null_mut()) };
        store.map(Self).ok_or_else(|| SourceState::Failed("SCDynamicStoreCreate".to_owned()))
    }

    /// Absent where macOS has no such thing now.
    fn get(&self, key: &str) -> Option<CFRetained<Dictionary>> {
        let value = SCDynamicStore::value(Some(&self.0), &CFString::from_str(key))?;
        let value = value.downcast::<CFDictionary>().ok()?;
        // SAFETY: the keys of a property list are strings, and the values are looked at before they are used.
        Some(unsafe { CFRetained::cast_unchecked(value) })
    }

    fn primary(&self, key: &str) -> Option<Primary> {
        let found = self.get(key)?;
        Some(Primary { interface: text(&found, "PrimaryInterface")?, router: text(&found, "Router") })
    }

    fn is_active(&self, interface: &str) -> Option<bool> {
        let link = self.get(&format!("State:/Network/Interface/{interface}/Link"))?;
        let active = link.get(&CFString::from_str("Active"))?;
        Some(active.downcast::<CFBoolean>().ok()?.as_bool())
    }

    /// The ways out, the preferred one first.
    pub(super) fn default_routes(&self) -> Vec<DefaultRoute> {
        default_routes(self.primary("State:/Network/Global/IPv4"), self.primary("State:/Network/Global/IPv6"))
    }

    /// The name servers of the preferred way out.
    pub(super) fn resolvers(&self) -> Resolvers {
        let Some(found) = self.get("State:/Network/Global/DNS") else { return Resolvers::default() };
        resolvers(&texts(&found, "ServerAddresses"), texts(&found, "SearchDomains"))
    }
}

/// The interfaces.
pub(super) fn interfaces() -> Result<Vec<Interface>, SourceState> {
    let store = Store::open()?;
    let all = netdev::get_interfaces();
    if all.is_empty() {
        // Every Mac has its loopback.
        return Err(SourceState::Failed("getifaddrs".to_owned()));
    }
    let own = |found: netdev::Interface| {
        let told = Told { label: found.friendly_name.as_deref(), is_active: store.is_active(&found.name) };
        interface(plain(&found), told)
    };
    Ok(all.into_iter().filter_map(own).collect())
}

fn plain(found: &netdev::Interface) -> Interface {
    let v4 = found.ipv4.iter().map(|it| Address::new(IpAddr::V4(it.addr()), it.prefix_len(), true));
    let v6 = found.ipv6.iter().zip(&found.ipv6_addr_flags).map(|(it, flags)| {
        let is_usable = !flags.tentative && !flags.duplicated;
        Address::new(IpAddr::V6(it.addr()), it.prefix_len(), is_usable)
    });
    Interface {
        name: found.name.clone(),
        kind: match found.if_type {
            _ if found.is_loopback() => InterfaceKind::Loopback,
            InterfaceType::Ethernet | InterfaceType::GigabitEthernet => InterfaceKind::Ethernet,
            InterfaceType::Wireless80211 => InterfaceKind::Wifi,
            InterfaceType::Tunnel | InterfaceType::Ppp => InterfaceKind::Vpn,
            InterfaceType::Bridge => InterfaceKind::Bridge,
            _ => InterfaceKind::Virtual,
        },
        // The rest is told by the store: where it says nothing, what is on carries.
        state: if found.flags & UP == 0 { OperState::Down } else { OperState::Unknown },
        is_enabled: found.flags & UP != 0,
        has_carrier: None,
        mac: found.mac_addr.map(|it| it.to_string().to_lowercase()),
        mtu: found.mtu,
        addresses: v4.chain(v6).collect(),
        speed_mbps: found
            .transmit_speed
            .and_then(|it| u32::try_from(it / 1_000_000).ok())
            .filter(|it| *it > 0),
    }
}

fn text(found: &Dictionary, key: &str) -> Option<String> {
    Some(found.get(&CFString::from_str(key))?.downcast::<CFString>().ok()?.to_string())
}

fn texts(found: &Dictionary, key: &str) -> Vec<String> {
    let list = found.get(&CFString::from_str(key)).and_then(|it| it.downcast::<CFArray>().ok());
    let Some(list) = list else { return Vec::new() };
    // SAFETY: whatever is in the system's array is an object, and is looked at before it is used.
    let list: &CFArray<CFType> = unsafe { NonNull::from(&*list).cast().as_ref() };
    list.iter().filter_map(|it| Some(it.downcast::<CFString>().ok()?.to_string())).collect()
}
