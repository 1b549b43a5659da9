//! The app on a real screen, session bus and tray, at a real desk: memory, the way from a click to the verdict,
//! processor, size on the disk and of the download.
//!
//! The measuring is `on-desktop figures` of `nightline-testkit`. The peer is the same programs without the design of two
//! processes: one that keeps its window, only put away.

use std::path::Path;

use serde_json::Value;

use super::process::mib;
use super::{Figure, median};
use crate::demo::{self, DataDir, Programs};
use crate::desk::{Desk, SignIn};
use crate::failure::Failure;
use crate::package::{self, Contents, millions};
use crate::{on_desktop, owners};

pub(super) fn run(programs: &Programs, data_dir: &DataDir) -> Result<Vec<Figure>, Failure> {
    let desk = Desk::start(&programs.desk, &data_dir.path)?;
    desk.set_up(&SignIn { email: "agent@desk.example".to_owned(), password: demo::password()? })?;
    let folder = programs.desk.parent().unwrap_or(Path::new("."));
    let owners = owners::table(&programs.nightline)?;
    owners::put_beside(&owners, folder)?;
    let found = on_desktop::answer("figures", folder, &desk.url(), &["--lang", "en"])?;
    let mut figures = vec![
        memory(&found, "start", "watch at rest, a tray host runs").note("bar: 20 MB resident"),
        memory(&found, "without_tray", "watch at rest, no tray host")
            .note("it opened its window once to say how to reach it"),
        memory(&found, "bundle", "watch after a ticket with bundle").note("made and sent in the window"),
        memory(&found, "hour", "watch after an hour").note(hour(&found)),
    ];
    figures.extend(files(&found));
    figures.push(click(&found));
    figures.push(window(&found));
    figures.extend(processor(&found));
    figures.extend(sizes(&Contents { programs_dir: folder.to_owned(), owners }, &data_dir.path)?);
    Ok(figures)
}

/// Resident and proportional memory of the watch, beside one process that keeps its window put away.
fn memory(found: &Value, key: &str, what: &str) -> Figure {
    Figure::new(what, pair(&found[key])).peer(pair(&found["one_process_for_all"]))
}

fn pair(it: &Value) -> String {
    format!("{:.1} / {:.1} MB", megabytes(&it["resident_kb"]), megabytes(&it["proportional_kb"]))
}

/// The kernel counts in units of 1,024 bytes, the bars in millions of bytes.
fn megabytes(kb: &Value) -> f64 {
    kb.as_f64().unwrap_or(f64::NAN) * 1024.0 / 1e6
}

fn hour(found: &Value) -> String {
    let was = &found["hour_was"];
    format!(
        "{} looks, {} questions to the desk, {} readings of the menu, {} windows, back to back",
        was["looks"], was["polls"], was["readings"], was["openings"]
    )
}

fn files(found: &Value) -> Option<Figure> {
    let share = megabytes(&found["hour"]["from_files_kb"]);
    share.is_finite().then(|| {
        Figure::new("  of it from files", format!("{share:.1} MB"))
            .note("programs and libraries: the kernel drops these pages where memory is short")
    })
}

fn click(found: &Value) -> Figure {
    let took: Vec<f64> =
        found["click_ms"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let most = took.iter().copied().fold(0.0, f64::max);
    let runs = took.len();
    Figure::new("tray click to the verdict", format!("{:.2} s", median(took) / 1000.0)).note(format!(
        "bar: 1 s; from the click on the bus until the sentence's pixels are on the screen, looked at every 10 ms; \
         median of {runs}, at most {:.2} s",
        most / 1000.0
    ))
}

fn window(found: &Value) -> Figure {
    let window = &found["window"];
    Figure::new("window while it is open", pair(window))
        .note(format!("its {} processes; nothing of it is left when it is closed", window["processes"]))
}

fn processor(found: &Value) -> [Figure; 2] {
    let number = |it: &Value| it.as_f64().unwrap_or(f64::NAN);
    let idle = &found["idle"];
    let share = number(&idle["processor_ms"]) / number(&idle["seconds"]) / 10.0;
    let was = &found["hour_was"];
    let look = number(&was["children_ms"]) / number(&was["looks"]);
    [
        Figure::new("watch, processor while idle", format!("{share:.3} %"))
            .note(format!("bar: 0.1 % of a core; {} s", idle["seconds"])),
        Figure::new("one look in the background", format!("{look:.0} ms")).note(
            "processor of the short-lived worker, one in ten minutes while all is well; windows counted in",
        ),
    ]
}

/// What lies on the disk, and what travels.
fn sizes(contents: &Contents, dir: &Path) -> Result<[Figure; 2], Failure> {
    let size = package::pack(contents, &dir.join("package"), &dir.join("download.tar.xz"))?;
    let table =
        std::fs::metadata(&contents.owners).map_err(Failure::io("look at the table of owners"))?.len();
    Ok([
        Figure::new("installed", format!("{:.1} MB", millions(size.installed))).note(format!(
            "{}; pages and texts inside, stripped ({:.1} MiB); {:.1} MB of it names of networks",
            package::PROGRAMS.join(", "),
            mib(size.installed),
            millions(table)
        )),
        Figure::new("download", format!("{:.1} MB", millions(size.download)))
            .note("bar: 12 MB; the same as one archive, xz -9; the web view is the system's"),
    ])
}
