//! Checks the directory entry by entry, then against the local headers, then against the manifest.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use nightline_protocol::{MANIFEST_FILENAME, Manifest};
use zip::{CompressionMethod, ZipArchive};

use super::OpenError;
use crate::limits::{
    FREE_RATIO_BYTES, FREE_TOTAL_BYTES, MAX_ENTRY_BYTES, MAX_MANIFEST_BYTES, MAX_TOTAL_BYTES, ratio_fits,
};
use crate::names::{check_name, printable};

/// Unix file types, from the high bits of the mode.
const TYPE_MASK: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;

/// Everything that can be said without unpacking.
pub(super) fn check<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<(), OpenError> {
    if archive.has_duplicate_names() {
        return Err(OpenError::Duplicate);
    }
    let mut names = BTreeSet::new();
    let (mut total, mut packed) = (0_u64, 0_u64);
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(OpenError::from_zip)?;
        let raw = entry.name_raw();
        let name = check_name(raw).map_err(|problem| OpenError::Name { name: printable(raw), problem })?;
        let path = || name.to_owned();
        // Two names that differ only in case are one file on two of our three systems.
        if !names.insert(name.to_lowercase()) {
            return Err(OpenError::Duplicate);
        }
        if index == 0 && (name != MANIFEST_FILENAME || entry.header_start() != 0) {
            return Err(OpenError::ManifestNotFirst);
        }
        if entry.encrypted() {
            return Err(OpenError::Encrypted { path: path() });
        }
        if entry.is_dir()
            || entry.is_symlink()
            || entry.unix_mode().is_some_and(|it| !matches!(it & TYPE_MASK, 0 | REGULAR))
        {
            return Err(OpenError::NotAFile { path: path() });
        }
        if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(OpenError::Method { path: path() });
        }
        if entry.size() > MAX_ENTRY_BYTES || (index == 0 && entry.size() > MAX_MANIFEST_BYTES) {
            return Err(OpenError::EntryTooLarge { path: path() });
        }
        if !ratio_fits(entry.size(), entry.compressed_size(), FREE_RATIO_BYTES) {
            return Err(OpenError::Bomb);
        }
        total = total.saturating_add(entry.size());
        packed = packed.saturating_add(entry.compressed_size());
    }
    if archive.is_empty() {
        return Err(OpenError::ManifestNotFirst);
    }
    if total > MAX_TOTAL_BYTES || !ratio_fits(total, packed, FREE_TOTAL_BYTES) {
        return Err(OpenError::Bomb);
    }
    if archive.has_overlapping_entries().map_err(OpenError::from_zip)? {
        return Err(OpenError::Overlap);
    }
    archive.validate_header_consistency().map_err(OpenError::from_zip)
}

/// The same entries in the same order with the same sizes.
pub(super) fn compare<R: Read + Seek>(archive: &ZipArchive<R>, manifest: &Manifest) -> Result<(), OpenError> {
    for (index, announced) in manifest.entries.iter().enumerate() {
        let announced_path = || printable(announced.path.as_bytes());
        if check_name(announced.path.as_bytes()).is_err() || index + 1 >= archive.len() {
            return Err(OpenError::Missing { path: announced_path() });
        }
        let entry = archive.by_index_data(index + 1).map_err(OpenError::from_zip)?;
        if entry.name_raw() != announced.path.as_bytes() {
            return Err(OpenError::Missing { path: announced_path() });
        }
        if entry.size() != announced.size {
            return Err(OpenError::Size { path: announced_path() });
        }
    }
    if archive.len() > manifest.entries.len() + 1 {
        let entry = archive.by_index_data(manifest.entries.len() + 1).map_err(OpenError::from_zip)?;
        return Err(OpenError::NotInManifest { path: printable(entry.name_raw()) });
    }
    Ok(())
}
