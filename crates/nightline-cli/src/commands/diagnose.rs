//! `nightline diagnose`: the checks as they finish on standard error, then the answer.

use std::time::Duration;

use nightline_engine::{Diagnosis, DiagnosisPlan, World, diagnose};
use nightline_types::{Message, Report};

use crate::args;
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::report_text;

pub(crate) async fn run(arguments: args::Diagnose, world: &World, output: &Output) -> Result<Exit, Failure> {
    if let Some(unknown) = arguments.only.iter().find(|id| !nightline_engine::is_check(id)) {
        return Err(Failure::new(
            Exit::Usage,
            Message::new("cli-only-unknown").arg("check", unknown.as_str()),
        ));
    }
    if arguments.only.iter().any(|id| world.config.checks_not_allowed.value.contains(id)) {
        return Err(Failure::new(Exit::NotAllowed, Message::new("cli-not-allowed")));
    }
    let plan = DiagnosisPlan {
        targets: arguments.target,
        only: arguments.only,
        deadline: arguments.deadline.map(Duration::from_secs),
        intake: None,
    };
    let (mut report, stopped) = diagnose_with_progress(world, &plan, output).await;
    show(&mut report, world, output);
    Ok(if stopped { Exit::Stopped } else { Exit::Done })
}

/// Diagnoses, and ends early with what there is when the person presses Ctrl-C; says whether they did.
pub(crate) async fn diagnose_with_progress(
    world: &World,
    plan: &DiagnosisPlan,
    output: &Output,
) -> (Report, bool) {
    let cancel = output.stop.diagnosis();
    output.status(&output.texts.plain("cli-checking"));
    let report = diagnose(world, plan, &cancel, |event| match event {
        Diagnosis::Checked(check) => output.status(&report_text::check_line(check, &output.texts)),
        Diagnosis::FirstVerdict(verdict) => {
            let first = Message::new("cli-first-answer").arg("answer", output.texts.say(&verdict.message));
            output.status(&output.texts.say(&first));
        }
    })
    .await;
    output.status_done();
    output.stop.done();
    (report, cancel.is_cancelled())
}

fn show(report: &mut Report, world: &World, output: &Output) {
    if output.json {
        nightline_text::fill_report(report, &output.texts);
        output.document(report);
        return;
    }
    output.line("");
    for line in report_text::lines(report, &output.texts, world.now()) {
        output.line(&line);
    }
}
