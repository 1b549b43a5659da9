//! How large a packet may be on the way to an address, and whether larger ones vanish without a word (a black hole,
//! RFC 2923 and RFC 8899). Sends packets that may not be cut; changes no setting of the system.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
use linux::attempt;
#[cfg(windows)]
use windows::attempt;

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

/// What an Ethernet carries; larger packets do not leave a home.
pub const FULL: u16 = 1_500;
/// Every IPv6 link carries this (RFC 8200, 5), and hardly any IPv4 link carries less.
pub const FLOOR: u16 = 1_280;
/// Passes wherever anything passes.
const SMALL: u16 = 200;
/// Between the floor and an Ethernet: what tunnels and dial-up lines leave (RFC 8899, 5.1.2 calls it a search).
const LADDER: [u16; 11] = [1_492, 1_480, 1_472, 1_460, 1_450, 1_440, 1_420, 1_400, 1_380, 1_340, FLOOR];
/// A packet that is lost by chance comes through the second or third time.
const TRIES: u32 = 3;
/// Between packets of one burst, so that the burst itself is not what is lost.
const SPACING: Duration = Duration::from_millis(4);
/// How long an answer to one packet is waited for.
const PATIENCE: Duration = Duration::from_millis(700);
/// Linux complains about one packet a second for sure.
const COMPLAINT_PACE: Duration = Duration::from_millis(1_050);

/// What to ask.
#[derive(Clone, Copy, Debug)]
pub struct MtuPlan {
    /// Where to.
    pub peer: SocketAddr,
    /// How the other side answers.
    pub answers: Answers,
    /// So many routers on the way are asked where large packets end, if they end.
    pub hops: u8,
}

/// How the other side answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// It sends back what it gets.
    Echo,
    /// It says that nobody listens there, about once a second.
    Complaint,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mtu {
    /// The largest packet that arrived, with its headers, in bytes; absent if none did.
    pub largest: Option<u16>,
    /// The smallest that did not although it was sent three times.
    pub smallest_lost: Option<u16>,
    /// What a router, or this machine, said is the most, and who said it.
    pub told: Option<(u16, Option<IpAddr>)>,
    /// The farthest router that a packet of full size reached; absent if none was asked or said so.
    pub last_hop: Option<u8>,
}

impl Mtu {
    /// Small packets arrive, large ones never, and nobody says why.
    pub fn is_black_hole(&self) -> bool {
        self.largest.is_some() && self.smallest_lost.is_some()
    }
}

/// What became of one packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Passed,
    /// Somebody says that it is too big, who, and what would not be; nobody: this machine itself.
    TooBig {
        most: Option<u16>,
        by: Option<IpAddr>,
    },
    /// A router on the way had it.
    OutOfHops,
    Silent,
    /// The system cannot send such packets.
    Unsupported,
}

/// Why nothing could be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("packets that may not be cut cannot be sent on this system yet")]
pub struct Unsupported;

/// Finds out. Ends within three times the patience where packets are echoed, else within seven seconds; two more
/// where large packets vanish and `hops` are to be asked.
///
/// # Errors
/// Where the system offers no such packets.
pub async fn path_mtu(plan: MtuPlan) -> Result<Mtu, Unsupported> {
    let mut sizes = Sizes::new(plan.answers);
    for _ in 0..TRIES {
        sizes.ask(plan).await?;
        if sizes.is_decided() {
            break;
        }
    }
    let mut mtu = sizes.found();
    if mtu.is_black_hole() {
        mtu.last_hop = last_hop(plan).await?;
    }
    Ok(mtu)
}

/// What is known of each size.
struct Sizes {
    /// Largest first.
    all: Vec<(u16, Option<bool>)>,
    told: Option<(u16, Option<IpAddr>)>,
}

impl Sizes {
    fn new(answers: Answers) -> Self {
        let middle: &[u16] = if answers == Answers::Echo { &LADDER } else { &[] };
        let all = std::iter::once(FULL).chain(middle.iter().copied()).chain([SMALL]);
        Self { all: all.map(|size| (size, None)).collect(), told: None }
    }

    /// Sends every size that is not decided once.
    async fn ask(&mut self, plan: MtuPlan) -> Result<(), Unsupported> {
        let (spacing, patience) = match plan.answers {
            Answers::Echo => (SPACING, PATIENCE),
            Answers::Complaint => (COMPLAINT_PACE, COMPLAINT_PACE),
        };
        let begun = Instant::now();
        let mut asked = JoinSet::new();
        let open: Vec<u16> = self.all.iter().filter(|(_, it)| it.is_none()).map(|(size, _)| *size).collect();
        for (index, size) in (0_u32..).zip(open) {
            asked.spawn(async move {
                sleep_until(begun + spacing * index).await;
                (size, attempt(plan.peer, size, None, patience).await)
            });
        }
        while let Some(ended) = asked.join_next().await {
            let Ok((size, fate)) = ended else { continue };
            if fate == Fate::Unsupported {
                return Err(Unsupported);
            }
            self.note(size, fate);
            // What is largest passed: nothing else is worth a packet.
            if self.all.first().is_some_and(|(_, passed)| *passed == Some(true)) {
                break;
            }
        }
        Ok(())
    }

