//! Small datagrams at the pace of a call, each answered by a STUN server, for loss, delay and jitter without TCP's
//! repairs. Sends about a kilobyte a second and no more than it was told to.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::net::UdpSocket;

use crate::any_port;
use crate::stun::{read, request, transaction};

/// Larger than any answer to a binding request.
const MOST_BYTES: usize = 1_024;
/// The part of a transaction that numbers the packets; the rest is the stream's own.
const NUMBER_BYTES: usize = 4;

/// So many answers tell a call program what is usual.
const REMEMBERED: usize = 9;
/// A buffer against jitter is about this many times the jitter long.
const BUFFER: u32 = 2;
/// No program keeps less than the packet that it is about to play.
const PACKET: Duration = Duration::from_millis(20);

/// What became of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    /// The way there and back of each packet, in the order of sending; `None` if no answer came in time.
    pub rtts: Vec<Option<Duration>>,
}

impl Stream {
    /// Share without an answer, in percent.
    pub fn loss_pct(&self) -> f64 {
        let lost = self.rtts.iter().filter(|it| it.is_none()).count();
        if self.rtts.is_empty() { 0.0 } else { 100.0 * count(lost) / count(self.rtts.len()) }
    }

    /// Half took longer.
    pub fn median(&self) -> Option<Duration> {
        middle(&self.rtts.iter().flatten().copied().collect::<Vec<_>>())
    }

    /// How much the delay changes from one answer to the next, on average.
    ///
    /// RFC 3550 (6.4.1) smooths the same differences over sixteen packets of a long call; over a short stream their
    /// mean is the same without the slow start.
    pub fn jitter(&self) -> Option<Duration> {
        let answered: Vec<Duration> = self.rtts.iter().flatten().copied().collect();
        let steps: Vec<Duration> = answered.windows(2).map(|pair| pair[0].abs_diff(pair[1])).collect();
        let number = u32::try_from(steps.len()).ok().filter(|it| *it > 0)?;
        Some(steps.iter().sum::<Duration>() / number)
    }

    /// How long a call program would hold packets back, so that later ones still come in time: a model of its buffer.
    pub fn buffer(&self) -> Duration {
        self.jitter().map_or(PACKET, |it| (it * BUFFER).max(PACKET))
    }

    /// Share that was answered, but so late that the buffer would have run dry, in percent: later than half of the
    /// answers just before by more than the buffer. A delay that stays longer moves the buffer, as in a call. Delay and
    /// jitter are of the way there and back, so both sides of the comparison are.
    pub fn late_pct(&self) -> f64 {
        let answered: Vec<Duration> = self.rtts.iter().flatten().copied().collect();
        let buffer = self.buffer();
        let is_late = |at: &usize| {
            let before = &answered[at.saturating_sub(REMEMBERED)..*at];
            middle(before).or_else(|| middle(&answered)).is_some_and(|usual| answered[*at] > usual + buffer)
        };
        let late = (0..answered.len()).filter(is_late).count();
        if self.rtts.is_empty() { 0.0 } else { 100.0 * count(late) / count(self.rtts.len()) }
    }
}

fn middle(times: &[Duration]) -> Option<Duration> {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted.get(sorted.len() / 2).copied()
}

#[expect(clippy::cast_precision_loss, reason = "a stream has some hundred packets")]
fn count(number: usize) -> f64 {
    number as f64
}

