//! A full disk: said in words, nothing sent, nothing lost that was there. A small tmpfs of our own; Linux, as root.

use std::path::Path;

use serde_json::json;

use crate::Desk;
use crate::cli::Device;
use crate::small_disk::SmallDisk;

/// B-022: with no room for the ticket the person is told so, nothing leaves, and the next try works.
#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let desk = Desk::start();
    let dir = tempfile::tempdir().unwrap();
    let disk = SmallDisk::mount(dir.path(), "8m");
    let device = Device::at(dir.path().join("home"));
    let intake = device.intake(json!({}));
    let help = ["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake, "--json"];
    device.run(&help).ended_with(0);
    disk.fill();
    let ended = device.run(&help).ended_with(1);
    assert!(ended.err.contains("disk"), "{}", ended.err);
    assert_eq!(desk.agent.tickets().len(), 1);
    assert!(leftovers(device.home()).is_empty(), "{:?}", leftovers(device.home()));
    device.run(&["diagnose", "--json"]).ended_with(0);
    disk.free();
    device.run(&help).ended_with(0);
    assert_eq!(desk.agent.tickets().len(), 2);
}

/// Half-written bundles.
fn leftovers(home: &Path) -> Vec<String> {
    let names = std::fs::read_dir(home.join("cache")).unwrap();
    names
        .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|it| it.contains("NL-") || it.contains("part"))
        .collect()
}
