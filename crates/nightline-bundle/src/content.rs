//! What an entry holds. Made only from redacted text or from what the person approved; there is no other way in.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom, Write};

use nightline_protocol::Disclosure;
use nightline_redact::{Disclosed, Hits, Redacted, Redactor};
use sha2::{Digest, Sha256};
use tempfile::SpooledTempFile;

use crate::limits::{BLOCK_BYTES, MAX_LINE_BYTES, MAX_LOG_BYTES, SPOOL_BYTES};

/// The bytes of one entry, in memory or, where they are many, in a nameless temporary file.
pub struct Content {
    spool: SpooledTempFile,
    size: u64,
    hash: Sha256,
    disclosure: Disclosure,
    hits: Hits,
    earlier: u64,
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("size", &self.size)
            .field("disclosure", &self.disclosure)
            .finish_non_exhaustive()
    }
}

/// How a log was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogIntake {
    /// Bytes read from the source.
    pub read: u64,
    /// Whether the source went on beyond the limit.
    pub cut: bool,
}

impl Content {
    /// Redacted text as it is.
    pub fn redacted(text: &Redacted) -> io::Result<Self> {
        let mut content = Self::empty(Disclosure::Redacted);
        content.append(text)?;
        Ok(content)
    }

    /// What the person typed or approved.
    pub fn disclosed(approved: &Disclosed) -> io::Result<Self> {
        let mut content = Self::empty(Disclosure::Disclosed);
        content.write(approved.as_bytes())?;
        Ok(content)
    }

    /// A log, redacted as it is read, in constant memory. Ends after `limit` bytes, and at [`MAX_LOG_BYTES`] whatever
    /// the limit. What is not UTF-8 becomes the replacement character.
    pub fn redacted_log(redactor: &Redactor, source: impl Read, limit: u64) -> io::Result<(Self, LogIntake)> {
        let limit = limit.min(MAX_LOG_BYTES);
        let mut content = Self::empty(Disclosure::Redacted);
        let mut lines = Blocks { source, pending: Vec::new(), read: 0, ended: false };
        let mut pass = redactor.pass();
        let mut cut = false;
        while let Some(block) = lines.next()? {
            content.append(&pass.redact(&String::from_utf8_lossy(&block)))?;
            if content.size >= limit {
                cut = lines.next()?.is_some();
                break;
            }
        }
        Ok((content, LogIntake { read: lines.read, cut }))
    }

    /// The same content through another redactor, for what the person took back after it was made.
    pub(crate) fn redacted_again(&mut self, redactor: &Redactor) -> io::Result<Self> {
        let earlier = self.replaced();
        let (mut content, _) = Self::redacted_log(redactor, self.reader()?, u64::MAX)?;
        content.count(earlier);
        Ok(content)
    }

    /// Counts values that an earlier pass over the same text replaced.
    pub(crate) const fn count(&mut self, earlier: u64) {
        self.earlier += earlier;
    }

    fn empty(disclosure: Disclosure) -> Self {
        let spool = SpooledTempFile::new(SPOOL_BYTES);
        Self { spool, size: 0, hash: Sha256::new(), disclosure, hits: Hits::new(), earlier: 0 }
    }

    fn append(&mut self, text: &Redacted) -> io::Result<()> {
        for (class, count) in text.hits() {
            *self.hits.entry(*class).or_default() += count;
        }
        self.write(text.as_str().as_bytes())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.spool.write_all(bytes)?;
        self.hash.update(bytes);
        self.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    /// In bytes.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// SHA-256 in lower-case hex.
    pub fn sha256(&self) -> String {
        crate::hex(&self.hash.clone().finalize())
    }

    /// Whether it was redacted or approved.
    pub const fn disclosure(&self) -> Disclosure {
        self.disclosure
    }

    /// How many values were replaced.
    pub fn replaced(&self) -> u64 {
        self.hits.values().sum::<u64>() + self.earlier
    }

    /// The content from its beginning.
    pub(crate) fn reader(&mut self) -> io::Result<impl Read + '_> {
        self.spool.seek(SeekFrom::Start(0))?;
        Ok(&mut self.spool)
    }
}

/// Pieces of a log that end at a line's end.
struct Blocks<R> {
    source: R,
    pending: Vec<u8>,
    read: u64,
    ended: bool,
}

impl<R: Read> Blocks<R> {
    fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        while !self.ended {
            if self.pending.len() >= BLOCK_BYTES
                && let Some(newline) = self.pending.iter().rposition(|byte| *byte == b'\n')
            {
                return Ok(Some(self.split(newline + 1)));
            }
            if self.pending.len() >= MAX_LINE_BYTES {
                let cut = character_end(&self.pending);
                return Ok(Some(self.split(cut)));
            }
            let before = self.pending.len();
            let wanted = u64::try_from(BLOCK_BYTES).unwrap_or(u64::MAX);
            self.source.by_ref().take(wanted).read_to_end(&mut self.pending)?;
            let got = self.pending.len() - before;
            self.read += u64::try_from(got).unwrap_or(u64::MAX);
            self.ended = got == 0;
        }
        Ok((!self.pending.is_empty()).then(|| std::mem::take(&mut self.pending)))
    }

    fn split(&mut self, at: usize) -> Vec<u8> {
        let rest = self.pending.split_off(at);
        std::mem::replace(&mut self.pending, rest)
    }
}

/// The last place where no word and no UTF-8 character is cut in two; the end where there is none.
fn character_end(bytes: &[u8]) -> usize {
    let floor = bytes.len().saturating_sub(4_096);
    let space =
        bytes[floor..].iter().rposition(|byte| *byte == b' ' || *byte == b'\t').map(|at| floor + at + 1);
    space.unwrap_or_else(|| {
        let start = bytes.iter().rposition(|byte| byte & 0xc0 != 0x80).unwrap_or(0);
        if start > 0 { start } else { bytes.len() }
    })
}
