//! The rules of tus 1.0.0, one table row after the other, and the extensions that we offer.

use data_encoding::BASE64;
use nightline_protocol::{ErrorCode, Receipt, tus};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use crate::bundle::bundle;
use crate::device::{Device, ticket};
use crate::http::request;
use crate::upload::{Upload, creation, noise};
use crate::{Desk, device};

/// A desk, a device and a ticket whose bundle has `length` bytes of noise (it will not verify).
fn with_noise(length: usize) -> (Desk, Device, nightline_protocol::TicketNumber, String, Vec<u8>) {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let bytes = noise(length);
    let (number, token) = device.open(&desk, &bytes);
    (desk, device, number, token, bytes)
}

#[test]
fn a_bundle_in_three_checked_chunks_becomes_complete_once() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let number = device::number();
    let bytes = bundle(&number);
    let sent = ticket(number.clone(), &bytes);
    let receipt: Receipt = device.put(&desk, &sent).json();
    let upload = Upload::create(&desk, &receipt.upload.unwrap().token, bytes.len() as u64);
    let (a, b) = (bytes.len() / 3, bytes.len() / 2);
    for (from, to) in [(0, a), (a, b), (b, bytes.len())] {
        let answer = upload.checked(from as u64, &bytes[from..to]).send(desk.address());
        assert_eq!(answer.status, 204, "{}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.header("upload-offset"), Some(to.to_string().as_str()));
        assert_eq!(answer.header("tus-resumable"), Some("1.0.0"));
    }
    let receipt: Receipt = device.receipt(&desk, &number).json();
    assert!(receipt.bundle_complete && receipt.upload.is_none());
    // Whoever lost the last answer asks again, in any of these ways, and is told that all is well.
    assert_eq!(upload.offset(&desk), bytes.len() as u64);
    assert_eq!(upload.patch(bytes.len() as u64, b"").send(desk.address()).status, 204);
    creation(&upload.token, bytes.len() as u64).send(desk.address()).refused(409, ErrorCode::Conflict);
    upload.request("DELETE").send(desk.address()).refused(403, ErrorCode::Forbidden);
    let again: Receipt = device.put(&desk, &sent).json();
    assert!(again.bundle_complete);
}

#[test]
fn options_says_what_it_can_do() {
    let desk = Desk::start(&["--max-bundle-bytes", "4096"]);
    for path in ["/api/v1/uploads", "/api/v1/uploads/anything"] {
        let answer = request("OPTIONS", path).send(desk.address());
        assert_eq!(answer.status, 204);
        assert_eq!(answer.header("tus-version"), Some("1.0.0"));
        assert_eq!(answer.header("tus-extension"), Some(tus::EXTENSIONS));
        assert_eq!(answer.header("tus-checksum-algorithm"), Some("sha256,sha1"));
        assert_eq!(answer.header("tus-max-size"), Some("4096"));
    }
}

#[test]
fn creation_refuses_what_the_ticket_did_not_announce() {
    let (desk, _, _, token, bytes) = with_noise(1_000);
    let length = bytes.len() as u64;
    creation(&token, length + 1).send(desk.address()).refused(400, ErrorCode::BadRequest);
    creation(&token, length - 1).send(desk.address()).refused(400, ErrorCode::BadRequest);
    creation(&token, u64::MAX).send(desk.address()).refused(413, ErrorCode::TooLarge);
    let plain =
        |version: &str| request("POST", "/api/v1/uploads").bearer(&token).header("Tus-Resumable", version);
    plain("1.0.0").send(desk.address()).refused(400, ErrorCode::BadRequest);
    plain("1.0.0")
        .header("Upload-Defer-Length", "1")
        .send(desk.address())
        .refused(400, ErrorCode::BadRequest);
    let other = plain("0.2.2").header("Upload-Length", "1000").send(desk.address());
    other.refused(412, ErrorCode::BadRequest);
    assert_eq!(other.header("tus-version"), Some("1.0.0"));
    let foreign = tus::metadata([("ticket", device::number().as_str())]);
    creation(&token, length)
        .header("Upload-Metadata", &foreign)
        .send(desk.address())
        .refused(400, ErrorCode::BadRequest);
    creation(&token, length)
        .header("Upload-Metadata", &"a".repeat(3_000))
        .send(desk.address())
        .refused(413, ErrorCode::TooLarge);
}

