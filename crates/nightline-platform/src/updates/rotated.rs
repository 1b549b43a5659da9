//! A log and its rotated predecessors, as far back as needed. Understands gzip and reads at most a few megabytes.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use nightline_types::Timestamp;

use super::Change;

/// Of one file, unpacked. A package log of this size holds years.
const FILE_LIMIT: u64 = 8 * 1024 * 1024;
/// How many predecessors are looked at; they are monthly.
const ROTATED_LIMIT: usize = 3;

/// The changes of `path`, and of `path.1`, `path.1.gz`, … while the oldest change is younger than `since`.
pub(super) fn read(
    path: &Path,
    since: Timestamp,
    parse: impl Fn(&str) -> Vec<Change>,
) -> io::Result<Vec<Change>> {
    let mut changes = parse(&text(path)?);
    for number in 1..=ROTATED_LIMIT {
        if changes.iter().any(|change| change.at < since) {
            break;
        }
        // apt rotates `history.log` to `history.log.1.gz`, dpkg first to `dpkg.log.1`.
        let older = suffixed(path, &format!(".{number}"));
        let older = if older.exists() { older } else { suffixed(path, &format!(".{number}.gz")) };
        match text(&older) {
            Ok(text) => changes.extend(parse(&text)),
            Err(_) => break,
        }
    }
    Ok(changes)
}

fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn text(path: &Path) -> io::Result<String> {
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|it| it == "gz") {
        GzDecoder::new(file).take(FILE_LIMIT).read_to_end(&mut bytes)?;
    } else {
        file.take(FILE_LIMIT).read_to_end(&mut bytes)?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::ChangeKind;
    use super::*;

    fn seconds(text: &str) -> Vec<Change> {
        let change = |line: &str| Change {
            at: Timestamp::from_unix_ms(line.parse().unwrap()),
            kind: ChangeKind::Installed,
            package: "p".into(),
            before: None,
            after: None,
        };
        text.lines().map(change).collect()
    }

    #[test]
    fn goes_back_through_rotated_files_only_as_far_as_needed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("history.log");
        std::fs::write(&path, "30\n").unwrap();
        let mut gz = flate2::write::GzEncoder::new(
            File::create(dir.path().join("history.log.1.gz")).unwrap(),
            flate2::Compression::fast(),
        );
        gz.write_all(b"20\n10\n").unwrap();
        gz.finish().unwrap();
        std::fs::write(dir.path().join("history.log.2"), "1\n").unwrap();
        let count = |since| read(&path, Timestamp::from_unix_ms(since), seconds).unwrap().len();
        assert_eq!((count(31), count(15), count(5)), (1, 3, 4));
    }

    #[test]
    fn a_damaged_rotated_file_ends_the_search_and_a_missing_log_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("history.log");
        assert!(read(&path, Timestamp::from_unix_ms(0), seconds).is_err());
        std::fs::write(&path, "30\n").unwrap();
        std::fs::write(dir.path().join("history.log.1.gz"), "not gzip").unwrap();
        assert_eq!(read(&path, Timestamp::from_unix_ms(0), seconds).unwrap().len(), 1);
    }
}
