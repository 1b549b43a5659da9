//! Enrolling and tokens: who may, once, by whose clock, at which desk.

use ed25519_dalek::SigningKey;
use nightline_protocol::{Enrolled, ErrorCode, TokenGrant};
use std::time::Duration;

use crate::Desk;
use crate::device::{Device, enrolment, now, random, token_request};
use crate::http::request;

#[test]
fn the_same_key_enrols_once_however_often_it_asks() {
    let desk = Desk::start(&[]);
    let key = SigningKey::from_bytes(&random());
    let enrol = || -> Enrolled {
        let body = enrolment(&key, desk.process.url(), now());
        request("POST", "/api/v1/devices").json(&body).send(desk.address()).json()
    };
    let first = enrol();
    assert!(first.approved);
    assert_eq!(enrol(), first);
}

#[test]
fn a_desk_that_wants_approval_says_so_and_takes_no_ticket() {
    let desk = Desk::start(&["--who-may-open", "approved"]);
    let device = Device::enrol(&desk);
    let ticket = crate::device::ticket(crate::device::number(), b"x");
    device.put(&desk, &ticket).refused(403, ErrorCode::NotApproved);
}

#[test]
fn a_statement_for_another_desk_or_another_name_of_it_is_refused() {
    let desk = Desk::start(&[]);
    let key = SigningKey::from_bytes(&random());
    for origin in ["https://desk.example.com", "http://127.0.0.1:1", ""] {
        let body = enrolment(&key, origin, now());
        request("POST", "/api/v1/devices")
            .json(&body)
            .send(desk.address())
            .refused(403, ErrorCode::Forbidden);
    }
    // The name in `Host` is believed on loopback only.
    let body = enrolment(&key, "http://desk.example.com", now());
    request("POST", "/api/v1/devices")
        .header("Host", "desk.example.com")
        .json(&body)
        .send(desk.address())
        .refused(403, ErrorCode::Forbidden);
}

#[test]
fn a_clock_that_is_off_is_told_the_desks_time() {
    let desk = Desk::start(&[]);
    let key = SigningKey::from_bytes(&random());
    let late = now().minus(Duration::from_secs(3_600));
    let answer = request("POST", "/api/v1/devices")
        .json(&enrolment(&key, desk.process.url(), late))
        .send(desk.address());
    answer.refused(400, ErrorCode::ClockSkew);
    let error: nightline_protocol::ApiError = serde_json::from_slice(&answer.body).unwrap();
    let told: nightline_types::Timestamp = error.detail.parse().unwrap();
    assert!(told.since(late) > Duration::from_secs(3_000));
}

#[test]
fn a_nonce_is_taken_once() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let body = token_request(&device.key, &device.id, desk.process.url(), now());
    let ask = || request("POST", "/api/v1/devices/token").json(&body).send(desk.address());
    let _: TokenGrant = ask().json();
    ask().refused(409, ErrorCode::Conflict);
}

#[test]
fn another_devices_key_gets_no_token() {
    let desk = Desk::start(&[]);
    let (device, other) = (Device::enrol(&desk), Device::enrol(&desk));
    let ask = |body| request("POST", "/api/v1/devices/token").json(&body).send(desk.address());
    let origin = desk.process.url();
    ask(token_request(&other.key, &device.id, origin, now())).refused(403, ErrorCode::Forbidden);
    ask(token_request(&device.key, "dev-nobody", origin, now())).refused(404, ErrorCode::NotFound);
    let mut short = token_request(&device.key, &device.id, origin, now());
    short.nonce.truncate(8);
    ask(short).refused(400, ErrorCode::BadRequest);
}

#[test]
fn a_token_that_is_none_opens_nothing() {
    let desk = Desk::start(&[]);
    Device::enrol(&desk);
    for token in ["", "x", &"A".repeat(43), &"A".repeat(4_000)] {
        let answer = request("GET", "/api/v1/tickets").bearer(token).send(desk.address());
        answer.refused(401, ErrorCode::SignInRequired);
    }
    request("GET", "/api/v1/tickets")
        .header("Authorization", "Basic eDp5")
        .send(desk.address())
        .refused(401, ErrorCode::SignInRequired);
}

#[test]
fn enrolling_without_end_is_stopped() {
    let desk = Desk::start(&["--enrolments-per-minute", "3"]);
    let enrol = || {
        let body = enrolment(&SigningKey::from_bytes(&random()), desk.process.url(), now());
        request("POST", "/api/v1/devices").json(&body).send(desk.address())
    };
    for _ in 0..3 {
        assert_eq!(enrol().status, 200);
    }
    enrol().refused(429, ErrorCode::TooManyRequests);
}
