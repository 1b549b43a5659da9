//! The app while the desk, the network or its own processes fail: time is lost, words and tickets are not.

use std::process::Stdio;

use nightline_testkit::{Cut, CuttingProxy, wait};

use crate::driver::Driver;
use crate::harness::{Desktop, Program, built};
use crate::journey::{Desk, apart, watch};
use crate::scene::Scene;
use crate::window_process::TITLE;

/// B-091: with the desk down the ticket waits, is offered as a file, and is delivered once by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_the_desk_down_a_ticket_waits_and_is_delivered_by_itself() {
    let mut scene = Scene::start().await;
    scene.desk.process.kill();
    let driver = scene.get_help().await;
    driver.hurry_to_preview("The printer is silent").await;
    let number = driver.send().await;
    driver.wait_for("#delivery[data-state=queued]").await;
    driver.press("#save").await;
    let saved = scene.desktop.home().join(format!("nightline-{number}.zip"));
    wait::until("the file", || saved.exists());
    driver.wait_for_text(&format!("nightline-{number}.zip")).await;
    let mut verify = scene.desktop.command(built("nightline"));
    let verify = verify.args(["bundle", "verify"]).arg(&saved).output().unwrap();
    assert!(verify.status.success(), "{verify:?}");

    scene.desk.process.restart().unwrap();
    let page = scene.desk.wait_for_ticket(&number);
    assert_eq!(page["summary"]["intake"]["what"], "The printer is silent");
    driver.wait_for("#delivery[data-state=delivered]").await;
}

/// B-092: a network that breaks again and again while a large ticket is sent delivers it once and whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_that_is_cut_on_its_way_arrives_once_and_whole() {
    let desk = Desk::start();
    let proxy = CuttingProxy::start(desk.process.authority().parse().unwrap()).await.unwrap();
    let scene = Scene::start_with(desk, &format!("http://{}", proxy.address())).await;
    scene.desktop.paint_noise();
    let driver = scene.get_help().await;
    driver.type_into("[name=what]", "The picture is full of noise").await;
    for _ in 0..8 {
        let question = driver.text_of("#progress").await;
        driver.press("#next").await;
        wait::until_async("the next page", async || {
            driver.run("return document.querySelector('#progress')?.textContent.trim() ?? ''").await
                != question
        })
        .await;
    }
    driver.wait_for("#solved").await;
    driver.press("#next").await;
    driver.press("#take-picture").await;
    driver.press("[data-testid=keep-picture]").await;
    driver.wait_until_gone("[data-testid=keep-picture]").await;
    driver.press("#next").await;
    driver.wait_for("#send:not(:disabled)").await;
    proxy.plan([Cut::After(700_000), Cut::AnswerAfter(400_000), Cut::After(900_000)]);
    let number = driver.send().await;
    let page = scene.desk.wait_for_ticket(&number);
    assert_eq!(proxy.cuts(), 3);
    assert!(page["bundle"]["size"].as_u64().unwrap() > 1_000_000, "too small to be cut: {page:#}");
    driver.wait_for("#delivery[data-state=delivered]").await;
}

/// B-093: a window that is killed while somebody writes comes back with what they wrote.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_window_that_is_killed_comes_back_with_the_words() {
    let scene = Scene::start().await;
    let driver = scene.get_help().await;
    driver.type_into("[name=what]", "Half a sent").await;
    scene.desktop.wait_for_draft("Half a sent");
    drop(driver);
    scene.desktop.kill_window(&scene.watch);
    let mut again = watch(&scene.desktop, scene.desk.process.url(), "en", &["--show"]);
    assert_eq!(again.ended(), Some(0));
    let driver = Driver::attach(&scene.desktop).await;
    driver.wait_for("[name=what]").await;
    assert_eq!(driver.run("return document.querySelector('[name=what]').value").await, "Half a sent");
}

/// B-093: the same for the watch.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watch_that_is_killed_offers_to_go_on_with_the_words() {
    let mut scene = Scene::start().await;
    let driver = scene.get_help().await;
    driver.type_into("[name=what]", "Half a sent").await;
    scene.desktop.wait_for_draft("Half a sent");
    drop(driver);
    scene.kill_watch();
    wait::until("the window to go with its watch", || scene.desktop.has_closed(TITLE));
    scene.kill_and_restart();
    scene.tray.click("What is happening now").await;
    let driver = Driver::attach(&scene.desktop).await;
    driver.wait_for_text("Half a sent").await;
    driver.press("#get-help").await;
    driver.wait_for("[name=what]").await;
    assert_eq!(driver.run("return document.querySelector('[name=what]').value").await, "Half a sent");
}

