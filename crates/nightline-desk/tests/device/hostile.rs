//! Bundles and words that mean harm: refused or harmless, and the desk goes on.

use nightline_protocol::{ErrorCode, NewTicket, Receipt, TicketNumber, TicketView};
use serde_json::json;

use crate::Desk;
use crate::bundle::{bundle, manifest, with_entries, zipped};
use crate::device::{self, Device, number, ticket};
use crate::http::request;
use crate::upload::{Upload, noise};

#[test]
fn a_bundle_that_does_not_verify_is_kept_from_everyone_and_told_so() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let check = |what: &str, make: &dyn Fn(&TicketNumber) -> Vec<u8>| {
        let number = number();
        let bytes = make(&number);
        let ticket = ticket(number.clone(), &bytes);
        let receipt: Receipt = device.put(&desk, &ticket).json();
        let token = receipt.upload.unwrap().token;
        let upload = Upload::create(&desk, &token, bytes.len() as u64);
        let answer = upload.patch(0, &bytes).send(desk.address());
        assert_eq!(answer.status, 422, "{what}: {}", String::from_utf8_lossy(&answer.body));
        answer.refused(422, ErrorCode::DamagedBundle);
        device.receipt(&desk, &number).refused(422, ErrorCode::DamagedBundle);
        device.put(&desk, &ticket).refused(422, ErrorCode::DamagedBundle);
        crate::upload::creation(&token, bytes.len() as u64)
            .send(desk.address())
            .refused(422, ErrorCode::DamagedBundle);
        let view: TicketView =
            device.request("GET", &format!("/api/v1/tickets/{number}")).send(desk.address()).json();
        assert!(!view.bundle_complete, "{what}");
    };
    check("no zip", &|_| noise(10_000));
    check("empty zip", &|_| {
        zip::ZipWriter::new(std::io::Cursor::new(Vec::new())).finish().unwrap().into_inner()
    });
    check("traversal", &|it| with_entries(it, &[("../../etc/cron.d/x", b"x")]));
    check("absolute", &|it| with_entries(it, &[("/etc/passwd", b"x")]));
    check("backslash", &|it| with_entries(it, &[("..\\..\\x", b"x")]));
    check("deceiving name", &|it| with_entries(it, &[("invoice\u{202e}gpj.exe", b"x")]));
    check("bomb", &|it| with_entries(it, &[("logs/bomb.log", &vec![0; 200 << 20])]));
    check("manifest is no JSON", &|_| zipped(b"{", &[]));
    check("manifest of nothing we know", &|_| zipped(b"{\"schema\":\"x/1\"}", &[]));
    check("entry that the manifest does not name", &|it| {
        zipped(&serde_json::to_vec(&manifest(it, &[])).unwrap(), &[("extra", b"x")])
    });
    check("entry that is not there", &|it| {
        zipped(&serde_json::to_vec(&manifest(it, &[("missing", b"x")])).unwrap(), &[])
    });
    check("entry with another content", &|it| {
        zipped(&serde_json::to_vec(&manifest(it, &[("a.log", b"x")])).unwrap(), &[("a.log", b"y")])
    });
    check("another ticket's bundle", &|_| bundle(&device::number()));
    check("cut off", &|it| {
        let mut bytes = bundle(it);
        bytes.truncate(bytes.len() - 10);
        bytes
    });
    let left = std::fs::read_dir(desk.process.data().join("spool")).unwrap().count();
    assert_eq!(left, 0, "nothing of them stays on the disk");
    assert_eq!(std::fs::read_dir(desk.process.data().join("bundles")).unwrap().count(), 0);
}

#[test]
fn html_and_every_other_kind_of_text_comes_back_as_it_went_in() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    for text in [
        "<script>alert(1)</script>",
        "\"'><img src=x onerror=alert(1)>",
        "'; DROP TABLE tickets; --",
        "\u{202e}gnp.exe \u{0}\u{1b}[31m",
        "{{7*7}} ${7*7} %s %n",
        "从右到左 🦀 \u{feff}",
    ] {
        let number = number();
        let mut ticket: NewTicket = ticket(number.clone(), b"bundle");
        ticket.summary.intake.what = text.to_owned();
        ticket.summary.intake.error = Some(text.to_owned());
        ticket.summary.intake.contact = Some(text.to_owned());
        let _: Receipt = device.put(&desk, &ticket).json();
        let answer = device.request("GET", &format!("/api/v1/tickets/{number}")).send(desk.address());
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.json::<TicketView>().what, text);
        let _: nightline_protocol::TicketMessage = device
            .request("POST", &format!("/api/v1/tickets/{number}/messages"))
            .json(&json!({ "id": "m", "text": text }))
            .send(desk.address())
            .json();
    }
}

#[test]
fn garbage_instead_of_http_is_sent_away() {
    let desk = Desk::start(&[]);
    for garbage in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"GET\r\n\r\n",
        &[0xff; 2_000],
        b"\r\n\r\n\r\n",
    ] {
        let mut stream = std::net::TcpStream::connect(desk.address()).unwrap();
        let _ = std::io::Write::write_all(&mut stream, garbage);
        // The desk may have closed already.
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = std::io::Read::read_to_end(&mut stream, &mut answer);
        let text = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || text.starts_with("HTTP/1.1 400"), "{text}");
    }
    assert_eq!(request("GET", "/generate_204").send(desk.address()).status, 204);
}

#[test]
fn a_body_that_is_announced_as_huge_is_refused_unread() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let answer = device
        .request("PUT", &format!("/api/v1/tickets/{}", number()))
        .header("Content-Length", "999999999999")
        .body("{")
        .send(desk.address());
    answer.refused(413, ErrorCode::TooLarge);
}

#[test]
fn a_head_without_end_is_refused() {
    let desk = Desk::start(&[]);
    let answer = request("GET", "/api/v1/time").header("X-Long", &"x".repeat(1 << 20)).send(desk.address());
    assert!(matches!(answer.status, 400 | 431), "{}", answer.status);
}
