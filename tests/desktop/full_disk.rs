//! The app on a full disk: a small tmpfs of the test's own under the whole home. Linux, as root.

use crate::driver::Driver;
use crate::harness::Desktop;
use crate::journey::{Desk, watch};
use crate::small_disk::SmallDisk;

/// B-099, B-100: with a full disk the window opens, says what is wrong, and keeps what was written until there is room.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_in_the_window_and_loses_no_words() {
    let (desktop, desk) = (Desktop::start(), Desk::start());
    let disk = SmallDisk::mount(&desktop.home(), "24m");
    let _keyring = desktop.keyring();
    let mut running = watch(&desktop, desk.process.url(), "en", &["--get-help"]);
    let driver = Driver::attach(&desktop).await;
    driver.type_into("[name=what]", "Before").await;
    disk.fill();
    driver.type_into("[name=what]", " and after").await;
    driver.wait_for("#unkept").await;
    assert!(driver.text().await.contains("There is no room left on the disk."));
    driver.hurry().await;
    driver.press("[name=machine]").await;
    driver.wait_for("[name=machine]:not(:checked)").await;
    driver.press("#send").await;
    driver.wait_for_text("The disk is full").await;
    driver.wait_for("#send:not(:disabled)").await;
    drop(driver);
    desktop.kill_window(&running);
    let mut again = watch(&desktop, desk.process.url(), "en", &["--show"]);
    assert_eq!(again.ended(), Some(0));
    let driver = Driver::attach(&desktop).await;
    driver.wait_for("#unkept").await;
    disk.free();
    driver.wait_until_gone("#unkept").await;
    driver.wait_for("#send:not(:disabled)").await;
    let number = driver.send().await;
    let page = desk.wait_for_ticket(&number);
    assert_eq!(page["summary"]["intake"]["what"], "Before and after");
    assert_eq!(page["summary"]["machine"], serde_json::Value::Null, "the person left it out");
    assert!(matches!(running.child.try_wait(), Ok(None)));
}