#[test]
fn head_tells_offset_length_metadata_and_end_and_no_cache_keeps_it() {
    let (desk, _, number, token, bytes) = with_noise(1_000);
    let metadata = tus::metadata([("ticket", number.as_str()), ("filename", "束.zip")]);
    let answer = creation(&token, 1_000).header("Upload-Metadata", &metadata).send(desk.address());
    assert!(answer.header("upload-expires").unwrap().ends_with(" GMT"));
    let upload = Upload { token, path: answer.header("location").unwrap().to_owned() };
    assert_eq!(upload.patch(0, &bytes[..400]).send(desk.address()).status, 204);
    let head = upload.head(&desk);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("upload-offset"), Some("400"));
    assert_eq!(head.header("upload-length"), Some("1000"));
    assert_eq!(head.header("upload-metadata"), Some(metadata.as_str()));
    assert_eq!(head.header("cache-control"), Some("no-store"));
}

#[test]
fn a_patch_that_breaks_a_rule_changes_nothing() {
    let (desk, _, _, token, bytes) = with_noise(1_000);
    let upload = Upload::create(&desk, &token, 1_000);
    assert_eq!(upload.patch(0, &bytes[..100]).send(desk.address()).status, 204);
    let check = |request: crate::http::Request, status: u16| {
        assert_eq!(request.send(desk.address()).status, status);
        assert_eq!(upload.offset(&desk), 100, "{status}");
    };
    check(upload.patch(0, &bytes[..100]), 409);
    check(upload.patch(101, &bytes[101..]), 409);
    check(upload.patch(99, &bytes[99..]), 409);
    check(upload.patch(100, &[0; 901]), 413);
    check(upload.request("PATCH").header("Upload-Offset", "100").body("x"), 415);
    check(upload.request("PATCH").header("Content-Type", tus::CONTENT_TYPE).body("x"), 400);
    check(
        upload
            .request("PATCH")
            .header("Content-Type", tus::CONTENT_TYPE)
            .header("Upload-Offset", "-1")
            .body("x"),
        400,
    );
    check(upload.patch(100, b"x").header("Upload-Checksum", "md5 AAAA"), 400);
    check(upload.patch(100, b"x").header("Upload-Checksum", "sha256 ?"), 400);
    check(
        request("PATCH", &upload.path)
            .bearer(&token)
            .header("Content-Type", tus::CONTENT_TYPE)
            .header("Upload-Offset", "100")
            .body("x"),
        412,
    );
}

#[test]
fn a_chunk_that_is_not_what_its_checksum_says_is_taken_away_again() {
    let (desk, _, _, token, bytes) = with_noise(2_000_000);
    let upload = Upload::create(&desk, &token, bytes.len() as u64);
    assert_eq!(upload.checked(0, &bytes[..500_000]).send(desk.address()).status, 204);
    let wrong = BASE64.encode(&[7; 32]);
    upload
        .patch(500_000, &bytes[500_000..1_900_000])
        .header("Upload-Checksum", &format!("sha256 {wrong}"))
        .send(desk.address())
        .refused(460, ErrorCode::ChecksumMismatch);
    assert_eq!(upload.offset(&desk), 500_000);
    let sha1 = BASE64.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, &bytes[500_000..600_000]).as_ref());
    let answer =
        upload.patch(500_000, &bytes[500_000..600_000]).header("Upload-Checksum", &format!("sha1 {sha1}"));
    assert_eq!(answer.send(desk.address()).status, 204);
    assert_eq!(upload.offset(&desk), 600_000);
}

#[test]
fn what_arrived_before_a_cut_is_kept() {
    let (desk, _, _, token, bytes) = with_noise(3_000_000);
    let upload = Upload::create(&desk, &token, bytes.len() as u64);
    assert!(upload.patch(0, &bytes).send_part(desk.address(), 2_000_000).is_none());
    upload.go_on(&desk, &bytes[..2_500_000]);
    assert_eq!(upload.offset(&desk), 2_500_000);
    let spooled = std::fs::read_dir(desk.process.data().join("spool")).unwrap().next().unwrap().unwrap();
    assert!(std::fs::read(spooled.path()).unwrap() == bytes[..2_500_000], "no byte twice, none missing");
}

