//! The whole way of a person: tray, questions, what was found, a picture, the list, sent, answered. In both languages.

use std::process::Stdio;

use nightline_testkit::{DeskProcess, wait};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::agent::Agent;
use crate::console::answer_in_console;
use crate::driver::Driver;
use crate::harness::{Desktop, Program, built};
use crate::tray_host::TrayHost;
use crate::window_process::TITLE;

/// A desk with its first agent.
pub(crate) struct Desk {
    pub(crate) process: DeskProcess,
    pub(crate) agent: Agent,
    _data: TempDir,
}

impl Desk {
    pub(crate) fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        let program = DeskProcess::beside_this_test().unwrap();
        let mut process = DeskProcess::start(&program, data.path(), &[]).unwrap();
        let token = process.set_up_token().unwrap().to_owned();
        let url = process.url().to_owned();
        let agent = apart(|| Agent::set_up(&url, &token));
        Self { process, agent, _data: data }
    }
}

/// The agent's calls have a runtime of their own, which must not begin inside the test's.
pub(crate) fn apart<T: Send>(call: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|threads| threads.spawn(call).join()).unwrap()
}

/// The watch of a desktop, told about a desk.
pub(crate) fn watch(desktop: &Desktop, desk: &str, language: &str, more: &[&str]) -> Program {
    let mut command = desktop.command(built("nightline-watch"));
    command.args(["--desk", desk, "--lang", language]).args(more).stdin(Stdio::null());
    Program::start(&mut command)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_tray_to_an_answered_ticket_in_english() {
    walk("en", "Get help", "My tickets").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_tray_to_an_answered_ticket_in_chinese() {
    walk("zh-CN", "获取帮助", "我的工单").await;
}

async fn walk(language: &str, get_help: &str, my_tickets: &str) {
    let desktop = Desktop::start();
    desktop.paint("#c03060");
    let _keyring = desktop.keyring();
    let desk = Desk::start();
    let tray = TrayHost::start(desktop.bus_address()).await;
    let _watch = watch(&desktop, desk.process.url(), language, &[]);

    tray.click(get_help).await;
    let driver = Driver::attach(&desktop).await;
    driver.type_into("[name=what]", "The accounts page stays empty. 报表打不开").await;
    driver.press("#next").await;
    driver.type_into("[name=target]", desk.process.authority()).await;
    driver.press("#next").await;
    driver.type_into("[name=error]", "0x80090302 \"not supported\"").await;
    for question in ["error", "when", "machine", "pattern", "scope", "impact"] {
        driver.wait_for(&format!("[name={question}]")).await;
        if question == "impact" {
            driver.press("[name=impact][value=severe]").await;
        }
        driver.press("#next, #skip").await;
    }
    driver.wait_for("#solved").await;
    driver.press("#next").await;

    driver.press("#take-picture").await;
    driver.press("[data-testid=add-area]").await;
    driver.press("[data-testid=black-out]").await;
    driver.press("[data-testid=keep-picture]").await;
    driver.wait_until_gone("[data-testid=keep-picture]").await;
    driver.press("#next").await;

    driver.press("[name=machine]").await;
    driver.wait_for("[name=machine]:not(:checked)").await;
    driver.press("#send").await;
    let number = driver.text_of("#ticket-number").await;
    wait::until("the bundle at the desk", || {
        let tickets = apart(|| desk.agent.tickets());
        tickets.iter().any(|it| it["number"] == json!(number))
            && apart(|| desk.agent.ticket(&number))["bundle"]["state"] == "complete"
    });

    let page = apart(|| desk.agent.ticket(&number));
    assert_eq!(page["summary"]["intake"]["what"], "The accounts page stays empty. 报表打不开");
    assert_eq!(page["summary"]["intake"]["error"], "0x80090302 \"not supported\"");
    assert_eq!(page["summary"]["intake"]["impact"], "severe");
    assert_eq!(page["summary"]["language"], language);
    assert_eq!(page["summary"]["machine"], Value::Null, "the person left it out");
    assert_eq!(page["report"]["target"]["given"], desk.process.authority());
    check_picture(&desk.agent, &number, &page);

    let answer = "Please try again now. 请再试一次。";
    let seen = answer_in_console(desk.process.url(), &number, language, answer);
    assert!(seen["queue"].as_str().unwrap().contains("The accounts page stays empty."), "{seen:#}");
    assert!(
        seen["ticket"].as_str().unwrap().contains("The accounts page stays empty. 报表打不开"),
        "{seen:#}"
    );
    assert_eq!(seen["error"], "0x80090302 \"not supported\"");
    assert_eq!(seen["picture"], json!([1280, 800]));
    assert_eq!(seen["complaints"], json!([]), "the browser had none");
    driver.press_last("#close-window").await;
    wait::until("the window to be gone", || desktop.has_closed(TITLE));
    wait::until_async("the tray to say so", async || tray.status().await == "NeedsAttention").await;
    drop(driver);

    tray.click(my_tickets).await;
    let driver = Driver::attach(&desktop).await;
    driver.press(&format!("[data-ticket='{number}']")).await;
    driver.wait_for_text("Please try again now. 请再试一次。").await;
    wait::until_async("the tray to be quiet", async || tray.status().await == "Active").await;
    driver.type_into("[name=reply]", "It works. 好了，谢谢。").await;
    driver.press("#reply-send").await;
    wait::until("the person's answer at the desk", || {
        apart(|| desk.agent.ticket(&number))["messages"].to_string().contains("It works. 好了，谢谢。")
    });

    add_file(&driver, "路由器 light.txt", "steady").await;
    driver.wait_for("#files [data-state=sent]").await;
    assert!(driver.text_of("#files").await.contains("路由器 light.txt"));
    wait::until("the file at the desk", || {
        apart(|| desk.agent.ticket(&number))["attachments"].to_string().contains("路由器 light.txt")
    });
}

/// Adds a file to the ticket that is open, as the system's dialog does.
async fn add_file(driver: &Driver, name: &str, content: &str) {
    driver.wait_for("[name=attachment]").await;
    let script = format!(
        "const it = document.querySelector('[name=attachment]'); const chosen = new DataTransfer(); \
         chosen.items.add(new File([{content:?}], {name:?}, {{ type: 'text/plain' }})); \
         it.files = chosen.files; it.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    );
    driver.run(&script).await;
}

/// One picture, black where the person wanted it and nowhere else, without anything but pixels.
#[track_caller]
fn check_picture(agent: &Agent, number: &str, page: &Value) {
    let entries = page["manifest"]["entries"].as_array().unwrap();
    let index =
        entries.iter().position(|it| it["media_type"] == "image/png").expect("a picture in the bundle");
    let (status, bytes) = apart(|| agent.bytes(&format!("/tickets/{number}/files/{index}")));
    assert_eq!(status, 200);
    let picture = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert_eq!(picture.dimensions(), (1280, 800));
    let count = |color: [u8; 3]| picture.pixels().filter(|pixel| pixel.0 == color).count();
    assert!(count([0, 0, 0]) > 1_000, "nothing is black");
    assert!(count([0xc0, 0x30, 0x60]) > 1_000, "the screen is not on it, or the window is in front");
}
