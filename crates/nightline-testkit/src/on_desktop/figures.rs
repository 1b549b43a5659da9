//! `on-desktop figures`: memory, processor and the way from a click to the verdict, of the real app on a desktop.

use std::time::{Duration, Instant};

use nightline_testkit::desktop::TITLE;
use nightline_testkit::desktop::driver::Driver;
use nightline_testkit::desktop::harness::Looks;
use nightline_testkit::desktop::help::window_of;
use nightline_testkit::desktop::sight::{Region, Sight};
use nightline_testkit::desktop::steps::ask;
use nightline_testkit::wait;
use serde_json::json;

use crate::app::{App, wait_for_verdict};
use crate::memory::{Memory, at_rest, family, processor, processor_of_the_ended};
use crate::words::Words;

/// Below the limit of every wait; a hundredth of a percent of it is 3 ms, which the kernel counts well.
const IDLE: Duration = Duration::from_secs(30);
/// Odd, so that there is a middle.
const CLICKS: usize = 7;
/// Of an hour: how often a person opens the window.
const OPENINGS: usize = 3;
/// Of an hour in which something is wrong all the time; while all is well there are six.
const LOOKS: usize = 60;
/// Of an hour with an open ticket: the desk is asked every ten seconds.
const POLLS: usize = 360;
/// Of an hour: a panel that reads the menu each minute. Real ones read it when it is opened.
const READINGS: usize = 60;

/// Prints one JSON document.
pub(crate) async fn run(words: &Words) {
    let without_tray = without_tray(words).await;
    let app = App::start(words, Looks::default(), true).await;
    say("with a tray");
    let start = at_rest(app.pid(), true);
    let idle = idle(app.pid());
    say("a ticket with its bundle");
    let number = ticket(&app).await;
    let bundle = at_rest(app.pid(), true);
    say("an hour");
    let spent = (processor(app.pid()), processor_of_the_ended(app.pid()));
    hour(&app, &number).await;
    let after_hour = at_rest(app.pid(), true);
    let spent_self = processor(app.pid()).saturating_sub(spent.0);
    let spent_looking = processor_of_the_ended(app.pid()).saturating_sub(spent.1);
    say("clicks");
    let clicks = clicks(&app).await;
    let (window, hidden) = window(&app).await;
    let document = json!({
        "without_tray": without_tray.json(),
        "start": start.json(),
        "bundle": bundle.json(),
        "hour": after_hour.json(),
        "hour_was": { "looks": LOOKS, "polls": POLLS, "readings": READINGS, "openings": OPENINGS,
            "watch_ms": millis(spent_self), "children_ms": millis(spent_looking) },
        "idle": { "seconds": IDLE.as_secs(), "processor_ms": millis(idle) },
        "click_ms": clicks,
        "window": window.json(),
        "one_process_for_all": hidden.json(),
    });
    say("done");
    #[expect(clippy::print_stdout, reason = "the answer")]
    {
        println!("{document}");
    }
}

#[expect(clippy::print_stderr, reason = "whoever waits for minutes wants to know for what")]
fn say(what: &str) {
    eprintln!("  {what}");
}

fn millis(it: Duration) -> f64 {
    it.as_secs_f64() * 1000.0
}

/// Where nothing shows tray icons the window opens once; the watch is measured when it is closed again.
async fn without_tray(words: &Words) -> Memory {
    say("without a tray");
    let app = App::start(words, Looks::default(), false).await;
    let driver = Driver::attach(&app.desktop).await;
    wait_for_verdict(&driver).await;
    app.close(driver).await;
    at_rest(app.pid(), true)
}

/// Processor time of the watch while nothing happens but its own ticks.
fn idle(pid: u32) -> Duration {
    let (began, before) = (Instant::now(), processor(pid));
    wait::until("the idle stretch to be over", || began.elapsed() >= IDLE);
    processor(pid).saturating_sub(before)
}

/// A ticket from the window, the short way; its number.
async fn ticket(app: &App) -> String {
    app.tray().click("Get help").await;
    let driver = Driver::attach(&app.desktop).await;
    driver.wait_for("[name=what]").await;
    driver.hurry_to_preview("The accounts page stays empty").await;
    let number = driver.send().await;
    driver.wait_for("#delivery[data-state=delivered]").await;
    app.close(driver).await;
    number
}