/// B-101: an answer that is being written in a ticket survives the window and the watch.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_being_written_survives_the_window_and_the_watch() {
    let mut scene = Scene::start().await;
    let driver = scene.get_help().await;
    driver.hurry_to_preview("The printer is silent").await;
    let number = driver.send().await;
    // What tells of the delivery is shorter then: a button moves away from under the pointer.
    driver.wait_for("#delivery[data-state=delivered]").await;
    driver.press("#to-ticket").await;
    driver.type_into("[name=reply]", "Half an answ").await;
    let path = scene.desktop.home().join(".local/share/nightline/replies.json");
    let is_kept = || std::fs::read_to_string(&path).is_ok_and(|text| text.contains("Half an answ"));
    wait::until("the answer on the disk", is_kept);
    drop(driver);
    scene.desktop.kill_window(&scene.watch);
    scene.kill_and_restart();
    scene.tray.click("My tickets").await;
    let driver = Driver::attach(&scene.desktop).await;
    driver.press(&format!("[data-ticket='{number}']")).await;
    driver.wait_for("[name=reply]").await;
    assert_eq!(driver.run("return document.querySelector('[name=reply]').value").await, "Half an answ");
    driver.type_into("[name=reply]", "er").await;
    driver.press("#reply-send").await;
    wait::until("nothing to keep any more", || !path.exists());
    wait::until_async("the field to be empty", async || {
        driver.run("return document.querySelector('[name=reply]').value").await == ""
    })
    .await;
}

/// B-094: a watch that is killed while it sends delivers once after its next start.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watch_that_is_killed_while_it_sends_delivers_after_its_next_start() {
    let mut scene = Scene::start().await;
    // While one lives, a second start ends at once.
    scene.kill_watch();
    scene.watch = dying(&scene.desktop, scene.desk.process.url());
    let driver = scene.get_help().await;
    driver.hurry_to_preview("No sound in meetings").await;
    driver.press("#send").await;
    wait::until("the watch to die", || matches!(scene.watch.child.try_wait(), Ok(Some(_))));
    drop(driver);
    let tickets = apart(|| scene.desk.agent.tickets());
    assert_eq!(tickets.len(), 1, "{tickets:#?}");
    let number = tickets[0]["number"].as_str().unwrap().to_owned();
    scene.kill_and_restart();
    let page = scene.desk.wait_for_ticket(&number);
    assert_eq!(page["summary"]["intake"]["what"], "No sound in meetings");
}

/// B-095: of two starts at the same moment one stays, and the window is there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_starts_at_once_one_stays_and_shows_the_window() {
    let desktop = Desktop::start();
    let mut both = [(); 2].map(|()| watch(&desktop, "http://127.0.0.1:9", "en", &[]));
    let mut running = || both.iter_mut().filter_map(|it| it.child.try_wait().unwrap()).collect::<Vec<_>>();
    let mut ended = Vec::new();
    wait::until("one of them to end", || {
        ended = running();
        !ended.is_empty()
    });
    assert_eq!(ended.iter().map(|it| it.code()).collect::<Vec<_>>(), [Some(0)]);
    wait::until("the window", || desktop.is_on_screen(TITLE));
    assert_eq!(running().len(), 1, "the other one stays");
}

/// B-095: whoever closes the window and wants it back at once has it back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_while_the_window_closes_opens_it_again() {
    let desktop = Desktop::start();
    let _watch = watch(&desktop, "http://127.0.0.1:9", "en", &["--show"]);
    let driver = Driver::attach(&desktop).await;
    driver.close_window().await;
    wait::until("the window to close", || !desktop.is_on_screen(TITLE));
    assert_eq!(watch(&desktop, "http://127.0.0.1:9", "en", &["--show"]).ended(), Some(0));
    wait::until("the window", || desktop.is_on_screen(TITLE));
}

/// A watch that dies when the desk has taken the first part of a bundle and nothing of it is noted.
fn dying(desktop: &Desktop, desk: &str) -> Program {
    let mut command = desktop.command(built("nightline-watch"));
    command.args(["--desk", desk, "--lang", "en"]).env("NIGHTLINE_DIE_AT", "chunk-accepted");
    Program::start(command.stdin(Stdio::null()))
}
