//! `load`: how much longer do packets take while the line is full? Fills it, to the desk and back, for some seconds, so
//! it runs only when somebody asks for it by name. After the idea of draft-ietf-ippm-responsiveness, made short.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use nightline_probe::connect::{connect, connect_one};
use nightline_probe::load::{Way, fill};
use nightline_probe::tls::{Roots, handshake};
use nightline_types::{CheckId, Message, Unit};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::endpoint::{Endpoint, via};
use super::reach_facts::roots;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// Where the desk gives and takes as much as the line carries.
const PATH: &str = "/api/v1/load";
/// Each way.
const LENGTH: Duration = Duration::from_millis(3_000);
/// One connection more each time, so that a long line fills too.
const STEP: Duration = Duration::from_millis(200);
const MOST_CONNECTIONS: u32 = 6;
/// Delays are taken from here on, when the line is full.
const WARM_UP: Duration = Duration::from_millis(1_500);
const KNOCK_INTERVAL: Duration = Duration::from_millis(100);
const KNOCK_LIMIT: Duration = Duration::from_millis(1_400);
const CONNECT_LIMIT: Duration = Duration::from_secs(2);
const IDLE_KNOCKS: u32 = 8;
/// Both ways, the idle line before, and the last knocks.
const LIMIT: Duration = Duration::from_millis(12_000);
/// Of the largest delays, this share is left out (the draft's trimmed mean).
const TRIM: f64 = 0.05;

const FACTS: &[FactSpec] = &[
    FactSpec::new("idle_ms", "setting up a connection while the line is quiet").unit(Unit::Ms),
    FactSpec::new("down_ms", "the same while the line is full towards this machine").unit(Unit::Ms),
    FactSpec::new("up_ms", "the same while it is full away from this machine").unit(Unit::Ms),
    FactSpec::new("down_rpm", "round trips a minute under that load").unit(Unit::Count),
    FactSpec::new("up_rpm", "round trips a minute under that load").unit(Unit::Count),
    FactSpec::new("down_mbps", "what the line carried towards this machine").unit(Unit::Mbps),
    FactSpec::new("up_mbps", "what it carried away from it").unit(Unit::Mbps),
];

/// The check.
pub(crate) struct Load;

impl Check for Load {
    fn id(&self) -> CheckId {
        CheckId::new("load")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        // Whatever else measures has to be over.
        &["desk-reach", "target-reach", "important-targets", "path", "mtu", "calls", "ipv6"]
    }

