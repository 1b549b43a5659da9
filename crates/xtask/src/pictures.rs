//! `cargo xtask pictures`: the pictures in the documents, taken of the real console in a real browser.
//!
//! A desk, a few tickets of this very machine, an answer, then `ui/tools/pictures.mjs`. Writes `docs/pictures/`.
//! Every screen of the window, on its fake watch, goes to `target/pictures/app/` to be looked at.

use serde_json::json;

use crate::args::Args;
use crate::demo::{self, DataDir};
use crate::desk::{Desk, SignIn};
use crate::failure::Failure;
use crate::{packages, shell};

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
    args.finish()?;
    packages::ensure(&[packages::BUILD, packages::TEST], true)?;
    let programs = demo::build(release, false, demo::Words::of("en"))?;
    let out_dir = shell::root().join("docs/pictures");
    std::fs::create_dir_all(&out_dir).map_err(Failure::io("create the folder of pictures"))?;
    for (language, themes) in SETS {
        let data_dir = DataDir::make(None)?;
        let mut desk = Desk::start(&programs.desk, &data_dir.path)?;
        let agent = SignIn { email: "agent@desk.example".to_owned(), password: demo::password()? };
        let session = desk.set_up(&agent)?;
        let demo_dir = shell::root().join("crates/xtask/demo");
        for index in 1..=3 {
            let intake = demo_dir.join(format!("queue/{language}.{index}.json"));
            demo::get_help(&programs, &desk, &data_dir.path, &intake, language)?;
        }
        let intake = demo_dir.join(format!("intake.{language}.json"));
        let number = demo::get_help(&programs, &desk, &data_dir.path, &intake, language)?;
        demo::arrived(&session, &number)?;
        if let Some((_, text)) = ANSWERS.iter().find(|(it, _)| it == language) {
            session.send(
                "POST",
                &format!("/tickets/{number}/messages"),
                &json!({ "id": "answer-1", "text": text }),
            )?;
        }
        for theme in *themes {
            let url = desk.url();
            let mut node =
                shell::command("node", ["tools/pictures.mjs", &url, &agent.email, &number, language, theme]);
            node.arg(&out_dir)
                .env("NIGHTLINE_PASSWORD", &agent.password)
                .current_dir(shell::root().join("ui"));
            shell::run(node)?;
        }
        desk.stop();
    }
    window(&shell::root().join("target/pictures/app"))
}

/// Every screen of the window, in both languages and lights, narrow and wide.
fn window(out_dir: &std::path::Path) -> Result<(), Failure> {
    let mut npm = shell::command("npm", ["run", "--silent", "pictures:app", "--"]);
    npm.arg(out_dir).current_dir(shell::root().join("ui"));
    shell::run(npm)
}
