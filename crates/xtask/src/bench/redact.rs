//! Redaction of a log in MiB a second, beside plain masks that `sed` puts over the same kinds of values.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::Figure;
use super::process::{measure, mib};
use crate::demo::{DataDir, Programs};
use crate::failure::Failure;
use crate::shell;

/// Long enough that starting the program does not count, short enough for a bench that is run often.
const INPUT_MIB: u64 = 64;

pub(super) fn run(programs: &Programs, data_dir: &DataDir) -> Result<Vec<Figure>, Failure> {
    let log_path = data_dir.path.join("input.log");
    let bytes = write_log(&log_path).map_err(Failure::io("write the log to redact"))?;
    let open = || File::open(&log_path).map_err(Failure::io("open the log to redact"));

    let mut ours = shell::command(&programs.nightline.to_string_lossy(), ["redact", "--home"]);
    ours.arg(data_dir.path.join("home")).stdin(open()?);
    let ours = measure(ours)?;
    if ours.code != Some(0) {
        return Err(Failure::answer("nightline redact", format!("ended with {:?}", ours.code)));
    }
    let masks = [
        r"s/[0-9]{1,3}(\.[0-9]{1,3}){3}/<ip>/g",
        r"s/([0-9a-f]{2}:){5}[0-9a-f]{2}/<mac>/g",
        r"s/[A-Za-z0-9._-]+@[A-Za-z0-9.-]+/<mail>/g",
        r"s#/home/[a-z]+#/home/<user>#g",
    ];
    let mut peer = shell::command("sed", ["-E"]);
    masks.iter().for_each(|mask| {
        peer.args(["-e", mask]);
    });
    peer.env("LC_ALL", "C").stdin(open()?);
    let peer = measure(peer)?;

    let rate = |cost: &super::process::Cost| format!("{:.1} MiB/s", mib(bytes) / cost.wall.as_secs_f64());
    Ok(vec![
        Figure::new("rate", rate(&ours))
            .peer(rate(&peer))
            .note("bar: 100 MB/s a core; peer: sed with four plain masks"),
        Figure::new("peak memory", format!("{:.1} MiB", mib(ours.peak_bytes)))
            .peer(format!("{:.1} MiB", mib(peer.peak_bytes))),
        Figure::new("output against input", format!("{:.2}", mib(ours.stdout.len() as u64) / mib(bytes)))
            .peer(format!("{:.2}", mib(peer.stdout.len() as u64) / mib(bytes))),
    ])
}

/// Lines as a system's log has them; one in four holds private values, as in the logs we looked at.
fn write_log(path: &Path) -> std::io::Result<u64> {
    let mut out = BufWriter::new(File::create(path)?);
    let (mut bytes, mut line) = (0_u64, 0_u64);
    while bytes < INPUT_MIB << 20 {
        let (a, b) = (line % 250 + 1, line / 250 % 250 + 1);
        let text = match line % 8 {
            0 => format!(
                "Nov 22 02:03:{:02} host kernel: [UFW BLOCK] SRC=10.7.{a}.{b} DST=192.168.1.{a} LEN=60\n",
                line % 60
            ),
            4 => format!(
                "Nov 22 02:03:{:02} host sshd[{a}]: Accepted key for mira{a}@example{b}.org from 203.0.113.{a} port {line}\n",
                line % 60
            ),
            2 => format!(
                "Nov 22 02:03:{:02} host dhclient: bound 52:54:00:12:{:02x}:{:02x}, opened /home/mira/.config\n",
                line % 60,
                a,
                b
            ),
            _ => format!(
                "Nov 22 02:03:{:02} host systemd[1]: Started session {line} of the scheduled clean-up task.\n",
                line % 60
            ),
        };
        bytes += text.len() as u64;
        out.write_all(text.as_bytes())?;
        line += 1;
    }
    out.flush()?;
    Ok(bytes)
}
