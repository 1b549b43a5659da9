//! Messages of the person: once each, plain text, bounded.

use nightline_protocol::{ErrorCode, MessageAuthor, TicketMessage, TicketView};
use serde_json::json;

use crate::Desk;
use crate::device::Device;

#[test]
fn a_message_sent_twice_is_one_message() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let (number, _) = device.open(&desk, b"bundle");
    let path = format!("/api/v1/tickets/{number}/messages");
    let send = |id: &str, text: &str| {
        device.request("POST", &path).json(&json!({ "id": id, "text": text })).send(desk.address())
    };
    let first: TicketMessage = send("m-1", "还是不行 <b>").json();
    assert_eq!(send("m-1", "还是不行 <b>").json::<TicketMessage>(), first);
    send("m-1", "other").refused(409, ErrorCode::Conflict);
    let _: TicketMessage = send("m-2", "and more").json();
    let view: TicketView =
        device.request("GET", &format!("/api/v1/tickets/{number}")).send(desk.address()).json();
    let texts: Vec<_> = view.messages.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["还是不行 <b>", "and more"]);
    assert!(view.messages.iter().all(|it| it.author == MessageAuthor::Customer && it.name.is_none()));
}

#[test]
fn a_message_has_a_form_and_a_size() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let (number, _) = device.open(&desk, b"bundle");
    let check = |id: &str, text: &str, status, code| {
        device
            .request("POST", &format!("/api/v1/tickets/{number}/messages"))
            .json(&json!({ "id": id, "text": text }))
            .send(desk.address())
            .refused(status, code);
    };
    check("", "x", 400, ErrorCode::BadRequest);
    check("a b", "x", 400, ErrorCode::BadRequest);
    check("../x", "x", 400, ErrorCode::BadRequest);
    check(&"a".repeat(65), "x", 400, ErrorCode::BadRequest);
    check("a", " \n ", 400, ErrorCode::BadRequest);
    check("a", &"x".repeat(16 * 1024 + 1), 413, ErrorCode::TooLarge);
}
