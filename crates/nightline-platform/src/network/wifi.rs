//! Signal of wireless interfaces: by `/proc/self/net/wireless`, by Windows' and macOS' own word. Asks no access point,
//! names no network, and asks nothing that needs the person's leave to know where they are.

#[cfg(target_os = "macos")]
mod core_wlan;
#[cfg(windows)]
mod wlan;

use std::path::Path;

use crate::source::read_small;

/// The signal of one wireless interface.
#[derive(Clone, Debug, PartialEq)]
pub struct WifiSignal {
    /// Its name.
    pub interface: String,
    /// Who says it: `proc-net-wireless`, `wlanapi` or `corewlan`.
    pub source: &'static str,
    /// Received power in dBm; -67 is good for calls, below -80 hardly works.
    pub signal_dbm: i32,
    /// Power of everything else on the channel in dBm, where the system says it.
    pub noise_dbm: Option<i32>,
    /// The driver's own quality: on Linux usually of 70, on Windows of 100; macOS has none.
    pub quality: Option<u32>,
    /// At which it speaks to the access point, in megabits a second, where the system says it.
    pub rate_mbps: Option<f64>,
}

/// The signals of all wireless interfaces; empty where there are none or the system does not say. May wait for the
/// system.
pub fn wifi_signals(root: &Path) -> Vec<WifiSignal> {
    #[cfg(windows)]
    if root == Path::new("/") {
        return wlan::signals();
    }
    #[cfg(target_os = "macos")]
    if root == Path::new("/") {
        return core_wlan::signals();
    }
    let text = read_small(&root.join("proc/self/net/wireless")).unwrap_or_default();
    text.lines().filter_map(signal).collect()
}

/// `wlp2s0: 0000   54.  -56.  -256        0      0      0      0     24        0`
fn signal(line: &str) -> Option<WifiSignal> {
    let (interface, rest) = line.split_once(':')?;
    let mut columns = rest.split_ascii_whitespace().skip(1).map(|it| it.trim_end_matches('.'));
    let quality = columns.next()?.parse().ok()?;
    let signal_dbm = columns.next()?.parse().ok()?;
    Some(WifiSignal {
        interface: interface.trim().to_owned(),
        source: "proc-net-wireless",
        signal_dbm,
        // Modern drivers put a constant there.
        noise_dbm: None,
        quality: Some(quality),
        rate_mbps: None,
    })
}

/// What macOS says of an interface: a zero stands for what it does not know, and every signal is below that.
#[cfg(any(target_os = "macos", test))]
fn by_core_wlan(interface: String, signal: isize, noise: isize, rate_mbps: f64) -> Option<WifiSignal> {
    let dbm = |it: isize| i32::try_from(it).ok().filter(|it| *it < 0);
    Some(WifiSignal {
        interface,
        source: "corewlan",
        signal_dbm: dbm(signal)?,
        noise_dbm: dbm(noise),
        quality: None,
        rate_mbps: (rate_mbps > 0.0).then_some(rate_mbps),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_signal_and_skips_the_headings() {
        let heading = " face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22";
        assert_eq!(signal(heading), None);
        let line = "wlp2s0: 0000   54.  -56.  -256        0      0      0      0     24        0";
        let expected = WifiSignal {
            interface: "wlp2s0".into(),
            source: "proc-net-wireless",
            signal_dbm: -56,
            noise_dbm: None,
            quality: Some(54),
            rate_mbps: None,
        };
        assert_eq!(signal(line), Some(expected));
    }

    #[test]
    fn macos_says_nothing_by_zeros() {
        let check = |signal, noise, rate, expected: Option<(i32, Option<i32>, Option<f64>)>| {
            let found = by_core_wlan("en0".to_owned(), signal, noise, rate);
            let found = found.map(|it| (it.signal_dbm, it.noise_dbm, it.rate_mbps));
            assert_eq!(found, expected, "{signal} {noise} {rate}");
        };
        check(-56, -92, 866.0, Some((-56, Some(-92), Some(866.0))));
        check(-56, 0, 0.0, Some((-56, None, None)));
        check(0, 0, 0.0, None);
        check(isize::MIN, 0, 0.0, None);
    }

    /// A Mac may have no wireless interface, or one that is not connected.
    #[cfg(target_os = "macos")]
    #[test]
    fn macos_is_asked_with_and_without_wireless_interfaces() {
        assert!(wifi_signals(Path::new("/")).iter().all(|it| (-120..0).contains(&it.signal_dbm)));
    }

    /// Wine has no wireless interface, and a server no library for them.
    #[cfg(windows)]
    #[test]
    fn windows_is_asked_with_and_without_wireless_interfaces() {
        assert!(wifi_signals(Path::new("/")).iter().all(|it| (-120..0).contains(&it.signal_dbm)));
    }
}
