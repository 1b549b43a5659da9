//! From a draft to one sealed file: deterministic, whole or not there at all.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use nightline_protocol::{BUNDLE_SCHEMA, BundleClaim, Entry, MANIFEST_FILENAME, Manifest, TicketNumber};
use nightline_redact::RULES_VERSION;
use nightline_types::{Message, Timestamp};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::draft::is_disk_full;
use crate::limits::{
    FREE_TOTAL_BYTES, MAX_BUNDLE_BYTES, MAX_ENTRIES, MAX_TOTAL_BYTES, STORE_ABOVE_BYTES, ratio_fits,
};
use crate::{Draft, DraftError, Part, hex};

/// Deflate's own default: a higher level costs the person seconds for two percent.
const LEVEL: i64 = 6;
/// What is read at once while packing and hashing.
const COPY_BYTES: usize = 128 << 10;

/// A sealed bundle on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Where it is.
    pub path: PathBuf,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of the file in lower-case hex.
    pub sha256: String,
    /// What is in it.
    pub manifest: Manifest,
}

impl Sealed {
    /// What the desk is told before the upload.
    pub fn claim(&self) -> BundleClaim {
        BundleClaim { size: self.size, sha256: self.sha256.clone() }
    }
}

/// Why a bundle could not be sealed. Nothing is left behind.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The draft could not be turned into entries.
    #[error("the parts cannot be prepared")]
    Parts(#[source] DraftError),
    /// The disk is full, or the person's quota is used up.
    #[error("no space left for the bundle in {}", folder.display())]
    DiskFull {
        /// Where it would be written.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Writing failed otherwise.
    #[error("the bundle cannot be written in {}", folder.display())]
    Write {
        /// Where it would be written.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The manifest cannot be written as JSON: a defect of ours.
    #[error("the manifest cannot be written")]
    Manifest(#[source] serde_json::Error),
    /// More than a desk takes.
    #[error("the bundle has {size} bytes; the limit is {limit}")]
    TooLarge {
        /// In bytes.
        size: u64,
        /// In bytes.
        limit: u64,
    },
    /// More entries than a desk takes.
    #[error("the bundle has {0} entries; the limit is {MAX_ENTRIES}")]
    TooManyEntries(usize),
}

impl SealError {
    /// The error for the person.
    pub fn message(&self) -> Message {
        match self {
            Self::Parts(error) => error.message(),
            Self::DiskFull { .. } => Message::new("bundle-error-disk-full"),
            Self::Write { .. } => Message::new("bundle-error-write"),
            Self::Manifest(_) => Message::new("bundle-error-internal"),
            Self::TooLarge { limit, .. } => {
                Message::new("bundle-error-too-large").arg("limit_mib", limit >> 20)
            }
            Self::TooManyEntries(_) => {
                Message::new("bundle-error-too-many-entries").arg("limit", MAX_ENTRIES)
            }
        }
    }
}

/// Writes the draft's kept items to `path`: first under a name of its own in the same folder, which is removed
/// whatever fails, then renamed. The same draft at the same `now` gives the same bytes.
pub fn seal(
    draft: Draft,
    path: &Path,
    now: Timestamp,
    program: &str,
    number: Option<&TicketNumber>,
) -> Result<Sealed, SealError> {
    let (mut parts, collectors) = draft.into_parts().map_err(SealError::Parts)?;
    let total: u64 = parts.iter().map(|part| part.content().size()).sum();
    if parts.len() >= MAX_ENTRIES {
        return Err(SealError::TooManyEntries(parts.len()));
    }
    if total > MAX_TOTAL_BYTES {
        return Err(SealError::TooLarge { size: total, limit: MAX_TOTAL_BYTES });
    }
    let manifest = Manifest {
        schema: BUNDLE_SCHEMA.to_owned(),
        ticket: number.cloned(),
        program: program.to_owned(),
        created_at: now,
        redactor: RULES_VERSION.to_owned(),
        entries: parts.iter().map(entry).collect(),
        collectors,
    };
    let text = serde_json::to_vec_pretty(&manifest).map_err(SealError::Manifest)?;
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |source: io::Error| failure(folder, source);
    let mut file =
        tempfile::Builder::new().prefix(".bundle-").suffix(".part").tempfile_in(folder).map_err(failed)?;
    write_zip(file.as_file_mut(), &text, &mut parts).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    let (size, sha256) = measure(file.as_file_mut()).map_err(failed)?;
    if size > MAX_BUNDLE_BYTES || !ratio_fits(total, size, FREE_TOTAL_BYTES) {
        return Err(SealError::TooLarge { size: size.max(total), limit: MAX_BUNDLE_BYTES });
    }
    file.persist(path).map_err(|error| failed(error.error))?;
    sync_folder(folder);
    Ok(Sealed { path: path.to_owned(), size, sha256, manifest })
}

fn failure(folder: &Path, source: io::Error) -> SealError {
    let folder = folder.to_owned();
    if is_disk_full(&source) {
        SealError::DiskFull { folder, source }
    } else {
        SealError::Write { folder, source }
    }
}

fn entry(part: &Part) -> Entry {
    Entry {
        path: part.path.clone(),
        size: part.content.size(),
        sha256: part.content.sha256(),
        media_type: part.media_type.clone(),
        collector: part.collector.clone(),
        disclosure: part.content.disclosure(),
        replaced: part.content.replaced(),
    }
}

fn write_zip(file: &mut File, manifest: &[u8], parts: &mut [Part]) -> io::Result<()> {
    let mut zip = ZipWriter::new(file);
    zip.start_file(MANIFEST_FILENAME, options(false))?;
    zip.write_all(manifest)?;
    for part in parts {
        zip.start_file(part.path.as_str(), options(is_worth_packing(part)))?;
        let mut reader = part.content.reader()?;
        copy(&mut reader, &mut zip)?;
    }
    zip.finish()?;
    Ok(())
}

/// The same on every system and at every time.
fn options(packed: bool) -> SimpleFileOptions {
    let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    SimpleFileOptions::DEFAULT
        .compression_method(method)
        .compression_level(packed.then_some(LEVEL))
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix)
        .unix_permissions(0o644)
        .large_file(false)
}

fn is_worth_packing(part: &Part) -> bool {
    let packed_already =
        ["image/png", "image/jpeg", "image/webp", "video/", "application/zip", "application/gzip"];
    let log = part.path.starts_with("logs/");
    !packed_already.iter().any(|it| part.media_type.starts_with(it))
        && (log || part.content.size() <= STORE_ABOVE_BYTES)
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    let mut buffer = vec![0; COPY_BYTES];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(()),
            read => to.write_all(&buffer[..read])?,
        }
    }
}