#[test]
fn a_client_that_comes_back_takes_over_from_its_own_dead_connection() {
    let (desk, _, _, token, bytes) = with_noise(1_000_000);
    let upload = Upload::create(&desk, &token, bytes.len() as u64);
    // Half a chunk, and then silence on an open connection.
    let dead = upload.patch(0, &bytes).open(desk.address(), 600_000);
    upload.go_on(&desk, &bytes[..900_000]);
    assert_eq!(upload.offset(&desk), 900_000);
    drop(dead);
}

#[test]
fn an_upload_begins_with_its_creation_where_the_client_wants_that() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let number = device::number();
    let bytes = bundle(&number);
    let receipt: Receipt = device.put(&desk, &ticket(number.clone(), &bytes)).json();
    let answer = creation(&receipt.upload.unwrap().token, bytes.len() as u64)
        .header("Content-Type", tus::CONTENT_TYPE)
        .body(bytes.clone())
        .send(desk.address());
    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.header("upload-offset"), Some(bytes.len().to_string().as_str()));
    assert!(device.receipt(&desk, &number).json::<Receipt>().bundle_complete);
}

#[test]
fn a_lost_creation_is_made_again_and_the_first_one_is_gone() {
    let (desk, _, _, token, bytes) = with_noise(1_000);
    let lost = Upload::create(&desk, &token, 1_000);
    assert_eq!(lost.patch(0, &bytes[..10]).send(desk.address()).status, 204);
    let upload = Upload::create(&desk, &token, 1_000);
    assert_ne!(lost.path, upload.path);
    assert_eq!(upload.offset(&desk), 0);
    lost.head(&desk).status_is(404);
    lost.patch(10, &bytes[10..]).send(desk.address()).refused(404, ErrorCode::NotFound);
}

#[test]
fn an_upload_given_up_is_gone() {
    let (desk, _, _, token, bytes) = with_noise(1_000);
    let upload = Upload::create(&desk, &token, 1_000);
    assert_eq!(upload.patch(0, &bytes[..10]).send(desk.address()).status, 204);
    assert_eq!(upload.request("DELETE").send(desk.address()).status, 204);
    upload.head(&desk).status_is(404);
    upload.request("DELETE").send(desk.address()).refused(404, ErrorCode::NotFound);
    let spooled = std::fs::read_dir(desk.process.data().join("spool")).unwrap().count();
    assert_eq!(spooled, 0);
}

#[test]
fn another_tickets_token_does_not_see_an_upload() {
    let (desk, device, _, token, bytes) = with_noise(1_000);
    let upload = Upload::create(&desk, &token, 1_000);
    let (_, other) = device.open(&desk, b"another bundle");
    let stolen = Upload { token: other, path: upload.path.clone() };
    stolen.head(&desk).status_is(404);
    stolen.patch(0, &bytes).send(desk.address()).refused(404, ErrorCode::NotFound);
    stolen.request("DELETE").send(desk.address()).refused(404, ErrorCode::NotFound);
    assert_eq!(upload.offset(&desk), 0);
}

#[test]
fn a_proxy_that_knows_only_post_can_carry_an_upload() {
    let (desk, _, _, token, bytes) = with_noise(1_000);
    let upload = Upload::create(&desk, &token, 1_000);
    let answer = upload
        .request("POST")
        .header("X-HTTP-Method-Override", "PATCH")
        .header("Content-Type", tus::CONTENT_TYPE)
        .header("Upload-Offset", "0")
        .body(&bytes[..500])
        .send(desk.address());
    assert_eq!(answer.status, 204);
    assert_eq!(upload.offset(&desk), 500);
    upload.request("POST").body("x").send(desk.address()).refused(405, ErrorCode::BadRequest);
}

#[test]
fn chunks_without_an_announced_length_are_taken_up_to_the_uploads_own() {
    let (desk, _, _, token, _) = with_noise(1_000);
    let upload = Upload::create(&desk, &token, 1_000);
    let chunked = |length: usize| {
        let mut body = format!("{length:x}\r\n").into_bytes();
        body.extend(vec![b'x'; length]);
        body.extend(b"\r\n0\r\n\r\n");
        body
    };
    let send = |offset: u64, length: usize| {
        upload
            .request("PATCH")
            .header("Content-Type", tus::CONTENT_TYPE)
            .header("Upload-Offset", &offset.to_string())
            .header("Transfer-Encoding", "chunked")
            .body(chunked(length))
            .send(desk.address())
            .status
    };
    assert_eq!(send(0, 600), 204);
    assert_eq!(send(600, 401), 413);
    assert_eq!(upload.offset(&desk), 600);
}
