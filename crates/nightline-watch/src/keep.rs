//! Keeps what a person has begun to write, and what they have seen, on the disk. One writer, in order; what cannot be
//! kept is told to the app.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;

use nightline_engine::app::{Draft, Event, Kept, Replies};
use nightline_engine::work::PICTURES_DIRNAME;
use nightline_platform::directories::{WriteError, write_atomic};
use nightline_types::Message;
use serde_json::{json, to_vec};
use tokio::sync::mpsc;

/// Changes that wait to be written: a person types slower than a disk writes.
const MAX_WAITING: usize = 64;
/// The name of the format of what was seen.
const SEEN_SCHEMA: &str = "nightline.seen/1";
const DRAFT_FILENAME: &str = "draft.json";
const REPLIES_FILENAME: &str = "replies.json";
const SEEN_FILENAME: &str = "seen.json";

/// Something to be kept.
pub(crate) enum Change {
    Draft(Box<Draft>),
    NoDraft,
    Replies(BTreeMap<String, String>),
    Seen(BTreeMap<String, u32>),
}

/// The one writer.
pub(crate) struct Keeper {
    changes: mpsc::Sender<Change>,
}

impl Keeper {
    /// Below the home's data. `events` is told when something could not be kept, and when it could again.
    pub(crate) fn start(data_dir: &Path, events: mpsc::Sender<Event>) -> Self {
        let (changes, inbox) = mpsc::channel(MAX_WAITING);
        tokio::task::spawn_blocking({
            let dir = data_dir.to_owned();
            move || write(&dir, inbox, &events)
        });
        Self { changes }
    }

    pub(crate) fn change(&self, change: Change) {
        // A disk that is this far behind hangs; the answers are still in memory.
        if self.changes.try_send(change).is_err() {
            tracing::warn!("A change was not kept: the disk is behind");
        }
    }
}

/// What was kept before.
pub(crate) fn kept(data_dir: &Path) -> Kept {
    let (draft_text, replies_text) = (text(data_dir, DRAFT_FILENAME), text(data_dir, REPLIES_FILENAME));
    let (draft, replies) = (Draft::parse(&draft_text), Replies::parse(&replies_text));
    // Neither is ever written empty.
    for (name, is_lost) in [
        (DRAFT_FILENAME, draft.is_none() && !draft_text.is_empty()),
        (REPLIES_FILENAME, replies.is_empty() && !replies_text.is_empty()),
    ] {
        if is_lost {
            tracing::warn!(name, "What was kept is damaged or of a later version");
        }
    }
    Kept { draft, replies, seen: seen(&text(data_dir, SEEN_FILENAME)) }
}

/// A file's text; nothing where there is none.
fn text(dir: &Path, name: &str) -> String {
    std::fs::read_to_string(dir.join(name)).unwrap_or_else(|error| {
        if error.kind() != ErrorKind::NotFound {
            tracing::warn!(name, error = nightline_types::chain(&error), "What was kept could not be read");
        }
        String::new()
    })
}

/// How many messages of each ticket the person has seen. What cannot be read counts as not seen.
fn seen(text: &str) -> BTreeMap<String, u32> {
    let value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    if value["schema"] != SEEN_SCHEMA {
        return BTreeMap::new();
    }
    serde_json::from_value(value["tickets"].clone()).unwrap_or_default()
}

fn write(dir: &Path, mut inbox: mpsc::Receiver<Change>, events: &mpsc::Sender<Event>) {
    // Files with the person's words that could not be written.
    let mut unkept: BTreeSet<&str> = BTreeSet::new();
    let mut told = Ok(());
    while let Some(change) = inbox.blocking_recv() {
        let (name, result) = keep(dir, change);
        let now = match result {
            Ok(()) => {
                unkept.remove(name);
                if unkept.is_empty() { Ok(()) } else { continue }
            }
            Err(error) => {
                tracing::warn!(error = nightline_types::chain(&error), "A change was not kept");
                // What was only seen is seen again; nobody needs to be told.
                if name == SEEN_FILENAME {
                    continue;
                }
                unkept.insert(name);
                Err(unkept_message(&error, dir))
            }
        };
        // The app has ended when it does not listen; nobody is there to be told.
        if now != told && events.blocking_send(Event::Kept(now.clone())).is_ok() {
            told = now;
        }
    }
}

/// Carries out one change. Which file it was about.
fn keep(dir: &Path, change: Change) -> (&'static str, Result<(), WriteError>) {
    let (name, bytes) = match change {
        Change::Draft(draft) => (DRAFT_FILENAME, to_vec(&draft)),
        Change::Replies(replies) if replies.is_empty() => {
            return (REPLIES_FILENAME, remove(dir, REPLIES_FILENAME));
        }
        Change::Replies(replies) => (REPLIES_FILENAME, to_vec(&Replies::new(replies))),
        Change::Seen(seen) => (SEEN_FILENAME, to_vec(&json!({ "schema": SEEN_SCHEMA, "tickets": seen }))),
        Change::NoDraft => {
            // Its pictures must not turn up in the next ticket, whatever became of the worker that kept them.
            drop(std::fs::remove_dir_all(dir.join(PICTURES_DIRNAME)));
            return (DRAFT_FILENAME, remove(dir, DRAFT_FILENAME));
        }
    };
    let path = dir.join(name);
    let written = bytes
        .map_err(|error| WriteError { path: path.clone(), source: error.into() })
        .and_then(|bytes| write_atomic(&path, &bytes));
    (name, written)
}

