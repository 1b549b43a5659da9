//! A name server of a few lines: it knows the names it is given, or misbehaves in one way. Asks nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::time::Duration;

/// How it behaves.
#[derive(Clone, Debug)]
pub enum TinyDns {
    /// Knows these names (in lower case, without a dot at the end); every other name does not exist.
    Knows(BTreeMap<String, Ipv4Addr>),
    /// The same with an address of each family; other names get `absent`, where it lies about them.
    KnowsBoth {
        /// In lower case, without a dot at the end.
        names: BTreeMap<String, (Ipv4Addr, Ipv6Addr)>,
        /// What a name gets that does not exist.
        absent: Option<Ipv4Addr>,
        /// Names whose signature does not hold: it could not find out, unless nobody wants it checked.
        unproven: BTreeSet<String>,
    },
    /// Gives every name this address.
    Forges(Ipv4Addr),
    /// Answers nobody's question.
    Refuses,
    /// Could not find out.
    Fails,
}

/// Whoever connects and says nothing keeps others from asking.
const PATIENCE: Duration = Duration::from_secs(2);
/// `NXDOMAIN` (RFC 1035, 4.1.1).
const NO_SUCH_NAME: u8 = 3;
/// The bit by which somebody asks for an answer that nobody checked (RFC 4035, 3.2.2).
const CHECKING_DISABLED: u8 = 0x10;
/// Types of records.
const A: u16 = 1;
const AAAA: u16 = 28;
const SERVER_FAILURE: u8 = 2;
const REFUSED: u8 = 5;

impl TinyDns {
    /// Serves over UDP until the socket fails; `listening` is called once it is bound.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub fn serve(&self, address: SocketAddr, listening: &dyn Fn()) -> io::Result<()> {
        let socket = UdpSocket::bind(address)?;
        listening();
        let mut buffer = [0_u8; 512];
        loop {
            let (length, from) = socket.recv_from(&mut buffer)?;
            if let Some(answer) = self.answer(&buffer[..length]) {
                socket.send_to(&answer, from)?;
            }
        }
    }

    /// Serves over TCP, one question to a connection, until the socket fails; `listening` is called once it is bound.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub fn serve_tcp(&self, address: SocketAddr, listening: &dyn Fn()) -> io::Result<()> {
        let socket = TcpListener::bind(address)?;
        listening();
        loop {
            // Somebody who hangs up is nobody's trouble.
            let _gone = socket.accept().and_then(|(stream, _)| self.answer_one(stream));
        }
    }

    fn answer_one(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut length = [0_u8; 2];
        stream.read_exact(&mut length)?;
        let mut question = vec![0_u8; u16::from_be_bytes(length).into()];
        stream.read_exact(&mut question)?;
        if let Some(answer) = self.answer(&question) {
            let length = u16::try_from(answer.len()).map_err(io::Error::other)?;
            stream.write_all(&[&length.to_be_bytes(), answer.as_slice()].concat())?;
        }
        Ok(())
    }

    /// The answer to a question, both without the headers of UDP; `None` to what is none.
    pub fn answer(&self, question: &[u8]) -> Option<Vec<u8>> {
        let (name, kind, end) = read_question(question)?;
        let (code, addresses) = match self {
            Self::Knows(names) => known(&name, names.get(&name).map(|it| (*it, None))),
            Self::KnowsBoth { unproven, .. }
                if unproven.contains(&name) && question.get(3)? & CHECKING_DISABLED == 0 =>
            {
                (SERVER_FAILURE, None)
            }
            Self::KnowsBoth { names, absent, .. } => {
                let lie = absent.filter(|_| !name.is_empty()).map(|it| (it, None));
                known(&name, names.get(&name).map(|(four, six)| (*four, Some(*six))).or(lie))
            }
            Self::Forges(address) => (0, Some((*address, None))),
            Self::Refuses => (REFUSED, None),
            Self::Fails => (SERVER_FAILURE, None),
        };
        // For every other kind of record the name exists and has none.
        let address = match (kind, addresses) {
            (A, Some((four, _))) => Some(four.octets().to_vec()),
            (AAAA, Some((_, Some(six)))) => Some(six.octets().to_vec()),
            _ => None,
        };
        let mut answer = question.get(..2)?.to_vec();
        answer.extend([0x81, 0x80 | code, 0, 1, 0, u8::from(address.is_some()), 0, 0, 0, 0]);
        answer.extend_from_slice(question.get(12..end)?);
        if let Some(address) = address {
            // Pointer to the name, type, class IN, 60 s.
            answer.extend([0xc0, 12]);
            answer.extend(kind.to_be_bytes());
            answer.extend([0, 1, 0, 0, 0, 60, 0]);
            answer.extend(u8::try_from(address.len()));
            answer.extend(address);
        }
        Some(answer)
    }
}

/// A name's addresses, or that there is no such name; the root exists everywhere.
fn known(
    name: &str,
    addresses: Option<(Ipv4Addr, Option<Ipv6Addr>)>,
) -> (u8, Option<(Ipv4Addr, Option<Ipv6Addr>)>) {
    let code = if addresses.is_none() && !name.is_empty() { NO_SUCH_NAME } else { 0 };
    (code, addresses)
}

/// Name, type, and where the question ends.
fn read_question(message: &[u8]) -> Option<(String, u16, usize)> {
    let mut labels = Vec::new();
    let mut at = 12;
    loop {
        let length = usize::from(*message.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(message.get(at..at + length)?).to_ascii_lowercase());
        at += length;
    }
    let kind = u16::from_be_bytes([*message.get(at)?, *message.get(at + 1)?]);
    (message.len() >= at + 4).then(|| (labels.join("."), kind, at + 4))
}
