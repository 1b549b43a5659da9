//! A corpus of bundles that our writer would not write. Each is refused with the right reason, none is extracted.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fs;
use std::io::{Cursor, Write};

use common::{draft_of, intake, seal_in};
use nightline_bundle::{Bundle, OpenError, ReadError, limits};
use nightline_protocol::{BUNDLE_SCHEMA, Disclosure, Entry, Manifest};
use sha2::{Digest, Sha256};
use tempfile::tempdir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn good() -> Vec<u8> {
    let folder = tempdir().unwrap();
    fs::read(seal_in(folder.path(), draft_of(&intake())).path).unwrap()
}

fn entry(path: &str, content: &[u8]) -> Entry {
    Entry {
        path: path.to_owned(),
        size: u64::try_from(content.len()).unwrap(),
        sha256: Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect(),
        media_type: "text/plain".to_owned(),
        collector: "x".to_owned(),
        disclosure: Disclosure::Disclosed,
        replaced: 0,
    }
}

fn manifest(entries: Vec<Entry>) -> Vec<u8> {
    let manifest = Manifest {
        schema: BUNDLE_SCHEMA.to_owned(),
        ticket: None,
        program: "x".to_owned(),
        created_at: common::NOW,
        redactor: "x".to_owned(),
        entries,
        collectors: Vec::new(),
    };
    serde_json::to_vec(&manifest).unwrap()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A bundle of one entry whose manifest is right.
fn bundle_with(path: &str, content: &[u8]) -> Vec<u8> {
    zip(&[("manifest.json", &manifest(vec![entry(path, content)])), (path, content)])
}

#[track_caller]
fn refused(bytes: Vec<u8>, fits: impl Fn(&OpenError) -> bool) {
    let error = Bundle::open(Cursor::new(bytes)).unwrap_err();
    assert!(fits(&error), "{error:?}");
    assert!(error.message().id.as_str().starts_with("bundle-error-"));
}

#[test]
fn our_own_bundle_and_the_kept_one_open() {
    Bundle::open(Cursor::new(good())).unwrap().verify().unwrap();
    Bundle::open(Cursor::new(bundle_with("logs/a.txt", b"x"))).unwrap().verify().unwrap();
}

#[test]
fn what_is_no_zip_is_no_bundle() {
    for bytes in
        [Vec::new(), b"PK".to_vec(), vec![0; 4_096], b"{\"schema\":1}".repeat(100), b"MZ".repeat(400)]
    {
        refused(bytes, |it| matches!(it, OpenError::NotABundle));
    }
}

#[test]
fn a_bundle_cut_off_anywhere_is_refused() {
    let bytes = good();
    for keep in (0..bytes.len()).step_by(7) {
        let cut = bytes[..keep].to_vec();
        refused(cut, |it| matches!(it, OpenError::NotABundle | OpenError::Damaged(_)));
    }
}

#[test]
fn a_flipped_byte_is_noticed() {
    let bytes = good();
    for at in 0..bytes.len() {
        let mut bad = bytes.clone();
        bad[at] ^= 0x41;
        let noticed = match Bundle::open(Cursor::new(bad)) {
            Err(_) => true,
            Ok(mut bundle) => bundle.verify().is_err(),
        };
        // Times, versions and attributes in the headers mean nothing to us; contents and manifest always count.
        if !noticed {
            assert!(is_unused_header_byte(&bytes, at), "byte {at} of {}", bytes.len());
        }
    }
}

/// Version, flags and time in local headers and directory entries; attributes in the latter.
fn is_unused_header_byte(bytes: &[u8], at: usize) -> bool {
    let within = |signature: &[u8], length: usize| {
        (at.saturating_sub(length)..=at).any(|start| bytes[start..].starts_with(signature))
    };
    within(b"PK\x03\x04", 29) || within(b"PK\x01\x02", 45)
}

#[test]
fn names_that_lead_outside_or_hide_are_refused() {
    for name in [
        "../evil",
        "a/../../evil",
        "/etc/cron.d/x",
        "C:\\evil",
        "a\\..\\b",
        "C:evil",
        "logs/./a",
        "logs//a",
        "photo\u{202e}gnp.exe",
        "a\u{1b}[2Jb",
        "logs/a\u{0}b",
    ] {
        refused(bundle_with(name, b"x"), |it| matches!(it, OpenError::Name { .. } | OpenError::Damaged(_)));
    }
    refused(bundle_with(&"x".repeat(300), b"x"), |it| {
        matches!(it, OpenError::Name { .. } | OpenError::TooManyEntries)
    });
    refused(bundle_with("a/b/c/d/e/f/g/h", b"x"), |it| matches!(it, OpenError::Name { .. }));
}

#[test]
fn folders_links_and_unknown_packing_are_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::DEFAULT;
    zip.start_file("manifest.json", options).unwrap();
    zip.write_all(&manifest(vec![entry("link", b"/etc/passwd")])).unwrap();
    zip.add_symlink("link", "/etc/passwd", options).unwrap();
    refused(zip.finish().unwrap().into_inner(), |it| matches!(it, OpenError::NotAFile { .. }));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("manifest.json", options).unwrap();
    zip.write_all(&manifest(vec![])).unwrap();
    zip.add_directory("logs/", options).unwrap();
    refused(zip.finish().unwrap().into_inner(), |it| {
        matches!(it, OpenError::NotAFile { .. } | OpenError::Name { .. })
    });
}

