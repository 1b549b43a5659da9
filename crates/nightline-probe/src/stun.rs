//! STUN (RFC 8489): which address the outside sees, and whether datagrams pass at all. Binding requests only; no
//! long-term credentials, no relays.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};

use tokio::net::UdpSocket;

use crate::any_port;

/// The usual port (RFC 8489, 18.6).
pub const PORT: u16 = 3_478;

/// Kinds of messages (RFC 8489, 5).
const REQUEST: u16 = 0x0001;
const RESPONSE: u16 = 0x0101;
/// In every message since RFC 5389.
const COOKIE: u32 = 0x2112_A442;
const HEAD_BYTES: usize = 20;
/// Kinds of attributes (RFC 8489, 18.3).
const MAPPED: u16 = 0x0001;
const XOR_MAPPED: u16 = 0x0020;
/// How an address begins: a byte of nothing, and its family.
const FAMILY_V4: u8 = 1;
const FAMILY_V6: u8 = 2;
/// Before the request is sent again; doubled each time (RFC 8489, 6.2.1).
const FIRST_RETRY: Duration = Duration::from_millis(500);
/// Larger than any answer to a binding request.
const MOST_BYTES: usize = 1_024;

/// Tells one request from every other.
pub type Transaction = [u8; 12];

/// What a server said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The server that was asked.
    pub server: SocketAddr,
    /// Where our packets come from, as it sees them.
    pub mapped: SocketAddr,
    /// From the request that was answered to its answer.
    pub took: Duration,
}

/// A binding request.
pub fn request(transaction: &Transaction) -> [u8; HEAD_BYTES] {
    let mut bytes = [0; HEAD_BYTES];
    bytes[..2].copy_from_slice(&REQUEST.to_be_bytes());
    bytes[4..8].copy_from_slice(&COOKIE.to_be_bytes());
    bytes[8..].copy_from_slice(transaction);
    bytes
}

/// The transaction and the address in an answer; `None` for everything else.
pub fn read(bytes: &[u8]) -> Option<(Transaction, SocketAddr)> {
    let head = bytes.first_chunk::<HEAD_BYTES>()?;
    let [kind_high, kind_low, length_high, length_low, rest @ ..] = head;
    let (cookie, transaction) = rest.split_first_chunk::<4>()?;
    let is_response = u16::from_be_bytes([*kind_high, *kind_low]) == RESPONSE;
    if !is_response || u32::from_be_bytes(*cookie) != COOKIE {
        return None;
    }
    let transaction: Transaction = transaction.try_into().ok()?;
    let length = usize::from(u16::from_be_bytes([*length_high, *length_low]));
    let mut attributes = bytes.get(HEAD_BYTES..HEAD_BYTES.checked_add(length)?)?;
    let mut plain = None;
    while let Some((head, rest)) = attributes.split_first_chunk::<4>() {
        let kind = u16::from_be_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_be_bytes([head[2], head[3]]));
        let value = rest.get(..length)?;
        match kind {
            XOR_MAPPED => return Some((transaction, address(value, Some(&transaction))?)),
            MAPPED => plain = address(value, None),
            _ => {}
        }
        // Values are padded to four bytes; a last one may lack its padding.
        attributes = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    Some((transaction, plain?))
}

/// An address; with a transaction it is hidden from rewriting routers (RFC 8489, 14.2).
fn address(value: &[u8], hidden: Option<&Transaction>) -> Option<SocketAddr> {
    let (head, bytes) = value.split_first_chunk::<4>()?;
    let mut mask = [0_u8; 16];
    if let Some(transaction) = hidden {
        mask[..4].copy_from_slice(&COOKIE.to_be_bytes());
        mask[4..].copy_from_slice(transaction);
    }
    let port = u16::from_be_bytes([head[2] ^ mask[0], head[3] ^ mask[1]]);
    let ip: IpAddr = match head[1] {
        FAMILY_V4 => {
            let bytes = bytes.first_chunk::<4>()?;
            Ipv4Addr::from(std::array::from_fn(|at| bytes[at] ^ mask[at])).into()
        }
        FAMILY_V6 => {
            let bytes = bytes.first_chunk::<16>()?;
            Ipv6Addr::from(std::array::from_fn::<u8, 16, _>(|at| bytes[at] ^ mask[at])).into()
        }
        _ => return None,
    };
    Some(SocketAddr::new(ip, port))
}

