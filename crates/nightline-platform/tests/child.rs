//! Programs of our own, started and talked to. `sh` stands for one here and is never used elsewhere.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "these are the tests' own tools")]

use std::path::Path;

use nightline_platform::child::{ChildError, Start, Stderr};
use nightline_platform::command::Exit;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

fn sh(script: &str) -> Start {
    Start { args: vec!["-c".into(), script.into()], ..Start::new("/bin/sh") }
}

#[tokio::test]
async fn what_is_said_is_answered_and_the_end_of_the_talk_is_noticed() {
    let mut child = sh("while read line; do echo \"heard $line\"; done; exit 4").run().unwrap();
    let mut answers = BufReader::new(child.stdout).lines();
    for word in ["one", "二"] {
        child.stdin.write_all(format!("{word}\n").as_bytes()).await.unwrap();
        assert_eq!(answers.next_line().await.unwrap().unwrap(), format!("heard {word}"));
    }
    drop(child.stdin);
    assert_eq!(answers.next_line().await.unwrap(), None);
    assert_eq!(child.process.wait().await, Exit::Code(4));
    assert_eq!(child.process.wait().await, Exit::Code(4));
}

#[tokio::test]
async fn arguments_and_environment_arrive_as_they_are() {
    let mut start = Start::new("/bin/sh");
    start.args =
        ["-c", "printf '%s|' \"$@\" \"$SAID\" \"$PATH\"", "sh", "a b", "$(id)", ""].map(Into::into).into();
    start.environment = vec![("SAID".into(), "夜 班".into())];
    let mut child = start.run().unwrap();
    let mut text = String::new();
    child.stdout.read_to_string(&mut text).await.unwrap();
    assert!(text.starts_with("a b|$(id)||夜 班|/"), "{text}");
}

#[tokio::test]
async fn error_output_is_added_to_its_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("window.log");
    for word in ["first", "second"] {
        let mut start = sh(&format!("echo {word} >&2"));
        start.stderr = Stderr::File(path.clone());
        assert_eq!(start.run().unwrap().process.wait().await, Exit::Code(0));
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "first\nsecond\n");
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let mut start = sh("exit 0");
    start.stderr = Stderr::File(dir.path().join("missing/window.log"));
    let error = start.run().unwrap_err();
    assert!(matches!(error, ChildError::Stderr { .. }), "{error}");
}

#[tokio::test]
async fn a_program_that_is_missing_or_no_program_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let error = Start::new(dir.path().join("nightline-window")).run().unwrap_err();
    assert!(
        matches!(&error, ChildError::NotThere { program } if program.ends_with("nightline-window")),
        "{error}"
    );
    let error = Start::new(dir.path()).run().unwrap_err();
    assert!(matches!(error, ChildError::Start { .. }), "{error}");
}

/// Each child holds a lock file open by a grandchild; the test waits until nobody does.
#[tokio::test]
async fn what_is_killed_dropped_or_ended_leaves_nobody_behind() {
    for way in ["kill", "drop", "end"] {
        let dir = tempfile::tempdir().unwrap();
        let lock = dir.path().join("lock");
        let script = format!("(flock -x 9; echo ready; exec sleep 1000) 9> {} & read line", lock.display());
        let mut child = sh(&script).run().unwrap();
        let mut answers = BufReader::new(child.stdout).lines();
        assert_eq!(answers.next_line().await.unwrap().as_deref(), Some("ready"));
        match way {
            "kill" => {
                child.process.kill();
                assert_eq!(child.process.wait().await, Exit::Signal(9));
            }
            "drop" => drop(child.process),
            _ => {
                drop(child.stdin);
                child.process.wait().await;
            }
        }
        is_free(&lock).await;
    }
}

/// Blocks until the grandchild is gone; the runner's own time limit is what ends a failure.
async fn is_free(lock: &Path) {
    let file = std::fs::File::options().write(true).open(lock).unwrap();
    tokio::task::spawn_blocking(move || file.lock()).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_child_has_a_number_and_tells_nothing_else_about_itself() {
    let mut child = sh("echo $$").run().unwrap();
    let mut text = String::new();
    child.stdout.read_to_string(&mut text).await.unwrap();
    assert_eq!(text.trim(), child.process.id().to_string());
    child.process.wait().await;
    assert_eq!(text.trim(), child.process.id().to_string());
    assert!(format!("{:?}", child.process).starts_with("Process { id: "));
}
