//! Whose network an address belongs to, by a table that came with the program. Asks nobody.
//!
//! The table is made once from public lists (`cargo xtask owners`) and read as it lies: sorted ranges, nineteen steps
//! to find one of 400,000. A table that is damaged knows nobody.

mod compile;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub use compile::{CompileError, Sources, compile};

/// First in every table; the number is the format's version.
const MAGIC: &[u8; 8] = b"NLOWN\0\x01\n";
/// Magic, three counts and the length of the names.
const HEAD_BYTES: usize = 8 + 4 * 4;
/// Number of the owner in its column of a range.
const INDEX_BYTES: usize = 4;
/// Its autonomous system's number, and where its name ends.
const OWNER_BYTES: usize = 8;

/// Whose network it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Number of the autonomous system.
    pub asn: u32,
    /// Its organization.
    pub name: String,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AS{} {}", self.asn, self.name)
    }
}

/// The table.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    bytes: Vec<u8>,
    v4: Ranges,
    v6: Ranges,
    owners: usize,
    names: usize,
}

/// Where the ranges of one family lie: all starts, all ends, all owners.
#[derive(Clone, Copy, Debug, Default)]
struct Ranges {
    at: usize,
    count: usize,
    width: usize,
}

impl Owners {
    /// A table that knows nobody.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads a table; `None` if it is none of ours or cut short.
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        let word = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?) as usize);
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let (v4, v6, owners, names) = (word(8)?, word(12)?, word(16)?, word(20)?);
        let v4 = Ranges { at: HEAD_BYTES, count: v4, width: 4 };
        let v6 = Ranges { at: v4.end()?, count: v6, width: 8 };
        let table = v6.end()?;
        let start = table.checked_add(owners.checked_mul(OWNER_BYTES)?)?;
        (start.checked_add(names)? == bytes.len()).then_some(())?;
        Some(Self { v4, v6, owners: table, names: start, bytes })
    }

    /// Whose network this is. Private and reserved addresses are nobody's.
    pub fn of(&self, address: IpAddr) -> Option<Owner> {
        if !is_public(address) {
            return None;
        }
        match address {
            IpAddr::V4(it) => self.find(self.v4, u64::from(u32::from(it))),
            IpAddr::V6(it) => self.find(self.v6, upper(it)),
        }
    }

    fn find(&self, ranges: Ranges, value: u64) -> Option<Owner> {
        let (mut low, mut high) = (0, ranges.count);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.number(ranges.at + middle * ranges.width, ranges.width)? <= value {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let index = low.checked_sub(1)?;
        let ends = ranges.at + ranges.count * ranges.width;
        if self.number(ends + index * ranges.width, ranges.width)? < value {
            return None;
        }
        let owner = self.number(ends + ranges.count * ranges.width + index * INDEX_BYTES, INDEX_BYTES)?;
        self.owner(usize::try_from(owner).ok()?)
    }

    fn owner(&self, index: usize) -> Option<Owner> {
        let at = self.owners.checked_add(index.checked_mul(OWNER_BYTES)?)?;
        if at + OWNER_BYTES > self.names {
            return None;
        }
        let end = usize::try_from(self.number(at + 4, 4)?).ok()?;
        let start = match index {
            0 => 0,
            _ => usize::try_from(self.number(at - 4, 4)?).ok()?,
        };
        let name = self.bytes.get(self.names.checked_add(start)?..self.names.checked_add(end)?)?;
        let asn = u32::try_from(self.number(at, 4)?).ok()?;
        Some(Owner { asn, name: String::from_utf8_lossy(name).into_owned() })
    }

    fn number(&self, at: usize, width: usize) -> Option<u64> {
        let bytes = self.bytes.get(at..at.checked_add(width)?)?;
        Some(bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
    }
}

impl Ranges {
    fn end(self) -> Option<usize> {
        self.at.checked_add(self.count.checked_mul(2 * self.width + INDEX_BYTES)?)
    }
}

/// Networks of IPv6 are told apart by their upper half.
fn upper(address: Ipv6Addr) -> u64 {
    (u128::from(address) >> 64) as u64
}

/// Whether an address can be somebody's in the internet: neither private (RFC 1918, 4193), shared (RFC 6598), local
/// nor kept for documentation.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => is_public_v4(it),
        IpAddr::V6(it) => {
            let first = it.segments()[0];
            first & 0xe000 == 0x2000 && !(first == 0x2001 && it.segments()[1] == 0x0db8)
        }
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let shared = first == 100 && second & 0xc0 == 64;
    !(shared
        || first == 0
        || first >= 224
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation())
}

#[cfg(test)]
mod tests {
    use super::*;

    const V4: &str = r#"16777216,16777471,13335,"Cloudflare, Inc."
3389325312,3389325567,64500,North
3389325440,3389325567,64501,"South ""and"" West"
"#;
    const V6: &str =
        "42540528726795050063891204319802818560,42540528806023212578155541913346768895,64500,North\n";

    fn owners() -> Owners {
        let bytes = compile(Sources { v4: V4, v6: V6 }).unwrap();
        Owners::read(bytes).unwrap()
    }

    #[test]
    fn an_address_is_its_owners() {
        check("1.0.0.1", Some((13_335, "Cloudflare, Inc.")));
        check("1.0.1.0", None);
        check("202.5.0.5", Some((64_500, "North")));
        // Of two ranges the later start wins.
        check("202.5.0.200", Some((64_501, "South \"and\" West")));
        check("2001:200::1", Some((64_500, "North")));
    }

    #[test]
    fn private_and_shared_addresses_are_nobodys() {
        for address in ["10.0.0.1", "192.168.1.1", "100.64.0.1", "127.0.0.1", "fe80::1", "203.0.113.7", "::1"]
        {
            check(address, None);
        }
    }

    #[test]
    fn a_damaged_table_knows_nobody_and_is_no_danger() {
        let whole = compile(Sources { v4: V4, v6: V6 }).unwrap();
        for length in 0..whole.len() {
            assert!(Owners::read(whole[..length].to_vec()).is_none(), "{length}");
        }
        for at in 0..whole.len() {
            let mut bent = whole.clone();
            bent[at] ^= 0xff;
            if let Some(table) = Owners::read(bent) {
                let _anything = table.of("202.5.0.200".parse().unwrap());
            }
        }
    }

    #[test]
    fn lists_that_are_none_are_refused() {
        let none = Sources { v4: "", v6: "" };
        assert!(compile(Sources { v4: "1,x,3\n", ..none }).is_err());
        assert!(compile(Sources { v4: "9,1,3\n", ..none }).is_err());
        assert!(compile(none).is_ok());
    }

    #[track_caller]
    fn check(address: &str, expected: Option<(u32, &str)>) {
        let found = owners().of(address.parse().unwrap());
        assert_eq!(found, expected.map(|(asn, name)| Owner { asn, name: name.to_owned() }), "{address}");
    }
}
