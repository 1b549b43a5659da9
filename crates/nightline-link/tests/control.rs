//! The control socket with real sockets: calls, strangers, left-overs, second watches.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a stranger is another process of another person; what cannot be set up is a failed test"
)]

use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use nightline_link::{
    BindError, CallError, ConnectError, ControlListener, ControlPlace, ControlReply, ControlRequest,
    MAX_CONTROL_FRAME, WatchStatus, ask, connect,
};
use nightline_types::Timestamp;
use tempfile::TempDir;

/// A home, with or without a session's runtime folder.
struct Home {
    dir: TempDir,
    place: ControlPlace,
}

impl Home {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for name in ["home", "cache", "runtime"] {
            std::fs::create_dir(dir.path().join(name)).unwrap();
        }
        let place = place(dir.path(), Some("runtime"));
        Self { dir, place }
    }
}

fn place(dir: &Path, runtime: Option<&str>) -> ControlPlace {
    let runtime = runtime.map(|it| dir.join(it));
    ControlPlace::of(&dir.join("home"), runtime.as_deref(), &dir.join("cache")).unwrap()
}

fn status() -> WatchStatus {
    let started_at = "2026-11-22T02:03:00.000Z".parse::<Timestamp>().unwrap();
    WatchStatus { pid: 7, version: "0.1.0".to_owned(), started_at, waiting: 2, window: false }
}

/// Answers every call as a watch would, `Status` with [`status`], everything else with `Done`.
fn watch(place: &ControlPlace) -> tokio::task::JoinHandle<()> {
    let mut listener = ControlListener::bind(place).unwrap();
    tokio::spawn(async move {
        loop {
            let mut call = listener.accept().await.unwrap();
            let reply = match call.hear().await {
                Ok(Some(ControlRequest::Status)) => ControlReply::Status(status()),
                Ok(Some(_)) => ControlReply::Done,
                Ok(None) | Err(_) => continue,
            };
            let _ = call.answer(&reply).await;
        }
    })
}

#[tokio::test]
async fn a_request_gets_its_reply() {
    let home = Home::new();
    watch(&home.place);
    for request in [ControlRequest::Ping, ControlRequest::Show, ControlRequest::GetHelp, ControlRequest::Stop]
    {
        assert_eq!(ask(&home.place, &request).await.unwrap(), ControlReply::Done);
    }
    let reply = ask(&home.place, &ControlRequest::Status).await.unwrap();
    assert_eq!(reply, ControlReply::Status(status()));
}

#[tokio::test]
async fn without_a_watch_nobody_is_there_also_when_it_died_badly() {
    let home = Home::new();
    check_nobody(&home.place).await;
    let listener = ControlListener::bind(&home.place).unwrap();
    drop(listener);
    assert!(!home.place.path().exists());
    check_nobody(&home.place).await;
    leave_a_socket_behind(&home.place.path());
    check_nobody(&home.place).await;
}

async fn check_nobody(place: &ControlPlace) {
    let outcome = connect(place).await;
    assert!(matches!(outcome, Err(ConnectError::Nobody)), "{outcome:?}");
}

/// As a watch does that is killed.
fn leave_a_socket_behind(path: &Path) {
    drop(std::os::unix::net::UnixListener::bind(path).unwrap());
    assert!(path.exists());
}

#[tokio::test]
async fn what_a_dead_watch_left_behind_is_replaced() {
    let home = Home::new();
    drop(ControlListener::bind(&home.place).unwrap());
    leave_a_socket_behind(&home.place.path());
    watch(&home.place);
    assert_eq!(ask(&home.place, &ControlRequest::Ping).await.unwrap(), ControlReply::Done);
}

#[tokio::test]
async fn a_second_watch_is_refused_and_the_first_one_stays_reachable() {
    let home = Home::new();
    watch(&home.place);
    let second = ControlListener::bind(&home.place);
    assert!(matches!(second, Err(BindError::InUse)), "{second:?}");
    assert_eq!(ask(&home.place, &ControlRequest::Ping).await.unwrap(), ControlReply::Done);
}

#[tokio::test]
async fn a_file_or_a_folder_of_others_is_not_taken_away() {
    let home = Home::new();
    let path = home.place.path();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "somebody's").unwrap();
    let refused = ControlListener::bind(&home.place);
    assert!(matches!(refused, Err(BindError::NotOurs { .. })), "{refused:?}");
    assert_eq!(std::fs::read(&path).unwrap(), b"somebody's");

    let home = Home::new();
    let elsewhere = home.dir.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, home.place.path().parent().unwrap()).unwrap();
    let refused = ControlListener::bind(&home.place);
    assert!(matches!(refused, Err(BindError::NotOurs { .. })), "{refused:?}");
}

