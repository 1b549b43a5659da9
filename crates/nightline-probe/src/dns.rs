//! Single questions to one name server over a socket of our own, so that refused, silent and failing are told apart.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};

use hickory_proto::op::{Message, MessageType, OpCode, Query, ResponseCode};
pub use hickory_proto::rr::RecordType;
use hickory_proto::rr::{Name, RData};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UdpSocket;

use crate::connect::{ConnectError, connect_one};

/// Where name servers listen.
pub const PORT: u16 = 53;
/// The largest answer over UDP that is read (EDNS is not asked for, so 512 is the usual limit).
const MOST_BYTES: usize = 4_096;

/// What a name server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What it thinks of the question.
    pub kind: ReplyKind,
    /// The addresses it gave.
    pub addresses: Vec<IpAddr>,
    /// How long it took.
    pub took: Duration,
}

/// What a name server thinks of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyKind {
    /// It answered; the list of addresses may be empty.
    Answered,
    /// It says that the name does not exist.
    NoSuchName,
    /// It could not find out.
    ServFail,
    /// It does not answer this machine.
    Refused,
    /// Another code.
    Other,
}

/// Why a name server said nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DnsError {
    /// No answer in time.
    #[error("no answer in time")]
    TimedOut,
    /// The computer there says that nothing listens on the port.
    #[error("nothing listens there")]
    PortClosed,
    /// There is no way there.
    #[error("the name server cannot be reached")]
    Unreachable,
    /// What came back is not an answer to the question.
    #[error("the answer is not to be read")]
    Malformed,
    /// The name is no DNS name.
    #[error("the name is no DNS name")]
    BadName,
}

/// Asks over UDP, once.
pub async fn ask(
    server: SocketAddr,
    name: &str,
    kind: RecordType,
    limit: Duration,
) -> Result<Reply, DnsError> {
    let (question, bytes) = question(name, kind)?;
    let work = async {
        let local: SocketAddr = match server {
            SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
            SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
        };
        let socket = UdpSocket::bind(local).await.map_err(|error| why(&error))?;
        // Connected, so that the kernel drops answers of others and reports a closed port.
        socket.connect(server).await.map_err(|error| why(&error))?;
        let started = Instant::now();
        socket.send(&bytes).await.map_err(|error| why(&error))?;
        let mut buffer = vec![0_u8; MOST_BYTES];
        loop {
            let count = socket.recv(&mut buffer).await.map_err(|error| why(&error))?;
            if let Some(reply) = read(&buffer[..count], &question, started.elapsed()) {
                return Ok(reply);
            }
        }
    };
    tokio::time::timeout(limit, work).await.unwrap_or(Err(DnsError::TimedOut))
}

/// Asks over TCP: the second method where UDP stays silent.
pub async fn ask_tcp(
    server: SocketAddr,
    name: &str,
    kind: RecordType,
    limit: Duration,
) -> Result<Reply, DnsError> {
    let (question, bytes) = question(name, kind)?;
    let length = u16::try_from(bytes.len()).map_err(|_| DnsError::BadName)?;
    let work = async {
        let started = Instant::now();
        let mut stream = connect_one(server, limit)
            .await
            .map_err(|error| match error {
                ConnectError::Refused => DnsError::PortClosed,
                ConnectError::Unreachable | ConnectError::NoRoute => DnsError::Unreachable,
                _ => DnsError::TimedOut,
            })?
            .stream;
        stream.write_u16(length).await.map_err(|error| why(&error))?;
        stream.write_all(&bytes).await.map_err(|error| why(&error))?;
        let length = stream.read_u16().await.map_err(|error| why(&error))?;
        let mut buffer = vec![0_u8; usize::from(length)];
        stream.read_exact(&mut buffer).await.map_err(|error| why(&error))?;
        read(&buffer, &question, started.elapsed()).ok_or(DnsError::Malformed)
    };
    tokio::time::timeout(limit, work).await.unwrap_or(Err(DnsError::TimedOut))
}

/// A label that nobody has asked for before, so that no cache knows it.
pub fn random_label() -> String {
    let mut bytes = [0_u8; 8];
    // Without randomness the label is a constant; then a cache may know it, and the answer is still judged right.
    let _random = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| char::from(b'a' + byte % 26)).collect()
}

fn question(name: &str, kind: RecordType) -> Result<(Message, Vec<u8>), DnsError> {
    let mut name = Name::from_utf8(name).map_err(|_| DnsError::BadName)?;
    name.set_fqdn(true);
    let mut id = [0_u8; 2];
    let _random = getrandom::fill(&mut id);
    let mut message = Message::new(u16::from_be_bytes(id), MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.add_query(Query::query(name, kind));
    let bytes = message.to_vec().map_err(|_| DnsError::BadName)?;
    Ok((message, bytes))
}

/// `None` for something that is no answer to this question: it is not waited for less long because of it.
fn read(bytes: &[u8], question: &Message, took: Duration) -> Option<Reply> {
    let message = Message::from_vec(bytes).ok()?;
    if message.metadata.id != question.metadata.id || message.metadata.message_type != MessageType::Response {
        return None;
    }
    let kind = match message.metadata.response_code {
        ResponseCode::NoError => ReplyKind::Answered,
        ResponseCode::NXDomain => ReplyKind::NoSuchName,
        ResponseCode::ServFail => ReplyKind::ServFail,
        ResponseCode::Refused => ReplyKind::Refused,
        _ => ReplyKind::Other,
    };
    let addresses = message
        .answers
        .iter()
        .filter_map(|record| match &record.data {
            RData::A(address) => Some(IpAddr::V4(address.0)),
            RData::AAAA(address) => Some(IpAddr::V6(address.0)),
            _ => None,
        })
        .collect();
    Some(Reply { kind, addresses, took })
}

fn why(error: &io::Error) -> DnsError {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => DnsError::PortClosed,
        io::ErrorKind::TimedOut => DnsError::TimedOut,
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => DnsError::Malformed,
        _ => DnsError::Unreachable,
    }
}
