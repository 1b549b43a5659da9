//! `nightline config show`: each setting, who set it, and what is wrong with it.

use nightline_config::{PlaceView, ProblemView, SettingView};
use nightline_engine::World;
use nightline_text::Texts;
use nightline_types::Message;
use serde_json::Value;

use crate::exit::{Exit, printable};
use crate::output::Output;

pub(crate) fn show(world: &World, output: &Output) -> Exit {
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
        output.document(&view);
        return Exit::Done;
    }
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
