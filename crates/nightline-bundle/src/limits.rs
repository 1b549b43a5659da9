//! Every limit of a bundle, with its reason. The writer keeps what the reader demands.

/// Entries of a bundle: a report, an intake, some logs, at most [`MAX_ATTACHMENTS`] files. Far above any real one,
/// small enough that a list of them costs a megabyte at most.
pub const MAX_ENTRIES: usize = 1_000;

/// The sealed file. Uploads over a home line take an hour at this size; and below 4 GiB the format needs no zip64.
pub const MAX_BUNDLE_BYTES: u64 = 1 << 30;

/// One entry, unpacked. What one read may cost, never more than a bundle.
pub const MAX_ENTRY_BYTES: u64 = 512 << 20;

/// All entries together, unpacked.
pub const MAX_TOTAL_BYTES: u64 = 2 << 30;

/// Below this an entry may be packed as tightly as deflate can (1,032 to 1): ten megabytes of one letter are a
/// legal error text. Reading it costs little whatever it is.
pub const FREE_RATIO_BYTES: u64 = 64 << 20;

/// Above [`FREE_RATIO_BYTES`] an entry, and above eight times that all entries, may not be larger than this many
/// times their packed size. Real logs reach 20 to 60.
pub const MAX_RATIO: u64 = 200;

/// A name inside the bundle, in bytes. File systems stop at 255 for one part.
pub const MAX_NAME_BYTES: usize = 240;

/// Parts of a name. Ours have two or three.
pub const MAX_DEPTH: usize = 6;

/// The manifest, unpacked: a thousand entries with long names stay below a megabyte.
pub const MAX_MANIFEST_BYTES: u64 = 4 << 20;

/// One log after redaction. An agent reads the minutes around the fault, and 64 MiB are half a million lines.
pub const MAX_LOG_BYTES: u64 = 64 << 20;

/// One line of a log. A longer line is cut into pieces of this size, each redacted by itself.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// Text that is redacted at once. Large enough that a value is looked up once and found often.
pub const BLOCK_BYTES: usize = 256 << 10;

/// One attachment: a long screen recording, a crash dump.
pub const MAX_ATTACHMENT_BYTES: u64 = 256 << 20;

/// Attachments of one ticket.
pub const MAX_ATTACHMENTS: usize = 100;

/// Larger attachments are stored as they are: packing them costs the person's time and rarely helps.
pub const STORE_ABOVE_BYTES: u64 = 16 << 20;

/// Content up to this size is kept in memory, more in a nameless temporary file (already redacted or approved).
pub const SPOOL_BYTES: usize = 4 << 20;

/// Whether unpacked content of this size may come from this many packed bytes.
pub(crate) fn ratio_fits(unpacked: u64, packed: u64, free: u64) -> bool {
    unpacked <= free || unpacked <= packed.saturating_mul(MAX_RATIO)
}

/// All entries together may be this large whatever their ratio.
pub(crate) const FREE_TOTAL_BYTES: u64 = FREE_RATIO_BYTES * 8;
