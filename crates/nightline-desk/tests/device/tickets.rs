//! Tickets: once, for their owner only, refused before anything is uploaded.

use nightline_protocol::{ErrorCode, Receipt, TicketStatus, TicketView};
use serde_json::json;

use crate::Desk;
use crate::device::{Device, number, ticket};
use crate::http::request;

#[test]
fn the_same_ticket_twice_is_one_ticket() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let ticket = ticket(number(), b"bundle");
    let first: Receipt = device.put(&desk, &ticket).json();
    let again: Receipt = device.put(&desk, &ticket).json();
    assert_eq!(first, again);
    assert!(!first.bundle_complete);
    assert_eq!(first.response_due.since(first.received_at).as_secs(), 30 * 60);
    let all: Vec<TicketView> = device.request("GET", "/api/v1/tickets").send(desk.address()).json();
    assert_eq!(all.len(), 1);
}

#[test]
fn a_number_with_other_content_is_a_conflict_and_anothers_number_is_taken() {
    let desk = Desk::start(&[]);
    let (device, other) = (Device::enrol(&desk), Device::enrol(&desk));
    let mut ticket = ticket(number(), b"bundle");
    let _: Receipt = device.put(&desk, &ticket).json();
    other.put(&desk, &ticket).refused(409, ErrorCode::NumberTaken);
    ticket.summary.intake.what = "something else".to_owned();
    device.put(&desk, &ticket).refused(409, ErrorCode::Conflict);
}

#[test]
fn order_of_keys_and_white_space_make_no_other_ticket() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let ticket = ticket(number(), b"bundle");
    let _: Receipt = device.put(&desk, &ticket).json();
    let value = serde_json::to_value(&ticket).unwrap();
    let mut reversed = serde_json::Map::new();
    for (key, value) in value.as_object().unwrap().iter().rev() {
        reversed.insert(key.clone(), value.clone());
    }
    let body = serde_json::to_vec_pretty(&reversed).unwrap();
    let answer =
        device.request("PUT", &format!("/api/v1/tickets/{}", ticket.number)).body(body).send(desk.address());
    let _: Receipt = answer.json();
}

#[test]
fn another_devices_ticket_does_not_exist() {
    let desk = Desk::start(&[]);
    let (device, other) = (Device::enrol(&desk), Device::enrol(&desk));
    let (number, _) = device.open(&desk, b"bundle");
    for path in [format!("/api/v1/tickets/{number}"), format!("/api/v1/tickets/{number}/receipt")] {
        other.request("GET", &path).send(desk.address()).refused(404, ErrorCode::NotFound);
    }
    other
        .request("POST", &format!("/api/v1/tickets/{number}/messages"))
        .json(&json!({ "id": "m1", "text": "hello" }))
        .send(desk.address())
        .refused(404, ErrorCode::NotFound);
    let all: Vec<TicketView> = other.request("GET", "/api/v1/tickets").send(desk.address()).json();
    assert!(all.is_empty());
}

#[test]
fn its_owner_sees_it_as_sent() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let (number, _) = device.open(&desk, b"bundle");
    let view: TicketView =
        device.request("GET", &format!("/api/v1/tickets/{number}")).send(desk.address()).json();
    assert_eq!((view.what.as_str(), view.status), ("remote desktop fails", TicketStatus::New));
    assert!(view.response_due.is_some() && !view.bundle_complete && view.owner.is_none());
}

#[test]
fn what_would_be_refused_later_is_refused_before_a_byte_is_uploaded() {
    let desk = Desk::start(&["--max-bundle-bytes", "1000"]);
    let device = Device::enrol(&desk);
    device.put(&desk, &ticket(number(), &[7; 1_001])).refused(413, ErrorCode::TooLarge);
    let good = ticket(number(), &[7; 1_000]);
    let check = |change: &dyn Fn(&mut serde_json::Value), status, code| {
        let mut body = serde_json::to_value(&good).unwrap();
        change(&mut body);
        let path = format!("/api/v1/tickets/{}", good.number);
        device.request("PUT", &path).json(&body).send(desk.address()).refused(status, code);
    };
    check(&|it| it["bundle"]["size"] = json!(0), 400, ErrorCode::BadRequest);
    check(&|it| it["bundle"]["size"] = json!(-1), 400, ErrorCode::BadRequest);
    check(&|it| it["bundle"]["size"] = json!(u64::MAX), 413, ErrorCode::TooLarge);
    check(&|it| it["bundle"]["sha256"] = json!("xyz"), 400, ErrorCode::BadRequest);
    check(&|it| it["number"] = json!(number()), 400, ErrorCode::BadRequest);
    check(&|it| it["number"] = json!("NL-1111-1111-2"), 400, ErrorCode::BadRequest);
    check(&|it| it["summary"]["intake"]["what"] = json!("  "), 400, ErrorCode::BadRequest);
    check(&|it| it["summary"]["language"] = json!("x".repeat(99)), 400, ErrorCode::BadRequest);
    check(&|it| it["summary"]["intake"]["error"] = json!("x".repeat(10 << 20)), 413, ErrorCode::TooLarge);
    let _: Receipt = device.put(&desk, &good).json();
}

#[test]
fn a_device_that_opens_tickets_without_end_is_stopped_and_others_are_not() {
    let desk = Desk::start(&["--tickets-per-hour", "2"]);
    let (device, other) = (Device::enrol(&desk), Device::enrol(&desk));
    let first = ticket(number(), b"bundle");
    let _: Receipt = device.put(&desk, &first).json();
    let _: Receipt = device.put(&desk, &ticket(number(), b"bundle")).json();
    device.put(&desk, &ticket(number(), b"bundle")).refused(429, ErrorCode::TooManyRequests);
    let _: Receipt = device.put(&desk, &first).json();
    let _: Receipt = other.put(&desk, &first_of_other()).json();
}

fn first_of_other() -> nightline_protocol::NewTicket {
    ticket(number(), b"bundle")
}

#[test]
fn a_ticket_is_there_after_the_desk_was_killed() {
    let mut desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let ticket = ticket(number(), b"bundle");
    let first: Receipt = device.put(&desk, &ticket).json();
    desk.process.restart().unwrap();
    let again: Receipt = device.put(&desk, &ticket).json();
    assert_eq!(first, again, "also the right to upload is the same");
}

#[test]
fn a_body_that_is_no_json_says_where() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let path = format!("/api/v1/tickets/{}", number());
    for body in ["", "{", "[]", "nul", "{\"number\":\n 7 }", &"[".repeat(100_000)] {
        let answer = device.request("PUT", &path).body(body).send(desk.address());
        answer.refused(400, ErrorCode::BadRequest);
    }
    request("PUT", &path).body("{}").send(desk.address()).refused(401, ErrorCode::SignInRequired);
}
