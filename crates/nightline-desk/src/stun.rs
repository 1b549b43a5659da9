//! Answers STUN binding requests (RFC 8489) with the address they came from. Knows no user, no relay and no other
//! method.

use std::net::{IpAddr, SocketAddr};

/// In every message.
const COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const REQUEST: [u8; 2] = [0x00, 0x01];
const RESPONSE: [u8; 2] = [0x01, 0x01];
const XOR_MAPPED_ADDRESS: [u8; 2] = [0x00, 0x20];
const FAMILY_V4: u8 = 1;
const FAMILY_V6: u8 = 2;
const HEAD_BYTES: usize = 20;

/// The answer to a binding request; `None` for everything else. Attributes of the request are not looked at.
pub(crate) fn answer(request: &[u8], from: SocketAddr) -> Option<Vec<u8>> {
    let head = request.first_chunk::<HEAD_BYTES>()?;
    let length = usize::from(u16::from_be_bytes([head[2], head[3]]));
    if head[..2] != REQUEST || head[4..8] != COOKIE || request.len() != HEAD_BYTES.checked_add(length)? {
        return None;
    }
    // The address is hidden by cookie and transaction, so that no router rewrites it on the way (14.2).
    let mask = &head[4..];
    let hidden =
        |bytes: &[u8]| -> Vec<u8> { bytes.iter().zip(mask).map(|(byte, mask)| byte ^ mask).collect() };
    let (family, address) = match from.ip().to_canonical() {
        IpAddr::V4(address) => (FAMILY_V4, hidden(&address.octets())),
        IpAddr::V6(address) => (FAMILY_V6, hidden(&address.octets())),
    };
    let value = [vec![0, family], hidden(&from.port().to_be_bytes()), address].concat();
    let value_length = u16::try_from(value.len()).ok()?.to_be_bytes();
    let whole = u16::try_from(value.len() + 4).ok()?.to_be_bytes();
    Some([&RESPONSE[..], &whole, mask, &XOR_MAPPED_ADDRESS, &value_length, &value].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_binding_requests_are_answered() {
        let transaction = [7; 12];
        let request = |kind: [u8; 2], length: u8| {
            [&kind[..], &[0, length], &COOKIE, &transaction, &vec![0; usize::from(length)]].concat()
        };
        let from: SocketAddr = "192.0.2.1:32853".parse().unwrap();
        let answer = answer(&request(REQUEST, 0), from).unwrap();
        assert_eq!(answer.len(), 32);
        // Port and address of RFC 5769's sample, which the cookie alone hides.
        assert_eq!(answer[24..], [0x00, 0x01, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43]);
        assert!(super::answer(&answer, from).is_none(), "an answer to an answer would never end");
        assert!(super::answer(&request(REQUEST, 8), from).is_some());
        assert!(super::answer(&request(REQUEST, 0)[..19], from).is_none());
        assert!(super::answer(&request([0x00, 0x03], 0), from).is_none());
        assert!(super::answer(b"not a stun message at all, but long enough", from).is_none());
        let v6: SocketAddr = "[2001:db8::1]:443".parse().unwrap();
        assert_eq!(super::answer(&request(REQUEST, 0), v6).unwrap().len(), 44);
    }
}
