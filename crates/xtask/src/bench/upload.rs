//! Upload rate and server CPU of our desk beside `@tus/server`, with the same client on the same bundle.
//!
//! The client is `nightline outbox send`; the peer stands behind the few routes that a ticket needs
//! (`tests/interop/bench-peer.mjs`).

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;

use super::Figure;
use super::process::{Cost, cpu_of, measure, mib, peak_of};
use crate::demo::{DataDir, Programs};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::{front_end, shell};

/// Large enough that the ticket around it does not count.
const ATTACHMENT_MIB: u32 = 128;

pub(super) fn run(programs: &Programs, data_dir: &DataDir) -> Result<Vec<Figure>, Failure> {
    let interop = shell::root().join("tests/interop");
    front_end::install(&interop)?;
    let intake = write_intake(&data_dir.path)?;

    let port = free_port()?;
    let home = data_dir.path.join("ours");
    queue(programs, &home, port, &intake)?;
    let desk = Desk::start_at(&programs.desk, &data_dir.path, port)?;
    let ours = send(programs, &home, desk.id())?;
    drop(desk);

    let port = free_port()?;
    let home = data_dir.path.join("theirs");
    queue(programs, &home, port, &intake)?;
    let peer = Peer::start(&interop, &data_dir.path.join("peer"), port)?;
    let theirs = send(programs, &home, peer.child.id())?;
    drop(peer);

    Ok(vec![
        Figure::new("rate", ours.rate())
            .peer(theirs.rate())
            .note(format!("{ATTACHMENT_MIB} MiB, loopback, one file")),
        Figure::new("server CPU", ours.server_cpu())
            .peer(theirs.server_cpu())
            .note("ours checks every chunk, hashes the whole and verifies the bundle"),
        Figure::new("client CPU", ours.client_cpu()).peer(theirs.client_cpu()),
        Figure::new("server peak memory", format!("{:.0} MiB", mib(ours.server_peak)))
            .peer(format!("{:.0} MiB", mib(theirs.server_peak))),
    ])
}

/// One upload, as the client and the server paid for it.
struct Upload {
    client: Cost,
    server: Duration,
    server_peak: u64,
    mib: u32,
}

impl Upload {
    fn rate(&self) -> String {
        format!("{:.0} MiB/s", f64::from(self.mib) / self.client.wall.as_secs_f64())
    }

    fn server_cpu(&self) -> String {
        format!("{:.2} ms/MiB", self.server.as_secs_f64() * 1000.0 / f64::from(self.mib))
    }

    fn client_cpu(&self) -> String {
        format!("{:.2} ms/MiB", self.client.cpu.as_secs_f64() * 1000.0 / f64::from(self.mib))
    }
}

/// Queues a ticket while nobody listens there.
fn queue(programs: &Programs, home: &Path, port: u16, intake: &Path) -> Result<(), Failure> {
    let mut command = nightline(programs, home);
    command
        .args(["get-help", "--yes", "--desk", &format!("http://127.0.0.1:{port}"), "--intake"])
        .arg(intake);
    let cost = measure(command)?;
    match cost.code {
        Some(5) => Ok(()),
        code => Err(Failure::answer(
            "nightline get-help",
            format!("ended with {code:?} instead of 5: {}", cost.said()),
        )),
    }
}

/// Sends what is queued and measures only that.
fn send(programs: &Programs, home: &Path, server: u32) -> Result<Upload, Failure> {
    let before = cpu_of(server);
    let mut command = nightline(programs, home);
    command.args(["outbox", "send"]);
    let client = measure(command)?;
    if client.code != Some(0) {
        let said = client.said();
        return Err(Failure::answer(
            "nightline outbox send",
            format!("ended with {:?}: {said}", client.code),
        ));
    }
    Ok(Upload {
        client,
        server: cpu_of(server).saturating_sub(before),
        server_peak: peak_of(server),
        mib: ATTACHMENT_MIB,
    })
}

fn nightline(programs: &Programs, home: &Path) -> Command {
    let mut command = shell::command(&programs.nightline.to_string_lossy(), ["--json", "--home"]);
    command.arg(home);
    command
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(Failure::io("find a free port"))?;
    listener.local_addr().map(|it| it.port()).map_err(Failure::io("find a free port"))
}

/// An intake with one large attachment that does not compress.
fn write_intake(dir: &Path) -> Result<PathBuf, Failure> {
    let attachment = dir.join("recording.bin");
    let mut out = BufWriter::new(File::create(&attachment).map_err(Failure::io("create the attachment"))?);
    // xorshift64*: bytes without pattern, the same in every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..(ATTACHMENT_MIB << 20) / 8 {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        let word = state.wrapping_mul(0x2545_f491_4f6c_dd1d);
        out.write_all(&word.to_le_bytes()).map_err(Failure::io("write the attachment"))?;
    }
    out.flush().map_err(Failure::io("write the attachment"))?;
    let intake_path = dir.join("intake.json");
    let intake = json!({ "what": "The recording of the fault is attached.", "attachments": [attachment] });
    std::fs::write(&intake_path, intake.to_string()).map_err(Failure::io("write the intake"))?;
    Ok(intake_path)
}

/// `@tus/server` behind the few routes that a ticket needs.
struct Peer {
    child: Child,
}

impl Peer {
    fn start(interop: &Path, data_dir: &Path, port: u16) -> Result<Self, Failure> {
        std::fs::create_dir_all(data_dir).map_err(Failure::io("create the peer's folder"))?;
        let mut command = shell::command("node", ["bench-peer.mjs", &port.to_string()]);
        command.arg(data_dir).current_dir(interop).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(Failure::io("start @tus/server"))?;
        let mut line = String::new();
        if let Some(output) = child.stdout.as_mut() {
            let _ = BufReader::new(output).read_line(&mut line);
        }
        let peer = Self { child };
        if line.starts_with("listening on ") {
            Ok(peer)
        } else {
            Err(Failure::answer("@tus/server", "did not start"))
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
