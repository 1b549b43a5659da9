//! What a delivery leaves behind at each step, and how the next one goes on from there.

use std::cell::Cell;
use std::fs;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use nightline_protocol::{NewClosing, NewMessage, TicketNumber, TransferState};

use super::desk::{FakeDesk, Fault};
use super::{Device, NOW};
use crate::{DeliveryOutcome, FaultPoint, Stage, Step, Which};

const SIZE: usize = 9 << 20;

#[tokio::test]
async fn a_delivered_ticket_stays_on_the_list_without_its_bundle() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let (number, _) = device.queue(&desk.url(), 1_000);
    let list = device.courier.outbox.list().unwrap();
    assert_eq!(list[0].document().map(|it| it.state), Some(TransferState::Queued));
    device.deliver(Which::Due).await;
    let list = device.courier.outbox.list().unwrap();
    let document = list[0].document().unwrap();
    assert_eq!((document.number, document.state), (number.clone(), TransferState::Delivered));
    assert!(document.receipt.is_some_and(|it| it.bundle_complete && it.upload.is_none()));
    assert!(!super::exists(&device.item(&number), "bundle.zip"));
    assert!(device.deliver(Which::All).await.is_empty(), "nothing is left to send");
    assert_eq!(desk.get(|room| room.log.iter().filter(|it| it.starts_with("PUT")).count()), 1);
}

#[tokio::test]
async fn nothing_is_lost_or_sent_twice_wherever_the_process_dies() {
    for step in Step::ALL {
        dies_at(step).await;
    }
}

/// The process "dies" by a panic here; the whole way with SIGKILL is a test of the program.
async fn dies_at(step: Step) {
    thread_local!(static DIED: Cell<bool> = const { Cell::new(false) });
    DIED.set(false);
    let die = || {
        DIED.set(true);
        std::panic::resume_unwind(Box::new("killed"));
    };
    let desk = FakeDesk::open().await;
    let device = Device::dying_at(FaultPoint::at(step, die));
    let number = super::ticket(&[]).number;
    let queued = std::panic::catch_unwind(AssertUnwindSafe(|| {
        device.queue(&desk.url(), SIZE);
        follow_up(&device, &number);
    }));
    if queued.is_ok() {
        let run = AssertUnwindSafe(device.deliver(Which::Due)).catch_unwind().await;
        assert!(run.is_err(), "{step} was not passed");
    }
    assert!(DIED.get(), "{step} was not passed");

    let device = device.restarted();
    if step == Step::ItemWritten {
        assert!(device.courier.outbox.list().unwrap().is_empty(), "half an item must not be there");
        let left = fs::read_dir(device.path("outbox")).unwrap().count();
        assert_eq!(left, 1, "only the lock is left");
        device.queue(&desk.url(), SIZE);
    }
    follow_up(&device, &number);
    device.deliver(Which::All).await;
    assert_eq!(device.stage(&number), Stage::Delivered, "after {step}");
    assert!(!super::exists(&device.item(&number), "bundle.zip"), "after {step}");
    let (tickets, messages, bundles) =
        desk.get(|room| (room.tickets.len(), room.messages.len(), room.complete.len()));
    assert_eq!((tickets, messages, bundles), (1, 1, 1), "after {step}");
    let (file, closings) = desk.get(|room| (room.files["f1"].1.clone(), room.closings.clone()));
    assert_eq!((file, closings), (Some(content()), vec!["c1".to_owned()]), "after {step}");
    assert!(device.courier.outbox.waiting(&number).unwrap().is_empty(), "after {step}");
    let left = fs::read_dir(device.item(&number).join("files")).unwrap().count();
    assert_eq!(left, 0, "after {step}");
    let patches = desk.get(|room| room.patches.clone());
    assert_eq!(patches.len(), 3 + 2, "each chunk once, after {step}: {patches:?}");
}

/// A message, a file and the wish to close; the same again where they were queued before.
fn follow_up(device: &Device, number: &TicketNumber) {
    let outbox = &device.courier.outbox;
    let message = NewMessage { id: "m1".to_owned(), text: "also the scanner".to_owned() };
    outbox.queue_message(number, &message, NOW).unwrap();
    super::later::queue(device, number, "f1", &content()).unwrap();
    outbox.put_closing(number, &NewClosing { id: "c1".to_owned() }).unwrap();
}

/// Two chunks.
fn content() -> Vec<u8> {
    (0..241).collect::<Vec<u8>>().repeat(5 * (1 << 20) / 241)
}

