//! What follows a ticket, from the command line to the agent's screen: files, closing, opening again, damage.

use serde_json::{Value, json};

use crate::Desk;
use crate::cli::Device;

fn delivered(desk: &Desk, device: &Device) -> String {
    let intake = device.intake(json!({ "impact": "limited" }));
    let help = ["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake, "--json"];
    device.run(&help).ended_with(0).number()
}

/// B-060, B-062, B-063: files that follow are with the agent, once; a closed ticket opens again when the person writes.
#[test]
fn files_follow_a_ticket_and_the_person_closes_and_reopens_it() {
    let (desk, device) = (Desk::start(), Device::new());
    let number = delivered(&desk, &device);
    let picture = device.file("屏幕 1.png", b"\x89PNG\r\n\x1a\n and then some").display().to_string();
    let page = device.file("evil.html", b"<script>alert(1)</script>").display().to_string();
    let sent = device.run(&["ticket", "attach", &number, &picture, &page]).ended_with(0);
    assert!(sent.out.contains("屏幕 1.png") && sent.out.contains("evil.html"), "{sent:#?}");
    let seen = desk.agent.ticket(&number);
    let names: Vec<_> =
        seen["attachments"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["屏幕 1.png", "evil.html"]);
    let id = seen["attachments"][1]["id"].as_str().unwrap();
    let (status, bytes) = desk.agent.bytes(&format!("/tickets/{number}/attachments/{id}"));
    assert_eq!((status, bytes.as_slice()), (200, b"<script>alert(1)</script>".as_slice()));
    let shown = device.run(&["ticket", "show", &number]).ended_with(0).out;
    assert!(shown.contains("sent later: 屏幕 1.png"), "{shown}");

    device.run(&["ticket", "close", &number]).ended_with(0);
    let closed = desk.agent.ticket(&number);
    assert_eq!((&closed["status"], &closed["closed_by"]), (&json!("closed"), &json!("customer")));
    let shown = device.run(&["ticket", "show", &number]).ended_with(0).out;
    assert!(shown.contains("Closed by you"), "{shown}");
    device.run(&["ticket", "reply", &number, "It is back"]).ended_with(0);
    let open = desk.agent.ticket(&number);
    assert_eq!((&open["status"], &open["closed_by"]), (&json!("open"), &Value::Null));
    assert_eq!(open["closings"].as_array().unwrap().len(), 1);
}

/// B-061: with the desk away, a file and a close wait with exit code 5 and are sent once later.
#[test]
fn what_follows_waits_while_the_desk_is_away() {
    let (mut desk, device) = (Desk::start(), Device::new());
    let number = delivered(&desk, &device);
    let notes = device.file("notes.txt", b"seen on the screen").display().to_string();
    desk.process.kill();
    device.run(&["ticket", "attach", &number, &notes]).ended_with(5);
    device.run(&["ticket", "close", &number, "--json"]).ended_with(5);
    let shown = device.run(&["ticket", "show", &number]).ended_with(5).out;
    assert!(shown.contains("notes.txt") && shown.contains("no more help"), "{shown}");
    let list = device.run(&["outbox", "list", "--json"]).ended_with(0).json();
    assert_eq!(list["tickets"][0]["waiting"], json!({ "messages": 0, "files": 1, "close": true }));
    desk.process.restart().unwrap();
    device.run(&["outbox", "send"]).ended_with(0);
    device.run(&["outbox", "send"]).ended_with(0);
    let page = desk.agent.ticket(&number);
    assert_eq!(page["attachments"].as_array().unwrap().len(), 1);
    assert_eq!((&page["status"], page["closings"].as_array().unwrap().len()), (&json!("closed"), 1));
}

/// B-061: what waits is named as what it is, and the ticket that has arrived is not said to be on its way.
#[test]
fn an_answer_that_waits_is_called_an_answer() {
    let (mut desk, device) = (Desk::start(), Device::new());
    let number = delivered(&desk, &device);
    desk.process.kill();
    let said = device.run(&["ticket", "reply", &number, "still broken"]).ended_with(5).err;
    assert!(said.contains("Your answer is safe") && !said.contains("ticket is safe"), "{said}");
    let list = device.run(&["outbox", "list"]).ended_with(0).out;
    assert!(list.contains("an answer is waiting") && !list.contains("delivered"), "{list}");
    desk.process.restart().unwrap();
    device.run(&["outbox", "send"]).ended_with(0);
    let list = device.run(&["ticket", "list"]).ended_with(0).out;
    assert!(list.contains("delivered") && !list.contains("waiting"), "{list}");
}

/// B-060: what cannot be sent is refused in words before anything is queued.
#[test]
fn files_that_cannot_be_sent_are_refused_before_any_is_queued() {
    let (desk, device) = (Desk::start(), Device::new());
    let number = delivered(&desk, &device);
    let good = device.file("good.txt", b"good").display().to_string();
    let empty = device.file("empty.txt", b"").display().to_string();
    let folder = device.home().display().to_string();
    for bad in [empty.as_str(), folder.as_str(), "/nowhere/at/all", "/dev/zero"] {
        let refused = device.run(&["ticket", "attach", &number, &good, bad]).ended_with(3);
        assert!(refused.err.contains("file"), "{refused:#?}");
    }
    device.run(&["ticket", "attach", "NL-1111-1111-1", &good]).ended_with(1);
    device.run(&["ticket", "attach", &number]).ended_with(2);
    device.run(&["ticket", "close", "NL-1111-1111-1"]).ended_with(1);
    assert_eq!(desk.agent.ticket(&number)["attachments"], json!([]));
}

/// B-066: a damaged ticket is in every list, and says that it is damaged and where it lies.
#[test]
fn a_damaged_ticket_is_named_with_its_place() {
    let (desk, device) = (Desk::start(), Device::new());
    let number = delivered(&desk, &device);
    let path = std::fs::read_dir(device.home()).unwrap().find_map(|it| {
        let found = it.unwrap().path().join("outbox").join(&number);
        found.exists().then_some(found)
    });
    let path = path.unwrap_or_else(|| device.home().join("outbox").join(&number));
    std::fs::write(path.join("ticket.json"), "{").unwrap();
    for list in [["ticket", "list", "--json"], ["outbox", "list", "--json"]] {
        let list = device.run(&list).ended_with(0).json();
        assert_eq!(list["damaged"][0]["number"], number, "{list:#}");
        assert_eq!(list["damaged"][0]["path"], path.display().to_string());
        assert_eq!(list["damaged"][0]["message"]["id"], "cli-ticket-damaged");
    }
    for command in ["show", "close"] {
        let told = device.run(&["ticket", command, &number]).ended_with(1).err;
        assert!(told.contains("damaged") && told.contains(&path.display().to_string()), "{told}");
    }
}
