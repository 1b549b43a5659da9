//! `nightline ticket …`: the tickets of this device, and what the desk says about them.

use nightline_engine::World;
use nightline_engine::{MessageAuthor, TicketNumber, TicketStatus, TicketView};
use nightline_session::{ListedItem, Waiting};
use nightline_types::Message;

use super::follow_up;
use super::mail::{self, Box as MailBox};
use crate::args::Ticket;
use crate::exit::{Exit, Failure, printable};
use crate::output::{Output, size, wall_clock};

pub(crate) async fn run(command: Ticket, world: &World, output: &Output) -> Result<Exit, Failure> {
    let mailbox = MailBox::open(world).await?;
    match command {
        Ticket::List => list(&mailbox, output),
        Ticket::Show { number } => show(&mail::number(&number)?, world, &mailbox, output).await,
        Ticket::Reply { number, text } => {
            follow_up::reply(&mail::number(&number)?, text, world, &mailbox, output).await
        }
        Ticket::Attach { number, files } => {
            follow_up::attach(&mail::number(&number)?, &files, world, &mailbox, output).await
        }
        Ticket::Close { number } => follow_up::close(&mail::number(&number)?, world, &mailbox, output).await,
    }
}

fn list(mailbox: &MailBox, output: &Output) -> Result<Exit, Failure> {
    let items = mailbox.mail.list().map_err(|error| mail::outbox_failure(&error))?;
    if output.json {
        output.document(&mail::list_document(&items.iter().collect::<Vec<_>>(), output));
        return Ok(Exit::Done);
    }
    if items.is_empty() {
        output.say(&Message::new("cli-ticket-none"));
    }
    for item in &items {
        output.line(&printable(&line(item, output)));
    }
    Ok(Exit::Done)
}

/// One line of a ticket as this device knows it.
pub(crate) fn line(item: &ListedItem, output: &Output) -> String {
    let what = item.ticket.as_ref().map(|ticket| first_line(&ticket.summary.intake.what)).unwrap_or_default();
    let state = match item.document() {
        Some(document) => {
            let state = crate::report_text::kebab(&document.state);
            let state = if state == "delivered" { follows(item) } else { state };
            output
                .texts
                .say(&Message::new("cli-ticket-state").arg("state", format!("@cli-ticket-state-{state}")))
        }
        None => output.texts.plain("cli-ticket-state-damaged"),
    };
    format!("{}  {state}  {what}", item.number)
}

/// What of the person's still waits in a ticket that has arrived itself.
fn follows(item: &ListedItem) -> String {
    let state = match item {
        item if item.waiting_messages > 0 => "answer-waits",
        item if item.waiting_files > 0 => "file-waits",
        item if item.waiting_close => "close-waits",
        _ => "delivered",
    };
    state.to_owned()
}

fn first_line(text: &str) -> String {
    /// A terminal's width less the number and the state.
    const SHOWN: usize = 50;
    let line = text.lines().next().unwrap_or_default();
    let mut cut: String = line.chars().take(SHOWN).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

async fn show(
    number: &TicketNumber,
    world: &World,
    mailbox: &MailBox,
    output: &Output,
) -> Result<Exit, Failure> {
    let document = mail::document(mailbox, number)?;
    let desk = document.desk.parse().or_else(|_| mail::desk(world))?;
    match mailbox.mail.ticket(&desk, number).await {
        Ok(view) if output.json => {
            let mut json = serde_json::to_value(&view).unwrap_or_default();
            if let Some(object) = json.as_object_mut() {
                object.insert("schema".to_owned(), "nightline.ticket-view/1".into());
            }
            output.document(&json);
            Ok(Exit::Done)
        }
        Ok(view) => {
            print(&view, output);
            print_waiting(number, mailbox, output)?;
            Ok(Exit::Done)
        }
        // Not sent yet, or no way to the desk: what this device knows is still worth showing.
        Err(error) => {
            if output.json {
                output.document(&document);
            } else {
                let items = mailbox.mail.list().map_err(|error| mail::outbox_failure(&error))?;
                items
                    .iter()
                    .filter(|item| item.number == *number)
                    .for_each(|item| output.line(&printable(&line(item, output))));
                print_waiting(number, mailbox, output)?;
            }
            output.failure(&Failure::with(Exit::Queued, error.message(), &error));
            Ok(Exit::Queued)
        }
    }
}

fn print(view: &TicketView, output: &Output) {
    let status = Message::new(match view.status {
        TicketStatus::New => "cli-ticket-status-new",
        TicketStatus::Open => "cli-ticket-status-open",
        TicketStatus::Waiting => "cli-ticket-status-waiting",
        TicketStatus::Closed if view.closed_by == Some(MessageAuthor::Customer) => {
            "cli-ticket-status-closed-by-you"
        }
        TicketStatus::Closed => "cli-ticket-status-closed",
    });
    output.line(&printable(&format!("{}  {}", view.number, output.texts.say(&status))));
    if let Some(owner) = &view.owner {
        output.say(&Message::new("cli-ticket-owner").arg("owner", printable(owner)));
    }
    output.line(&printable(&view.what));
    let you = output.texts.plain("cli-ticket-you");
    let mut entries = Vec::new();
    for message in &view.messages {
        let who = match message.author {
            MessageAuthor::Customer => &you,
            MessageAuthor::Agent => message.name.as_ref().unwrap_or(&you),
        };
        entries.push((message.at, who, message.text.clone()));
    }
    for file in &view.attachments {
        let later = Message::new("cli-ticket-file-later")
            .arg("name", printable(&file.name))
            .arg("size", size(file.size));
        entries.push((file.at, &you, output.texts.say(&later)));
    }
    entries.sort_by_key(|it| it.0);
    for (at, who, text) in entries {
        output.line("");
        output.line(&printable(&format!("{}  {who}\n{text}", wall_clock(at))));
    }
    let Some(log) = &view.log else { return };
    output.line("");
    output.line(&output.texts.plain("cli-ticket-log"));
    for (id, text) in [
        ("cli-ticket-log-when", &log.when),
        ("cli-ticket-log-cause", &log.cause),
        ("cli-ticket-log-measure", &log.measure),
        ("cli-ticket-log-fix", &log.permanent_fix),
    ] {
        output.say(&Message::new(id).arg("text", printable(text)));
    }
}

/// What of the person's is still on this computer.
fn print_waiting(number: &TicketNumber, mailbox: &MailBox, output: &Output) -> Result<(), Failure> {
    for waiting in mailbox.mail.waiting(number).map_err(|error| mail::outbox_failure(&error))? {
        let message = match waiting {
            Waiting::Message { text, .. } => {
                Message::new("cli-ticket-reply-waits").arg("text", printable(&text))
            }
            Waiting::File { name, size: bytes, .. } => {
                Message::new("cli-ticket-file-waits").arg("name", printable(&name)).arg("size", size(bytes))
            }
            Waiting::Close => Message::new("cli-ticket-close-waits"),
        };
        output.line("");
        output.say(&message);
    }
    Ok(())
}
