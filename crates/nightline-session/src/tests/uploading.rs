//! What a broken line does to an upload: at most one chunk again for each break, nothing lost, nothing twice.

use std::sync::{Arc, Mutex};

use nightline_protocol::ErrorCode;
use nightline_testkit::{Cut, CuttingProxy};

use super::Device;
use super::desk::{FakeDesk, Fault, refusal, url_of};
use crate::{DeliveryOutcome, Which};

const MIB: usize = 1 << 20;

#[tokio::test]
async fn a_bundle_arrives_whole_and_with_checksums() {
    check(&[], 9 * MIB + 17, 3).await;
}

#[tokio::test]
async fn an_empty_bundle_is_complete_at_once() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    device.queue(&desk.url(), 1);
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Delivered(_)));
}

#[tokio::test]
async fn a_server_without_checksums_gets_none() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.set(|room| room.checksums = false);
    let (_, bundle) = device.queue(&desk.url(), 5 * MIB);
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Delivered(_)));
    assert_eq!(desk.get(|room| room.complete.clone()), [bundle]);
}

#[tokio::test]
async fn no_chunk_is_larger_than_the_desk_takes() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.set(|room| room.max_chunk = Some(100_000));
    device.queue(&desk.url(), 250_000);
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Delivered(_)));
    assert_eq!(desk.get(|room| room.patches.clone()), [0, 100_000, 200_000]);
}

#[tokio::test]
async fn a_chunk_that_was_taken_is_not_sent_again_when_its_answer_is_lost() {
    check(&[Fault::TakenAndFailed], 9 * MIB, 4).await;
}

#[tokio::test]
async fn trouble_of_the_desk_and_of_proxies_passes() {
    check(&[answer("PATCH", 503, "<html>")], 2 * MIB, 2).await;
    check(&[answer("PATCH", 423, "")], 2 * MIB, 2).await;
    check(&[Fault::Answer("PATCH", 408, refusal(ErrorCode::BadRequest))], 2 * MIB, 2).await;
    check(&[answer("PATCH", 460, "")], 2 * MIB, 2).await;
    check(&[answer("PATCH", 409, "")], 2 * MIB, 2).await;
    check(&[answer("HEAD", 500, ""), answer("PATCH", 200, "no offset")], 2 * MIB, 2).await;
    check(&[answer("POST /api/v1/uploads", 502, "")], 2 * MIB, 1).await;
    check(&[answer("OPTIONS", 504, "")], 2 * MIB, 1).await;
}

#[tokio::test]
async fn chunks_are_halved_where_something_on_the_way_takes_less() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.plan([answer("PATCH", 413, ""), answer("PATCH", 413, "")]);
    device.queue(&desk.url(), 3 * MIB);
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Delivered(_)));
    assert_eq!(desk.get(|room| room.patches.clone()), [0, MIB as u64, 2 * MIB as u64]);
}

#[tokio::test]
async fn a_forgotten_upload_is_made_anew() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.plan([Fault::Forget]);
    let (_, bundle) = device.queue(&desk.url(), 2 * MIB);
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Delivered(_)));
    assert_eq!(desk.get(|room| (room.created, room.complete.clone())), (2, vec![bundle]));
}

#[tokio::test]
async fn an_upload_that_is_forgotten_again_and_again_waits_for_later() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.plan(vec![Fault::Forget; 9]);
    device.queue(&desk.url(), MIB);
    let outcome = device.deliver_one().await.outcome;
    assert!(
        matches!(&outcome, DeliveryOutcome::Queued { code, .. } if code == "desk-trouble"),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn cuts_at_any_byte_repeat_at_most_one_chunk_each() {
    const SIZE: usize = 24 * MIB;
    let cuts = [1, 700, 1_500, 2_000, 3_000_000, 4_194_304, 4_200_000, 5_000_001, 65_537, 12];
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let proxy = CuttingProxy::start(desk.address).await.unwrap();
    proxy.plan(cuts.map(Cut::After));
    let (_, bundle) = device.queue(&url_of(proxy.address()), SIZE);
    deliver_through(&device).await;
    assert_eq!(desk.get(|room| (room.created, room.complete.clone())), (1, vec![bundle]));
    assert_eq!(proxy.cuts(), cuts.len());
    let most = SIZE + cuts.len() * (4 * MIB) + 200_000;
    assert!(proxy.sent_up() <= most as u64, "{} bytes went up", proxy.sent_up());
}

#[tokio::test]
async fn lost_answers_repeat_nothing() {
    const SIZE: usize = 20 * MIB;
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let proxy = CuttingProxy::start(desk.address).await.unwrap();
    let (_, bundle) = device.queue(&url_of(proxy.address()), SIZE);
    // Past the ticket, so that each cut falls into a chunk's answer.
    proxy.plan([Cut::AnswerAfter(4_000_000), Cut::AnswerAfter(2_000_000), Cut::AnswerAfter(3_000_000)]);
    deliver_through(&device).await;
    assert_eq!(desk.get(|room| room.complete.clone()), [bundle]);
    assert_eq!(proxy.cuts(), 3);
    let patches = desk.get(|room| room.patches.clone());
    let mut once = patches.clone();
    once.dedup();
    assert_eq!(patches, once, "a chunk went up twice");
}

#[tokio::test]
async fn a_desk_that_comes_back_elsewhere_gets_the_rest() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let proxy = CuttingProxy::start(desk.address).await.unwrap();
    proxy.plan([Cut::After(6_000_000)]);
    let room = Arc::clone(&desk.room);
    let mut device = device;
    device.courier.patience.tries = 1;
    let (_, bundle) = device.queue(&url_of(proxy.address()), 12 * MIB);
    let outcome = device.deliver_one().await.outcome;
    assert!(matches!(outcome, DeliveryOutcome::Queued { .. }), "{outcome:?}");
    drop(desk);
    let desk = FakeDesk::with(room, None).await;
    proxy.set_upstream(desk.address);
    let outcome = device.deliver_one().await.outcome;
    assert!(matches!(outcome, DeliveryOutcome::Delivered(_)), "{outcome:?}");
    assert_eq!(desk.get(|room| (room.created, room.complete.clone())), (1, vec![bundle]));
}

