//! What checks need from outside, and the headers that every answer has.

use std::net::UdpSocket;
use std::time::Duration;

use nightline_protocol::{DeskProfile, ErrorCode};

use crate::Desk;
use crate::http::request;

#[test]
fn the_profile_says_what_the_desk_takes() {
    let desk = Desk::start(&["--organisation", "Beispiel 有限公司", "--max-bundle-bytes", "123456"]);
    let profile: DeskProfile = request("GET", "/api/v1/profile").send(desk.address()).json();
    assert_eq!(profile.organisation, "Beispiel 有限公司");
    assert_eq!(profile.max_bundle_bytes, 123_456);
    assert!(profile.absent_name.ends_with(".invalid"));
    assert!(request("GET", "/api/v1/time").send(desk.address()).value()["now"].is_string());
}

#[test]
fn the_empty_page_is_empty_and_knows_the_challenge() {
    let desk = Desk::start(&[]);
    let answer = request("GET", "/generate_204").header("X-Nightline-Challenge", "7q2k").send(desk.address());
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(answer.header("x-nightline-challenge"), Some("7q2k"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let long = request("GET", "/generate_204")
        .header("X-Nightline-Challenge", &"x".repeat(200))
        .send(desk.address());
    assert_eq!((long.status, long.header("x-nightline-challenge")), (204, None));
}

#[test]
fn the_echo_answers_what_it_is_given_and_no_more() {
    let desk = Desk::start(&[]);
    let bytes: Vec<u8> = (0..=255).cycle().take(60_000).collect();
    let answer = request("POST", "/api/v1/echo").body(bytes.clone()).send(desk.address());
    assert_eq!((answer.status, answer.body), (200, bytes));
    request("POST", "/api/v1/echo")
        .body(vec![0; 70_000])
        .send(desk.address())
        .refused(413, ErrorCode::TooLarge);

    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket.connect(desk.address()).unwrap();
    socket.send(b"nightline").unwrap();
    let mut packet = [0; 100];
    let length = socket.recv(&mut packet).unwrap();
    assert_eq!(&packet[..length], b"nightline");
}

#[test]
fn every_answer_has_the_headers_that_browsers_obey() {
    let desk = Desk::start(&[]);
    for path in ["/api/v1/profile", "/api/v1/tickets", "/no-such-path", "/api/openapi.json"] {
        let answer = request("GET", path).send(desk.address());
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert!(
            answer.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert_eq!(answer.header("strict-transport-security"), None, "{path}: not in the clear");
    }
}

#[test]
fn one_address_that_asks_without_end_is_stopped() {
    let desk = Desk::start(&["--requests-per-second", "5"]);
    let statuses: Vec<u16> =
        (0..200).map(|_| request("GET", "/generate_204").send(desk.address()).status).collect();
    assert!(statuses.contains(&204) && statuses.contains(&429), "{statuses:?}");
}