    fn note(&mut self, size: u16, fate: Fate) {
        let place = self.all.iter_mut().find(|(it, _)| *it == size);
        match fate {
            Fate::Passed => {
                if let Some((_, passed)) = place {
                    *passed = Some(true);
                }
            }
            Fate::TooBig { most, by } => {
                let most = most.unwrap_or(size - 1).min(size - 1);
                if self.told.is_none_or(|(least, _)| most < least) {
                    self.told = Some((most, by));
                }
                // Larger ones will not pass either; the size that was named is tried instead.
                self.all.retain(|(it, passed)| *it <= most || *passed == Some(true));
                if most > SMALL && self.all.iter().all(|(it, _)| *it != most) {
                    self.all.insert(0, (most, None));
                }
            }
            Fate::OutOfHops | Fate::Silent | Fate::Unsupported => {}
        }
    }

    fn is_decided(&self) -> bool {
        self.all.first().is_some_and(|(_, passed)| *passed == Some(true))
    }

    fn found(&self) -> Mtu {
        let largest = self.all.iter().filter(|(_, it)| *it == Some(true)).map(|(size, _)| *size).max();
        let smallest_lost = self
            .all
            .iter()
            .filter(|(size, it)| it.is_none() && largest.is_none_or(|passed| *size > passed))
            .map(|(size, _)| *size)
            .min();
        Mtu { largest, smallest_lost, told: self.told, last_hop: None }
    }
}

/// How far packets of full size go: each router on the way is asked twice.
async fn last_hop(plan: MtuPlan) -> Result<Option<u8>, Unsupported> {
    let mut asked = JoinSet::new();
    let begun = Instant::now();
    for round in 0..2_u32 {
        for ttl in 1..=plan.hops {
            asked.spawn(async move {
                sleep_until(begun + COMPLAINT_PACE * round).await;
                (ttl, attempt(plan.peer, FULL, Some(ttl), COMPLAINT_PACE).await)
            });
        }
    }
    let mut last = None;
    while let Some(ended) = asked.join_next().await {
        match ended {
            Ok((_, Fate::Unsupported)) => return Err(Unsupported),
            Ok((ttl, Fate::OutOfHops)) => last = last.max(Some(ttl)),
            _ => {}
        }
    }
    Ok(last)
}

/// Not on this system: macOS lets no program forbid the cutting of its echoes.
#[cfg(not(any(target_os = "linux", windows)))]
async fn attempt(_: SocketAddr, _: u16, _: Option<u8>, _: Duration) -> Fate {
    Fate::Unsupported
}

/// What is left for content after the headers.
#[cfg(any(target_os = "linux", windows))]
fn payload(peer: IpAddr, size: u16) -> usize {
    /// Of IPv4 without options.
    const HEAD_V4: usize = 20;
    const HEAD_V6: usize = 40;
    /// Of UDP, and of an echo.
    const HEAD: usize = 8;
    usize::from(size).saturating_sub(HEAD + if peer.is_ipv4() { HEAD_V4 } else { HEAD_V6 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    #[test]
    fn what_passes_is_told_from_what_vanishes_and_from_what_somebody_forbids() {
        let all: Vec<u16> = std::iter::once(FULL).chain(LADDER).chain([SMALL]).collect();
        check("everything passes", &[(FULL, Fate::Passed)], Some(1_500), None, false);
        let passing: Vec<(u16, Fate)> =
            all.iter().filter(|size| **size <= 1_400).map(|size| (*size, Fate::Passed)).collect();
        check("a black hole above 1400", &passing, Some(1_400), Some(1_420), true);
        check("nobody answers", &[], None, Some(SMALL), false);
        let told = Fate::TooBig { most: Some(1_430), by: Some(ROUTER) };
        check("a tunnel that says so", &[(FULL, told), (1_430, Fate::Passed)], Some(1_430), None, false);
        let lies = [(FULL, told), (1_380, Fate::Passed)];
        check("a tunnel that carries less than it says", &lies, Some(1_380), Some(1_400), true);
    }

    #[track_caller]
    fn check(case: &str, fates: &[(u16, Fate)], largest: Option<u16>, lost: Option<u16>, hole: bool) {
        let mut sizes = Sizes::new(Answers::Echo);
        for (size, fate) in fates {
            sizes.note(*size, *fate);
        }
        let found = sizes.found();
        // What is larger than the largest that passed was sent three times by then.
        let lost = lost.filter(|_| !sizes.is_decided());
        assert_eq!(
            (found.largest, found.smallest_lost, found.is_black_hole()),
            (largest, lost, hole),
            "{case}"
        );
    }
}
