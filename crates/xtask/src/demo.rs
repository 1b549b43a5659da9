//! `cargo xtask demo`: sets everything up and runs the main job on this very machine.
//!
//! Nothing in it is made up: the desk, the diagnosis and the ticket are the real programs'.
//! Talks to loopback only.

mod app;
mod words;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::args::Args;
use crate::desk::{Desk, Session, SignIn};
use crate::failure::Failure;
use crate::{front_end, owners, packages, shell};
pub(crate) use words::Words;

/// The bundle of one machine is a few megabytes; on loopback it is there within a second.
const ARRIVAL_LIMIT: Duration = Duration::from_secs(30);

/// Where the programs are, and in which build.
pub(crate) struct Programs {
    pub(crate) nightline: PathBuf,
    pub(crate) desk: PathBuf,
    /// Where a window was wanted.
    pub(crate) watch: Option<PathBuf>,
}

pub(crate) fn run(mut args: Args) -> Result<(), Failure> {
    let may_install = !args.flag("--no-install");
    let once = args.flag("--once");
    let release = args.flag("--release");
    let data = args.value("--data")?;
    let language = args.value("--lang")?.unwrap_or_else(|| "en".to_owned());
    args.finish()?;
    if !["en", "zh-CN"].contains(&language.as_str()) {
        return Err(Failure::Usage("--lang is en or zh-CN".to_owned()));
    }

    let began = Instant::now();
    let words = Words::of(&language);
    println!("[1/4] {}", words.packages);
    // The window is for whoever can see one; the main job needs none.
    let with_window = has_display() && (may_install || packages::are_there(packages::WINDOW));
    let mut tables = vec![packages::BUILD];
    if with_window {
        tables.push(packages::WINDOW);
    }
    packages::ensure(&tables, may_install)?;
    println!("      {}", words.all_there);
    let programs = build(release, with_window, words)?;
    name_networks(&programs, words);

    println!("[4/4] {}", words.main_job);
    println!("      {}", words.story);
    let data_dir = DataDir::make(data)?;
    // Listened for before there is a desk, so that whatever ends the demo ends the desk too.
    let signals = Signals::listen()?;
    let mut desk = Desk::start(&programs.desk, &data_dir.path)?;
    let agent = SignIn { email: "agent@desk.example".to_owned(), password: password()? };
    let session = desk.set_up(&agent)?;
    println!("      {}{}", words.desk_at, desk.url());
    let number = get_help(&programs, &desk, &data_dir.path, &intake_path(&language), &language)?;
    let page = arrived(&session, &number)?;
    print_result(&page, &number, &desk, &agent, words);
    if once {
        println!("\n  {}", words.took(began.elapsed()));
        desk.stop();
        println!("{}", words.ended_once);
        return Ok(());
    }
    print_customer_side(&programs, &data_dir.path, &number, &language, words);
    println!("\n  {}", words.took(began.elapsed()));
    let home = data_dir.path.join("home");
    let app = programs.watch.as_deref().map(|watch| app::App::open(watch, &home, &desk.url(), &language));
    let app = app.transpose()?;
    if app.is_some() {
        println!("\n  {}", words.app);
    }
    println!("\n{}", words.runs_on);
    signals.wait(&mut desk)?;
    drop(app);
    println!("{}", words.ended);
    Ok(())
}

/// Gives the programs the names of networks. Without them a diagnosis is the same but for the names, so the demo says
/// why they are missing and goes on.
fn name_networks(programs: &Programs, words: &Words) {
    let dir = programs.nightline.parent().unwrap_or(Path::new("."));
    println!("      {}", words.networks);
    if let Err(problem) = owners::table(&programs.nightline).and_then(|it| owners::put_beside(&it, dir)) {
        println!("      {}{problem}", words.no_networks);
    }
}

/// Whether a window could be seen.
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Builds the console and the programs, visibly; the window only where it is wanted.
pub(crate) fn build(release: bool, with_window: bool, words: &Words) -> Result<Programs, Failure> {
    println!("[2/4] {}", words.console_step);
    front_end::install(&shell::root().join("ui"))?;
    front_end::build()?;
    println!("[3/4] {}", words.programs);
    let mut words =
        vec!["build", "--locked", "--package", "nightline-cli", "--package", "nightline-desk", "--bins"];
    if with_window {
        words.extend(["--package", "nightline-watch", "--package", "nightline-window"]);
    }
    if release {
        words.push("--release");
    }
    shell::run(shell::cargo(words))?;
    let dir = shell::target_dir().join(if release { "release" } else { "debug" });
    let exe = |name: &str| dir.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let watch = with_window.then(|| exe("nightline-watch"));
    Ok(Programs { nightline: exe("nightline"), desk: exe("nightline-desk"), watch })
}