#[test]
fn two_entries_of_one_name_are_refused() {
    let text = manifest(vec![entry("a", b"x"), entry("A", b"y")]);
    refused(zip(&[("manifest.json", &text), ("a", b"x"), ("A", b"y")]), |it| {
        matches!(it, OpenError::Duplicate)
    });
    // The writer refuses to write the same name twice, so the second one is renamed in the bytes.
    let text = manifest(vec![entry("aa", b"x"), entry("ab", b"y")]);
    let mut bytes = zip(&[("manifest.json", &text), ("aa", b"x"), ("ab", b"y")]);
    let places: Vec<usize> = (0..bytes.len() - 1).filter(|at| &bytes[*at..at + 2] == b"ab").collect();
    for at in places {
        bytes[at + 1] = b'a';
    }
    refused(bytes, |it| matches!(it, OpenError::Duplicate | OpenError::Damaged(_)));
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let zeros = vec![0; usize::try_from(limits::FREE_RATIO_BYTES).unwrap() + 1];
    refused(bundle_with("logs/zeros.txt", &zeros), |it| matches!(it, OpenError::Bomb));
}

#[test]
fn a_bomb_with_a_lying_directory_ends_at_its_promise() {
    let content = vec![b'0'; 5_000_000];
    let mut bytes = bundle_with("logs/a.txt", &content);
    let honest = 5_000_000_u32.to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == honest).collect();
    for at in places {
        bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    // The manifest still says five million.
    refused(bytes.clone(), |it| matches!(it, OpenError::Size { .. } | OpenError::Damaged(_)));
    // And where the manifest lies too, reading stops after what was promised.
    let mut announced = entry("logs/a.txt", &content);
    announced.size = 100;
    let mut bytes = zip(&[("manifest.json", &manifest(vec![announced])), ("logs/a.txt", &content)]);
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == honest).collect();
    for at in places {
        bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let mut bundle = Bundle::open(Cursor::new(bytes)).unwrap();
    let error = bundle.read_entry("logs/a.txt", 1_000).unwrap_err();
    assert!(matches!(error, ReadError::WrongSize | ReadError::WrongHash | ReadError::Damaged), "{error:?}");
    assert!(bundle.verify().is_err());
}

#[test]
fn overlapping_entries_are_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);
    let content = vec![b'0'; 1_000_000];
    let names: Vec<String> = (0..50).map(|at| format!("logs/{at}.txt")).collect();
    zip.start_file("manifest.json", options).unwrap();
    zip.write_all(&manifest(names.iter().map(|name| entry(name, &content)).collect())).unwrap();
    zip.start_file(names[0].as_str(), options).unwrap();
    zip.write_all(&content).unwrap();
    for name in &names[1..] {
        zip.shallow_copy_file(&names[0], name).unwrap();
    }
    refused(zip.finish().unwrap().into_inner(), |it| matches!(it, OpenError::Overlap));
}

#[test]
fn too_many_entries_are_refused_unread() {
    let names: Vec<String> = (0..limits::MAX_ENTRIES + 10).map(|at| format!("e{at}")).collect();
    let mut entries: Vec<(&str, &[u8])> = vec![("manifest.json", b"{}")];
    entries.extend(names.iter().map(|name| (name.as_str(), &b""[..])));
    refused(zip(&entries), |it| matches!(it, OpenError::TooManyEntries));
}

