//! Foreign bundles on the command line: refused with a clear error, never extracted.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use crate::cli::Device;

/// B-017: damaged, bombed or misnamed bundles are refused with exit code 3 and nothing of them is shown.
#[test]
fn a_bad_bundle_is_refused() {
    let device = Device::new();
    let good = device.home().with_file_name("good.zip").display().to_string();
    device.run(&["bundle", "create", "--out", &good]).ended_with(0);
    device.run(&["bundle", "verify", &good]).ended_with(0);
    device.run(&["bundle", "inspect", &good]).ended_with(0);
    let whole = std::fs::read(&good).unwrap();
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x55;
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("flipped", flipped),
        ("cut", whole[..whole.len() * 2 / 3].to_vec()),
        ("empty", Vec::new()),
        ("not a zip", b"PK\x03\x04 and then nothing".to_vec()),
        ("no manifest", zipped(&[("report.json", b"{}".to_vec())])),
        ("traversal", zipped(&[("manifest.json", b"{}".to_vec()), ("../../etc/cron.d/x", b"x".to_vec())])),
        ("bomb", zipped(&[("manifest.json", b"{}".to_vec()), ("logs/bomb.txt", vec![b'0'; 80 << 20])])),
    ];
    for (name, bytes) in cases {
        let file = device.file("bad.zip", &bytes).display().to_string();
        let ended = device.run(&["bundle", "verify", &file]);
        assert_eq!(ended.code, Some(3), "{name}: {ended:#?}");
        assert!(ended.err.lines().count() <= 3 && ended.out.is_empty(), "{name}: {ended:#?}");
    }
    device.run(&["bundle", "open", &good, "../../etc/passwd"]).ended_with(3);
}

fn zipped(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
