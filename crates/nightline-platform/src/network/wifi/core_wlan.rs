//! macOS' own word on wireless interfaces. Asks only for signal, noise and rate: the names of the network and of the
//! access point would need the person's leave to know where they are.

#![expect(
    unsafe_code,
    reason = "macOS tells the signal only by these calls, and their wrapper marks all of them so"
)]

use objc2::rc::autoreleasepool;
use objc2_core_wlan::{CWInterface, CWWiFiClient};

use super::{WifiSignal, by_core_wlan};

/// The signals of the interfaces that are connected; none where there is no interface.
pub(super) fn signals() -> Vec<WifiSignal> {
    // This thread belongs to no loop that would let go what the calls leave to one.
    autoreleasepool(|_| {
        // SAFETY: both calls take nothing, are bound to no thread, and give objects that are counted.
        let interfaces = unsafe { CWWiFiClient::sharedWiFiClient().interfaces() };
        interfaces.map(|it| it.to_vec()).unwrap_or_default().iter().filter_map(|it| signal(it)).collect()
    })
}

fn signal(interface: &CWInterface) -> Option<WifiSignal> {
    // SAFETY: the calls take nothing and give numbers, or a text that is counted.
    let (name, signal, noise, rate) = unsafe {
        (
            interface.interfaceName()?,
            interface.rssiValue(),
            interface.noiseMeasurement(),
            interface.transmitRate(),
        )
    };
    by_core_wlan(name.to_string(), signal, noise, rate)
}
