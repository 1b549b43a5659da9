//! The app on a machine that lacks something: a tray, a keyring, a log of a usual size.

use std::io::{Seek, SeekFrom, Write};
use std::process::Stdio;
use std::time::SystemTime;

use nightline_types::Timestamp;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use crate::driver::Driver;
use crate::harness::{Desktop, Program, built};
use crate::journey::{Desk, apart, watch};
use crate::tray_host::TrayHost;

/// As often as a panel that keeps crashing is started again.
const RESTARTS: usize = 5;

/// B-096: where nothing shows tray icons the window opens and says how to find the app; a tray that comes later works.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_tray_the_window_opens_and_says_how_to_reach_the_app() {
    let desktop = Desktop::start();
    let _watch = watch(&desktop, "http://127.0.0.1:9", "en", &[]);
    let driver = Driver::attach(&desktop).await;
    driver.wait_for_text("You find Nightline under its name among your programs").await;
    let tray = TrayHost::start(desktop.bus_address()).await;
    tray.click("Get help").await;
    driver.wait_for("[name=what]").await;
}

/// B-096: a panel that was restarted has the item again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panel_that_restarts_has_the_tray_again() {
    let desktop = Desktop::start();
    // The first goes while the item registers, and so before it listens for panels; the others right after.
    let mut tray = TrayHost::start_to_hang(desktop.bus_address()).await;
    let _watch = watch(&desktop, "http://127.0.0.1:9", "en", &[]);
    for _ in 0..RESTARTS {
        tray.item().await;
        tray.leave().await;
        tray = TrayHost::start(desktop.bus_address()).await;
    }
    tray.click("About Nightline").await;
    let driver = Driver::attach(&desktop).await;
    driver.wait_for("#cost-title").await;
}

/// B-096: a panel that hangs keeps nobody from the window.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panel_that_hangs_is_in_nobodys_way() {
    let desktop = Desktop::start();
    let tray = TrayHost::start_to_hang(desktop.bus_address()).await;
    let _watch = watch(&desktop, "http://127.0.0.1:9", "en", &[]);
    tray.item().await;
    assert_eq!(watch(&desktop, "http://127.0.0.1:9", "en", &["--get-help"]).ended(), Some(0));
    let driver = Driver::attach(&desktop).await;
    driver.wait_for("[name=what]").await;
}

/// B-097: without a keyring a ticket is sent all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_keyring_a_ticket_is_sent() {
    let (desktop, desk) = (Desktop::start(), Desk::start());
    let _watch = watch(&desktop, desk.process.url(), "en", &["--get-help"]);
    let driver = Driver::attach(&desktop).await;
    driver.hurry_to_preview("Nothing to lock").await;
    let number = driver.send().await;
    let page = desk.wait_for_ticket(&number);
    assert!(page["report"].to_string().contains("\"file\""), "{:#}", page["report"]);
}

/// B-097: a locked keyring is said; once it is open, sending works.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_keyring_is_said_and_sending_works_once_it_is_open() {
    let (desktop, desk) = (Desktop::start(), Desk::start());
    let _keyring = desktop.keyring();
    lock(&desktop).await;
    let _watch = watch(&desktop, desk.process.url(), "en", &["--get-help"]);
    let driver = Driver::attach(&desktop).await;
    driver.type_into("[name=what]", "Locked out").await;
    driver.hurry().await;
    driver.wait_for_text("Your keyring is locked.").await;
    unlock(&desktop).await;
    driver.press("#back").await;
    driver.press("#next").await;
    driver.wait_for("#send:not(:disabled)").await;
    let number = driver.send().await;
    desk.wait_for_ticket(&number);
}