#[tokio::test]
async fn two_processes_never_send_the_same_item() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    device.queue(&desk.url(), SIZE);
    let (first, second) = tokio::join!(device.deliver(Which::All), device.deliver(Which::All));
    let outcomes = [&first[0].outcome, &second[0].outcome];
    assert!(outcomes.iter().any(|it| matches!(it, DeliveryOutcome::Busy)), "{outcomes:?}");
    assert!(outcomes.iter().any(|it| matches!(it, DeliveryOutcome::Delivered(_))), "{outcomes:?}");
    assert_eq!(desk.get(|room| room.created), 1);
}

#[tokio::test]
async fn a_damaged_state_is_made_anew_and_the_old_one_kept() {
    for garbage in ["", "{", "\0\0\0\0"] {
        let (desk, device) = (FakeDesk::open().await, Device::new());
        let (number, bundle) = device.queue(&desk.url(), 1_000);
        let item = device.item(&number);
        fs::write(item.join("state.json"), garbage).unwrap();
        let blind = device.deliver(Which::All).await;
        assert!(matches!(blind[0].outcome, DeliveryOutcome::Unreadable(_)), "{blind:?}");
        let desk_in_force = desk.url();
        let sink = std::sync::Arc::new(|_| {});
        let found = device.courier.deliver_once(Some(&desk_in_force), Which::All, sink).await.unwrap();
        assert!(found[0].restored && matches!(found[0].outcome, DeliveryOutcome::Delivered(_)), "{found:?}");
        assert_eq!(fs::read_to_string(item.join("state.json.damaged")).unwrap(), garbage);
        assert_eq!(desk.get(|room| room.complete.clone()), [bundle]);
    }
}

#[tokio::test]
async fn a_state_of_a_later_version_is_left_alone() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let (number, _) = device.queue(&desk.url(), 10);
    let file = device.item(&number).join("state.json");
    let later = fs::read_to_string(&file).unwrap().replace("outbox/1", "outbox/2");
    fs::write(&file, &later).unwrap();
    let found = device
        .courier
        .deliver_once(Some(&desk.url()), Which::All, std::sync::Arc::new(|_| {}))
        .await
        .unwrap();
    assert!(matches!(found[0].outcome, DeliveryOutcome::Unreadable(_)));
    assert_eq!(fs::read_to_string(&file).unwrap(), later);
}

#[tokio::test]
async fn an_address_elsewhere_in_the_state_is_not_followed() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let (number, _) = device.queue(&desk.url(), 10);
    let file = device.item(&number).join("state.json");
    let mut state: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    state["upload"] = serde_json::json!({"url": format!("{}.example.com/x", desk.url()), "offset": 0});
    fs::write(&file, state.to_string()).unwrap();
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Delivered(_)));
    assert_eq!(desk.get(|room| room.created), 1);
}

#[tokio::test]
async fn messages_of_a_delivered_ticket_follow_in_order() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let (number, _) = device.queue(&desk.url(), 10);
    device.deliver_one().await;
    for (id, ms) in [("b", 1), ("a", 2), ("c-1", 3)] {
        let message = NewMessage { id: id.to_owned(), text: id.to_owned() };
        let at = nightline_types::Timestamp::from_unix_ms(NOW.unix_ms() + ms);
        device.courier.outbox.queue_message(&number, &message, at).unwrap();
    }
    desk.plan([Fault::Answer("POST /api/v1/tickets", 503, String::new())]);
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Queued { .. }));
    assert_eq!(device.stage(&number), Stage::Delivered, "a message's trouble does not undo the delivery");
    device.deliver_one().await;
    let texts = desk.get(|room| room.messages.iter().map(|it| it.text.clone()).collect::<Vec<_>>());
    assert_eq!(texts, ["b", "a", "c-1"]);
    assert!(device.deliver(Which::All).await.is_empty());
}

#[tokio::test]
async fn an_item_waits_for_its_time_unless_the_person_asks() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let (number, _) = device.queue(&desk.url(), 10);
    desk.plan([Fault::Answer("PUT", 503, String::new())]);
    let first = device.deliver(Which::Due).await;
    let DeliveryOutcome::Queued { code, next_try: Some(next_try), .. } = &first[0].outcome else {
        panic!("{first:?}")
    };
    assert_eq!(code, "desk-trouble");
    assert!(*next_try > NOW);
    let asked = desk.get(|room| room.log.len());
    let second = device.deliver(Which::Due).await;
    assert!(matches!(second[0].outcome, DeliveryOutcome::Queued { .. }));
    assert_eq!(desk.get(|room| room.log.len()), asked, "nobody was asked before the time");
    let third = device.deliver(Which::One(&number)).await;
    assert!(matches!(third[0].outcome, DeliveryOutcome::Delivered(_)));
}
