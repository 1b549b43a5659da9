//! Losing the network, the desk or the process loses time, never data, and nothing arrives twice.

use nightline_session::Step;
use serde_json::json;

use crate::Desk;
use crate::cli::Device;

/// B-018: with the desk stopped the ticket is queued, and delivered once when the desk is back.
#[test]
fn a_stopped_desk_means_queued_and_then_delivered_once() {
    let (mut desk, device) = (Desk::start(), Device::new());
    let intake = device.intake(json!({}));
    desk.process.kill();
    let queued =
        device.run(&["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake, "--json"]);
    let queued = queued.ended_with(5);
    assert_eq!(queued.json()["state"], "queued");
    let number = queued.number();
    device.run(&["outbox", "send", "--desk", desk.process.url()]).ended_with(5);
    desk.process.restart().unwrap();
    device.run(&["outbox", "send", "--desk", desk.process.url()]).ended_with(0);
    device.run(&["outbox", "send", "--desk", desk.process.url()]).ended_with(0);
    assert_arrived_once(&desk, &device, &number);
}

/// B-019: killed at any durable step, the ticket arrives whole and once after the next try.
#[test]
fn a_process_killed_at_any_step_sends_everything_once() {
    for step in Step::ALL {
        let (desk, device) = (Desk::start(), Device::new());
        let intake = device.intake(json!({}));
        let help = ["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake, "--json"];
        let dies = [("NIGHTLINE_DIE_AT", step.name())];
        let about = |what: &str| step.name().starts_with(what);
        let file = device.file("screen.png", &SCREEN.repeat(300_000)).display().to_string();
        let follow_up: Option<&[&str]> = match step {
            _ if about("message-") => Some(&["reply", "still broken"]),
            _ if about("file-") => Some(&["attach", &file]),
            _ if about("close-") => Some(&["close"]),
            _ => None,
        };
        let killed = match follow_up {
            Some([command, rest @ ..]) => {
                let number = device.run(&help).ended_with(0).number();
                device.run_with(&[&["ticket", command, &number], rest].concat(), &dies, "")
            }
            _ => device.run_with(&help, &dies, ""),
        };
        assert_eq!(killed.code, None, "{step}: {killed:#?}");
        device.run(&["outbox", "send", "--desk", desk.process.url()]).ended_with(0);
        if step == Step::ItemWritten {
            // The person was told no number yet, and asks again.
            assert!(desk.agent.tickets().is_empty(), "{step}");
            device.run(&help).ended_with(0);
        }
        let tickets = desk.agent.tickets();
        assert_eq!(tickets.len(), 1, "{step}: {tickets:#?}");
        let number = tickets[0]["number"].as_str().unwrap().to_owned();
        if step == Step::FileWritten {
            // The command did not say that it has the file, and the person adds it again.
            assert_eq!(count(&desk, &number, "attachments"), 0, "{step}");
            device.run(&["ticket", "attach", &number, &file]).ended_with(0);
        }
        assert_arrived_once(&desk, &device, &number);
        assert_eq!(count(&desk, &number, "messages"), usize::from(about("message-")), "{step}");
        assert_eq!(count(&desk, &number, "attachments"), usize::from(about("file-")), "{step}");
        assert_eq!(count(&desk, &number, "closings"), usize::from(about("close-")), "{step}");
        if about("file-") {
            let id = desk.agent.ticket(&number)["attachments"][0]["id"].as_str().unwrap().to_owned();
            let (status, bytes) = desk.agent.bytes(&format!("/tickets/{number}/attachments/{id}/download"));
            assert!(status == 200 && bytes == SCREEN.repeat(300_000), "{step}");
        }
    }
}

/// Repeated, more than one chunk.
const SCREEN: &[u8] = b"\x89PNG\r\n\x1a\n and then some";

fn count(desk: &Desk, number: &str, what: &str) -> usize {
    desk.agent.ticket(number)[what].as_array().unwrap().len()
}

#[track_caller]
fn assert_arrived_once(desk: &Desk, device: &Device, number: &str) {
    let tickets = desk.agent.tickets();
    assert_eq!(tickets.len(), 1, "{tickets:#?}");
    let page = desk.agent.ticket(number);
    assert_eq!(page["bundle"]["state"], "complete", "{number}");
    let bytes = desk.agent.bundle(number);
    assert_eq!(page["bundle"]["size"].as_u64().unwrap(), bytes.len() as u64);
    let opened = nightline_bundle::Bundle::open(std::io::Cursor::new(bytes)).unwrap().verify().unwrap();
    assert_eq!(opened.ticket.unwrap().as_str(), number);
    let left = device.run(&["outbox", "list", "--json"]).ended_with(0).json();
    assert_eq!(left["tickets"], json!([]), "{number}");
}