#[tokio::test]
async fn progress_reaches_the_whole_and_never_passes_it() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    device.queue(&desk.url(), 5 * MIB);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let progress = Arc::new(move |it: crate::Progress| sink.lock().unwrap().push((it.sent, it.total)));
    device.courier.deliver_once(None, Which::Due, progress).await.unwrap();
    let seen = seen.lock().unwrap().clone();
    assert_eq!(seen.last(), Some(&(5 * MIB as u64, 5 * MIB as u64)));
    assert!(seen.is_sorted() && seen.iter().all(|it| it.0 <= it.1), "{seen:?}");
}

#[tokio::test]
async fn a_desk_that_refuses_every_chunk_ends_the_attempt() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.plan(vec![answer("PATCH", 413, ""); 40]);
    let (number, _) = device.queue(&desk.url(), MIB);
    let outcome = device.deliver_one().await.outcome;
    assert!(
        matches!(&outcome, DeliveryOutcome::Refused(it) if it.code == ErrorCode::TooLarge),
        "{outcome:?}"
    );
    assert!(super::exists(&device.item(&number), "bundle.zip"), "the bundle stays for the person");
}

#[tokio::test]
async fn a_bundle_that_arrives_damaged_is_sent_once_more_and_then_refused() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.set(|room| room.damaged = 1);
    let (_, bundle) = device.queue(&desk.url(), MIB);
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Delivered(_)));
    assert_eq!(desk.get(|room| room.complete.clone()), [bundle]);

    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.set(|room| room.damaged = 9);
    device.queue(&desk.url(), MIB);
    let outcome = device.deliver_one().await.outcome;
    assert!(
        matches!(&outcome, DeliveryOutcome::Refused(it) if it.code == ErrorCode::DamagedBundle),
        "{outcome:?}"
    );
    assert_eq!(desk.get(|room| room.created), 2);
}

#[tokio::test]
async fn a_right_that_has_ended_is_asked_for_anew() {
    check(&[answer("PATCH", 401, "")], MIB, 1).await;
    check(&[Fault::Answer("HEAD", 403, refusal(ErrorCode::Forbidden)), answer("PATCH", 503, "")], MIB, 1)
        .await;
}

fn answer(start: &'static str, status: u16, body: &str) -> Fault {
    Fault::Answer(start, status, body.to_owned())
}

/// Delivers as the watch does: again and again until the desk has it.
async fn deliver_through(device: &Device) {
    for _ in 0..30 {
        let deliveries = device.deliver(Which::All).await;
        if deliveries.iter().all(|it| matches!(it.outcome, DeliveryOutcome::Delivered(_))) {
            return;
        }
    }
    panic!("thirty deliveries were not enough");
}

async fn check(faults: &[Fault], size: usize, patches: usize) {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    // Faults that answer HEAD need a break before them.
    let mut faults = faults.to_vec();
    if matches!(faults.first(), Some(Fault::Answer("HEAD", ..))) {
        faults.rotate_left(1);
    }
    desk.plan(faults);
    let (number, bundle) = device.queue(&desk.url(), size);
    let outcome = device.deliver_one().await.outcome;
    assert!(matches!(&outcome, DeliveryOutcome::Delivered(it) if it.bundle_complete), "{outcome:?}");
    assert!(desk.get(|room| room.faults.is_empty()), "a planned fault did not happen");
    assert_eq!(desk.get(|room| room.complete.clone()), [bundle]);
    assert_eq!(desk.get(|room| room.created), 1);
    let seen = desk.get(|room| room.patches.len());
    assert!(seen <= patches, "{seen} chunks arrived, {patches} expected");
    assert!(!super::exists(&device.item(&number), "bundle.zip"));
}
