//! A name server of a few lines: it knows the names it is given, or misbehaves in one way. Asks nobody.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};

/// How it behaves.
#[derive(Clone, Debug)]
pub enum TinyDns {
    /// Knows these names (in lower case, without a dot at the end); every other name does not exist.
    Knows(BTreeMap<String, Ipv4Addr>),
    /// Gives every name this address.
    Forges(Ipv4Addr),
    /// Answers nobody's question.
    Refuses,
    /// Could not find out.
    Fails,
}

/// `NXDOMAIN` (RFC 1035, 4.1.1).
const NO_SUCH_NAME: u8 = 3;
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

    fn answer(&self, question: &[u8]) -> Option<Vec<u8>> {
        let (name, kind, end) = read_question(question)?;
        let (code, address) = match self {
            Self::Knows(names) => match names.get(&name) {
                Some(address) => (0, Some(*address)),
                // The root exists everywhere.
                None if name.is_empty() => (0, None),
                None => (NO_SUCH_NAME, None),
            },
            Self::Forges(address) => (0, Some(*address)),
            Self::Refuses => (REFUSED, None),
            Self::Fails => (SERVER_FAILURE, None),
        };
        // Only A records are known; for AAAA the name exists and has none.
        let address = address.filter(|_| kind == 1);
        let mut answer = question.get(..2)?.to_vec();
        answer.extend([0x81, 0x80 | code, 0, 1, 0, u8::from(address.is_some()), 0, 0, 0, 0]);
        answer.extend_from_slice(question.get(12..end)?);
        if let Some(address) = address {
            // Pointer to the name, type A, class IN, 60 s, 4 bytes.
            answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
            answer.extend(address.octets());
        }
        Some(answer)
    }
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
