//! Makes the table of owners from public lists of ranges, each with its autonomous system and that system's name.

use std::collections::BTreeMap;

use super::MAGIC;

/// Ranges that lie within each other; the lists of 2026 have one. More means that the list is not what we think.
const MOST_OVERLAPS: usize = 100;

/// The lists, as comma-separated lines in whole numbers: `first,last,asn,name`.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// Ranges of IPv4.
    pub v4: &'a str,
    /// Ranges of IPv6.
    pub v6: &'a str,
}

/// Why there is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// A line is no range.
    #[error("line {0} is no range")]
    Line(usize),
    /// Too many ranges lie within each other.
    #[error("{0} ranges lie within others")]
    Overlaps(usize),
    /// More entries than the format holds.
    #[error("the list is too long")]
    TooLong,
}

struct Range {
    start: u64,
    end: u64,
    asn: u32,
}

/// The table as bytes.
///
/// # Errors
/// When a list is not what it should be.
pub fn compile(sources: Sources<'_>) -> Result<Vec<u8>, CompileError> {
    let mut names = BTreeMap::new();
    let v4 = ranges(sources.v4, &mut names, |it| u64::try_from(it).ok())?;
    let v6 = ranges(sources.v6, &mut names, |it| Some((it >> 64) as u64))?;
    let used: Vec<u32> = names.keys().copied().collect();
    let mut table = Vec::new();
    let mut blob = Vec::new();
    for (asn, name) in &names {
        blob.extend_from_slice(name.as_bytes());
        table.extend(asn.to_le_bytes());
        table.extend(count(blob.len())?.to_le_bytes());
    }
    let mut bytes = MAGIC.to_vec();
    for length in [v4.len(), v6.len(), used.len(), blob.len()] {
        bytes.extend(count(length)?.to_le_bytes());
    }
    for (ranges, width) in [(&v4, 4), (&v6, 8)] {
        ranges.iter().for_each(|it| bytes.extend(&it.start.to_le_bytes()[..width]));
        ranges.iter().for_each(|it| bytes.extend(&it.end.to_le_bytes()[..width]));
        for range in ranges {
            // Every system of a range has its name in the list, if only an empty one.
            let index = used.binary_search(&range.asn).unwrap_or_default();
            bytes.extend(count(index)?.to_le_bytes());
        }
    }
    bytes.extend(table);
    bytes.extend(blob);
    Ok(bytes)
}

fn count(length: usize) -> Result<u32, CompileError> {
    u32::try_from(length).map_err(|_| CompileError::TooLong)
}

fn ranges(
    list: &str,
    names: &mut BTreeMap<u32, String>,
    number: impl Fn(u128) -> Option<u64>,
) -> Result<Vec<Range>, CompileError> {
    let mut ranges = Vec::new();
    for (index, line) in list.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let (range, name) = range(line.trim(), &number).ok_or(CompileError::Line(index + 1))?;
        names.entry(range.asn).or_insert_with(|| unquoted(name));
        ranges.push(range);
    }
    ranges.sort_by_key(|it: &Range| (it.start, std::cmp::Reverse(it.end)));
    let overlaps = ranges.windows(2).filter(|pair| pair[1].start <= pair[0].end).count();
    if overlaps > MOST_OVERLAPS {
        return Err(CompileError::Overlaps(overlaps));
    }
    for index in 1..ranges.len() {
        let start = ranges[index].start;
        let before = &mut ranges[index - 1];
        before.end = before.end.min(start.saturating_sub(1));
    }
    ranges.retain(|it| it.start <= it.end);
    Ok(ranges)
}

fn range<'a>(line: &'a str, number: &impl Fn(u128) -> Option<u64>) -> Option<(Range, &'a str)> {
    let mut fields = line.splitn(4, ',');
    let (first, last, asn) = (fields.next()?, fields.next()?, fields.next()?);
    let (start, end) = (number(first.parse().ok()?)?, number(last.parse().ok()?)?);
    let range = Range { start, end, asn: asn.parse().ok()? };
    (start <= end).then_some((range, fields.next().unwrap_or_default()))
}

/// A field with commas stands in quotes, and its own quotes twice.
fn unquoted(field: &str) -> String {
    match field.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => field.to_owned(),
    }
}
