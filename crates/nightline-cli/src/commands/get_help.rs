//! `nightline get-help`: answers, checks, preview, ticket. Progress goes to standard error, the ticket to standard
//! output.

use std::io::{BufRead, Read};
use std::path::Path;

use nightline_bundle::DraftError;
use nightline_engine::TicketNumber;
use nightline_engine::{DiagnosisPlan, Follow, PrepareHelpError, Prepared, World, prepare};
use nightline_session::DeliveryOutcome;
use nightline_types::{Intake, Message, Severity};

use super::diagnose::diagnose_with_progress;
use super::mail::{self, Box as MailBox};
use crate::args::GetHelp;
use crate::exit::{Exit, Failure};
use crate::output::{Output, wall_clock};
use crate::{interview, preview};

/// An intake file at most: ten megabytes of error text and some more. A larger one is the wrong file.
const MAX_INTAKE_BYTES: u64 = 32 << 20;

pub(crate) async fn run(arguments: GetHelp, world: &World, output: &Output) -> Result<Exit, Failure> {
    let desk = mail::desk(world)?;
    let mut input = std::io::BufReader::new(std::io::stdin());
    let intake = intake(arguments.intake.as_deref(), output, &mut input)?;
    nightline_engine::check_attachments(&intake).map_err(|error| unprepared(&error))?;
    let mailbox = MailBox::open(world).await?;
    let follow = intake.target.as_ref().map(|target| Follow::start(world, target));
    let mut prepared = look(world, &mailbox, &intake, output).await?;
    if arguments.yes {
        preview::drop_items(&mut prepared.draft, &arguments.without)?;
    } else if !preview::confirm(&mut prepared, &desk, output, &mut input)? {
        output.progress_say(&Message::new("cli-stopped"));
        return Ok(Exit::Stopped);
    }
    let latest = follow.as_ref().map(Follow::take).unwrap_or_default();
    prepared.add_probes(latest).map_err(|error| Failure::with(Exit::Failed, error.message(), &error))?;
    drop(follow);
    let severity = prepared.severity;
    let number = mailbox
        .mail
        .queue(world, prepared, &desk)
        .map_err(|error| Failure::with(Exit::Failed, error.message(), &error))?;
    if !output.json {
        announce(&number, output);
    }
    send(world, &mailbox, number, severity, output).await
}

async fn look(
    world: &World,
    mailbox: &MailBox,
    intake: &Intake,
    output: &Output,
) -> Result<Prepared, Failure> {
    let plan = DiagnosisPlan {
        targets: intake.target.iter().cloned().collect(),
        intake: Some(intake.clone()),
        ..DiagnosisPlan::default()
    };
    let (mut report, stopped) = diagnose_with_progress(world, &plan, output).await;
    if stopped {
        return Err(Failure::new(Exit::Stopped, Message::new("cli-stopped")));
    }
    nightline_text::fill_report(&mut report, &output.texts);
    output.progress("");
    output.progress(&output.texts.say(&report.verdict.message));
    prepare(world, &mailbox.device, intake, report).await.map_err(|error| unprepared(&error))
}

/// A file that cannot be sent is a mistake in the input; everything else is not.
fn unprepared(error: &PrepareHelpError) -> Failure {
    let exit = match error {
        PrepareHelpError::Attachment { .. }
        | PrepareHelpError::Draft(DraftError::AttachmentTooLarge { .. }) => Exit::Input,
        PrepareHelpError::Draft(_) | PrepareHelpError::Random(_) => Exit::Failed,
    };
    Failure::with(exit, error.message(), error)
}

/// The answers from a file, or from the person.
pub(crate) fn intake(
    file: Option<&Path>,
    output: &Output,
    input: &mut impl BufRead,
) -> Result<Intake, Failure> {
    match file {
        Some(path) => read_intake(path),
        None => interview::ask(output, input),
    }
}

fn read_intake(path: &Path) -> Result<Intake, Failure> {
    let shown = path.display().to_string();
    let unreadable = |error: &std::io::Error| {
        Failure::with(Exit::Input, Message::new("cli-intake-unreadable").arg("path", shown.as_str()), error)
    };
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(unreadable(&std::io::Error::other("not a file")));
    }
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_INTAKE_BYTES + 1).read_to_string(&mut text))
        .map_err(|error| unreadable(&error))?;
    if text.len() as u64 > MAX_INTAKE_BYTES {
        return Err(Failure::new(
            Exit::Input,
            Message::new("cli-intake-too-large").arg("path", shown.as_str()),
        ));
    }
    let mut intake = Intake::parse(&text).map_err(|error| {
        let message = Message::new("cli-intake-wrong").arg("line", error.line).arg("column", error.column);
        Failure { exit: Exit::Input, message, detail: Some(error.problem) }
    })?;
    let folder = path.parent().unwrap_or(Path::new("."));
    for attachment in &mut intake.attachments {
        *attachment = folder.join(&*attachment);
    }
    Ok(intake)
}

fn announce(number: &TicketNumber, output: &Output) {
    output.line("");
    output.say(&Message::new("cli-ticket-number").arg("number", number.as_str()));
    let spoken: Vec<String> = number.as_str().chars().filter(|c| *c != '-').map(String::from).collect();
    output.say(&Message::new("cli-ticket-number-spoken").arg("spoken", spoken.join(" ")));
}

async fn send(
    world: &World,
    mailbox: &MailBox,
    number: TicketNumber,
    severity: Severity,
    output: &Output,
) -> Result<Exit, Failure> {
    let outcome = mail::send_one(world, mailbox, &number, output).await?.outcome;
    if output.json {
        let document = mail::document(mailbox, &number)?;
        output.document(&document);
    }
    let exit = match &outcome {
        DeliveryOutcome::Delivered(receipt) if !output.json => {
            let label = format!("@severity-{severity}");
            output.say(
                &Message::new("cli-ticket-severity")
                    .arg("severity", severity.to_string())
                    .arg("label", label),
            );
            output.say(&Message::new("cli-ticket-delivered").arg("due", wall_clock(receipt.response_due)));
            Exit::Done
        }
        other => mail::report_outcome(other, output),
    };
    if exit != Exit::Done && !output.json {
        contacts(world, output);
    }
    Ok(exit)
}

/// Whom to call now, for whoever cannot wait for the network.
fn contacts(world: &World, output: &Output) {
    let now = world.now();
    for contact in world.config.contacts.value.iter().filter(|contact| contact.open_now(now)) {
        output.say(
            &Message::new("cli-ticket-call")
                .arg("label", contact.label.as_str())
                .arg("number", contact.number.as_str()),
        );
    }
}
