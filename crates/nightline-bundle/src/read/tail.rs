//! Looks at the last 22 bytes before anything else, so that a directory of millions of entries is refused unread.
//! Ours has no comment, no second disk and no zip64.

use std::io::{Read, Seek, SeekFrom};

use super::OpenError;
use crate::limits::{MAX_BUNDLE_BYTES, MAX_ENTRIES, MAX_NAME_BYTES};

/// APPNOTE.TXT 4.3.16.
const END_RECORD: u64 = 22;
const END_SIGNATURE: [u8; 4] = *b"PK\x05\x06";
/// APPNOTE.TXT 4.3.12: 46 bytes, the name, and extra fields, of which we write none and allow a few.
const MAX_DIRECTORY_ENTRY: u64 = 46 + MAX_NAME_BYTES as u64 + 256;

pub(super) fn check<R: Read + Seek>(reader: &mut R) -> Result<(), OpenError> {
    let length = reader.seek(SeekFrom::End(0)).map_err(OpenError::Read)?;
    if length > MAX_BUNDLE_BYTES {
        return Err(OpenError::TooLarge);
    }
    if length < END_RECORD {
        return Err(OpenError::NotABundle);
    }
    let mut head = [0; 4];
    reader.seek(SeekFrom::Start(0)).map_err(OpenError::Read)?;
    reader.read_exact(&mut head).map_err(OpenError::Read)?;
    if head != *b"PK\x03\x04" {
        return Err(OpenError::NotABundle);
    }
    let mut tail = [0; END_RECORD as usize];
    reader.seek(SeekFrom::Start(length - END_RECORD)).map_err(OpenError::Read)?;
    reader.read_exact(&mut tail).map_err(OpenError::Read)?;
    reader.seek(SeekFrom::Start(0)).map_err(OpenError::Read)?;
    if tail[..4] != END_SIGNATURE {
        return Err(OpenError::Damaged("its end is missing"));
    }
    let u16_at = |at: usize| u64::from(u16::from_le_bytes([tail[at], tail[at + 1]]));
    let u32_at =
        |at: usize| u64::from(u32::from_le_bytes([tail[at], tail[at + 1], tail[at + 2], tail[at + 3]]));
    let (disk, directory_disk, here, all) = (u16_at(4), u16_at(6), u16_at(8), u16_at(10));
    let (size, offset, comment) = (u32_at(12), u32_at(16), u16_at(20));
    if disk != 0 || directory_disk != 0 || here != all || comment != 0 {
        return Err(OpenError::Damaged("its end contradicts itself"));
    }
    if all > u64::try_from(MAX_ENTRIES).unwrap_or(0) || size > all * MAX_DIRECTORY_ENTRY {
        return Err(OpenError::TooManyEntries);
    }
    if offset + size + END_RECORD != length {
        return Err(OpenError::Damaged("its directory is not where it should be"));
    }
    Ok(())
}
