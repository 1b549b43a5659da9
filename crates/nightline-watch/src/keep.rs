//! Keeps what a person has begun to write, and what they have seen, on the disk. One writer, in order.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use nightline_engine::app::Draft;
use nightline_engine::work::PICTURES_DIRNAME;
use nightline_platform::directories::write_atomic;
use serde_json::{json, to_vec};
use tokio::sync::mpsc;

/// Changes that wait to be written: a person types slower than a disk writes.
const MAX_WAITING: usize = 64;
/// The name of the format of what was seen.
const SEEN_SCHEMA: &str = "nightline.seen/1";
const DRAFT_FILENAME: &str = "draft.json";
const SEEN_FILENAME: &str = "seen.json";

enum Change {
    Draft(Box<Draft>),
    NoDraft,
    Seen(BTreeMap<String, u32>),
}

/// The one writer.
pub(crate) struct Keeper {
    changes: mpsc::Sender<Change>,
}

impl Keeper {
    /// Below the home's data.
    pub(crate) fn start(data_dir: &Path) -> Self {
        let (changes, inbox) = mpsc::channel(MAX_WAITING);
        tokio::task::spawn_blocking({
            let dir = data_dir.to_owned();
            move || write(&dir, inbox)
        });
        Self { changes }
    }

    pub(crate) fn draft(&self, draft: Draft) {
        self.change(Change::Draft(Box::new(draft)));
    }

    pub(crate) fn no_draft(&self) {
        self.change(Change::NoDraft);
    }

    pub(crate) fn seen(&self, seen: BTreeMap<String, u32>) {
        self.change(Change::Seen(seen));
    }

    fn change(&self, change: Change) {
        // A disk that is this far behind hangs; the answers are still in memory.
        if self.changes.try_send(change).is_err() {
            tracing::warn!("A change was not kept: the disk is behind");
        }
    }
}

/// What a person had begun to write.
pub(crate) fn draft(data_dir: &Path) -> Option<Draft> {
    std::fs::read_to_string(data_dir.join(DRAFT_FILENAME)).ok().and_then(|text| Draft::parse(&text))
}

/// How many messages of each ticket they have seen. What cannot be read counts as not seen.
pub(crate) fn seen(data_dir: &Path) -> BTreeMap<String, u32> {
    let text = std::fs::read_to_string(data_dir.join(SEEN_FILENAME)).unwrap_or_default();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    if value["schema"] != SEEN_SCHEMA {
        return BTreeMap::new();
    }
    serde_json::from_value(value["tickets"].clone()).unwrap_or_default()
}

fn write(dir: &Path, mut inbox: mpsc::Receiver<Change>) {
    let draft_path: PathBuf = dir.join(DRAFT_FILENAME);
    while let Some(change) = inbox.blocking_recv() {
        let (path, bytes) = match change {
            Change::Draft(draft) => (draft_path.clone(), to_vec(&draft)),
            Change::Seen(seen) => {
                let document = json!({ "schema": SEEN_SCHEMA, "tickets": seen });
                (dir.join(SEEN_FILENAME), to_vec(&document))
            }
            Change::NoDraft => {
                // One that is not there is what is wanted.
                drop(std::fs::remove_file(&draft_path));
                // Its pictures must not turn up in the next ticket, whatever became of the worker that kept them.
                drop(std::fs::remove_dir_all(dir.join(PICTURES_DIRNAME)));
                continue;
            }
        };
        let Ok(bytes) = bytes else { continue };
        if let Err(error) = write_atomic(&path, &bytes) {
            tracing::warn!(error = nightline_types::chain(&error), "A change was not kept");
        }
    }
}

#[cfg(test)]
mod tests {
    use nightline_engine::app::DRAFT_SCHEMA;
    use nightline_view::{Answers, HelpStep};

    use super::*;

    #[test]
    fn what_was_kept_last_is_there_again() {
        let folder = tempfile::tempdir().unwrap();
        let draft = |what: &str| Draft {
            schema: DRAFT_SCHEMA.to_owned(),
            step: HelpStep::Error,
            answers: Answers { what: what.to_owned(), ..Answers::default() },
        };
        let (changes, inbox) = mpsc::channel(8);
        for change in [
            Change::Draft(Box::new(draft("no"))),
            Change::NoDraft,
            Change::Draft(Box::new(draft("no sound"))),
            Change::Seen([("NL-1".to_owned(), 3)].into()),
        ] {
            changes.try_send(change).ok().unwrap();
        }
        drop(changes);
        write(folder.path(), inbox);
        assert_eq!(super::draft(folder.path()), Some(draft("no sound")));
        assert_eq!(super::seen(folder.path()).get("NL-1"), Some(&3));
    }

    #[test]
    fn damaged_files_are_as_if_they_were_not_there() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["", "{", "[1]", r#"{"schema":"nightline.seen/2","tickets":{"a":1}}"#] {
            std::fs::write(folder.path().join(SEEN_FILENAME), text).unwrap();
            std::fs::write(folder.path().join(DRAFT_FILENAME), text).unwrap();
            assert!(seen(folder.path()).is_empty(), "{text}");
            assert!(draft(folder.path()).is_none(), "{text}");
        }
    }
}
