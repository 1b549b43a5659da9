//! Unpacks one entry with a running limit. The directory's size is a promise; the limit holds whether it is kept.

use std::io::{self, Read, Seek};

use ring::digest::{Context, SHA256};
use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;
use crate::hex;

const COPY_BYTES: usize = 64 << 10;

/// The whole entry, of at most `max` bytes.
pub(super) fn read_whole<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    max: u64,
) -> Result<Vec<u8>, ReadError> {
    let mut content = Vec::new();
    let mut entry = archive.by_index(index).map_err(from_zip)?.take(max + 1);
    entry.read_to_end(&mut content).map_err(from_io)?;
    let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
    if size > max { Err(ReadError::TooLarge { size, max }) } else { Ok(content) }
}

/// The whole entry, if size and SHA-256 are as announced.
pub(super) fn read_checked<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    size: u64,
    sha256: &str,
) -> Result<Vec<u8>, ReadError> {
    let content = match read_whole(archive, index, size) {
        Err(ReadError::TooLarge { .. }) => return Err(ReadError::WrongSize),
        other => other?,
    };
    if u64::try_from(content.len()) != Ok(size) {
        return Err(ReadError::WrongSize);
    }
    if hex(&Sha256::digest(&content)) == sha256 { Ok(content) } else { Err(ReadError::WrongHash) }
}

/// Reads the entry in constant memory and compares size and SHA-256.
pub(super) fn check<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    size: u64,
    sha256: &str,
) -> Result<(), ReadError> {
    let mut entry = archive.by_index(index).map_err(from_zip)?.take(size + 1);
    // In assembly: a desk does this to every byte of every upload.
    let mut hash = Context::new(&SHA256);
    let mut buffer = vec![0; COPY_BYTES];
    let mut found = 0_u64;
    loop {
        match entry.read(&mut buffer).map_err(from_io)? {
            0 => break,
            read => {
                hash.update(&buffer[..read]);
                found += u64::try_from(read).unwrap_or(u64::MAX);
            }
        }
    }
    if found != size {
        return Err(ReadError::WrongSize);
    }
    if hex(hash.finish().as_ref()) == sha256 { Ok(()) } else { Err(ReadError::WrongHash) }
}

/// `length` bytes from `offset`, fewer at the end.
pub(super) fn read_range<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    size: u64,
    offset: u64,
    length: u64,
) -> Result<Vec<u8>, ReadError> {
    let offset = offset.min(size);
    let length = length.min(size - offset);
    let mut entry = archive.by_index(index).map_err(from_zip)?.take(offset + length);
    io::copy(&mut entry.by_ref().take(offset), &mut io::sink()).map_err(from_io)?;
    let mut content = Vec::new();
    entry.read_to_end(&mut content).map_err(from_io)?;
    Ok(content)
}

fn from_zip(error: ZipError) -> ReadError {
    match error {
        ZipError::Io(error) => from_io(error),
        _ => ReadError::Damaged,
    }
}

/// The unpacker reports damage as an I/O error of these kinds.
fn from_io(error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::InvalidData
        | io::ErrorKind::InvalidInput
        | io::ErrorKind::UnexpectedEof
        | io::ErrorKind::Other => ReadError::Damaged,
        _ => ReadError::Io(error),
    }
}
