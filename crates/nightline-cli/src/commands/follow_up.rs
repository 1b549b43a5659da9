//! What a person sends after a ticket: an answer, files, that no more help is needed. Queued first, then sent, so that
//! nothing is lost on the way.

use std::path::{Path, PathBuf};

use nightline_engine::{QueueError, TicketNumber, World, check_attachments};
use nightline_session::DeliveryOutcome;
use nightline_types::{Intake, Message};

use super::mail::{self, Box as MailBox};
use crate::exit::{Exit, Failure, printable};
use crate::output::{Output, size};

pub(crate) async fn reply(
    number: &TicketNumber,
    text: String,
    world: &World,
    mailbox: &MailBox,
    output: &Output,
) -> Result<Exit, Failure> {
    mail::document(mailbox, number)?;
    mailbox.mail.queue_reply(world, number, text).map_err(|error| not_queued(&error))?;
    let queued = Message::new("cli-ticket-reply-queued");
    send(number, world, mailbox, output, &[Message::new("cli-ticket-reply-sent")], queued).await
}

pub(crate) async fn attach(
    number: &TicketNumber,
    files: &[PathBuf],
    world: &World,
    mailbox: &MailBox,
    output: &Output,
) -> Result<Exit, Failure> {
    mail::document(mailbox, number)?;
    check(files)?;
    let mut sent = Vec::new();
    for path in files {
        let file = mailbox.mail.attach_file(world, number, path).map_err(|error| not_queued(&error))?;
        sent.push(
            Message::new("cli-ticket-file-sent")
                .arg("name", printable(&file.name))
                .arg("size", size(file.size)),
        );
    }
    send(number, world, mailbox, output, &sent, Message::new("cli-ticket-files-queued")).await
}

pub(crate) async fn close(
    number: &TicketNumber,
    world: &World,
    mailbox: &MailBox,
    output: &Output,
) -> Result<Exit, Failure> {
    mail::document(mailbox, number)?;
    mailbox.mail.close(number).map_err(|error| not_queued(&error))?;
    let queued = Message::new("cli-ticket-close-queued");
    send(number, world, mailbox, output, &[Message::new("cli-ticket-closed")], queued).await
}

/// Sends what waits in the ticket, and says `sent` where everything has left and `queued` where it has to wait.
async fn send(
    number: &TicketNumber,
    world: &World,
    mailbox: &MailBox,
    output: &Output,
    sent: &[Message],
    queued: Message,
) -> Result<Exit, Failure> {
    let delivery = mail::send_one(world, mailbox, number, output).await?;
    if output.json {
        output.document(&mail::document(mailbox, number)?);
    }
    if let DeliveryOutcome::Queued { detail, .. } = &delivery.outcome {
        // The outcome's own sentence is about the ticket; here what follows it waits.
        let detail = Some(detail.clone()).filter(|it| !it.is_empty());
        output.failure(&Failure { exit: Exit::Queued, message: queued, detail });
        return Ok(Exit::Queued);
    }
    let exit = mail::report(&delivery, output);
    if exit == Exit::Done && matches!(delivery.outcome, DeliveryOutcome::Delivered(_)) && !output.json {
        sent.iter().for_each(|it| output.say(it));
    }
    Ok(exit)
}

/// Looks at all files before one is queued: half of a choice is no choice.
fn check(files: &[PathBuf]) -> Result<(), Failure> {
    let chosen = Intake { attachments: files.to_vec(), ..Intake::about("") };
    check_attachments(&chosen).map_err(|error| Failure::with(Exit::Input, error.message(), &error))?;
    let is_empty = |path: &&PathBuf| std::fs::metadata(path).is_ok_and(|it| it.len() == 0);
    match files.iter().find(is_empty) {
        Some(path) => Err(empty(path)),
        None => Ok(()),
    }
}

fn empty(path: &Path) -> Failure {
    Failure {
        exit: Exit::Input,
        message: Message::new("bundle-error-file-empty"),
        detail: Some(path.display().to_string()),
    }
}

fn not_queued(error: &QueueError) -> Failure {
    let exit = match error {
        QueueError::Unreadable(_) | QueueError::File(_) => Exit::Input,
        QueueError::Seal(_) | QueueError::Outbox(_) | QueueError::Message(_) | QueueError::Random(_) => {
            Exit::Failed
        }
    };
    Failure::with(exit, error.message(), error)
}
