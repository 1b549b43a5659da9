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
/// A size that somebody names in one round is tried in the next ones.
const MOST_ROUNDS: u32 = TRIES + 1;
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
    /// The farthest router that a packet of the smallest lost size reached; absent if none was asked or said so.
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
#[cfg_attr(
    not(any(target_os = "linux", windows)),
    expect(dead_code, reason = "this system sends no such packets, and so nothing becomes of them")
)]
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

/// Finds out. Ends within three seconds where packets are echoed, else within eight; two more where large packets
/// vanish and `hops` are to be asked.
///
/// # Errors
/// Where the system offers no such packets.
pub async fn path_mtu(plan: MtuPlan) -> Result<Mtu, Unsupported> {
    // Windows sends echoes, which need no pace.
    let plan = if cfg!(windows) { MtuPlan { answers: Answers::Echo, ..plan } } else { plan };
    let mut sizes = Sizes::new(plan.answers);
    for _ in 0..MOST_ROUNDS {
        sizes.ask(plan).await?;
        if sizes.is_decided() {
            break;
        }
    }
    let mut mtu = sizes.found();
    if let (true, Some(size)) = (mtu.is_black_hole(), mtu.smallest_lost) {
        mtu.last_hop = last_hop(plan, size).await?;
    }
    Ok(mtu)
}

/// What is known of one size.
#[derive(Clone, Copy, Debug)]
struct Size {
    bytes: u16,
    passed: bool,
    /// Sent without any word about it.
    silent: u32,
}

/// What is known of each size.
struct Sizes {
    /// Largest first; those that somebody called too big are gone.
    all: Vec<Size>,
    told: Option<(u16, Option<IpAddr>)>,
}

impl Sizes {
    fn new(answers: Answers) -> Self {
        let middle: &[u16] = if answers == Answers::Echo { &LADDER } else { &[] };
        let all = std::iter::once(FULL).chain(middle.iter().copied()).chain([SMALL]);
        Self { all: all.map(Size::new).collect(), told: None }
    }

    /// Sends every size that is not decided once.
    async fn ask(&mut self, plan: MtuPlan) -> Result<(), Unsupported> {
        let (spacing, patience) = match plan.answers {
            Answers::Echo => (SPACING, PATIENCE),
            Answers::Complaint => (COMPLAINT_PACE, COMPLAINT_PACE),
        };
        let begun = Instant::now();
        let mut asked = JoinSet::new();
        let open: Vec<u16> = self.all.iter().filter(|it| it.is_open()).map(|it| it.bytes).collect();
        let count = u32::try_from(open.len()).unwrap_or(u32::MAX);
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
            if self.is_decided() {
                return Ok(());
            }
        }
        // The next round keeps the pace too.
        if plan.answers == Answers::Complaint {
            sleep_until(begun + spacing.saturating_mul(count)).await;
        }
        Ok(())
    }

    fn note(&mut self, size: u16, fate: Fate) {
        let place = self.all.iter_mut().find(|it| it.bytes == size);
        match (fate, place) {
            (Fate::Passed, Some(place)) => place.passed = true,
            (Fate::Silent, Some(place)) => place.silent += 1,
            (Fate::TooBig { most, by }, _) => self.too_big(size, most, by),
            _ => {}
        }
    }

    /// Larger ones will not pass either; a size that was named is tried too.
    fn too_big(&mut self, size: u16, most: Option<u16>, by: Option<IpAddr>) {
        let named = most.map(|it| it.min(size - 1));
        let most = named.unwrap_or(size - 1);
        if self.told.is_none_or(|(least, _)| most < least) {
            self.told = Some((most, by));
        }
        self.all.retain(|it| it.bytes <= most || it.passed);
        if let Some(named) = named.filter(|it| *it > SMALL)
            && self.all.iter().all(|it| it.bytes != named)
            && self.told.is_none_or(|(least, _)| named <= least)
        {
            self.all.push(Size::new(named));
            self.all.sort_by_key(|it| std::cmp::Reverse(it.bytes));
        }
    }

    fn is_decided(&self) -> bool {
        self.all.first().is_some_and(|it| it.passed)
    }

    fn found(&self) -> Mtu {
        let largest = self.all.iter().filter(|it| it.passed).map(|it| it.bytes).max();
        let smallest_lost = self
            .all
            .iter()
            .filter(|it| it.is_lost() && largest.is_none_or(|passed| it.bytes > passed))
            .map(|it| it.bytes)
            .min();
        Mtu { largest, smallest_lost, told: self.told, last_hop: None }
    }
}

impl Size {
    fn new(bytes: u16) -> Self {
        Self { bytes, passed: false, silent: 0 }
    }

    fn is_lost(&self) -> bool {
        !self.passed && self.silent >= TRIES
    }

    fn is_open(&self) -> bool {
        !self.passed && self.silent < TRIES
    }
}

/// How far packets of a size that is lost go: each router on the way is asked twice.
async fn last_hop(plan: MtuPlan, size: u16) -> Result<Option<u8>, Unsupported> {
    let mut asked = JoinSet::new();
    let begun = Instant::now();
    for round in 0..2_u32 {
        for ttl in 1..=plan.hops {
            asked.spawn(async move {
                sleep_until(begun + COMPLAINT_PACE * round).await;
                (ttl, attempt(plan.peer, size, Some(ttl), COMPLAINT_PACE).await)
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
        check("everything passes", |_| Fate::Passed, Some(1_500), None, false);
        let hole = |size| if size <= 1_400 { Fate::Passed } else { Fate::Silent };
        check("a black hole above 1400", hole, Some(1_400), Some(1_420), true);
        check("nobody answers", |_| Fate::Silent, None, Some(SMALL), false);
        let told = |most| {
            move |size| match size {
                size if size <= 1_430 => Fate::Passed,
                _ => Fate::TooBig { most, by: Some(ROUTER) },
            }
        };
        check("a tunnel that says so", told(Some(1_430)), Some(1_430), None, false);
        // Windows says that it is too big, and not what would not be.
        check("a tunnel that says it without a number", told(None), Some(1_420), None, false);
        let lies = |size| match size {
            size if size <= 1_380 => Fate::Passed,
            size if size <= 1_430 => Fate::Silent,
            _ => Fate::TooBig { most: Some(1_430), by: Some(ROUTER) },
        };
        check("a tunnel that carries less than it says", lies, Some(1_380), Some(1_400), true);
    }

    #[track_caller]
    fn check(case: &str, fate: impl Fn(u16) -> Fate, largest: Option<u16>, lost: Option<u16>, hole: bool) {
        let mut sizes = Sizes::new(Answers::Echo);
        for _ in 0..MOST_ROUNDS {
            let open: Vec<u16> = sizes.all.iter().filter(|it| it.is_open()).map(|it| it.bytes).collect();
            for size in open {
                sizes.note(size, fate(size));
            }
        }
        let found = sizes.found();
        assert_eq!(
            (found.largest, found.smallest_lost, found.is_black_hole()),
            (largest, lost, hole),
            "{case}"
        );
    }
}
