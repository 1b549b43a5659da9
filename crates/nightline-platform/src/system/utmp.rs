//! Boots and shutdowns from `/var/log/wtmp` (utmp(5)). Skips sign-ins: who was here is nobody's business.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use nightline_types::Timestamp;

/// Only the end of a long file is read; a boot and its sign-ins take a few kilobytes.
const TAIL: u64 = 4 * 1024 * 1024;
/// `struct utmp` with 32-bit times, as on `x86_64`, and with 64-bit times, as on aarch64.
const SIZE_32: usize = 384;
const SIZE_64: usize = 400;
/// Types of utmp(5).
const RUN_LEVEL: i16 = 1;
const BOOT_TIME: i16 = 2;

/// A record that is about the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) at: Timestamp,
    pub(super) kind: RecordKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RecordKind {
    Boot,
    Shutdown,
    Other,
}

/// The records about the system, oldest first.
pub(super) fn records(path: &Path) -> io::Result<Vec<Record>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let size = size(length);
    let skipped = length.saturating_sub(TAIL) / size as u64 * size as u64;
    file.seek(SeekFrom::Start(skipped))?;
    let mut bytes = Vec::new();
    file.take(TAIL + size as u64).read_to_end(&mut bytes)?;
    Ok(parse(&bytes, size))
}

fn size(length: u64) -> usize {
    if !length.is_multiple_of(SIZE_32 as u64) && length.is_multiple_of(SIZE_64 as u64) {
        SIZE_64
    } else {
        SIZE_32
    }
}

fn parse(bytes: &[u8], size: usize) -> Vec<Record> {
    bytes
        .chunks_exact(size)
        .filter_map(|chunk| record(chunk, size))
        .filter(|it| it.kind != RecordKind::Other)
        .collect()
}

fn record(chunk: &[u8], size: usize) -> Option<Record> {
    /// Where `ut_user` and `ut_tv` begin.
    const USER: usize = 44;
    const TIME_32: usize = 340;
    const TIME_64: usize = 344;
    let kind = i16::from_ne_bytes(chunk.get(..2)?.try_into().ok()?);
    let user = chunk.get(USER..USER + 32)?;
    let seconds = if size == SIZE_64 {
        i64::from_ne_bytes(chunk.get(TIME_64..TIME_64 + 8)?.try_into().ok()?)
    } else {
        // Unsigned, so that the file lasts beyond 2038 (as util-linux reads it).
        i64::from(u32::from_ne_bytes(chunk.get(TIME_32..TIME_32 + 4)?.try_into().ok()?))
    };
    Some(Record {
        at: Timestamp::from_unix_ms(seconds.saturating_mul(1000)),
        kind: match kind {
            BOOT_TIME => RecordKind::Boot,
            RUN_LEVEL if user.starts_with(b"shutdown") => RecordKind::Shutdown,
            _ => RecordKind::Other,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(kind: i16, user: &str, seconds: u32) -> Vec<u8> {
        let mut chunk = vec![0; SIZE_32];
        chunk[..2].copy_from_slice(&kind.to_ne_bytes());
        chunk[44..44 + user.len()].copy_from_slice(user.as_bytes());
        chunk[340..344].copy_from_slice(&seconds.to_ne_bytes());
        chunk
    }

    #[test]
    fn boots_and_shutdowns_are_read_and_sign_ins_are_not() {
        let mut bytes = written(BOOT_TIME, "reboot", 100);
        bytes.extend(written(7, "mei", 150));
        bytes.extend(written(RUN_LEVEL, "runlevel", 160));
        bytes.extend(written(RUN_LEVEL, "shutdown", 200));
        let found: Vec<_> = parse(&bytes, SIZE_32).iter().map(|it| (it.at.unix_ms(), it.kind)).collect();
        assert_eq!(found, [(100_000, RecordKind::Boot), (200_000, RecordKind::Shutdown)]);
    }

    #[test]
    fn a_cut_record_is_left_out() {
        assert_eq!(parse(&written(BOOT_TIME, "reboot", 1)[..300], SIZE_32), []);
    }

    #[test]
    fn both_sizes_of_record_are_known() {
        assert_eq!((size(384 * 5), size(400 * 7), size(0)), (SIZE_32, SIZE_64, SIZE_32));
    }
}
