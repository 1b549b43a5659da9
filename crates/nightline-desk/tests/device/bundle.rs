//! Bundles for the tests, good and bad, written by hand so that the bad ones are possible.

use std::io::{Cursor, Write};

use data_encoding::HEXLOWER;
use nightline_protocol::{
    BUNDLE_SCHEMA, Collector, Disclosure, Entry, MANIFEST_FILENAME, Manifest, TicketNumber,
};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::device::now;
use crate::upload::noise;

/// A small bundle that verifies.
pub(crate) fn bundle(number: &TicketNumber) -> Vec<u8> {
    with_entries(number, &[("logs/system.log", b"Nov 22 02:03:04 <host-7q2k> kernel: link down\n")])
}

/// A bundle of about `size` bytes that verifies.
pub(crate) fn large_bundle(number: &TicketNumber, size: usize) -> Vec<u8> {
    with_entries(number, &[("attachments/screen.bin", &noise(size))])
}

/// A bundle whose manifest fits its entries, whatever their names are.
pub(crate) fn with_entries(number: &TicketNumber, entries: &[(&str, &[u8])]) -> Vec<u8> {
    let manifest = manifest(number, entries);
    zipped(&serde_json::to_vec(&manifest).unwrap(), entries)
}

pub(crate) fn manifest(number: &TicketNumber, entries: &[(&str, &[u8])]) -> Manifest {
    Manifest {
        schema: BUNDLE_SCHEMA.to_owned(),
        ticket: Some(number.clone()),
        program: "nightline test".to_owned(),
        created_at: now(),
        redactor: "test".to_owned(),
        entries: entries.iter().map(|(path, content)| entry(path, content)).collect(),
        collectors: vec![Collector { id: "system-log".to_owned(), outcome: "done".to_owned(), reason: None }],
    }
}

fn entry(path: &str, content: &[u8]) -> Entry {
    Entry {
        path: path.to_owned(),
        size: content.len() as u64,
        sha256: HEXLOWER.encode(&Sha256::digest(content)),
        media_type: "text/plain".to_owned(),
        collector: "system-log".to_owned(),
        disclosure: Disclosure::Redacted,
        replaced: 1,
    }
}

pub(crate) fn zipped(manifest: &[u8], entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file(MANIFEST_FILENAME, packed).unwrap();
    zip.write_all(manifest).unwrap();
    for (path, content) in entries {
        zip.start_file(*path, packed).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
