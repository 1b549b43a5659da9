//! Files and closings that follow a ticket: once, in order, each refused by itself, damage told as damage.

use std::fs;
use std::sync::{Arc, Mutex};

use nightline_protocol::{ErrorCode, NewAttachment, NewClosing, NewMessage, TicketNumber};
use sha2::{Digest, Sha256};

use super::desk::{FakeDesk, Fault, refusal};
use super::{Device, NOW};
use crate::{
    DeliveryOutcome, EXPIRES_AFTER, LaterPart, MAX_OUTBOX_BYTES, OutboxError, Stage, Waiting, Which,
};

/// Queues a file as a person's program does.
pub(crate) fn queue(
    device: &Device,
    number: &TicketNumber,
    id: &str,
    content: &[u8],
) -> Result<(), OutboxError> {
    device.courier.outbox.queue_file(number, &announced(id, content), content, NOW)
}

fn announced(id: &str, content: &[u8]) -> NewAttachment {
    NewAttachment {
        id: id.to_owned(),
        name: format!("{id}.png"),
        media_type: "image/png".to_owned(),
        size: content.len() as u64,
        sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(content)),
    }
}

fn closing(id: &str) -> NewClosing {
    NewClosing { id: id.to_owned() }
}

/// A device whose ticket the desk has.
async fn delivered() -> (FakeDesk, Device, TicketNumber) {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let (number, _) = device.queue(&desk.url(), 10);
    device.deliver_one().await;
    (desk, device, number)
}

#[tokio::test]
async fn files_follow_a_delivered_ticket_and_are_told_by_their_own_progress() {
    let (desk, device, number) = delivered().await;
    queue(&device, &number, "f1", &[1; 9 << 20]).unwrap();
    queue(&device, &number, "f2", &[2; 10]).unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let progress = Arc::new(move |it: crate::Progress| sink.lock().unwrap().push(it));
    let deliveries = device.courier.deliver_once(None, Which::Due, progress).await.unwrap();
    assert!(matches!(deliveries[0].outcome, DeliveryOutcome::Delivered(_)), "{deliveries:?}");
    let files = desk.get(|room| room.files.clone());
    assert_eq!(files["f1"].1.as_deref(), Some([1; 9 << 20].as_slice()));
    assert_eq!(files["f2"].1.as_deref(), Some([2; 10].as_slice()));
    let seen = seen.lock().unwrap().clone();
    for (id, size) in [("f1", 9 << 20), ("f2", 10)] {
        let last = seen.iter().rfind(|it| it.attachment.as_deref() == Some(id)).unwrap();
        assert_eq!((last.sent, last.total), (size, size));
    }
    assert!(device.deliver(Which::All).await.is_empty(), "nothing is left to send");
}

#[tokio::test]
async fn files_of_a_ticket_that_still_waits_go_with_it() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let (number, _) = device.queue(&desk.url(), 10);
    queue(&device, &number, "f1", b"seen").unwrap();
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Delivered(_)));
    assert_eq!(desk.get(|room| room.files["f1"].1.clone()), Some(b"seen".to_vec()));
}

#[tokio::test]
async fn trouble_with_a_file_does_not_undo_the_delivery_and_loses_nothing() {
    let (desk, device, number) = delivered().await;
    queue(&device, &number, "f1", &[7; 6 << 20]).unwrap();
    device.courier.outbox.put_closing(&number, &closing("c1")).unwrap();
    let mut device = device;
    device.courier.patience.tries = 1;
    desk.plan([Fault::TakenAndFailed]);
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Queued { .. }));
    assert_eq!(device.stage(&number), Stage::Delivered);
    let waiting = device.courier.outbox.waiting(&number).unwrap();
    assert!(matches!(&waiting[..], [Waiting::File { .. }, Waiting::Close]), "{waiting:?}");
    assert!(desk.get(|room| room.closings.is_empty()), "whoever closes has said everything else");
    device.courier.patience.tries = 6;
    device.deliver_one().await;
    assert_eq!(desk.get(|room| room.patches.clone()), [0, 0, 4 << 20], "the bundle, then each chunk once");
    assert_eq!(desk.get(|room| room.closings.clone()), ["c1"]);
}

#[tokio::test]
async fn a_refused_file_is_named_kept_and_holds_nothing_up() {
    for (code, sentence) in [
        (ErrorCode::TooLarge, "session-file-too-large"),
        (ErrorCode::BadRequest, "session-file-refused"),
        (ErrorCode::NotFound, "session-file-refused"),
    ] {
        let (desk, device, number) = delivered().await;
        queue(&device, &number, "f1", b"one").unwrap();
        queue(&device, &number, "f2", b"two").unwrap();
        let put: &str = Box::leak(format!("PUT /api/v1/tickets/{number}/attachments").into_boxed_str());
        desk.plan([Fault::Answer(put, 413, refusal(code))]);
        let delivery = device.deliver_one().await;
        assert!(matches!(delivery.outcome, DeliveryOutcome::Delivered(_)), "{delivery:?}");
        let refused = &delivery.refused_parts[0];
        assert_eq!(refused.part, LaterPart::File { id: "f1".to_owned(), name: "f1.png".to_owned() });
        assert_eq!(refused.message().id.as_str(), sentence);
        assert_eq!(desk.get(|room| room.files["f2"].1.clone()), Some(b"two".to_vec()));
        let kept = fs::read_dir(device.item(&number).join("files")).unwrap().next().unwrap().unwrap().path();
        assert!(kept.to_string_lossy().ends_with("f1.refused"), "{kept:?}");
        assert_eq!(fs::read(kept.join("content")).unwrap(), b"one");
        assert!(device.deliver(Which::All).await.is_empty());
    }
}

