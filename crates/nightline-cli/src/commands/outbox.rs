//! `nightline outbox …`: what still has to leave, sent now or given up.

use nightline_engine::World;
use nightline_session::{DeliveryOutcome, Stage, Which};
use nightline_types::Message;

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

fn list(mailbox: &MailBox, output: &Output) -> Result<Exit, Failure> {
    let items = mailbox.mail.list().map_err(|error| mail::outbox_failure(&error))?;
    let waiting: Vec<_> = items.iter().filter(|item| item.waits()).collect();
    if output.json {
        output.document(&mail::list_document(&waiting, output));
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
        let (number, outcome) = (&delivery.number, &delivery.outcome);
        if matches!(outcome, DeliveryOutcome::Delivered(_)) && !output.json {
            output.line(&format!("{number}  {}", output.texts.say(&outcome.message())));
        }
        worst = worst.worse(mail::report(&delivery, output));
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
