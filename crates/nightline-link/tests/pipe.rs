//! The control pipe on Windows: calls, left-overs, second watches. Not who else may call: that takes a second person.
#![cfg(windows)]
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use nightline_link::{
    BindError, ConnectError, ControlListener, ControlPlace, ControlReply, ControlRequest, ask, connect,
};

fn place(dir: &tempfile::TempDir) -> ControlPlace {
    ControlPlace::of(dir.path(), None, dir.path()).unwrap()
}

/// Answers every call with `Done`.
fn watch(place: &ControlPlace) -> tokio::task::JoinHandle<()> {
    let mut listener = ControlListener::bind(place).unwrap();
    tokio::spawn(async move {
        loop {
            let mut call = listener.accept().await.unwrap();
            if let Ok(Some(_)) = call.hear().await {
                call.answer(&ControlReply::Done).await.unwrap();
            }
        }
    })
}

#[tokio::test]
async fn each_request_gets_its_reply_and_each_home_its_own_pipe() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    watch(&place(&home));
    for request in [ControlRequest::Ping, ControlRequest::Show, ControlRequest::Stop] {
        assert_eq!(ask(&place(&home), &request).await.unwrap(), ControlReply::Done);
    }
    assert!(matches!(connect(&place(&other)).await, Err(ConnectError::Nobody)));
}

#[tokio::test]
async fn a_second_watch_is_refused_until_the_first_is_gone() {
    let home = tempfile::tempdir().unwrap();
    let first = ControlListener::bind(&place(&home)).unwrap();
    let second = ControlListener::bind(&place(&home));
    assert!(matches!(second, Err(BindError::InUse)), "{second:?}");
    drop(first);
    assert!(matches!(connect(&place(&home)).await, Err(ConnectError::Nobody)));
    ControlListener::bind(&place(&home)).unwrap();
}