/// Diagnoses this machine and sends a ticket with the words of an intake file; answers the ticket's number.
pub(crate) fn get_help(
    programs: &Programs,
    desk: &Desk,
    data_dir: &Path,
    intake: &Path,
    language: &str,
) -> Result<String, Failure> {
    let mut nightline = shell::command(&programs.nightline.to_string_lossy(), ["--lang", language, "--home"]);
    nightline.arg(data_dir.join("home")).args([
        "get-help",
        "--yes",
        "--json",
        "--desk",
        &desk.url(),
        "--intake",
    ]);
    nightline.arg(intake).stderr(std::process::Stdio::inherit());
    let output = nightline.output().map_err(Failure::io("start nightline"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let ticket: Value = serde_json::from_str(&text).unwrap_or_default();
    match ticket["number"].as_str() {
        Some(number) if output.status.success() => Ok(number.to_owned()),
        _ => Err(Failure::answer("nightline get-help", format!("{}\n{text}", output.status))),
    }
}

/// The ticket's page as an agent gets it, once its bundle is there.
pub(crate) fn arrived(session: &Session, number: &str) -> Result<Value, Failure> {
    let began = Instant::now();
    loop {
        let page = session.get(&format!("/tickets/{number}"))?;
        match page["bundle"]["state"].as_str() {
            Some("complete") => return Ok(page),
            Some("arriving") if began.elapsed() < ARRIVAL_LIMIT => {
                std::thread::sleep(Duration::from_millis(100))
            }
            state => {
                return Err(Failure::answer(
                    "the desk",
                    format!("the bundle is {}", state.unwrap_or("absent")),
                ));
            }
        }
    }
}

fn print_result(page: &Value, number: &str, desk: &Desk, agent: &SignIn, words: &Words) {
    let verdict = &page["summary"]["verdict"];
    let sentence = verdict["message"]["text"].as_str().filter(|it| !it.is_empty());
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    println!();
    println!("  {}{}", words.verdict, sentence.map_or_else(|| text(&verdict["id"]), str::to_owned));
    println!("  {}{number}, {}", words.ticket, text(&page["severity"]));
    println!("  {}{}/t/{number}", words.console, desk.url());
    println!("  {}{}", words.sign_in, agent.email);
    println!("  {}{}", words.password, agent.password);
}

/// The person's own view of the ticket, as a command to copy; from the current folder where the program lies below it.
fn print_customer_side(programs: &Programs, data_dir: &Path, number: &str, language: &str, words: &Words) {
    let here = std::env::current_dir().unwrap_or_default();
    let near = |path: &Path| path.strip_prefix(&here).unwrap_or(path).display().to_string();
    let lang = if language == "en" { String::new() } else { format!(" --lang {language}") };
    let (program, home) = (near(&programs.nightline), near(&data_dir.join("home")));
    println!("  {}{program}{lang} --home {home} ticket show {number}", words.customer);
}

fn intake_path(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("demo/intake.{language}.json"))
}

/// Four groups of five letters and digits that are hard to mix up: about 98 bits.
pub(crate) fn password() -> Result<String, Failure> {
    const LETTERS: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";
    let mut bytes = [0_u8; 20];
    getrandom::fill(&mut bytes)
        .map_err(|problem| Failure::answer("the system's random numbers", problem.to_string()))?;
    let letters: Vec<char> =
        bytes.iter().map(|it| char::from(LETTERS[usize::from(*it) % LETTERS.len()])).collect();
    Ok(letters.chunks(5).map(|it| it.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// The demo's data: the person's folder if one was named, else a fresh one that goes away again.
pub(crate) struct DataDir {
    pub(crate) path: PathBuf,
    fresh: bool,
}

impl DataDir {
    pub(crate) fn make(named: Option<String>) -> Result<Self, Failure> {
        let fresh = named.is_none();
        let path = match named {
            Some(dir) => std::env::current_dir().map_err(Failure::io("find the current folder"))?.join(dir),
            None => shell::target_dir().join("demo").join(std::process::id().to_string()),
        };
        std::fs::create_dir_all(&path).map_err(Failure::io(format!("create {}", path.display())))?;
        let made = Self { path, fresh };
        made.make_home()?;
        Ok(made)
    }

    /// The customer's home. Its key lies in a file: a keyring may be locked, and would keep an entry for each demo.
    fn make_home(&self) -> Result<(), Failure> {
        let folder = self.path.join("home/config");
        let settings = folder.join("config.json");
        if settings.exists() {
            return Ok(());
        }
        std::fs::create_dir_all(&folder).map_err(Failure::io(format!("create {}", folder.display())))?;
        let text = json!({ "schema": "nightline.settings/1", "device_key": "file" }).to_string();
        std::fs::write(&settings, text + "\n").map_err(Failure::io(format!("write {}", settings.display())))
    }
}

impl Drop for DataDir {
    fn drop(&mut self) {
        if self.fresh {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// What ends the demo: Ctrl-C, its terminal, or the desk itself.
#[cfg(unix)]
struct Signals(signal_hook::iterator::Signals);

#[cfg(unix)]
impl Signals {
    fn listen() -> Result<Self, Failure> {
        use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM};
        let signals = signal_hook::iterator::Signals::new([SIGCHLD, SIGHUP, SIGINT, SIGTERM]);
        signals.map(Self).map_err(Failure::io("listen for Ctrl-C"))
    }

    fn wait(mut self, desk: &mut Desk) -> Result<(), Failure> {
        // Ended children of the main job have left their signal here too.
        for signal in self.0.forever() {
            if signal != signal_hook::consts::SIGCHLD {
                break;
            }
            if desk.has_ended() {
                return Err(Failure::answer("the desk", "ended by itself"));
            }
        }
        desk.stop();
        Ok(())
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Result<Self, Failure> {
        Ok(Self)
    }

    fn wait(self, desk: &mut Desk) -> Result<(), Failure> {
        while !desk.has_ended() {
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }
}
