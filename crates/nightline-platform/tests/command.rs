//! How external commands are run, on real ones. `sh` stands for a foreign program here and is never used elsewhere.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "these are the tests' own tools")]

use std::io::{Read, Seek};
use std::time::Duration;

use nightline_platform::command::{Command, CommandError, Exit, Ran};

/// Long enough for a busy machine, short enough for a test that is meant to reach it.
const PLENTY: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(300);

fn sh(script: &str, limit: Duration) -> Command {
    Command::new("sh", limit).args(["-c", script])
}

async fn run(script: &str, limit: Duration) -> Ran {
    sh(script, limit).run().await.unwrap()
}

#[tokio::test]
async fn output_and_complaints_and_code_come_back() {
    let ran = run("echo out; echo err >&2; exit 3", PLENTY).await;
    assert_eq!((ran.text().as_str(), ran.complaint().as_str(), ran.exit), ("out\n", "err", Exit::Code(3)));
    assert!(!ran.succeeded() && !ran.truncated);
}

#[tokio::test]
async fn arguments_are_not_looked_at_by_any_shell() {
    let ran = Command::new("printf", PLENTY).args(["%s", "$(id); `id` | x > y"]).run().await.unwrap();
    assert_eq!(ran.text(), "$(id); `id` | x > y");
}

#[tokio::test]
async fn messages_are_in_english_whatever_the_person_reads() {
    let ran = sh("echo \"$LC_ALL\"", PLENTY).env("LC_ALL", "de_DE.UTF-8").run().await.unwrap();
    assert_eq!(ran.text(), "C\n");
}

#[tokio::test]
async fn a_program_that_is_not_installed_is_named() {
    let error = Command::new("no-such-program-anywhere", PLENTY).run().await.unwrap_err();
    assert!(matches!(error, CommandError::NotInstalled { .. }), "{error}");
}

#[tokio::test]
async fn a_command_over_its_time_gives_what_it_wrote_before() {
    let ran = run("echo early; exec sleep 1000", SHORT).await;
    assert_eq!((ran.text().as_str(), ran.exit), ("early\n", Exit::TimedOut));
}

#[tokio::test]
async fn a_command_that_writes_too_much_is_ended() {
    let ran = sh("exec yes", PLENTY).output_limit(1_000).run().await.unwrap();
    assert_eq!((ran.exit, ran.stdout.len(), ran.truncated), (Exit::TooMuchOutput, 1_000, true));
}

#[tokio::test]
async fn a_flood_of_complaints_holds_nobody_up() {
    let ran =
        run("i=0; while [ $i -lt 20000 ]; do echo complaint >&2; i=$((i+1)); done; echo end", PLENTY).await;
    assert_eq!((ran.text().as_str(), ran.exit), ("end\n", Exit::Code(0)));
    assert!(ran.stderr.len() <= 16 * 1024);
}

#[tokio::test]
async fn an_orphan_that_keeps_the_output_open_is_not_waited_for() {
    let ran = run("sleep 1000 & echo parent", PLENTY).await;
    assert_eq!((ran.text().as_str(), ran.exit), ("parent\n", Exit::Code(0)));
}

#[tokio::test]
async fn a_command_reads_what_it_is_given_and_nothing_else() {
    let ran = Command::new("cat", PLENTY).stdin("typed").run().await.unwrap();
    assert_eq!(ran.text(), "typed");
    let ran = Command::new("cat", PLENTY).run().await.unwrap();
    assert_eq!((ran.text().as_str(), ran.exit), ("", Exit::Code(0)));
}

#[tokio::test]
async fn a_killed_command_says_by_which_signal() {
    assert_eq!(run("kill -9 $$", PLENTY).await.exit, Exit::Signal(9));
}

#[tokio::test]
async fn output_can_go_to_a_file() {
    let mut file = tempfile::tempfile().unwrap();
    let ran =
        sh("printf 0123456789", PLENTY).output_limit(4).run_to_file(file.try_clone().unwrap()).await.unwrap();
    let mut text = String::new();
    file.rewind().unwrap();
    file.read_to_string(&mut text).unwrap();
    assert_eq!((text.as_str(), ran.bytes, ran.truncated), ("0123", 4, true));
}

/// The grandchild holds a lock file open; the test waits until nobody does.
#[tokio::test]
async fn at_the_limit_and_when_dropped_the_whole_family_is_gone() {
    for is_dropped in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let lock = dir.path().join("lock");
        let ready = dir.path().join("ready");
        let script = format!(
            "(flock -x 9; : > {ready}; sleep 1000) 9> {lock} & wait",
            ready = ready.display(),
            lock = lock.display()
        );
        let limit = if is_dropped { PLENTY } else { Duration::from_secs(2) };
        let command = sh(&script, limit);
        let mut running = Box::pin(command.run());
        if is_dropped {
            tokio::select! {
                ran = &mut running => panic!("ended by itself: {ran:?}"),
                () = appears(&ready) => {}
            }
        } else {
            assert_eq!((&mut running).await.unwrap().exit, Exit::TimedOut);
        }
        drop(running);
        let file = std::fs::File::options().write(true).create(true).truncate(false).open(&lock).unwrap();
        // Blocks until the grandchild is gone; the runner's own time limit is what ends a failure.
        tokio::task::spawn_blocking(move || file.lock()).await.unwrap().unwrap();
    }
}

async fn appears(path: &std::path::Path) {
    while !path.exists() {
        tokio::task::yield_now().await;
    }
}