#[test]
fn a_manifest_that_is_missing_late_huge_or_wrong_is_refused() {
    refused(zip(&[("a", b"x")]), |it| matches!(it, OpenError::ManifestNotFirst));
    refused(zip(&[("a", b"x"), ("manifest.json", b"{}")]), |it| matches!(it, OpenError::ManifestNotFirst));
    refused(zip(&[]), |it| matches!(it, OpenError::NotABundle | OpenError::ManifestNotFirst));
    let huge = vec![b' '; usize::try_from(limits::MAX_MANIFEST_BYTES).unwrap() + 1];
    refused(zip(&[("manifest.json", &huge)]), |it| matches!(it, OpenError::EntryTooLarge { .. }));
    refused(zip(&[("manifest.json", b"")]), |it| matches!(it, OpenError::Manifest(_)));
    refused(zip(&[("manifest.json", b"[1]")]), |it| matches!(it, OpenError::Schema(_)));
    refused(zip(&[("manifest.json", b"{\"schema\":\"nightline.bundle/9\"}")]), |it| {
        matches!(it, OpenError::Schema(_))
    });
    refused(zip(&[("manifest.json", &b"[".repeat(100_000))]), |it| matches!(it, OpenError::Manifest(_)));
    refused(zip(&[("manifest.json", b"{\"schema\":\"nightline.bundle/1\"}")]), |it| {
        matches!(it, OpenError::Manifest(_))
    });
}

#[test]
fn manifest_and_entries_must_agree() {
    let one = manifest(vec![entry("a", b"x")]);
    refused(zip(&[("manifest.json", &one), ("a", b"x"), ("b", b"y")]), |it| {
        matches!(it, OpenError::NotInManifest { .. })
    });
    refused(zip(&[("manifest.json", &one)]), |it| matches!(it, OpenError::Missing { .. }));
    refused(zip(&[("manifest.json", &one), ("b", b"x")]), |it| matches!(it, OpenError::Missing { .. }));
    refused(zip(&[("manifest.json", &one), ("a", b"xx")]), |it| matches!(it, OpenError::Size { .. }));
    let mut bundle = Bundle::open(Cursor::new(zip(&[("manifest.json", &one), ("a", b"y")]))).unwrap();
    assert!(matches!(bundle.read_entry("a", 10), Err(ReadError::WrongHash)));
    assert!(matches!(bundle.verify().unwrap_err().source, ReadError::WrongHash));
}

#[test]
fn data_before_or_after_the_zip_is_refused() {
    let mut before = b"#!/bin/sh\nexit\n".to_vec();
    before.extend(good());
    refused(before, |it| matches!(it, OpenError::NotABundle));
    let mut after = good();
    after.extend(b"more");
    refused(after, |it| matches!(it, OpenError::Damaged(_)));
}

#[test]
fn pieces_of_an_entry_are_read_in_place() {
    let text = b"0123456789";
    let mut bundle = Bundle::open(Cursor::new(bundle_with("logs/a.txt", text))).unwrap();
    assert_eq!(bundle.read_range("logs/a.txt", 3, 4).unwrap(), b"3456");
    assert_eq!(bundle.read_range("logs/a.txt", 8, 100).unwrap(), b"89");
    assert_eq!(bundle.read_range("logs/a.txt", 50, 1).unwrap(), b"");
    assert!(matches!(bundle.read_range("../x", 0, 1), Err(ReadError::NoSuchEntry)));
    assert!(matches!(bundle.read_entry("logs/a.txt", 9), Err(ReadError::TooLarge { .. })));
    assert!(matches!(bundle.read_entry("manifest.json", 9), Err(ReadError::NoSuchEntry)));
}

#[test]
fn markup_in_every_field_stays_data() {
    let evil = "<script>alert(1)</script>'\"--><img src=x onerror=alert(1)>";
    let mut bundle = Bundle::open(Cursor::new(bundle_with("logs/<script>.txt", evil.as_bytes()))).unwrap();
    assert_eq!(bundle.read_entry("logs/<script>.txt", 1_000).unwrap(), evil.as_bytes());
    let mut strange = entry("a", b"x");
    (strange.media_type, strange.collector) = (evil.to_owned(), evil.to_owned());
    let bundle =
        Bundle::open(Cursor::new(zip(&[("manifest.json", &manifest(vec![strange])), ("a", b"x")]))).unwrap();
    assert_eq!(bundle.manifest().entries[0].media_type, evil);
}
