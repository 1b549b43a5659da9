//! `nightline outbox …`: what still has to leave, sent now or given up.

use nightline_engine::World;
use nightline_session::{DeliveryOutcome, ListedItem, Stage, Which};
use nightline_types::Message;
use serde_json::json;

use super::mail::{self, Box as MailBox};
use crate::args::Outbox;
use crate::exit::{Exit, Failure, printable};
use crate::output::Output;

pub(crate) async fn run(command: Outbox, world: &World, output: &Output) -> Result<Exit, Failure> {
    let mailbox = MailBox::open(world).await?;
    match command {
        Outbox::List => list(&mailbox, output),
        Outbox::Send => send(world, &mailbox, output).await,
        Outbox::Drop { number } => give_up(&number, &mailbox, output),
    }
}

fn waits(item: &ListedItem) -> bool {
    item.waiting_messages > 0 || item.state.as_ref().map_or(true, |state| state.stage.is_open())
}

fn list(mailbox: &MailBox, output: &Output) -> Result<Exit, Failure> {
    let items = mailbox.mail.list().map_err(|error| mail::outbox_failure(&error))?;
    let waiting: Vec<_> = items.iter().filter(|item| waits(item)).collect();
    if output.json {
        let tickets: Vec<_> = waiting.iter().filter_map(|item| item.document()).collect();
        output.document(&json!({ "schema": "nightline.tickets/1", "tickets": tickets }));
        return Ok(Exit::Done);
    }
    if waiting.is_empty() {
        output.say(&Message::new("cli-outbox-empty"));
    }
    for item in waiting {
        output.line(&printable(&super::ticket::line(item, output)));
    }
    Ok(Exit::Done)
}

/// Tries everything; the worst outcome decides the exit code.
async fn send(world: &World, mailbox: &MailBox, output: &Output) -> Result<Exit, Failure> {
    let deliveries = mailbox
        .mail
        .deliver(world, Which::All, mail::progress(output))
        .await
        .map_err(|error| mail::outbox_failure(&error))?;
    let mut worst = Exit::Done;
    for delivery in deliveries {
        let (number, outcome) = (delivery.number, delivery.outcome);
        if matches!(outcome, DeliveryOutcome::Delivered(_)) && !output.json {
            output.line(&format!("{number}  {}", output.texts.say(&outcome.message())));
        }
        worst = worse(worst, mail::report_outcome(&outcome, output));
    }
    list(mailbox, output)?;
    Ok(worst)
}

fn give_up(number: &str, mailbox: &MailBox, output: &Output) -> Result<Exit, Failure> {
    let number = mail::number(number)?;
    let items = mailbox.mail.list().map_err(|error| mail::outbox_failure(&error))?;
    let item = items.iter().find(|item| item.number == number).ok_or_else(|| mail::unknown(&number))?;
    if item.state.as_ref().is_ok_and(|state| state.stage == Stage::Delivered) {
        let message = Message::new("cli-outbox-cannot-drop").arg("number", number.as_str());
        return Err(Failure::new(Exit::Usage, message));
    }
    mailbox.mail.give_up(&number).map_err(|error| mail::outbox_failure(&error))?;
    output.say(&Message::new("cli-outbox-dropped").arg("number", number.as_str()));
    Ok(Exit::Done)
}

/// A failure outweighs a refusal, a refusal what only has to wait.
fn worse(one: Exit, other: Exit) -> Exit {
    let weight = |exit| match exit {
        Exit::Done => 0,
        Exit::Queued => 1,
        Exit::Refused => 2,
        Exit::Failed | Exit::Usage | Exit::Input | Exit::NotAllowed | Exit::Stopped => 3,
    };
    if weight(other) > weight(one) { other } else { one }
}