/// One that is not there is what is wanted. One that stays although it should go is told to nobody: it is the person's
/// own, and the next start offers it again.
fn remove(dir: &Path, name: &str) -> Result<(), WriteError> {
    if let Err(error) = std::fs::remove_file(dir.join(name))
        && error.kind() != ErrorKind::NotFound
    {
        tracing::warn!(error = nightline_types::chain(&error), "What was kept could not be removed");
    }
    Ok(())
}

/// What it means for the person, and what they can do.
fn unkept_message(error: &WriteError, dir: &Path) -> Message {
    let folder = dir.display().to_string();
    match error.source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Message::new("unkept-disk-full"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            Message::new("unkept-not-allowed").arg("folder", folder)
        }
        _ => Message::new("unkept-failed").arg("folder", folder),
    }
}

#[cfg(test)]
mod tests {
    use nightline_engine::app::DRAFT_SCHEMA;
    use nightline_view::{Answers, HelpStep};

    use super::*;

    fn draft(what: &str) -> Change {
        let answers = Answers { what: what.to_owned(), ..Answers::default() };
        Change::Draft(Box::new(Draft { schema: DRAFT_SCHEMA.to_owned(), step: HelpStep::Error, answers }))
    }

    fn reply(text: &str) -> Change {
        Change::Replies([("NL-1".to_owned(), text.to_owned())].into())
    }

    /// Writes the changes one after another; what the app is told of it.
    fn written(dir: &Path, changes: Vec<Change>) -> Vec<Result<(), String>> {
        let (sender, inbox) = mpsc::channel(MAX_WAITING);
        for change in changes {
            sender.try_send(change).ok().unwrap();
        }
        drop(sender);
        let (events, mut heard) = mpsc::channel(MAX_WAITING);
        write(dir, inbox, &events);
        drop(events);
        let mut told = Vec::new();
        while let Some(Event::Kept(kept)) = heard.blocking_recv() {
            told.push(kept.map_err(|message| message.id.as_str().to_owned()));
        }
        told
    }

    fn words(dir: &Path) -> Option<String> {
        kept(dir).draft.map(|draft| draft.answers.what)
    }

    #[test]
    fn what_was_kept_last_is_there_again() {
        let folder = tempfile::tempdir().unwrap();
        let seen = Change::Seen([("NL-1".to_owned(), 3)].into());
        let changes = vec![draft("no"), Change::NoDraft, draft("no sound"), seen, reply("a"), reply("ab")];
        assert_eq!(written(folder.path(), changes), [], "nobody needs to be told");
        let kept = kept(folder.path());
        assert_eq!(words(folder.path()).as_deref(), Some("no sound"));
        assert_eq!(kept.replies.get("NL-1").map(String::as_str), Some("ab"));
        assert_eq!(kept.seen.get("NL-1"), Some(&3));
    }

    #[test]
    fn a_discarded_draft_leaves_neither_its_words_nor_its_pictures() {
        let folder = tempfile::tempdir().unwrap();
        let pictures = folder.path().join(PICTURES_DIRNAME);
        std::fs::create_dir(&pictures).unwrap();
        std::fs::write(pictures.join("picture-1.png"), b"pixels").unwrap();
        written(folder.path(), vec![draft("no sound")]);
        assert!(pictures.exists(), "a draft that is kept has its pictures");
        written(folder.path(), vec![Change::NoDraft, Change::Replies(BTreeMap::new())]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_cannot_be_kept_is_told_once_and_so_is_that_it_can_be_again() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        let failed = || Err("unkept-failed".to_owned());
        assert_eq!(written(&home, vec![draft("a"), draft("ab"), reply("a")]), [failed()]);
        let seen = Change::Seen(BTreeMap::new());
        assert_eq!(written(&home, vec![seen]), [], "what was seen is nobody's words");
        assert_eq!(
            written(&home, vec![draft("a"), reply("a"), Change::NoDraft]),
            [failed()],
            "the reply is not"
        );
        assert_eq!(
            written(&home, vec![draft("a"), Change::NoDraft]),
            [failed(), Ok(())],
            "nothing is left to keep"
        );
    }

    #[test]
    fn why_it_cannot_be_kept_is_said_in_words_that_help() {
        for (kind, id) in [
            (ErrorKind::StorageFull, "unkept-disk-full"),
            (ErrorKind::QuotaExceeded, "unkept-disk-full"),
            (ErrorKind::PermissionDenied, "unkept-not-allowed"),
            (ErrorKind::ReadOnlyFilesystem, "unkept-not-allowed"),
            (ErrorKind::NotADirectory, "unkept-failed"),
        ] {
            let error = WriteError { path: "draft.json".into(), source: kind.into() };
            assert_eq!(unkept_message(&error, Path::new("data")).id.as_str(), id, "{kind:?}");
        }
    }

    #[test]
    fn damaged_files_are_as_if_they_were_not_there() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["", "{", "[1]", r#"{"schema":"nightline.seen/2","tickets":{"a":1}}"#] {
            for name in [SEEN_FILENAME, DRAFT_FILENAME, REPLIES_FILENAME] {
                std::fs::write(folder.path().join(name), text).unwrap();
            }
            assert_eq!(kept(folder.path()), Kept::default(), "{text}");
        }
    }
}
