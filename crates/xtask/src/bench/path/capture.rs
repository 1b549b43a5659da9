//! What went over the client's wire, by `tcpdump`: each probe with the time until its answer. Believes no tracer.
//!
//! Reads only what tracers send here: UDP and echoes over IPv4, and the ICMP messages that quote them.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::Duration;

use super::net::Net;
use crate::ending;
use crate::failure::Failure;

/// Headers, and an ICMP message with the headers that it quotes.
const SNAP_BYTES: &str = "128";
/// What has come by then has been handed to tcpdump.
const SETTLE: Duration = Duration::from_millis(100);
/// tcpdump writes what it has and ends at once.
const END_LIMIT: Duration = Duration::from_secs(5);

/// Before the packets of a file, and before each of them (pcap-savefile(5)).
const FILE_HEADER: usize = 24;
const PACKET_HEADER: usize = 16;
/// pcap-savefile(5), nanoseconds, in this machine's order of bytes.
const MAGIC: u32 = 0xa1b2_3c4d;
const ETHERNET_HEADER: usize = 14;
const ICMP: u8 = 1;
const UDP: u8 = 17;
const ECHO: u8 = 8;
const ECHO_REPLY: u8 = 0;
const UNREACHABLE: u8 = 3;
const OUT_OF_HOPS: u8 = 11;

/// A running capture.
pub(super) struct Capture {
    child: Child,
    file: PathBuf,
}

/// By hop: how long the answer to each probe took, in milliseconds, in the order sent.
pub(super) type Wire = BTreeMap<u8, Vec<Option<f64>>>;

impl Capture {
    pub(super) fn start(net: &Net, file: PathBuf) -> Result<Self, Failure> {
        let mut command = net.command(0, "tcpdump");
        command.args([
            "-i",
            "far",
            "-s",
            SNAP_BYTES,
            "--time-stamp-precision=nano",
            "--immediate-mode",
            "-U",
        ]);
        // Its own user would have no right to this folder.
        command.args(["-Z", "root", "-w"]).arg(&file).arg("udp or icmp");
        let mut child = command
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(Failure::io("start tcpdump"))?;
        let mut line = String::new();
        if let Some(said) = child.stderr.take() {
            let mut said = BufReader::new(said);
            while !line.contains("listening on") {
                line.clear();
                if said.read_line(&mut line).map_err(Failure::io("read from tcpdump"))? == 0 {
                    return Err(Failure::answer("tcpdump", "does not listen"));
                }
            }
            // It says a few words at the end; nobody may be deaf to them, or it would be killed by its pipe.
            std::thread::spawn(move || said.lines().map_while(Result::ok).count());
        }
        Ok(Self { child, file })
    }

    pub(super) fn stop(mut self) -> Result<Wire, Failure> {
        std::thread::sleep(SETTLE);
        ending::end(&mut self.child, END_LIMIT);
        let bytes = std::fs::read(&self.file).map_err(Failure::io("read the capture"))?;
        let _ = std::fs::remove_file(&self.file);
        read(&bytes).ok_or_else(|| Failure::answer("tcpdump", "wrote a file of another kind"))
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        ending::end(&mut self.child, END_LIMIT);
    }
}

/// What tells one probe from all others, in itself and where it is quoted.
type Key = (u8, [u8; 4], [u8; 2]);

struct Probe {
    ttl: u8,
    sent_ns: u64,
    took_ms: Option<f64>,
}

fn read(bytes: &[u8]) -> Option<Wire> {
    if number(bytes, 0)? != MAGIC {
        return None;
    }
    let mut rest = bytes.get(FILE_HEADER..)?;
    let (mut probes, mut by_key) = (Vec::<Probe>::new(), HashMap::<Key, usize>::new());
    while let (Some(seconds), Some(nanos), Some(length)) = (number(rest, 0), number(rest, 4), number(rest, 8))
    {
        let end = PACKET_HEADER + usize::try_from(length).ok()?;
        let at_ns = u64::from(seconds) * 1_000_000_000 + u64::from(nanos);
        let Some(packet) = rest.get(PACKET_HEADER + ETHERNET_HEADER..end) else { break };
        rest = rest.get(end..)?;
        match said(packet) {
            Some(Said::Probe(key, ttl)) => {
                by_key.insert(key, probes.len());
                probes.push(Probe { ttl, sent_ns: at_ns, took_ms: None });
            }
            Some(Said::Answer(key)) => {
                let probe = by_key.get(&key).and_then(|at| probes.get_mut(*at));
                if let Some(probe) = probe.filter(|it| it.took_ms.is_none()) {
                    let took = Duration::from_nanos(at_ns.saturating_sub(probe.sent_ns));
                    probe.took_ms = Some(took.as_secs_f64() * 1_000.0);
                }
            }
            None => {}
        }
    }
    let mut wire = Wire::new();
    for probe in probes {
        wire.entry(probe.ttl).or_default().push(probe.took_ms);
    }
    Some(wire)
}

