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
}

#[test]
fn two_udp_ports_echo_and_tell_who_asks() {
    let desk = Desk::start(&[]);
    let profile: serde_json::Value =
        serde_json::from_slice(&request("GET", "/api/v1/profile").send(desk.address()).body).unwrap();
    let ports: Vec<u64> =
        profile["udp_ports"].as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect();
    let own: std::net::SocketAddr = desk.address().parse().unwrap();
    assert_eq!(ports.first(), Some(&u64::from(own.port())));
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    for port in ports {
        socket.connect((own.ip(), u16::try_from(port).unwrap())).unwrap();
        let mut packet = [0; 100];
        // What asks for nothing gets nothing: the first answer is the one to what asks.
        socket.send(b"nightline").unwrap();
        socket.send(b"nightline?and more").unwrap();
        let length = socket.recv(&mut packet).unwrap();
        assert_eq!(&packet[..length], b"nightline!and more");
        let request = [&[0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42][..], &[7; 12]].concat();
        socket.send(&request).unwrap();
        let length = socket.recv(&mut packet).unwrap();
        let own = socket.local_addr().unwrap().port();
        assert_eq!((length, &packet[..2]), (32, &[1, 1][..]));
        assert_eq!(u16::from_be_bytes([packet[26], packet[27]]) ^ 0x2112, own);
    }
}

#[test]
fn bytes_that_fill_the_line_are_given_and_taken_and_not_without_end() {
    let desk = Desk::start(&[]);
    let taken = request("POST", "/api/v1/load").body(vec![7; 300_000]).send(desk.address());
    assert_eq!(taken.status, 204);
    let mut refused = 0;
    for _ in 0..40 {
        refused +=
            u32::from(request("POST", "/api/v1/load").body(vec![7; 10]).send(desk.address()).status == 429);
    }
    assert!(refused > 0, "one address may not ask without end");
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
