//! The clock, against a real desk on loopback that lives in another hour.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use nightline_testkit::netns::Namespace;
use nightline_types::{Culprit, Report};

use crate::lab::{beside_this_test, diagnose, expect, summary};

/// A desk whose clock is this much ahead, as libfaketime writes it.
struct Desk {
    child: Child,
    url: String,
    _data: tempfile::TempDir,
}

impl Desk {
    fn start(namespace: &Namespace, ahead: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        // Not by the `faketime` command: it stays between us and the desk, which would outlive it.
        let mut child = namespace
            .command("env")
            .arg(format!("LD_PRELOAD={}", libfaketime().display()))
            .arg(format!("FAKETIME={ahead}"))
            .arg(beside_this_test("nightline-desk"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let line = lines.into_iter().find(|line| line.contains("listening on ")).unwrap();
        let url = line.split("listening on ").nth(1).unwrap().trim().to_owned();
        Self { child, url, _data: data }
    }
}

/// Where Debian and Ubuntu install it, whatever the processor.
fn libfaketime() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").unwrap().map_while(Result::ok);
    let found = folders.map(|it| it.path().join("faketime/libfaketime.so.1")).find(|it| it.exists());
    found.expect("the package `libfaketime` is installed")
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn with_a_desk_ahead_by(ahead: &str) -> Report {
    let namespace = Namespace::new().unwrap();
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::start(&namespace, ahead);
    diagnose(&namespace, home.path(), &["--desk", &desk.url, "--only", "clock", "--only", "desk-reach"])
}

#[test]
fn a_clock_that_is_behind_or_ahead_is_named() {
    expect(&with_a_desk_ahead_by("+2h"), Culprit::Device, Some("finding-clock-behind"));
    expect(&with_a_desk_ahead_by("-2h"), Culprit::Device, Some("finding-clock-ahead"));
}

#[test]
fn a_clock_that_is_right_is_not_blamed() {
    let report = with_a_desk_ahead_by("+0s");
    expect(&report, Culprit::None, None);
    let offset = report.checks.iter().find_map(|it| it.fact("offset_s")?.value.as_f64());
    assert!(offset.is_some_and(|it| it.abs() < 5.0), "{}", summary(&report));
}