/// What happens in an hour, one after the other through the real doors, without the time between.
async fn hour(app: &App, number: &str) {
    for _ in 0..OPENINGS {
        let driver = app.open().await;
        go(&driver, "home").await;
        for _ in 0..LOOKS / OPENINGS {
            wait_for_verdict(&driver).await;
            driver.run_until_done(LOOK).await;
            app.tray().menu().await.expect("a menu");
        }
        polls(&driver, number).await;
        go(&driver, "home").await;
        app.close(driver).await;
    }
}

async fn go(driver: &Driver, place: &str) {
    driver.run(&ask(&format!("{{ ask: 'open', place: {{ at: '{place}' }} }}"))).await;
}

/// Presses "look again" and waits until that look is over.
const LOOK: &str = "const done = arguments[0]; let began = false; const look = () => { \
    const rests = !!document.querySelector('#look-again'); \
    if (!rests) began = true; else if (began) { it.disconnect(); done(true); } }; \
    const it = new MutationObserver(look); it.observe(document.body, { childList: true, subtree: true }); \
    document.querySelector('#look-again').click();";

/// Asks the desk for all tickets and for one of them, each time with a page that is drawn in between.
async fn polls(driver: &Driver, number: &str) {
    let tickets = ask("{ ask: 'open', place: { at: 'tickets' } }");
    let one = ask(&format!("{{ ask: 'open', place: {{ at: 'ticket', number: '{number}' }} }}"));
    let once = format!(
        "const done = arguments[0]; const drawn = (selector) => new Promise((resolve) => {{ \
           const look = () => {{ if (document.querySelector(selector)) {{ it.disconnect(); resolve(); }} }}; \
           const it = new MutationObserver(look); \
           it.observe(document.body, {{ childList: true, subtree: true }}); look(); }}); \
         (async () => {{ {tickets}; await drawn('[data-ticket]'); {one}; await drawn('#close-ticket'); }})()\
           .then(() => done(true))"
    );
    for _ in 0..POLLS / OPENINGS {
        assert_eq!(driver.run_until_done(&once).await, true);
    }
}

/// Milliseconds from the click in the tray until the verdict's pixels are on the screen, in order.
async fn clicks(app: &App) -> Vec<f64> {
    let line = app.tray().line("What is happening now").await;
    let mut region = None;
    let mut took = Vec::new();
    // The first shows where the verdict is drawn. A verdict in another place is looked for there the next time.
    while took.len() < CLICKS {
        let watching = region.map(|region| {
            let sight = Sight::of(&app.desktop);
            std::thread::spawn(move || sight.when_settled(region))
        });
        let clicked = Instant::now();
        app.tray().click_on(line).await;
        let settled = watching.map(|it| it.join().expect("the screen is looked at to the end"));
        let driver = Driver::attach(&app.desktop).await;
        wait_for_verdict(&driver).await;
        let place = Some(verdict_on_screen(app, &driver).await);
        if let Some(settled) = settled.filter(|_| place == region) {
            took.push(millis(settled.saturating_duration_since(clicked)));
        }
        region = place;
        app.close(driver).await;
        at_rest(app.pid(), true);
    }
    took
}

/// Where on the screen the sentence of the verdict is.
async fn verdict_on_screen(app: &App, driver: &Driver) -> Region {
    let script = "const it = document.querySelector('main h1').getBoundingClientRect(); \
                  return [it.x, it.y, it.width, it.height].map(Math.round)";
    let found = driver.run(script).await;
    let info = app.desktop.window_info(TITLE);
    let corner = |name: &str| -> i64 {
        let line = info.lines().find_map(|it| it.trim().strip_prefix(name));
        line.and_then(|it| it.trim().parse().ok()).unwrap_or_else(|| panic!("{name} in {info}"))
    };
    let number = |at: usize| found[at].as_i64().expect("the page measures in numbers");
    let fits = "a sentence on a screen of this size";
    Region {
        x: (corner("Absolute upper-left X:") + number(0)).try_into().expect(fits),
        y: (corner("Absolute upper-left Y:") + number(1)).try_into().expect(fits),
        width: number(2).try_into().expect(fits),
        height: number(3).try_into().expect(fits),
    }
}

/// The window with its web view, open; and everything together when it is only put away and not closed.
async fn window(app: &App) -> (Memory, Memory) {
    app.tray().click("What is happening now").await;
    wait::until("the window", || app.desktop.is_on_screen(TITLE));
    at_rest(app.pid(), false);
    let window = Memory::of(&family(window_of(app.pid())));
    Sight::of(&app.desktop).minimize(TITLE);
    wait::until("the window to be put away", || !app.desktop.is_on_screen(TITLE));
    (window, at_rest(app.pid(), false))
}
