//! Holds, drops or changes packets on their way through a namespace, by the kernel's packet queue (`NFQUEUE`): many
//! kernels have no other way to delay packets. Touches only what its rules send to it, and changes no order.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::socket::sockopt::RcvBufForce;
use nix::sys::socket::{
    AddressFamily, MsgFlags, SockFlag, SockProtocol, SockType, SockaddrIn, recv, send, sendto, setsockopt,
    socket,
};

use crate::netns::Namespace;

/// What happens to a packet, which begins with its IP header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Goes on after this time, and never before those that came earlier.
    Hold(Duration),
    /// Goes on as this.
    Change(Vec<u8>),
    /// Goes on, but this packet of IPv4, header and all, goes out before it.
    Precede(Vec<u8>),
    /// Is lost.
    Drop,
}

/// A queue and the thread that empties it; packets pass untouched once it is dropped.
#[derive(Debug)]
pub struct Queue {
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

/// Queues of one namespace need different numbers, and a number is free.
static NEXT: AtomicU16 = AtomicU16::new(1);
/// So often it looks whether it is to end.
const LOOK: Duration = Duration::from_millis(50);
/// A second of a fast link; more is a mistake.
const LONGEST: u32 = 8_192;
/// As much again, in bytes.
const RECEIVE_BYTES: usize = 16 * 1_024 * 1_024;
/// The largest message: a packet of 64 KiB and what is said about it.
const MESSAGE_BYTES: usize = 66 * 1_024;

// linux/netlink.h, linux/netfilter/nfnetlink.h, linux/netfilter/nfnetlink_queue.h
const HEADER: usize = 16;
const GENERAL: usize = 4;
const REQUEST: u16 = 1;
const ACKNOWLEDGE: u16 = 4;
const SUBSYSTEM: u16 = 3 << 8;
const PACKET: u16 = 0;
const VERDICT: u16 = 1;
const CONFIG: u16 = 2;
const PACKET_HEADER: u16 = 1;
const VERDICT_HEADER: u16 = 2;
const PAYLOAD: u16 = 10;
const CONFIG_COMMAND: u16 = 1;
const CONFIG_COPY: u16 = 2;
const CONFIG_LENGTH: u16 = 3;
const BIND: u8 = 1;
const WHOLE_PACKETS: u8 = 2;
const DROP: u32 = 0;
const ACCEPT: u32 = 1;

impl Queue {
    /// Sends what matches `rules` through `fate`. A rule is a command line of `iptables` or `ip6tables` without its
    /// target: `iptables -t mangle -A PREROUTING -i near`. What a queue lets go comes to no later rule of its table:
    /// two queues for the same packets need two hooks.
    ///
    /// # Errors
    /// When the kernel has no such queue, or refuses a rule.
    pub fn start(
        namespace: &Namespace,
        rules: &[String],
        fate: impl FnMut(&[u8]) -> Fate + Send + 'static,
    ) -> io::Result<Self> {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let ended = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&ended);
        let thread = namespace.inside(move |listening| {
            let kernel = Kernel::open(number)?;
            listening();
            kernel.empty(fate, &flag)
        })?;
        let queue = Self { ended, thread: Some(thread) };
        for rule in rules {
            let words = format!("{rule} -j NFQUEUE --queue-num {number} --queue-bypass");
            let mut words = words.split(' ');
            let program = words.next().unwrap_or_default();
            namespace.run(program, &words.collect::<Vec<_>>())?;
        }
        Ok(queue)
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The queue's end in the kernel.
struct Kernel {
    socket: OwnedFd,
    /// For packets of anybody's.
    raw: OwnedFd,
    number: u16,
}

impl Kernel {
    fn open(number: u16) -> io::Result<Self> {
        let socket = socket(
            AddressFamily::Netlink,
            SockType::Raw,
            SockFlag::SOCK_CLOEXEC,
            SockProtocol::NetlinkNetFilter,
        )?;
        setsockopt(&socket, RcvBufForce, &RECEIVE_BYTES)?;
        let raw = nix::sys::socket::socket(
            AddressFamily::Inet,
            SockType::Raw,
            SockFlag::SOCK_CLOEXEC,
            SockProtocol::Raw,
        )?;
        let kernel = Self { socket, raw, number };
        kernel.set(CONFIG_COMMAND, &[BIND, 0, 0, 0])?;
        let mut copy = 0xffff_u32.to_be_bytes().to_vec();
        copy.push(WHOLE_PACKETS);
        kernel.set(CONFIG_COPY, &copy)?;
        kernel.set(CONFIG_LENGTH, &LONGEST.to_be_bytes())?;
        Ok(kernel)
    }

    /// One setting, acknowledged.
    fn set(&self, attribute: u16, value: &[u8]) -> io::Result<()> {
        self.say(CONFIG, REQUEST | ACKNOWLEDGE, &[(attribute, value)])?;
        let mut buffer = [0_u8; 1_024];
        let length = recv(self.socket.as_raw_fd(), &mut buffer, MsgFlags::empty())?;
        let code = buffer.get(..length).and_then(|it| it.get(HEADER..HEADER + 4));
        match code.and_then(|it| it.try_into().ok()).map(i32::from_ne_bytes) {
            Some(0) => Ok(()),
            Some(code) => Err(io::Error::from_raw_os_error(-code)),
            None => Err(io::Error::other("the kernel's queue answers with nothing")),
        }
    }

