//! Signal of wireless interfaces by `/proc/self/net/wireless`. Asks no access point and names no network.

use std::path::Path;

use crate::source::read_small;

/// The signal of one wireless interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WifiSignal {
    /// Its name.
    pub interface: String,
    /// Received power in dBm; -67 is good for calls, below -80 hardly works.
    pub signal_dbm: i32,
    /// The driver's own quality, usually of 70.
    pub quality: u32,
}

/// The signals of all wireless interfaces; empty where there are none or the kernel has no such table.
pub fn wifi_signals(root: &Path) -> Vec<WifiSignal> {
    let text = read_small(&root.join("proc/self/net/wireless")).unwrap_or_default();
    text.lines().filter_map(signal).collect()
}

/// `wlp2s0: 0000   54.  -56.  -256        0      0      0      0     24        0`
fn signal(line: &str) -> Option<WifiSignal> {
    let (interface, rest) = line.split_once(':')?;
    let mut columns = rest.split_ascii_whitespace().skip(1).map(|it| it.trim_end_matches('.'));
    let quality = columns.next()?.parse().ok()?;
    let signal_dbm = columns.next()?.parse().ok()?;
    Some(WifiSignal { interface: interface.trim().to_owned(), signal_dbm, quality })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_signal_and_skips_the_headings() {
        let heading = " face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22";
        assert_eq!(signal(heading), None);
        let line = "wlp2s0: 0000   54.  -56.  -256        0      0      0      0     24        0";
        let expected = WifiSignal { interface: "wlp2s0".into(), signal_dbm: -56, quality: 54 };
        assert_eq!(signal(line), Some(expected));
    }
}
