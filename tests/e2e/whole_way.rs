//! From the person's words to the agent's screen and back.

use serde_json::json;

use crate::Desk;
use crate::cli::{Device, interrupted};

/// B-010: what the person typed reaches the agent letter for letter, with everything the machine knows.
#[test]
fn a_ticket_reaches_the_agent_with_everything_in_it() {
    let (desk, device) = (Desk::start(), Device::new());
    let error =
        " An authentication error has occurred.\n\tThe function requested is not supported. 0x80090302 认证 ";
    let attachment = device.file("notes.txt", b"seen on the screen");
    let intake = device.intake(json!({
        "error": error, "target": desk.process.authority(), "impact": "stopped", "scope": "me", "pattern": "constant",
        "contact": "Ada, +44 20 7946 0000", "attachments": [attachment],
    }));
    let sent =
        device.run(&["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake, "--json"]);
    let ticket = sent.ended_with(0).json();
    assert_eq!((&ticket["schema"], &ticket["state"]), (&json!("nightline.ticket/1"), &json!("delivered")));
    assert_eq!(ticket["severity"], "P0");
    let page = desk.agent.ticket(ticket["number"].as_str().unwrap());
    assert_eq!(page["summary"]["intake"]["error"], error);
    assert_eq!(page["bundle"]["state"], "complete");
    assert_eq!(page["report"]["schema"], "nightline.report/1");
    assert_eq!(page["report"]["target"]["given"], desk.process.authority());
    let checks = page["report"]["checks"].as_array().unwrap();
    let facts = checks.iter().find(|it| it["id"] == "target-reach").unwrap()["facts"].as_array().unwrap();
    let endpoint = facts.iter().find(|it| it["key"] == "endpoint").unwrap();
    assert_eq!(endpoint["value"], desk.process.authority(), "what the person typed stays readable");
    assert!(page["report"]["target"]["probes"][0]["reached"].as_bool().unwrap());
    assert!(page["report"]["verdict"]["message"]["text"].as_str().unwrap().len() > 10);
    let files: Vec<_> = page["manifest"]["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["path"].as_str().unwrap())
        .collect();
    assert_eq!(files[..2], ["report.json", "intake.json"]);
    assert!(files.contains(&"attachments/1-notes.txt"), "{files:?}");
}

/// B-014: nothing of the person's own names leaves in what was collected.
#[test]
fn the_person_s_name_and_home_do_not_leave() {
    let (desk, device) = (Desk::start(), Device::new());
    let intake = device.intake(json!({}));
    let number = device
        .run(&["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake, "--json"])
        .ended_with(0)
        .number();
    let page = desk.agent.ticket(&number).to_string();
    assert!(!page.contains("ada-lovelace"), "the user's name is in the ticket");
    for (index, _) in desk.agent.ticket(&number)["manifest"]["entries"].as_array().unwrap().iter().enumerate()
    {
        let (_, bytes) = desk.agent.bytes(&format!("/tickets/{number}/files/{index}"));
        assert!(!String::from_utf8_lossy(&bytes).contains("ada-lovelace"), "file {index}");
    }
}

/// B-013: without `--yes` the list is shown, an unticked item stays here, and no answer means that nothing leaves.
#[test]
fn what_the_person_unticks_stays_here() {
    let (desk, device) = (Desk::start(), Device::new());
    let intake = device.intake(json!({ "error": "secret error text", "contact": "Ada" }));
    let words = ["get-help", "--desk", desk.process.url(), "--intake", &intake, "--json"];
    let stopped = device.run_with(&words, &[], "").ended_with(7);
    assert!(stopped.err.contains("This would be sent to"), "{}", stopped.err);
    assert!(desk.agent.tickets().is_empty());
    let error_item = stopped.err.lines().find(|line| line.contains("error text")).unwrap();
    let item: String =
        error_item.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let number = device.run_with(&words, &[], &format!("{item}\n\n")).ended_with(0).number();
    let page = desk.agent.ticket(&number).to_string();
    assert!(!page.contains("secret error text"), "{page}");
    assert!(page.contains("left-out"), "the manifest says what was left out");
}

/// B-013: Ctrl-C at the preview ends the command, and nothing leaves.
#[test]
fn ctrl_c_at_the_preview_sends_nothing() {
    let (desk, device) = (Desk::start(), Device::new());
    let intake = device.intake(json!({}));
    let words = ["get-help", "--desk", desk.process.url(), "--intake", &intake];
    interrupted(&device, &words, "This would be sent to").ended_with(7);
    assert!(desk.agent.tickets().is_empty());
}

/// B-014: a password or a token in the address that the person wants to reach does not leave.
#[test]
fn secrets_in_an_address_do_not_leave() {
    let (desk, device) = (Desk::start(), Device::new());
    let target = format!("http://bob:sup3rs3cret@{}/wiki?token=t0kent0ken", desk.process.authority());
    let intake = device.intake(json!({ "target": target }));
    let number = device
        .run(&["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake, "--json"])
        .ended_with(0)
        .number();
    let page = desk.agent.ticket(&number).to_string();
    assert!(page.contains("/wiki"), "the address itself is there");
    assert!(!page.contains("sup3rs3cret") && !page.contains("t0kent0ken"), "{page}");
}

/// B-030: the agent's answer reaches the person, the person's answer the agent, and a closed ticket leaves its log.
#[test]
fn both_sides_talk_and_the_ticket_is_closed_with_a_log() {
    let (desk, device) = (Desk::start(), Device::new());
    let intake = device.intake(json!({ "impact": "limited" }));
    let number = device
        .run(&["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake, "--json"])
        .ended_with(0)
        .number();
    desk.agent
        .post(&format!("/tickets/{number}/messages"), &json!({ "id": "m-1", "text": "Which cable is it?" }));
    let shown = device.run(&["ticket", "show", &number, "--json"]).ended_with(0).json();
    assert_eq!(shown["messages"][0]["text"], "Which cable is it?");
    assert_eq!(shown["messages"][0]["name"], "Ann");
    device.run(&["ticket", "reply", &number, "The blue one"]).ended_with(0);
    let messages = desk.agent.ticket(&number)["messages"].clone();
    assert_eq!((&messages[1]["author"], &messages[1]["text"]), (&json!("customer"), &json!("The blue one")));
    let draft = desk.agent.get(&format!("/tickets/{number}/log-draft?lang=en"));
    let full = |key: &str| draft[key].as_str().filter(|it| !it.is_empty()).unwrap_or("–").to_owned();
    let log = json!({ "when": full("when"), "cause": full("cause"), "measure": full("measure"), "permanent_fix": full("permanent_fix") });
    desk.agent.post(&format!("/tickets/{number}/close"), &json!({ "log": log }));
    let shown = device.run(&["ticket", "show", &number, "--json"]).ended_with(0).json();
    assert_eq!((&shown["status"], &shown["log"]["cause"]), (&json!("closed"), &log["cause"]));
    assert!(device.run(&["ticket", "list"]).ended_with(0).out.contains(&number));
}