    fn empty(&self, mut fate: impl FnMut(&[u8]) -> Fate, ended: &AtomicBool) -> io::Result<()> {
        let mut held: VecDeque<(Instant, u32)> = VecDeque::new();
        let mut buffer = vec![0_u8; MESSAGE_BYTES];
        while !ended.load(Ordering::Relaxed) {
            while held.front().is_some_and(|(due, _)| *due <= Instant::now()) {
                if let Some((_, packet)) = held.pop_front() {
                    self.judge(packet, ACCEPT, None)?;
                }
            }
            let pause = held.front().map_or(LOOK, |(due, _)| LOOK.min(due.duration_since(Instant::now())));
            // Rounded up: too early would be a busy loop.
            let pause = u16::try_from(pause.as_millis() + 1).unwrap_or(u16::MAX);
            let mut sockets = [PollFd::new(self.socket.as_fd(), PollFlags::POLLIN)];
            if poll(&mut sockets, PollTimeout::from(pause))? == 0 {
                continue;
            }
            let length = match recv(self.socket.as_raw_fd(), &mut buffer, MsgFlags::empty()) {
                Ok(length) => length,
                // Some messages did not fit; the kernel drops their packets.
                Err(Errno::ENOBUFS) => continue,
                Err(error) => return Err(error.into()),
            };
            for (packet, payload) in packets(&buffer[..length]) {
                match fate(payload) {
                    Fate::Hold(time) => {
                        let due = Instant::now() + time;
                        let last = held.back().map_or(due, |(last, _)| *last);
                        held.push_back((due.max(last), packet));
                    }
                    Fate::Change(payload) => self.judge(packet, ACCEPT, Some(&payload))?,
                    Fate::Precede(other) => {
                        self.send_out(&other)?;
                        self.judge(packet, ACCEPT, None)?;
                    }
                    Fate::Drop => self.judge(packet, DROP, None)?,
                }
            }
        }
        Ok(())
    }

    /// To where its header says; lengths and checksum of the header are the kernel's business.
    fn send_out(&self, packet: &[u8]) -> io::Result<()> {
        let to: Option<[u8; 4]> = packet.get(16..20).and_then(|it| it.try_into().ok());
        let [a, b, c, d] = to.ok_or_else(|| io::Error::other("a packet without a header"))?;
        sendto(self.raw.as_raw_fd(), packet, &SockaddrIn::new(a, b, c, d, 0), MsgFlags::empty())?;
        Ok(())
    }

    fn judge(&self, packet: u32, verdict: u32, payload: Option<&[u8]>) -> io::Result<()> {
        let mut header = verdict.to_be_bytes().to_vec();
        header.extend(packet.to_be_bytes());
        let mut attributes = vec![(VERDICT_HEADER, header.as_slice())];
        attributes.extend(payload.map(|it| (PAYLOAD, it)));
        self.say(VERDICT, REQUEST, &attributes)
    }

    fn say(&self, kind: u16, flags: u16, attributes: &[(u16, &[u8])]) -> io::Result<()> {
        let mut message = vec![0_u8; HEADER];
        message.extend([0, 0]);
        message.extend(self.number.to_be_bytes());
        for (kind, value) in attributes {
            let length = u16::try_from(value.len() + 4).map_err(io::Error::other)?;
            message.extend(length.to_ne_bytes());
            message.extend(kind.to_ne_bytes());
            message.extend_from_slice(value);
            message.resize(message.len().next_multiple_of(4), 0);
        }
        let length = u32::try_from(message.len()).map_err(io::Error::other)?;
        message[..4].copy_from_slice(&length.to_ne_bytes());
        message[4..6].copy_from_slice(&(SUBSYSTEM | kind).to_ne_bytes());
        message[6..8].copy_from_slice(&flags.to_ne_bytes());
        send(self.socket.as_raw_fd(), &message, MsgFlags::empty())?;
        Ok(())
    }
}

/// The packets of what the kernel said: number and content.
fn packets(mut said: &[u8]) -> Vec<(u32, &[u8])> {
    let mut found = Vec::new();
    while let Some(length) = said.get(..4).and_then(|it| it.try_into().ok()).map(u32::from_ne_bytes) {
        let length = usize::try_from(length).unwrap_or(usize::MAX).max(HEADER);
        let Some(message) = said.get(..length) else { break };
        let kind = message.get(4..6).and_then(|it| it.try_into().ok()).map(u16::from_ne_bytes);
        if kind == Some(SUBSYSTEM | PACKET) {
            let attributes = attributes(message.get(HEADER + GENERAL..).unwrap_or_default());
            let number = attributes.get(&PACKET_HEADER).and_then(|it| it.get(..4)?.try_into().ok());
            let payload = attributes.get(&PAYLOAD);
            found.extend(number.zip(payload).map(|(number, payload)| (u32::from_be_bytes(number), *payload)));
        }
        said = said.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    found
}

fn attributes(mut said: &[u8]) -> BTreeMap<u16, &[u8]> {
    let mut found = BTreeMap::new();
    while let Some(&[one, two, three, four]) = said.get(..4) {
        let length = usize::from(u16::from_ne_bytes([one, two]));
        let Some(value) = said.get(4..length) else { break };
        found.insert(u16::from_ne_bytes([three, four]) & 0x3fff, value);
        said = said.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    found
}