#[tokio::test]
async fn a_file_that_rotted_on_this_disk_is_not_blamed_on_the_desk() {
    let (desk, device, number) = delivered().await;
    queue(&device, &number, "f1", b"whole").unwrap();
    let files = device.item(&number).join("files");
    let folder = fs::read_dir(files).unwrap().next().unwrap().unwrap().path();
    fs::write(folder.join("content"), b"rotten").unwrap();
    let delivery = device.deliver_one().await;
    assert_eq!(delivery.refused_parts[0].message().id.as_str(), "session-file-damaged-here");
    assert!(delivery.refused_parts[0].error.is_none());
    assert_eq!(desk.get(|room| room.files["f1"].1.clone()), None, "not one byte of it left");
}

#[tokio::test]
async fn a_file_without_a_readable_record_is_moved_aside() {
    let (_desk, device, number) = delivered().await;
    queue(&device, &number, "f1", b"whole").unwrap();
    let files = device.item(&number).join("files");
    let folder = fs::read_dir(&files).unwrap().next().unwrap().unwrap().path();
    fs::write(folder.join("file.json"), b"{").unwrap();
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Delivered(_)));
    let left = fs::read_dir(&files).unwrap().next().unwrap().unwrap().path();
    assert!(left.to_string_lossy().ends_with(".damaged"), "{left:?}");
}

#[tokio::test]
async fn writing_again_takes_a_close_back_that_has_not_left() {
    let (desk, device, number) = delivered().await;
    let outbox = &device.courier.outbox;
    outbox.put_closing(&number, &closing("c1")).unwrap();
    let message = NewMessage { id: "m1".to_owned(), text: "it is back".to_owned() };
    outbox.queue_message(&number, &message, NOW).unwrap();
    device.deliver_one().await;
    assert!(desk.get(|room| room.closings.is_empty()));
    outbox.put_closing(&number, &closing("c2")).unwrap();
    queue(&device, &number, "f1", b"look").unwrap();
    outbox.put_closing(&number, &closing("c3")).unwrap();
    outbox.put_closing(&number, &closing("c4")).unwrap();
    device.deliver_one().await;
    assert_eq!(desk.get(|room| room.closings.clone()), ["c3"], "the first wish of a kind stays");
}

#[tokio::test]
async fn a_desk_that_cannot_close_says_so_and_is_not_asked_again() {
    let (desk, device, number) = delivered().await;
    device.courier.outbox.put_closing(&number, &closing("c1")).unwrap();
    desk.plan([Fault::Answer("POST", 404, refusal(ErrorCode::NotFound))]);
    let delivery = device.deliver_one().await;
    assert_eq!(delivery.refused_parts[0].message().id.as_str(), "session-close-refused");
    assert!(device.deliver(Which::All).await.is_empty());
}

#[tokio::test]
async fn nothing_follows_a_ticket_that_this_device_does_not_have() {
    let device = Device::new();
    let number = super::ticket(&[]).number;
    let outbox = &device.courier.outbox;
    assert!(matches!(queue(&device, &number, "f1", b"x"), Err(OutboxError::Absent(_))));
    assert!(matches!(outbox.put_closing(&number, &closing("c1")), Err(OutboxError::Absent(_))));
}

#[tokio::test]
async fn files_count_towards_the_limit_of_the_outbox_and_go_with_an_expired_ticket() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let (number, _) = device.queue(&desk.url(), 10);
    queue(&device, &number, "f1", b"12345").unwrap();
    let mut large = announced("f2", b"");
    large.size = MAX_OUTBOX_BYTES - 14;
    let full = device.courier.outbox.queue_file(&number, &large, b"", NOW);
    assert!(matches!(full, Err(OutboxError::Full { held: 15, .. })), "{full:?}");
    device.courier.outbox.sweep(NOW.plus(EXPIRES_AFTER + std::time::Duration::from_secs(1))).unwrap();
    assert!(!super::exists(&device.item(&number), "files"));
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_can_look_into_a_waiting_file() {
    use std::os::unix::fs::PermissionsExt;
    let (_desk, device, number) = delivered().await;
    queue(&device, &number, "f1", b"seen").unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let files = device.item(&number).join("files");
    let folder = fs::read_dir(&files).unwrap().next().unwrap().unwrap().path();
    assert_eq!((mode(&files), mode(&folder)), (0o700, 0o700));
    assert_eq!((mode(&folder.join("content")), mode(&folder.join("file.json"))), (0o600, 0o600));
}