/// Sends `packets` binding requests, `interval` apart, and waits for the last answers at most `patience`.
pub async fn stream(
    server: SocketAddr,
    packets: u32,
    interval: Duration,
    patience: Duration,
) -> io::Result<Stream> {
    let socket = UdpSocket::bind(any_port(server.ip())).await?;
    socket.connect(server).await?;
    let mut own = transaction();
    let mut sent: BTreeMap<u32, Instant> = BTreeMap::new();
    let mut rtts: Vec<Option<Duration>> = Vec::new();
    let mut clock = tokio::time::interval(interval);
    clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut buffer = [0_u8; MOST_BYTES];
    for number in 0..packets {
        let tick = clock.tick();
        tokio::pin!(tick);
        loop {
            tokio::select! {
                _ = &mut tick => break,
                got = socket.recv(&mut buffer) => note(got, &buffer, &own, &sent, &mut rtts),
            }
        }
        own[..NUMBER_BYTES].copy_from_slice(&number.to_be_bytes());
        sent.insert(number, Instant::now());
        rtts.push(None);
        // One that cannot leave is lost: a complaint about an earlier packet is told in place of this one.
        let _lost = socket.send(&request(&own)).await;
    }
    let until = tokio::time::Instant::now() + patience;
    while rtts.iter().any(Option::is_none) {
        match tokio::time::timeout_at(until, socket.recv(&mut buffer)).await {
            Ok(got) => note(got, &buffer, &own, &sent, &mut rtts),
            Err(_) => break,
        }
    }
    Ok(Stream { rtts })
}

fn note(
    got: io::Result<usize>,
    buffer: &[u8],
    own: &[u8; 12],
    sent: &BTreeMap<u32, Instant>,
    rtts: &mut [Option<Duration>],
) {
    let now = Instant::now();
    let answer = got.ok().and_then(|length| read(buffer.get(..length)?));
    let Some((transaction, _)) = answer else { return };
    let (Some(number), true) =
        (transaction.first_chunk::<NUMBER_BYTES>(), transaction[NUMBER_BYTES..] == own[NUMBER_BYTES..])
    else {
        return;
    };
    let number = u32::from_be_bytes(*number);
    let place = usize::try_from(number).ok().and_then(|at| rtts.get_mut(at));
    if let (Some(place), Some(begun)) = (place, sent.get(&number)) {
        // A packet that comes twice took as long as its first copy.
        place.get_or_insert(now.saturating_duration_since(*begun));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loss_delay_and_jitter_are_of_the_answers() {
        let ms = |it: u64| Some(Duration::from_millis(it));
        let stream = Stream { rtts: vec![ms(20), None, ms(30), ms(26), ms(26)] };
        assert_eq!(stream.loss_pct(), 20.0);
        assert_eq!(stream.median(), ms(26));
        assert_eq!(stream.jitter(), Some(Duration::from_millis(14) / 3));
        assert_eq!(Stream::default().loss_pct(), 0.0);
        assert_eq!(Stream { rtts: vec![None, ms(5)] }.jitter(), None);
    }

    #[test]
    fn packets_that_come_after_the_buffer_ran_dry_are_late() {
        // (round trips in milliseconds, 0 is lost; buffer in milliseconds; share in percent)
        late(&[20, 20, 20, 20], 20, 0.0);
        // A packet's own length is always kept.
        late(&[20, 20, 20, 40], 20, 0.0);
        late(&[20, 20, 20, 20, 20, 20, 20, 20, 20, 65], 20, 10.0);
        // A jittery line has a long buffer: the mean step is 30 ms.
        late(&[20, 50, 20, 50, 20], 60, 0.0);
        // One packet far behind the others moves the buffer, and is late all the same: two steps of ten are 400 ms long.
        late(&[20, 20, 20, 20, 20, 20, 20, 20, 20, 420, 20], 160, 100.0 / 11.0);
        // Shares are of all that were sent.
        late(&[20, 0, 20, 20, 20, 20, 0, 20, 20, 65], 20, 10.0);
        // A delay that stays longer is late until it is the usual one: five of twenty.
        let step: Vec<u64> = [[20; 10], [60; 10]].concat();
        late(&step, 20, 25.0);
        late(&[0, 0], 20, 0.0);
        late(&[], 20, 0.0);
    }

    #[track_caller]
    fn late(rtts_ms: &[u64], buffer_ms: u64, share: f64) {
        let rtts = rtts_ms.iter().map(|it| (*it > 0).then(|| Duration::from_millis(*it))).collect();
        let stream = Stream { rtts };
        assert_eq!(stream.buffer(), Duration::from_millis(buffer_ms), "{rtts_ms:?}");
        assert!((stream.late_pct() - share).abs() < 1e-9, "{} of {rtts_ms:?}", stream.late_pct());
    }
}