#[tokio::test]
async fn folder_and_socket_are_for_this_person_alone() {
    let home = Home::new();
    let dir = home.place.path().parent().unwrap().to_owned();
    std::fs::create_dir(&dir).unwrap();
    std::fs::set_permissions(&dir, std::fs::Permissions::from_mode(0o777)).unwrap();
    let _listener = ControlListener::bind(&home.place).unwrap();
    assert_eq!(std::fs::metadata(&dir).unwrap().mode() & 0o777, 0o700);
    assert_eq!(std::fs::metadata(home.place.path()).unwrap().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn each_home_has_a_socket_of_its_own_by_whatever_name_it_is_called() {
    let (one, two) = (Home::new(), Home::new());
    assert_ne!(one.place.path().file_name(), two.place.path().file_name());
    let link = one.dir.path().join("link");
    std::os::unix::fs::symlink(one.dir.path().join("home"), &link).unwrap();
    let runtime = one.dir.path().join("runtime");
    let by_link = ControlPlace::of(&link, Some(&runtime), &one.dir.path().join("cache")).unwrap();
    assert_eq!(by_link, one.place);
    assert!(ControlPlace::of(&one.dir.path().join("nowhere"), None, one.dir.path()).is_err());
}

#[tokio::test]
async fn a_program_from_outside_the_session_finds_the_watch_and_the_other_way_round() {
    let home = Home::new();
    let outside = place(home.dir.path(), None);
    assert_ne!(outside.path(), home.place.path());
    let running = watch(&home.place);
    assert_eq!(ask(&outside, &ControlRequest::Ping).await.unwrap(), ControlReply::Done);
    running.abort();
    let _ = running.await;
    check_nobody(&outside).await;
    watch(&outside);
    assert_eq!(ask(&home.place, &ControlRequest::Ping).await.unwrap(), ControlReply::Done);
}

#[tokio::test]
async fn a_runtime_folder_that_is_missing_or_too_deep_is_done_without() {
    let home = Home::new();
    let dir = home.dir.path();
    let own = dir.join("cache/control");
    assert_eq!(place(dir, Some("missing")).path().parent().unwrap(), own);
    let deep = "d".repeat(100);
    std::fs::create_dir(dir.join(&deep)).unwrap();
    assert_eq!(place(dir, Some(&deep)).path().parent().unwrap(), own);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_home_with_a_very_long_path_has_its_socket_too() {
    let dir = tempfile::tempdir().unwrap();
    let deep = dir.path().join("d".repeat(120)).join("e".repeat(120));
    std::fs::create_dir_all(deep.join("home")).unwrap();
    let place = place(&deep, None);
    check_nobody(&place).await;
    watch(&place);
    assert_eq!(ask(&place, &ControlRequest::Ping).await.unwrap(), ControlReply::Done);
}

#[tokio::test]
async fn what_a_watch_does_not_know_it_says_so() {
    let home = Home::new();
    watch(&home.place);
    let newer = br#"{"kind":"from-the-future"}"#;
    let reply =
        raw_call(&home.place.path(), &[&u32::to_be_bytes(newer.len() as u32)[..], newer].concat()).await;
    assert_eq!(&reply[4..], br#"{"kind":"not-understood"}"#);
}

#[tokio::test]
async fn a_caller_that_lies_about_its_length_or_says_nothing_is_hung_up_on_and_others_get_through() {
    let home = Home::new();
    watch(&home.place);
    let too_long = u32::try_from(MAX_CONTROL_FRAME + 1).unwrap().to_be_bytes();
    for bytes in [&too_long[..], &[0, 0][..], &[][..]] {
        assert!(raw_call(&home.place.path(), bytes).await.is_empty());
    }
    assert_eq!(ask(&home.place, &ControlRequest::Ping).await.unwrap(), ControlReply::Done);
}

/// Sends bytes, says no more, and reads what comes.
async fn raw_call(path: &Path, bytes: &[u8]) -> Vec<u8> {
    let (path, bytes) = (path.to_owned(), bytes.to_vec());
    let call = move || {
        let mut stream = UnixStream::connect(path).unwrap();
        stream.write_all(&bytes).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut reply = Vec::new();
        // Bytes that were not read make the system say "reset" in place of an end.
        let _ = stream.read_to_end(&mut reply);
        reply
    };
    tokio::task::spawn_blocking(call).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_takes_the_call_and_says_nothing_is_given_up() {
    let home = Home::new();
    let listener = ControlListener::bind(&home.place).unwrap();
    let outcome = ask(&home.place, &ControlRequest::Ping).await;
    assert!(matches!(outcome, Err(CallError::TooSlow)), "{outcome:?}");
    drop(listener);
}

/// B-084: even where permissions would let them, other people get no answer. Needs root, to become somebody else.
#[tokio::test]
async fn somebody_else_is_hung_up_on_and_is_not_talked_to() {
    if !std::fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0) {
        return;
    }
    let home = Home::new();
    watch(&home.place);
    // Permissions are taken out of the way, so that only the check of the peer is left.
    let path = home.place.path();
    for dir in path.ancestors().take_while(|it| it.starts_with(home.dir.path())) {
        std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o777)).unwrap();
    }
    let script = "use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or exit 3; \
                  print $s pack('N', 15), '{\"kind\":\"ping\"}'; $s->flush; local $/; print scalar(<$s>) // ''; exit 0";
    let ask_as = |person: u32| {
        let mut perl = Command::new("perl");
        perl.args(["-e", script]).arg(&path).uid(person).gid(person).stderr(Stdio::null());
        tokio::task::spawn_blocking(move || perl.output().unwrap())
    };
    let own = ask_as(0).await.unwrap();
    assert_eq!(own.stdout.get(4..), Some(&br#"{"kind":"done"}"#[..]));
    let other = ask_as(65_534).await.unwrap();
    assert_ne!(other.status.code(), Some(3), "the socket could not even be reached");
    assert!(other.stdout.is_empty(), "{:?}", other.stdout);
    assert_eq!(ask(&home.place, &ControlRequest::Ping).await.unwrap(), ControlReply::Done);
}
