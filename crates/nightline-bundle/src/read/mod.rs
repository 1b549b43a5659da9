//! Opens a bundle that somebody else made. Trusts neither its directory nor its sizes nor its names; extracts nothing.

mod directory;
mod entry;
mod error;
mod tail;

use std::io::{Read, Seek};

use nightline_protocol::{BUNDLE_SCHEMA, MANIFEST_FILENAME, Manifest, REPORT_FILENAME};
use nightline_types::{Intake, Report};
use zip::ZipArchive;

pub use error::{OpenError, ReadError, VerifyError};

use crate::INTAKE_FILENAME;
use crate::limits::MAX_MANIFEST_BYTES;

/// An opened bundle. Its manifest and its directory agree; the entries' contents are checked when they are read.
pub struct Bundle<R> {
    archive: ZipArchive<R>,
    manifest: Manifest,
}

impl<R> std::fmt::Debug for Bundle<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bundle").field("entries", &self.manifest.entries.len()).finish_non_exhaustive()
    }
}

impl<R: Read + Seek> Bundle<R> {
    /// Reads directory and manifest and refuses everything that our own writer would not have written.
    pub fn open(mut reader: R) -> Result<Self, OpenError> {
        tail::check(&mut reader)?;
        let mut archive = ZipArchive::new(reader).map_err(OpenError::from_zip)?;
        directory::check(&mut archive)?;
        let text = entry::read_whole(&mut archive, 0, MAX_MANIFEST_BYTES)
            .map_err(|error| OpenError::Entry { path: MANIFEST_FILENAME.to_owned(), source: error })?;
        let manifest = parse_manifest(&text)?;
        directory::compare(&archive, &manifest)?;
        Ok(Self { archive, manifest })
    }

    /// What is in it.
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// A whole entry of at most `max` bytes, checked against the manifest's size and SHA-256.
    pub fn read_entry(&mut self, path: &str, max: u64) -> Result<Vec<u8>, ReadError> {
        let (index, entry) = self.place(path)?;
        if entry.size > max {
            return Err(ReadError::TooLarge { size: entry.size, max });
        }
        let (size, sha256) = (entry.size, entry.sha256.clone());
        entry::read_checked(&mut self.archive, index, size, &sha256)
    }

    /// A piece of an entry, for viewers that show a large log page by page. Shorter at the entry's end. What comes
    /// before the piece is unpacked and thrown away; the checksum is not checked, [`Bundle::verify`] does that.
    pub fn read_range(&mut self, path: &str, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        let (index, entry) = self.place(path)?;
        let size = entry.size;
        entry::read_range(&mut self.archive, index, size, offset, length)
    }

    /// The report, where the person left it in.
    pub fn report(&mut self) -> Result<Option<Report>, ReadError> {
        self.document(REPORT_FILENAME)
    }

    /// The person's words.
    pub fn intake(&mut self) -> Result<Option<Intake>, ReadError> {
        self.document(INTAKE_FILENAME)
    }

    /// Reads every entry and compares it with the manifest.
    pub fn verify(&mut self) -> Result<Manifest, VerifyError> {
        for at in 0..self.manifest.entries.len() {
            let entry = &self.manifest.entries[at];
            let (path, size, sha256) = (entry.path.clone(), entry.size, entry.sha256.clone());
            // Entry 0 of the directory is the manifest itself.
            entry::check(&mut self.archive, at + 1, size, &sha256)
                .map_err(|source| VerifyError { path, source })?;
        }
        Ok(self.manifest.clone())
    }

    fn document<T: serde::de::DeserializeOwned>(&mut self, path: &str) -> Result<Option<T>, ReadError> {
        match self.read_entry(path, crate::limits::FREE_RATIO_BYTES) {
            Ok(text) => serde_json::from_slice(&text).map(Some).map_err(ReadError::Document),
            Err(ReadError::NoSuchEntry) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn place(&self, path: &str) -> Result<(usize, &nightline_protocol::Entry), ReadError> {
        let at = self
            .manifest
            .entries
            .iter()
            .position(|entry| entry.path == path)
            .ok_or(ReadError::NoSuchEntry)?;
        Ok((at + 1, &self.manifest.entries[at]))
    }
}

fn parse_manifest(text: &[u8]) -> Result<Manifest, OpenError> {
    let value: serde_json::Value = serde_json::from_slice(text).map_err(OpenError::Manifest)?;
    // The schema first: a later format may have other keys.
    match value.get("schema").and_then(serde_json::Value::as_str) {
        Some(BUNDLE_SCHEMA) => serde_json::from_value(value).map_err(OpenError::Manifest),
        other => Err(OpenError::Schema(crate::names::printable(other.unwrap_or_default().as_bytes()))),
    }
}
