//! Echoes (ping). Where the system does not let us send them, that is the answer, and other methods must serve.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use surge_ping::{Client, Config, ICMP, IcmpPacket, PingIdentifier, PingSequence, SurgeError};

/// Type of an echo reply in ICMP (RFC 792).
const ECHO_REPLY_V4: u8 = 0;
/// Type of an echo reply in ICMPv6 (RFC 4443, 4.2).
const ECHO_REPLY_V6: u8 = 129;
/// Nothing of ours: what is in the packet is seen by everyone on the way.
const PAYLOAD: [u8; 32] = [0; 32];

/// What became of some echoes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Echoes {
    /// How many were sent.
    pub sent: u32,
    /// How long each answer took, in the order of sending; lost ones are absent.
    pub rtts: Vec<Duration>,
}

impl Echoes {
    /// How many were answered.
    pub fn received(&self) -> u32 {
        u32::try_from(self.rtts.len()).unwrap_or(u32::MAX)
    }

    /// Half took longer.
    pub fn median(&self) -> Option<Duration> {
        let mut sorted = self.rtts.clone();
        sorted.sort();
        sorted.get(sorted.len() / 2).copied()
    }

    /// Share without an answer, in percent.
    pub fn loss_pct(&self) -> f64 {
        if self.sent == 0 {
            return 0.0;
        }
        100.0 * f64::from(self.sent - self.received().min(self.sent)) / f64::from(self.sent)
    }
}

/// Why no echo was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EchoError {
    /// The system does not let this person send echoes (`net.ipv4.ping_group_range` on Linux).
    #[error("the system does not allow echoes")]
    NotAllowed,
    /// The system could not make the socket.
    #[error("the system could not send echoes")]
    System,
}

/// Sends `count` echoes, `interval` apart, and waits for each at most `limit`. A router's complaint is no answer.
pub async fn echo(
    address: IpAddr,
    count: u16,
    interval: Duration,
    limit: Duration,
) -> Result<Echoes, EchoError> {
    let kind = if address.is_ipv4() { ICMP::V4 } else { ICMP::V6 };
    let mut config = Config::builder().kind(kind);
    if cfg!(windows) {
        // The library asks its socket for an address, which Windows does not give to one without.
        let any = if address.is_ipv4() { IpAddr::from([0; 4]) } else { IpAddr::from([0_u16; 8]) };
        config = config.bind(SocketAddr::new(any, 0));
    }
    let client = Client::new(&config.build()).map_err(|error| match error.kind() {
        std::io::ErrorKind::PermissionDenied => EchoError::NotAllowed,
        _ => EchoError::System,
    })?;
    let mut waiting = tokio::task::JoinSet::new();
    for index in 0..count {
        let client = client.clone();
        waiting.spawn(async move {
            tokio::time::sleep(interval * u32::from(index)).await;
            // An identifier of its own for each: raw sockets see the answers of everybody.
            let identifier = PingIdentifier(rand_identifier());
            let mut pinger = client.pinger(address, identifier).await;
            pinger.timeout(limit);
            let answer = pinger.ping(PingSequence(index), &PAYLOAD).await;
            (index, rtt(answer))
        });
    }
    let mut rtts = Vec::new();
    while let Some(ended) = waiting.join_next().await {
        if let Ok((index, Some(rtt))) = ended {
            rtts.push((index, rtt));
        }
    }
    rtts.sort_by_key(|(index, _)| *index);
    Ok(Echoes { sent: u32::from(count), rtts: rtts.into_iter().map(|(_, rtt)| rtt).collect() })
}

/// The library returns a router's "unreachable" as an answer on raw sockets: only the packet's type tells.
fn rtt(answer: Result<(IcmpPacket, Duration), SurgeError>) -> Option<Duration> {
    let (packet, rtt) = answer.ok()?;
    let is_reply = match packet {
        IcmpPacket::V4(packet) => packet.get_icmp_type().0 == ECHO_REPLY_V4,
        IcmpPacket::V6(packet) => packet.get_icmpv6_type().0 == ECHO_REPLY_V6,
    };
    is_reply.then_some(rtt)
}

fn rand_identifier() -> u16 {
    let mut bytes = [0_u8; 2];
    let _random = getrandom::fill(&mut bytes);
    u16::from_be_bytes(bytes)
}
