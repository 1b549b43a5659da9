//! Mistakes in what the person gives: a clear error with its place, the right exit code, nothing lost, nothing sent.

use serde_json::{Value, json};

use crate::Desk;
use crate::cli::Device;

/// B-009: a malformed intake names line and column, and nothing is sent.
#[test]
fn a_malformed_intake_names_its_place() {
    let (desk, device) = (Desk::start(), Device::new());
    for (text, place) in [
        ("{\n  \"what\": 7\n}", "line 2"),
        ("{\n  \"what\": \"x\",\n  \"wath\": 1\n}", "line 3"),
        ("{\"what\": \"x\"", "line 1, column 12"),
        ("{\"what\": \"  \"}", "line 1"),
        ("\u{0}\u{1}", "line 1"),
        ("", "line 1"),
    ] {
        let file = device.file("bad.json", text.as_bytes()).display().to_string();
        let ended =
            device.run(&["get-help", "--desk", desk.process.url(), "--yes", "--intake", &file]).ended_with(3);
        assert!(ended.err.contains(place), "{text:?}: {}", ended.err);
    }
    for (name, bytes) in [("latin.json", &b"{\"what\":\"\xff\"}"[..]), ("dir.json", b"")] {
        let file = device.file(name, bytes);
        if name == "dir.json" {
            std::fs::remove_file(&file).unwrap();
            std::fs::create_dir(&file).unwrap();
        }
        let file = file.display().to_string();
        device.run(&["get-help", "--desk", desk.process.url(), "--yes", "--intake", &file]).ended_with(3);
    }
    assert!(desk.agent.tickets().is_empty());
}