/// What each server says about one and the same socket, in the order of `servers`; `None` for those that stay silent.
/// All must be of one family.
pub async fn bindings(servers: &[SocketAddr], limit: Duration) -> std::io::Result<Vec<Option<Binding>>> {
    let mut found = vec![None; servers.len()];
    let Some(first) = servers.first() else { return Ok(found) };
    let socket = UdpSocket::bind(any_port(first.ip())).await?;
    let transactions: Vec<Transaction> = servers.iter().map(|_| transaction()).collect();
    let asking = async {
        let mut retry = FIRST_RETRY;
        let mut sent = Instant::now();
        let mut buffer = [0_u8; MOST_BYTES];
        while found.iter().any(Option::is_none) {
            sent = ask_again(&socket, servers, &transactions, &found).await.unwrap_or(sent);
            let until = tokio::time::Instant::now() + retry;
            while let Ok(got) = tokio::time::timeout_at(until, socket.recv_from(&mut buffer)).await {
                // A complaint about an earlier packet, which some systems tell here, is no answer.
                let Ok((length, from)) = got else { continue };
                let Some((of, mapped)) = buffer.get(..length).and_then(read) else { continue };
                let asked = transactions.iter().position(|it| *it == of);
                if let Some(index) = asked.filter(|index| servers[*index] == from && found[*index].is_none())
                {
                    found[index] = Some(Binding { server: from, mapped, took: sent.elapsed() });
                }
                if found.iter().all(Option::is_some) {
                    return;
                }
            }
            retry = retry.saturating_mul(2).min(limit);
        }
    };
    // Those that have not answered by then stay absent.
    let _ended = tokio::time::timeout(limit, asking).await;
    Ok(found)
}

/// Asks those that have not answered. A pending complaint about an earlier packet is no reason to stop.
async fn ask_again(
    socket: &UdpSocket,
    servers: &[SocketAddr],
    transactions: &[Transaction],
    found: &[Option<Binding>],
) -> Option<Instant> {
    let mut last = None;
    for ((server, transaction), _) in
        servers.iter().zip(transactions).zip(found).filter(|(_, found)| found.is_none())
    {
        for _ in 0..2 {
            if socket.send_to(&request(transaction), server).await.is_ok() {
                last = Some(Instant::now());
                break;
            }
        }
    }
    last
}

/// A transaction of our own.
pub(crate) fn transaction() -> Transaction {
    let mut bytes = [0; 12];
    // Without randomness somebody who guesses may answer in the server's place; nothing secret depends on it.
    let _random = getrandom::fill(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 5769, 2.2 and 2.3: the address part of the sample responses.
    const ID: Transaction = [0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34, 0xd6, 0x86, 0xfa, 0x87, 0xdf, 0xae];

    #[test]
    fn the_samples_of_the_rfc_are_read() {
        check(
            &[0x00, 0x20, 0x00, 0x08, 0x00, 0x01, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43],
            Some("192.0.2.1:32853"),
        );
        check(
            &[
                0x00, 0x20, 0x00, 0x14, 0x00, 0x02, 0xa1, 0x47, 0x01, 0x13, 0xa9, 0xfa, 0xa5, 0xd3, 0xf1,
                0x79, 0xbc, 0x25, 0xf4, 0xb5, 0xbe, 0xd2, 0xb9, 0xd9,
            ],
            Some("[2001:db8:1234:5678:11:2233:4455:6677]:32853"),
        );
        // An older server's plain address behind an attribute that nobody asked for.
        check(
            &[0x80, 0x22, 0x00, 0x01, b'x', 0, 0, 0, 0x00, 0x01, 0x00, 0x08, 0, 1, 0x0d, 0x96, 10, 0, 0, 7],
            Some("10.0.0.7:3478"),
        );
        check(&[], None);
        check(&[0x00, 0x20, 0xff, 0xff, 0, 1], None);
        check(&[0x00, 0x20, 0x00, 0x08, 0, 9, 0, 0, 0, 0, 0, 0], None);
    }

    #[track_caller]
    fn check(attributes: &[u8], expected: Option<&str>) {
        let mut bytes = request(&ID).to_vec();
        bytes[..2].copy_from_slice(&RESPONSE.to_be_bytes());
        bytes[2..4].copy_from_slice(&u16::try_from(attributes.len()).unwrap().to_be_bytes());
        bytes.extend(attributes);
        let found = read(&bytes);
        assert_eq!(found, expected.map(|it| (ID, it.parse().unwrap())), "{attributes:02x?}");
        // Whatever is cut off, nothing panics and nothing is invented.
        for cut in 0..bytes.len() {
            assert_eq!(read(&bytes[..cut]), None);
        }
    }

    #[tokio::test]
    async fn a_server_that_stays_silent_is_absent_and_the_other_is_not() {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let silent = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let servers = [silent.local_addr().unwrap(), socket.local_addr().unwrap()];
        let answering = tokio::spawn(async move {
            let mut buffer = [0; 64];
            let (length, from) = socket.recv_from(&mut buffer).await.unwrap();
            assert_eq!(length, HEAD_BYTES);
            let port = from.port() ^ 0x2112;
            let mut answer = buffer[..HEAD_BYTES].to_vec();
            answer[..4].copy_from_slice(&[0x01, 0x01, 0x00, 0x0c]);
            answer.extend([0x00, 0x20, 0x00, 0x08, 0x00, 0x01]);
            answer.extend(port.to_be_bytes());
            answer.extend((0x7f00_0001_u32 ^ COOKIE).to_be_bytes());
            socket.send_to(&answer, from).await.unwrap();
            from
        });
        let found = bindings(&servers, Duration::from_millis(300)).await.unwrap();
        assert_eq!(found[0], None);
        assert_eq!(
            found[1].map(|it| it.mapped),
            Some(answering.await.unwrap()).map(|it| ([127, 0, 0, 1], it.port()).into())
        );
    }
}
