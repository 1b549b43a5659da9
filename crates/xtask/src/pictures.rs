//! `cargo xtask pictures`: the pictures in the documents, taken of the real console in a real browser and of the real
//! window on a real screen.
//!
//! A desk, a few tickets of this very machine, an answer, then `ui/tools/pictures.mjs`; the app joined to the same desk,
//! then `on-desktop picture`. Both write `docs/pictures/`. Every screen of the window, on its fake watch, goes to
//! `target/pictures/app/` to be looked at.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::args::Args;
use crate::demo::{self, DataDir, Programs};
use crate::desk::{Desk, SignIn};
use crate::failure::Failure;
use crate::{front_end, on_desktop, packages, shell};

/// What `--only` may name.
const PARTS: [&str; 3] = ["console", "window", "screens"];
/// Language and themes.
const SETS: &[(&str, &[&str])] = &[("en", &["light", "dark"]), ("zh-CN", &["light", "dark"])];
/// What an agent has written to one of the tickets, so that the conversation is not empty.
const ANSWERS: &[(&str, &str)] = &[
    (
        "en",
        "Nothing listens on port 3389 of that machine any more. I am restarting the service; please try again in five minutes.",
    ),
    ("zh-CN", "那台机器的 3389 端口已经没有程序在监听，我正在重启服务，请五分钟后再试。"),
];

pub(crate) fn run(mut args: Args) -> Result<(), Failure> {
    let release = args.flag("--release");
    let only = args.value("--only")?;
    args.finish()?;
    if only.as_deref().is_some_and(|it| !PARTS.contains(&it)) {
        return Err(Failure::Usage(format!("--only is one of {}", PARTS.join(", "))));
    }
    let takes = |part: &str| only.as_deref().is_none_or(|it| it == part);
    packages::ensure(&[packages::BUILD, packages::WINDOW, packages::DESKTOP, packages::TEST], true)?;
    if takes("console") || takes("window") {
        let programs = demo::build(release, takes("window"), demo::Words::of("en"))?;
        let out_dir = shell::root().join("docs/pictures");
        std::fs::create_dir_all(&out_dir).map_err(Failure::io("create the folder of pictures"))?;
        for (language, themes) in SETS {
            let place = Place::set_up(&programs, language)?;
            for theme in *themes {
                if takes("console") {
                    place.console(theme, &out_dir)?;
                }
                if takes("window") {
                    place.window(theme, &out_dir)?;
                }
            }
        }
    }
    if takes("screens") {
        front_end::install(&shell::root().join("ui"))?;
        screens(&shell::root().join("target/pictures/app"))?;
    }
    Ok(())
}

/// A desk with tickets of this machine in one language.
struct Place<'a> {
    programs: &'a Programs,
    language: &'a str,
    intake: PathBuf,
    number: String,
    agent: SignIn,
    desk: Desk,
    _data: DataDir,
}

impl<'a> Place<'a> {
    fn set_up(programs: &'a Programs, language: &'a str) -> Result<Self, Failure> {
        let data_dir = DataDir::make(None)?;
        let desk = Desk::start(&programs.desk, &data_dir.path)?;
        let agent = SignIn { email: "agent@desk.example".to_owned(), password: demo::password()? };
        let session = desk.set_up(&agent)?;
        let demo_dir = shell::root().join("crates/xtask/demo");
        for index in 1..=3 {
            let intake = demo_dir.join(format!("queue/{language}.{index}.json"));
            demo::get_help(programs, &desk, &data_dir.path, &intake, language)?;
        }
        let intake = demo_dir.join(format!("intake.{language}.json"));
        let number = demo::get_help(programs, &desk, &data_dir.path, &intake, language)?;
        demo::arrived(&session, &number)?;
        if let Some((_, text)) = ANSWERS.iter().find(|(it, _)| *it == language) {
            let message = json!({ "id": "answer-1", "text": text });
            session.send("POST", &format!("/tickets/{number}/messages"), &message)?;
        }
        Ok(Self { programs, language, intake, number, agent, desk, _data: data_dir })
    }

    fn console(&self, theme: &str, out_dir: &Path) -> Result<(), Failure> {
        let (url, agent) = (self.desk.url(), &self.agent);
        let words = ["tools/pictures.mjs", &url, &agent.email, &self.number, self.language, theme];
        let mut node = shell::command("node", words);
        node.arg(out_dir).env("NIGHTLINE_PASSWORD", &agent.password).current_dir(shell::root().join("ui"));
        shell::run(node)
    }

    /// The window has a home of its own: what it shows is this machine and not the tickets.
    fn window(&self, theme: &str, out_dir: &Path) -> Result<(), Failure> {
        let (intake, out_dir) = (self.intake.to_string_lossy(), out_dir.to_string_lossy());
        let words = ["--lang", self.language, "--theme", theme, "--intake", &intake, "--out", &out_dir];
        let folder = self.programs.desk.parent().unwrap_or(Path::new("."));
        on_desktop::run("picture", folder, &self.desk.url(), &words)
    }
}

/// Every screen of the window, in both languages and lights, narrow and wide.
fn screens(out_dir: &Path) -> Result<(), Failure> {
    let mut npm = shell::command("npm", ["run", "--silent", "pictures:app", "--"]);
    npm.arg(out_dir).current_dir(shell::root().join("ui"));
    shell::run(npm)
}