/// B-108: where the settings keep the key in a file, a locked keyring is in nobody's way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_in_a_file_needs_no_keyring() {
    let (desktop, desk) = (Desktop::start(), Desk::start());
    let _keyring = desktop.keyring();
    lock(&desktop).await;
    let settings = desktop.home().join(".config/nightline");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(settings.join("config.json"), "{\"device_key\":\"file\"}").unwrap();
    let _watch = watch(&desktop, desk.process.url(), "en", &["--get-help"]);
    let driver = Driver::attach(&desktop).await;
    driver.hurry_to_preview("Locked out").await;
    let number = driver.send().await;
    let page = desk.wait_for_ticket(&number);
    assert!(page["report"].to_string().contains("device-key-file"), "{:#}", page["report"]);
}

/// B-098: a log of 4 GB is in nobody's way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_of_four_gigabytes_is_cut_to_its_minutes() {
    let (desktop, desk) = (Desktop::start(), Desk::start());
    let logs = desktop.home().join("log");
    std::fs::create_dir(&logs).unwrap();
    let mut log = std::fs::File::create(logs.join("syslog")).unwrap();
    log.seek(SeekFrom::Start(4 << 30)).unwrap();
    let now: Timestamp = SystemTime::now().into();
    writeln!(log, "\n{now} host demo[1]: error: the accounts server said goodbye").unwrap();
    // Mounted for this watch alone, in a namespace of its own.
    let mut command = desktop.command("unshare");
    command.args(["--mount", "--propagation", "private", "sh", "-c"]);
    command.arg("mount --bind \"$0\" /var/log && exec \"$@\"").arg(&logs).arg(built("nightline-watch"));
    command.args(["--lang", "en", "--get-help", "--desk", desk.process.url()]).stdin(Stdio::null());
    let _watch = Program::start(&mut command);
    let driver = Driver::attach(&desktop).await;
    driver.hurry_to_preview("It says goodbye").await;
    let number = driver.send().await;
    let page = desk.wait_for_ticket(&number);
    let entries = page["manifest"]["entries"].as_array().unwrap();
    let index = entries.iter().position(|it| it.to_string().contains("log")).expect("a log in the bundle");
    let (_, bytes) = apart(|| desk.agent.bytes(&format!("/tickets/{number}/files/{index}")));
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("the accounts server said goodbye"), "{} bytes", text.len());
}

/// What the Secret Service calls itself, and what its specification calls its interface.
const SECRETS: &str = "org.freedesktop.secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";
/// gnome-keyring's own, by which signing in unlocks without asking.
const SIGN_IN: &str = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface";

async fn secrets(desktop: &Desktop, interface: &'static str) -> zbus::Proxy<'static> {
    let address = desktop.bus_address();
    let bus = zbus::connection::Builder::address(address).unwrap().build().await.unwrap();
    zbus::Proxy::new(&bus, SECRETS, "/org/freedesktop/secrets", interface).await.unwrap()
}

fn login() -> ObjectPath<'static> {
    ObjectPath::try_from("/org/freedesktop/secrets/collection/login").unwrap()
}

/// Locks the keyring, as the desktop does when somebody asks it to.
async fn lock(desktop: &Desktop) {
    let service = secrets(desktop, SERVICE).await;
    let (locked, _): (Vec<OwnedObjectPath>, OwnedObjectPath) =
        service.call("Lock", &(vec![login()],)).await.unwrap();
    assert_eq!(locked.len(), 1, "{locked:?}");
}

/// Opens it again with its password, as signing in does.
async fn unlock(desktop: &Desktop) {
    let service = secrets(desktop, SERVICE).await;
    let (_, session): (OwnedValue, OwnedObjectPath) =
        service.call("OpenSession", &("plain", Value::from(""))).await.unwrap();
    let password = (session, Vec::<u8>::new(), b"password".to_vec(), "text/plain");
    let sign_in = zbus::Proxy::new(service.connection(), SECRETS, "/org/freedesktop/secrets", SIGN_IN);
    let () = sign_in.await.unwrap().call("UnlockWithMasterPassword", &(login(), password)).await.unwrap();
}
