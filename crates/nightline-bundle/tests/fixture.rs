//! Bundles of every format version that was ever released open for ever. Files under `fixtures/` are never changed.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs::File;
use std::path::PathBuf;

use nightline_bundle::Bundle;
use nightline_protocol::{BUNDLE_SCHEMA, Disclosure};

fn fixture(version: &str) -> File {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/bundles")
        .join(version)
        .join("bundle.zip");
    File::open(path).unwrap()
}

#[test]
fn the_bundle_of_format_1_opens() {
    let mut bundle = Bundle::open(fixture("1")).unwrap();
    let manifest = bundle.verify().unwrap();
    assert_eq!(manifest.schema, "nightline.bundle/1");
    assert_eq!(manifest.ticket.unwrap().as_str().len(), "NL-7Q2K-4M9X-C".len());
    let paths: Vec<&str> = manifest.entries.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["report.json", "intake.json", "logs/system-log.txt", "attachments/1-screen.png"]);
    assert_eq!(manifest.entries[1].disclosure, Disclosure::Disclosed);
    assert_eq!(bundle.report().unwrap().unwrap().program, "nightline 0.1.0");
    assert_eq!(bundle.intake().unwrap().unwrap().what, "Cannot open my files");
    assert!(bundle.read_entry("logs/system-log.txt", 10_000).unwrap().starts_with(b"Nov 22 02:03:04 <host-"));
}

#[test]
fn every_version_in_force_has_a_fixture() {
    let version = BUNDLE_SCHEMA.rsplit('/').next().unwrap();
    Bundle::open(fixture(version)).unwrap();
}
