//! The folder itself: whole items or none, nobody else's eyes, limits, and documents that agree with the code.

use std::fs;
use std::path::Path;
use std::time::Duration;

use nightline_protocol::TicketNumber;
use nightline_types::DeskUrl;

use super::{Device, NOW};
use crate::{EXPIRES_AFTER, MAX_OUTBOX_BYTES, OutboxError, REMEMBERED_FOR, Stage, Step, Which};

#[cfg(unix)]
#[test]
fn nobody_else_can_look_into_it() {
    use std::os::unix::fs::PermissionsExt;
    let device = Device::new();
    let (number, _) = device.queue(&desk(), 10);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&device.path("outbox")), 0o700);
    assert_eq!(mode(&device.item(&number)), 0o700);
    for file in ["ticket.json", "bundle.zip", "state.json"] {
        assert_eq!(mode(&device.item(&number).join(file)), 0o600, "{file}");
    }
}

#[test]
fn a_number_is_queued_once() {
    let device = Device::new();
    device.queue(&desk(), 10);
    let again = device.courier.outbox.queue(&super::ticket(&[0]), &device.path("sealed.zip"), &desk());
    assert!(matches!(again, Err(OutboxError::OtherBundle { .. } | OutboxError::Exists(_))), "{again:?}");
}

#[test]
fn a_bundle_that_is_not_the_announced_one_is_not_queued() {
    let device = Device::new();
    fs::write(device.path("sealed.zip"), b"short").unwrap();
    let result = device.courier.outbox.queue(&super::ticket(&[7; 10]), &device.path("sealed.zip"), &desk());
    assert!(matches!(result, Err(OutboxError::OtherBundle { found: 5, announced: 10 })), "{result:?}");
    assert!(device.courier.outbox.list().unwrap().is_empty());
}

#[test]
fn more_than_the_outbox_may_hold_is_refused_by_name() {
    let device = Device::new();
    let mut ticket = super::ticket(&[]);
    ticket.bundle.size = MAX_OUTBOX_BYTES + 1;
    let result = device.courier.outbox.queue(&ticket, &device.path("sealed.zip"), &desk());
    assert!(matches!(result, Err(OutboxError::Full { held: 0, .. })), "{result:?}");
}

#[test]
fn what_a_dead_process_left_is_removed_at_the_next_start() {
    let device = Device::new();
    let left = device.path("outbox").join(".item-0011");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("bundle.zip"), b"half").unwrap();
    device.queue(&desk(), 10);
    let device = device.restarted();
    assert!(!left.exists());
    assert_eq!(device.courier.outbox.list().unwrap().len(), 1);
}

#[test]
fn the_person_can_drop_a_ticket() {
    let device = Device::new();
    let (number, _) = device.queue(&desk(), 10);
    device.courier.outbox.drop_item(&number).unwrap();
    assert!(device.courier.outbox.list().unwrap().is_empty());
    assert!(matches!(device.courier.outbox.drop_item(&number), Err(OutboxError::Absent(_))));
}

#[test]
fn an_old_item_expires_by_name_and_stays_on_the_list() {
    let device = Device::new();
    let (number, _) = device.queue(&desk(), 10);
    let outbox = &device.courier.outbox;
    assert!(outbox.sweep(NOW.plus(EXPIRES_AFTER)).unwrap().is_empty());
    assert_eq!(
        outbox.sweep(NOW.plus(EXPIRES_AFTER + Duration::from_secs(1))).unwrap(),
        std::slice::from_ref(&number)
    );
    assert_eq!(device.stage(&number), Stage::Expired);
    assert!(!super::exists(&device.item(&number), "bundle.zip"));
    assert!(outbox.sweep(NOW.plus(REMEMBERED_FOR)).unwrap().is_empty(), "it expires once");
}

#[tokio::test]
async fn a_delivered_ticket_is_forgotten_after_a_year() {
    let desk = super::desk::FakeDesk::open().await;
    let device = Device::new();
    device.queue(&desk.url(), 10);
    device.deliver(Which::Due).await;
    device.courier.outbox.sweep(NOW.plus(REMEMBERED_FOR + Duration::from_secs(1))).unwrap();
    assert!(device.courier.outbox.list().unwrap().is_empty());
}

#[tokio::test]
async fn an_item_without_a_readable_ticket_is_named_and_stays() {
    let device = Device::new();
    let (number, _) = device.queue(&desk(), 10);
    fs::write(device.item(&number).join("ticket.json"), "{").unwrap();
    let delivery = device.deliver_one().await;
    assert_eq!(delivery.outcome.message().id.as_str(), "session-item-damaged");
    let list = device.courier.outbox.list().unwrap();
    assert!(matches!(list[0].ticket, Err(OutboxError::TicketDamaged { .. })));
    assert!(list[0].document().is_none());
}

#[test]
fn a_stranger_in_the_folder_is_left_alone() {
    let device = Device::new();
    fs::create_dir(device.path("outbox").join("holiday pictures")).unwrap();
    fs::create_dir(device.path("outbox").join(TicketNumber::from_random([9; 8]).as_str())).unwrap();
    let list = device.restarted().courier.outbox.list().unwrap();
    assert_eq!(list.len(), 1, "only what has a number, and it says that it is damaged");
    assert!(list[0].ticket.is_err());
}

#[test]
fn the_document_of_the_format_lists_every_step_and_the_version() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats/outbox.md");
    let document = fs::read_to_string(path).unwrap();
    let rows: Vec<&str> = document
        .lines()
        .filter_map(|it| it.strip_prefix("| `"))
        .filter_map(|it| it.split('`').next())
        .filter(|it| !it.contains(['.', '/']) && !["lock", "content"].contains(it))
        .collect();
    assert_eq!(rows, Step::ALL.map(Step::name));
    assert!(document.contains(crate::OUTBOX_SCHEMA));
}

#[test]
fn every_sentence_is_there_in_both_languages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ids = |language: &str| {
        let path = folder.join("../nightline-text/locales").join(language).join("session.ftl");
        let text = fs::read_to_string(path).unwrap();
        text.lines().filter_map(|it| it.split_once(" = ")).map(|(id, _)| id.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids("en"), ids("zh-CN"));
    let sources = ["src/error.rs", "src/deliver/mod.rs", "src/deliver/later.rs"]
        .map(|it| fs::read_to_string(folder.join(it)).unwrap());
    let sources = sources.concat();
    let used: Vec<&str> = sources.split('"').filter(|it| it.starts_with("session-")).collect();
    for id in &used {
        assert!(ids("en").iter().any(|it| it == id), "{id}");
    }
    for id in ids("en") {
        assert!(used.contains(&id.as_str()), "{id} is said nowhere");
    }
}

fn desk() -> DeskUrl {
    "http://127.0.0.1:1".parse().unwrap()
}