/// B-108: where only the keyring is allowed and there is none, no key is made anywhere else.
#[test]
fn a_key_that_may_only_lie_in_a_keyring_is_made_nowhere_else() {
    let (desk, device) = (Desk::start(), Device::new());
    std::fs::create_dir_all(device.home().join("config")).unwrap();
    let settings = device.home().join("config/config.json");
    std::fs::write(&settings, "{\"device_key\":\"keyring\"}").unwrap();
    let intake = device.intake(json!({}));
    let words = ["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake];
    let ended = device.run(&words);
    assert_ne!(ended.code, Some(0), "{}", ended.out);
    assert!(ended.err.contains("keyring"), "{}", ended.err);
    assert!(desk.agent.tickets().is_empty());
    std::fs::write(&settings, "{\"device_key\":\"file\"}").unwrap();
    device.run(&words).ended_with(0);
    assert_eq!(desk.agent.tickets().len(), 1);
}

/// B-022: what has no end is no file: neither answers nor an attachment are read from a device or a folder.
#[test]
fn devices_and_folders_are_no_files() {
    let (desk, device) = (Desk::start(), Device::new());
    for endless in ["/dev/zero", "/"] {
        let words = ["get-help", "--desk", desk.process.url(), "--yes", "--intake", endless];
        device.run(&words).ended_with(3);
        let intake = device.intake(json!({ "attachments": [endless] }));
        let words = ["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake];
        device.run(&words).ended_with(3);
    }
    assert!(desk.agent.tickets().is_empty());
}

/// B-022: an attachment that is not there is said before anything is sent.
#[test]
fn a_missing_attachment_is_said_before_anything_is_sent() {
    let (desk, device) = (Desk::start(), Device::new());
    let intake = device.intake(json!({ "attachments": ["/nowhere/screen.png"] }));
    let ended =
        device.run(&["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake]).ended_with(3);
    assert!(ended.err.contains("/nowhere/screen.png"), "{}", ended.err);
    assert!(desk.agent.tickets().is_empty());
}

/// B-035: wrong settings are named with file, line and column, and the good ones still count.
#[test]
fn wrong_settings_are_named_with_their_place() {
    let device = Device::new();
    std::fs::create_dir_all(device.home().join("config")).unwrap();
    let file = device.home().join("config/config.json");
    std::fs::write(
        &file,
        "{\n  \"organisation\": \"Acme\",\n  \"desc\": 1,\n  \"important_targets\": [\"a b\"]\n}",
    )
    .unwrap();
    let shown = device.run(&["config", "show", "--json"]).ended_with(0).json();
    let setting = |key: &str| -> Value {
        shown["settings"].as_array().unwrap().iter().find(|it| it["key"] == key).unwrap().clone()
    };
    assert_eq!(setting("organisation")["value"], "Acme");
    let places: Vec<_> = shown["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["line"].as_u64(), it["file"].as_str()))
        .collect();
    let file = file.display().to_string();
    assert_eq!(places, [(Some(3), Some(file.as_str())), (Some(4), Some(file.as_str()))]);
    std::fs::write(device.home().join("config/config.json"), "{\n \"desk\": \n}").unwrap();
    let text = device.run(&["config", "show"]).ended_with(0).out;
    assert!(text.contains("config.json") && text.contains('3'), "{text}");
}

/// B-022: a desk address that is none is a mistake of the command line; one where nobody or somebody else answers
/// keeps the ticket.
#[test]
fn a_wrong_desk_address_loses_nothing() {
    let device = Device::new();
    let intake = device.intake(json!({}));
    for bad in ["desk", "http://desk.example.com", "https://desk.example.com/path", "ftp://127.0.0.1"] {
        device.run(&["get-help", "--desk", bad, "--yes", "--intake", &intake]).ended_with(2);
    }
    device.run(&["get-help", "--yes", "--intake", &intake]).ended_with(2);
    let somebody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", somebody.local_addr().unwrap());
    let served = std::thread::spawn(move || answer_like_a_web_server(&somebody));
    let ended =
        device.run(&["get-help", "--desk", &url, "--yes", "--intake", &intake, "--json"]).ended_with(5);
    assert_eq!(ended.json()["state"], "queued");
    assert!(ended.err.contains("not a support desk"), "{}", ended.err);
    drop(served);
}

/// Says "200, hello" to everybody, as a web server that is no desk would.
fn answer_like_a_web_server(listener: &std::net::TcpListener) {
    use std::io::{Read, Write};
    for stream in listener.incoming().flatten() {
        let mut stream = stream;
        let mut buffer = [0; 4096];
        let _ = stream.read(&mut buffer);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello");
    }
}

/// B-023: a bundle over the desk's limit is refused before a byte of it is sent, and stays here.
#[test]
fn a_bundle_over_the_limit_is_refused_before_it_is_sent() {
    let (desk, device) = (Desk::start_with(&["--max-bundle-bytes", "4096"]), Device::new());
    let noise: Vec<u8> = (0..60_000_u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let attachment = device.file("noise.bin", &noise);
    let intake = device.intake(json!({ "attachments": [attachment] }));
    let ended = device
        .run(&["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake, "--json"])
        .ended_with(6);
    assert!(ended.err.contains("larger than"), "{}", ended.err);
    let tickets = desk.agent.tickets();
    assert!(tickets.iter().all(|it| it["bundle_complete"] == false), "{tickets:#?}");
    assert!(device.run(&["ticket", "list"]).ended_with(0).out.contains("NL-"));
}

/// B-010: ten megabytes in the error field and markup in every field arrive as what they are: text.
#[test]
fn ten_megabytes_and_markup_arrive_as_text() {
    let (desk, device) = (Desk::start(), Device::new());
    let error = "0x80090302 认证 <b>\n".repeat(10 << 20 >> 4).chars().take(10 << 20).collect::<String>();
    let html = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    let intake = device.intake(json!({
        "what": html, "error": error, "steps": html, "expected": html, "contact": html,
        "machine": "other", "other_machine": { "asset_tag": html, "serial": html, "model": html, "location": html, "contract": html },
    }));
    let number = device
        .run(&["get-help", "--desk", desk.process.url(), "--yes", "--intake", &intake, "--json"])
        .ended_with(0)
        .number();
    let page = desk.agent.ticket(&number);
    assert_eq!(page["summary"]["intake"]["what"], html);
    assert_eq!(page["summary"]["intake"]["other_machine"]["contract"], html);
    let bytes = desk.agent.bundle(&number);
    let kept =
        nightline_bundle::Bundle::open(std::io::Cursor::new(bytes)).unwrap().intake().unwrap().unwrap();
    assert_eq!(kept.error.unwrap(), error);
}

/// B-039: a command line that is not understood says so, with exit code 2.
#[test]
fn a_wrong_command_line_is_a_usage_error() {
    let device = Device::new();
    for words in [
        &["nonsense"][..],
        &["diagnose", "--deadline", "0"],
        &["diagnose", "--target", "a b"],
        &["diagnose", "--only", "no-such-check"],
        &["ticket", "show", "NL-1234"],
        &["get-help", "--without", "report"],
    ] {
        device.run(words).ended_with(2);
    }
    let said = device.run(&["--lang", "zh-CN", "nonsense"]).ended_with(2).err;
    assert!(said.contains("没有 nonsense 这个命令。") && !said.contains("error"), "{said}");
}

/// B-144: looking needs no folder: a home that is a file is said and changes nothing, and other work says why it stops.
#[test]
fn a_home_that_cannot_be_used_does_not_keep_anybody_from_looking() {
    let home = tempfile::NamedTempFile::new().unwrap();
    let device = Device::at(home.path().to_owned());
    let looked = device.run(&["diagnose", "--only", "interfaces", "--json"]).ended_with(0);
    assert!(looked.err.contains("Nothing will be remembered"), "{}", looked.err);
    assert_eq!(looked.json()["schema"], "nightline.report/1");
    device.run(&["ticket", "list"]).ended_with(1);
}