    fn on_request(&self) -> bool {
        true
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let Some(endpoint) = context.desk.as_ref().and_then(|desk| Endpoint::desk(desk, PATH)) else {
        return Found::skipped(Message::new("skip-no-desk"));
    };
    let reached = context.known_flag("desk-reach", "reached") == Some(true);
    let is_direct = via(context, &endpoint).await.is_none();
    let address = context.known_address("desk-reach", "address");
    let Some(address) = address.filter(|_| reached && is_direct) else {
        return Found::skipped(Message::new("skip-desk-not-reached"));
    };
    let Some(roots) = roots(context.extra_roots_path.clone()).await else {
        return Found::unknown(Message::new("network-roots-unreadable"), Vec::new());
    };
    let desk = Arc::new(Desk { endpoint, address, roots });
    let idle = knocks(&desk, Instant::now(), Instant::now() + KNOCK_INTERVAL * IDLE_KNOCKS).await;
    let down = under(&desk, Way::Down).await;
    let up = under(&desk, Way::Up).await;
    // Without load these are not delays under load: the desk gave nothing, or too many ask at once.
    let is_filled = down.mbps > 0.0 && up.mbps > 0.0;
    if !is_filled || down.delays.is_empty() || up.delays.is_empty() {
        return Found::unknown(Message::new("network-load-unclear"), Vec::new());
    }
    let mut notes = Notes::new(FACTS, (context.clock)());
    let mut put = |key, value: Option<f64>| {
        notes.put_some(key, value.map(|it| (it * 10.0).round() / 10.0), "tcp-connect");
    };
    put("idle_ms", trimmed(&idle));
    for (loaded, keys) in
        [(&down, ["down_ms", "down_rpm", "down_mbps"]), (&up, ["up_ms", "up_rpm", "up_mbps"])]
    {
        let delay = trimmed(&loaded.delays);
        put(keys[0], delay);
        put(keys[1], delay.map(|ms| (MINUTE_MS / ms.max(1.0)).round()));
        put(keys[2], Some(loaded.mbps));
    }
    Found::healthy(notes.take())
}

const MINUTE_MS: f64 = 60_000.0;

struct Desk {
    endpoint: Endpoint,
    address: IpAddr,
    roots: Roots,
}

/// A line under load.
struct Loaded {
    delays: Vec<Duration>,
    mbps: f64,
}

async fn under(desk: &Arc<Desk>, way: Way) -> Loaded {
    let begun = Instant::now();
    let until = begun + LENGTH;
    let passed = Arc::new(AtomicU64::new(0));
    let mut streams = JoinSet::new();
    for index in 0..MOST_CONNECTIONS {
        let (desk, passed) = (Arc::clone(desk), Arc::clone(&passed));
        streams.spawn(async move {
            tokio::time::sleep_until(begun + STEP * index).await;
            if let Some(stream) = open(&desk).await {
                fill(stream, way, &desk.endpoint.host_header(), PATH, until, &passed).await;
            }
        });
    }
    let at_warm = async {
        tokio::time::sleep_until(begun + WARM_UP).await;
        passed.load(Ordering::Relaxed)
    };
    let (delays, before) = tokio::join!(knocks(desk, begun + WARM_UP, until), at_warm);
    let bytes = passed.load(Ordering::Relaxed).saturating_sub(before);
    streams.shutdown().await;
    Loaded { delays, mbps: megabits(bytes) / (LENGTH - WARM_UP).as_secs_f64() }
}

#[expect(clippy::cast_precision_loss, reason = "a line carries far less than 2^53 bytes in some seconds")]
fn megabits(bytes: u64) -> f64 {
    bytes as f64 * 8.0 / 1_000_000.0
}

trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Wire for S {}

async fn open(desk: &Desk) -> Option<Box<dyn Wire>> {
    let stream = connect(&[desk.address], desk.endpoint.port, CONNECT_LIMIT).await.ok()?.stream;
    if !desk.endpoint.tls {
        return Some(Box::new(stream));
    }
    let shaken = handshake(stream, &desk.endpoint.host, &desk.roots, CONNECT_LIMIT).await.ok()?;
    Some(Box::new(shaken.stream?))
}

/// How long connections take to come up, one begun each tenth of a second.
async fn knocks(desk: &Arc<Desk>, from: Instant, until: Instant) -> Vec<Duration> {
    let peer = (desk.address, desk.endpoint.port).into();
    let mut all = JoinSet::new();
    let mut at = from;
    while at < until {
        all.spawn(async move {
            tokio::time::sleep_until(at).await;
            connect_one(peer, KNOCK_LIMIT).await.ok().map(|it| it.took)
        });
        at += KNOCK_INTERVAL;
    }
    all.join_all().await.into_iter().flatten().collect()
}

/// The mean without the largest, in milliseconds.
fn trimmed(delays: &[Duration]) -> Option<f64> {
    let mut sorted: Vec<f64> = delays.iter().map(|it| it.as_secs_f64() * 1_000.0).collect();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "some dozens"
    )]
    let kept = (sorted.len() as f64 * (1.0 - TRIM)).ceil() as usize;
    let kept = sorted.get(..kept)?;
    #[expect(clippy::cast_precision_loss, reason = "some dozens")]
    let count = kept.len() as f64;
    (!kept.is_empty()).then(|| kept.iter().sum::<f64>() / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_late_packet_of_twenty_does_not_count() {
        let ms = |all: &[u64]| all.iter().map(|it| Duration::from_millis(*it)).collect::<Vec<_>>();
        assert_eq!(trimmed(&[]), None);
        assert_eq!(trimmed(&ms(&[10, 20])), Some(15.0));
        let mut twenty = vec![10; 19];
        twenty.push(1_900);
        assert_eq!(trimmed(&ms(&twenty)), Some(10.0));
    }
}