/// Size and SHA-256 of what is really on disk.
fn measure(file: &mut File) -> io::Result<(u64, String)> {
    file.seek(SeekFrom::Start(0))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; COPY_BYTES];
    let mut size = 0;
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((size, hex(&hash.finalize()))),
            read => {
                hash.update(&buffer[..read]);
                size += u64::try_from(read).unwrap_or(u64::MAX);
            }
        }
    }
}

/// Makes the new name durable. Where a folder cannot be opened (Windows) the system does it itself.
fn sync_folder(folder: &Path) {
    if let Ok(opened) = File::open(folder) {
        let _ = opened.sync_all();
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use nightline_redact::{Known, RedactionKey};
    use nightline_types::Intake;

    use super::*;

    #[test]
    fn a_full_disk_is_named_as_such() {
        let intake = Intake::about("x");
        let (mut parts, _) =
            Draft::new(RedactionKey::new([1; 32]), Known::default(), &intake).into_parts().unwrap();
        // Every write to this device fails as it does on a full disk.
        let mut full = File::options().write(true).open("/dev/full").unwrap();
        let error = write_zip(&mut full, b"{}", &mut parts).unwrap_err();
        let error = failure(Path::new("/x"), error);
        assert!(matches!(error, SealError::DiskFull { .. }), "{error:?}");
        assert_eq!(error.message().id.as_str(), "bundle-error-disk-full");
    }
}