enum Said {
    Probe(Key, u8),
    Answer(Key),
}

fn said(packet: &[u8]) -> Option<Said> {
    let (protocol, body) = (*packet.get(9)?, body(packet)?);
    match (protocol, *body.first()?) {
        (ICMP, ECHO_REPLY) => Some(Said::Answer(echo(body)?)),
        (ICMP, UNREACHABLE | OUT_OF_HOPS) => Some(Said::Answer(key(body.get(8..)?)?)),
        _ => Some(Said::Probe(key(packet)?, *packet.get(8)?)),
    }
}

/// An echo by its identifier and number; a datagram by its ports and the number of its packet. No checksums: they are
/// filled in behind this wire.
fn key(packet: &[u8]) -> Option<Key> {
    let body = body(packet)?;
    match *packet.get(9)? {
        ICMP if *body.first()? == ECHO => echo(body),
        UDP => Some((UDP, *body.first_chunk()?, *packet.get(4..)?.first_chunk()?)),
        _ => None,
    }
}

fn echo(body: &[u8]) -> Option<Key> {
    Some((ICMP, *body.get(4..)?.first_chunk()?, [0, 0]))
}

/// What follows the IPv4 header.
fn body(packet: &[u8]) -> Option<&[u8]> {
    packet.get(usize::from(packet.first()? & 0x0f) * 4..)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probe_is_paired_with_the_complaint_that_quotes_it() {
        let probe = |number: u8| ip(UDP, 7, number, &[0x9c, 0x40, 0x82, 0x9a, 0, 12, 0, 0]);
        let quoted = [&[OUT_OF_HOPS, 0, 0, 0, 0, 0, 0, 0][..], &probe(1)].concat();
        let file = file(&[(100, probe(1)), (200, probe(2)), (350, ip(ICMP, 250, 9, &quoted))]);
        // Only the first is answered, and only its answer counts.
        assert_eq!(read(&file), Some(Wire::from([(7, vec![Some(0.25), None])])));
    }

    #[test]
    fn an_echo_is_paired_with_its_reply_and_no_other() {
        let echo = |kind: u8, number: u8| ip(ICMP, 3, 0, &[kind, 0, 0, 0, 1, 2, 0, number]);
        let packets = [(0, echo(ECHO, 5)), (10, echo(ECHO_REPLY, 6)), (40, echo(ECHO_REPLY, 5))];
        assert_eq!(read(&file(&packets)), Some(Wire::from([(3, vec![Some(0.04)])])));
    }

    #[test]
    fn another_kind_of_file_is_refused() {
        assert_eq!(read(&[0; 64]), None);
        assert_eq!(read(&[]), None);
    }

    fn ip(protocol: u8, ttl: u8, number: u8, body: &[u8]) -> Vec<u8> {
        let header = [0x45, 0, 0, 0, 0, number, 0x40, 0, ttl, protocol, 0, 0, 20, 0, 0, 1, 20, 0, 9, 2];
        [&header[..], body].concat()
    }

    /// Packets with their times in microseconds.
    fn file(packets: &[(u32, Vec<u8>)]) -> Vec<u8> {
        let mut bytes = MAGIC.to_ne_bytes().to_vec();
        bytes.resize(FILE_HEADER, 0);
        for (micros, packet) in packets {
            let length = u32::try_from(ETHERNET_HEADER + packet.len()).unwrap();
            for number in [0, micros * 1_000, length, length] {
                bytes.extend(number.to_ne_bytes());
            }
            bytes.extend([0; ETHERNET_HEADER]);
            bytes.extend(packet);
        }
        bytes
    }
}
