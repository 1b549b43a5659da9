//! Single questions to one name server over a socket of our own, so that refused, silent and failing are told apart.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use hickory_proto::op::{Message, MessageType, OpCode, Query, ResponseCode};
pub use hickory_proto::rr::RecordType;
use hickory_proto::rr::{Name, RData};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UdpSocket;

use crate::any_port;
use crate::connect::{ConnectError, connect_one};

/// Where name servers listen.
pub const PORT: u16 = 53;
/// The largest answer over UDP that is read (EDNS is not asked for, so 512 is the usual limit).
const MOST_BYTES: usize = 4_096;
/// More answers to one question are a flood.
const MOST_REPLIES: usize = 8;

/// What a name server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What it thinks of the question.
    pub kind: ReplyKind,
    /// The addresses it gave.
    pub addresses: Vec<IpAddr>,
    /// The names it gave for an address, without the dot at the end.
    pub names: Vec<String>,
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
    first_reply(server, question(name, kind)?, limit).await
}

/// Asks over UDP, once, and goes on listening after the first answer: all answers to the one question, in order. An
/// honest way gives one; where somebody on the way answers first, the true one comes later.
///
/// # Errors
/// When not even one answer came.
pub async fn ask_and_listen(
    server: SocketAddr,
    name: &str,
    kind: RecordType,
    limit: Duration,
    listen: Duration,
) -> Result<Vec<Reply>, DnsError> {
    let question = question(name, kind)?;
    let first = async {
        let asked = Asked::send(server, question).await?;
        let reply = asked.reply().await?;
        Ok((asked, reply))
    };
    let (asked, reply) = tokio::time::timeout(limit, first).await.unwrap_or(Err(DnsError::TimedOut))?;
    let mut replies = vec![reply];
    let until = tokio::time::Instant::now() + listen;
    while replies.len() < MOST_REPLIES
        && let Ok(Ok(reply)) = tokio::time::timeout_at(until, asked.reply()).await
    {
        replies.push(reply);
    }
    Ok(replies)
}

/// A question that was sent.
struct Asked {
    socket: UdpSocket,
    question: Message,
    started: Instant,
}

impl Asked {
    async fn send(server: SocketAddr, question: Message) -> Result<Self, DnsError> {
        let bytes = question.to_vec().map_err(|_| DnsError::BadName)?;
        let socket = UdpSocket::bind(any_port(server.ip())).await.map_err(|error| why(&error))?;
        // Connected, so that the kernel drops answers of others and reports a closed port.
        socket.connect(server).await.map_err(|error| why(&error))?;
        let started = Instant::now();
        socket.send(&bytes).await.map_err(|error| why(&error))?;
        Ok(Self { socket, question, started })
    }

    /// The next answer to it.
    async fn reply(&self) -> Result<Reply, DnsError> {
        let mut buffer = vec![0_u8; MOST_BYTES];
        loop {
            let count = self.socket.recv(&mut buffer).await.map_err(|error| why(&error))?;
            if let Some(reply) = read(&buffer[..count], &self.question, self.started.elapsed()) {
                return Ok(reply);
            }
        }
    }
}

/// Asks over TCP: the second method where UDP stays silent.
pub async fn ask_tcp(
    server: SocketAddr,
    name: &str,
    kind: RecordType,
    limit: Duration,
) -> Result<Reply, DnsError> {
    let question = question(name, kind)?;
    let bytes = question.to_vec().map_err(|_| DnsError::BadName)?;
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

/// Asks over UDP, once, for an answer whose signature the name server need not check (RFC 4035, 3.2.2).
pub async fn ask_unchecked(
    server: SocketAddr,
    name: &str,
    kind: RecordType,
    limit: Duration,
) -> Result<Reply, DnsError> {
    let mut question = question(name, kind)?;
    question.metadata.checking_disabled = true;
    first_reply(server, question, limit).await
}

async fn first_reply(server: SocketAddr, question: Message, limit: Duration) -> Result<Reply, DnsError> {
    let work = async { Asked::send(server, question).await?.reply().await };
    tokio::time::timeout(limit, work).await.unwrap_or(Err(DnsError::TimedOut))
}

/// The name of an address, as the name server has it (RFC 1035, 3.5; RFC 3596, 2.5).
pub async fn name_of(server: SocketAddr, address: IpAddr, limit: Duration) -> Option<String> {
    let question = reverse(address);
    ask(server, &question, RecordType::PTR, limit).await.ok()?.names.into_iter().next()
}

fn reverse(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, d] = address.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(address) => {
            let digits = format!("{:032x}", address.to_bits());
            let mut labels: Vec<String> = digits.chars().rev().map(String::from).collect();
            labels.push("ip6.arpa".to_owned());
            labels.join(".")
        }
    }
}

/// A label that nobody has asked for before, so that no cache knows it.
pub fn random_label() -> String {
    let mut bytes = [0_u8; 8];
    // Without randomness the label is a constant; then a cache may know it, and the answer is still judged right.
    let _random = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| char::from(b'a' + byte % 26)).collect()
}

fn question(name: &str, kind: RecordType) -> Result<Message, DnsError> {
    let mut name = Name::from_utf8(name).map_err(|_| DnsError::BadName)?;
    name.set_fqdn(true);
    let mut id = [0_u8; 2];
    let _random = getrandom::fill(&mut id);
    let mut message = Message::new(u16::from_be_bytes(id), MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.add_query(Query::query(name, kind));
    Ok(message)
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
    let names = message
        .answers
        .iter()
        .filter_map(|record| match &record.data {
            RData::PTR(name) => Some(name.0.to_utf8().trim_end_matches('.').to_owned()),
            _ => None,
        })
        .collect();
    Some(Reply { kind, addresses, names, took })
}

fn why(error: &io::Error) -> DnsError {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => DnsError::PortClosed,
        io::ErrorKind::TimedOut => DnsError::TimedOut,
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => DnsError::Malformed,
        _ => DnsError::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_asked_for_backwards() {
        assert_eq!(reverse([192, 0, 2, 7].into()), "7.2.0.192.in-addr.arpa");
        let v6: IpAddr = "2001:db8::567:89ab".parse().unwrap();
        // RFC 3596, 2.5 has this form.
        assert_eq!(reverse(v6), "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
    }

    #[tokio::test]
    async fn a_second_answer_is_heard() {
        let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = server.local_addr().unwrap();
        tokio::spawn(async move {
            let mut buffer = [0; 512];
            let (length, from) = server.recv_from(&mut buffer).await.unwrap();
            for last in [9, 1] {
                let mut answer = buffer[..length].to_vec();
                answer[2..8].copy_from_slice(&[0x81, 0x80, 0, 1, 0, 1]);
                answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, last]);
                server.send_to(&answer, from).await.unwrap();
            }
        });
        let limit = Duration::from_secs(20);
        let replies = ask_and_listen(address, "files.test", RecordType::A, limit, Duration::from_millis(300))
            .await
            .unwrap();
        let addresses: Vec<_> = replies.into_iter().flat_map(|it| it.addresses).collect();
        assert_eq!(addresses, [[192, 0, 2, 9], [192, 0, 2, 1]].map(IpAddr::from));
    }
}
