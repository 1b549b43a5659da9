//! `nightline config show`: each setting, who set it, and what is wrong with it.

use nightline_config::{PlaceView, ProblemView, SettingView};
use nightline_engine::{Device, World, credential_message};
use nightline_text::Texts;
use nightline_types::Message;
use serde_json::{Value, json};

use crate::exit::{Exit, printable};
use crate::output::Output;

pub(crate) async fn show(world: &World, output: &Output) -> Exit {
    // The settings are shown whether the key can be opened or not.
    let device = Device::open(world).await;
    let mut view = world.config.view();
    for setting in &mut view.settings {
        output.texts.fill(&mut setting.title);
        output.texts.fill(&mut setting.origin_message);
        fill_place(&mut setting.place, &output.texts);
    }
    for problem in &mut view.problems {
        output.texts.fill(&mut problem.message);
        fill_place(&mut problem.place, &output.texts);
    }
    if output.json {
        output.document(&document(&view, device.as_ref().ok()));
        return Exit::Done;
    }
    match &device {
        Ok(device) => {
            let fingerprint = in_fours(&device.fingerprint());
            output.say(&Message::new("cli-config-fingerprint").arg("fingerprint", fingerprint));
        }
        Err(error) => output.say(&credential_message(error)),
    }
    output.line("");
    for setting in &view.settings {
        output.line(&printable(&setting_line(setting)));
    }
    if !view.problems.is_empty() {
        output.line("");
        output.line(&output.texts.plain("cli-config-problems"));
    }
    for problem in &view.problems {
        output.line(&printable(&problem_line(problem)));
    }
    Exit::Done
}

/// The settings, and which device this is; null where its key cannot be opened.
fn document(view: &impl serde::Serialize, device: Option<&Device>) -> Value {
    let mut document = serde_json::to_value(view).unwrap_or_default();
    document["device"] = json!({ "fingerprint": device.map(Device::fingerprint) });
    document
}

/// As the console shows it, and as two people read it to each other.
fn in_fours(fingerprint: &str) -> String {
    let digits: Vec<char> = fingerprint.chars().collect();
    digits.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

fn fill_place(place: &mut PlaceView, texts: &Texts) {
    if let Some(message) = &mut place.place {
        texts.fill(message);
    }
}

fn setting_line(setting: &SettingView) -> String {
    let value = match &setting.value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let place = setting.place.place.as_ref().map(|place| format!(" · {}", place.text)).unwrap_or_default();
    format!("{} ({}): {value}\n    {}{place}", setting.title.text, setting.key, setting.origin_message.text)
}

fn problem_line(problem: &ProblemView) -> String {
    let place = problem.place.place.as_ref().map(|place| place.text.clone()).unwrap_or_default();
    let detail = problem.detail.as_ref().map(|detail| format!("\n    {detail}")).unwrap_or_default();
    format!("! {} {place}{detail}", problem.message.text)
}

/// The sentence for a setting that the command line itself got wrong.
pub(crate) fn wrong_flag(world: &World) -> Option<(Message, Option<String>)> {
    let problem =
        world.config.problems.iter().find(|problem| problem.rank == nightline_config::Rank::Flag)?;
    Some((problem.message.clone(), problem.detail.clone()))
}
