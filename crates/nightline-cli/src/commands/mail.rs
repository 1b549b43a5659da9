//! What the commands that send have in common: the device, the outbox, and how an outcome reads.

use std::sync::{Arc, Mutex};

use nightline_engine::{Device, Mail, World, credential_message};
use nightline_engine::{TicketDocument, TicketNumber};
use nightline_session::{Delivery, DeliveryOutcome, ListedItem, OutboxError, Progress, ProgressSink, Which};
use nightline_types::{DeskUrl, Message};
use serde_json::json;

use crate::exit::{Exit, Failure};
use crate::output::{Output, size};

/// The device and its way out.
pub(crate) struct Box {
    pub(crate) device: Arc<Device>,
    pub(crate) mail: Mail,
}

impl Box {
    /// Opens the device's key and its outbox.
    pub(crate) async fn open(world: &World) -> Result<Self, Failure> {
        let device = Device::open(world)
            .await
            .map_err(|error| Failure::with(Exit::Failed, credential_message(&error), &error))?;
        let device = Arc::new(device);
        let mail = Mail::open(world, Arc::clone(&device), nightline_engine::fault(&world.environment))
            .map_err(|error| outbox_failure(&error))?;
        Ok(Self { device, mail })
    }
}

/// The desk in force, or why there is none.
pub(crate) fn desk(world: &World) -> Result<DeskUrl, Failure> {
    world.config.desk.value.clone().ok_or_else(|| Failure::new(Exit::Usage, Message::new("cli-no-desk")))
}

/// Reads a ticket's number as people type it.
pub(crate) fn number(text: &str) -> Result<TicketNumber, Failure> {
    text.parse().map_err(|error| {
        Failure::with(Exit::Usage, Message::new("cli-ticket-bad-number").arg("number", text), &error)
    })
}

/// Sends one ticket, or what waits in it.
pub(crate) async fn send_one(
    world: &World,
    mailbox: &Box,
    number: &TicketNumber,
    output: &Output,
) -> Result<Delivery, Failure> {
    let deliveries = mailbox
        .mail
        .deliver(world, Which::One(number), progress(output))
        .await
        .map_err(|error| outbox_failure(&error))?;
    deliveries.into_iter().next().ok_or_else(|| unknown(number))
}

/// Progress in bytes, at most one line for each percent.
pub(crate) fn progress(output: &Output) -> ProgressSink {
    // The bundle or the file that is under way, and how many percent of it were told.
    let last = Mutex::new((None::<String>, 0_u64));
    let texts = nightline_text::Texts::new(output.texts.language());
    let json = output.json;
    Arc::new(move |progress: Progress| {
        let percent = progress.sent.saturating_mul(100).checked_div(progress.total).unwrap_or(100);
        let mut last = last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if last.0 != progress.attachment {
            *last = (progress.attachment.clone(), 0);
        }
        if percent <= last.1 || json {
            return;
        }
        last.1 = percent;
        let message = Message::new("cli-ticket-sending")
            .arg("sent", size(progress.sent))
            .arg("total", size(progress.total));
        crate::output::progress_line(&texts.say(&message));
    })
}

/// Says what came of a delivery and of everything in it, and what that means for a script.
pub(crate) fn report(delivery: &Delivery, output: &Output) -> Exit {
    let mut exit = report_outcome(&delivery.outcome, output);
    for (_, error) in &delivery.refused_messages {
        let refused = DeliveryOutcome::Refused(error.clone());
        exit = exit.worse(report_outcome(&refused, output));
    }
    for part in &delivery.refused_parts {
        let detail = part.error.as_ref().map(|error| nightline_types::chain(error));
        output.failure(&Failure { exit: Exit::Refused, message: part.message(), detail });
        exit = exit.worse(Exit::Refused);
    }
    exit
}

/// Says what came of a delivery, and what that means for a script.
pub(crate) fn report_outcome(outcome: &DeliveryOutcome, output: &Output) -> Exit {
    match outcome {
        DeliveryOutcome::Delivered(_) => Exit::Done,
        DeliveryOutcome::Queued { detail, .. } => {
            output.failure(&Failure {
                exit: Exit::Queued,
                message: outcome.message(),
                detail: Some(detail.clone()).filter(|it| !it.is_empty()),
            });
            output.progress_say(&Message::new("cli-ticket-queued"));
            Exit::Queued
        }
        DeliveryOutcome::Busy => {
            output.failure(&Failure::new(Exit::Queued, outcome.message()));
            Exit::Queued
        }
        DeliveryOutcome::Refused(error) => {
            output.failure(&Failure::with(Exit::Refused, outcome.message(), error));
            Exit::Refused
        }
        DeliveryOutcome::NumberTaken => {
            output.failure(&Failure::new(Exit::Refused, outcome.message()));
            Exit::Refused
        }
        DeliveryOutcome::Unreadable(error) => {
            output.failure(&Failure::with(Exit::Failed, outcome.message(), error));
            Exit::Failed
        }
    }
}

/// The ticket's document as it stands on this device.
pub(crate) fn document(mailbox: &Box, number: &TicketNumber) -> Result<TicketDocument, Failure> {
    let items = mailbox.mail.list().map_err(|error| outbox_failure(&error))?;
    let item = items.iter().find(|item| item.number == *number).ok_or_else(|| unknown(number))?;
    item.document().ok_or_else(|| damaged(item))
}

/// The ticket is here and cannot be read; it says where, so that somebody can look.
pub(crate) fn damaged(item: &ListedItem) -> Failure {
    let message = Message::new("cli-ticket-damaged")
        .arg("number", item.number.as_str())
        .arg("path", item.path.display().to_string());
    Failure { exit: Exit::Failed, message, detail: item.damage().map(|error| nightline_types::chain(error)) }
}

/// The tickets as `nightline.tickets/1`: those that can be read, and the damaged ones with their place.
pub(crate) fn list_document(items: &[&ListedItem], output: &Output) -> serde_json::Value {
    let (mut tickets, mut broken) = (Vec::new(), Vec::new());
    for item in items {
        let Some(document) = item.document() else {
            let Failure { mut message, detail, .. } = damaged(item);
            output.texts.fill(&mut message);
            broken.push(json!({
                "number": item.number, "path": item.path, "message": message, "detail": detail,
            }));
            continue;
        };
        let mut ticket = serde_json::to_value(&document).unwrap_or_default();
        ticket["waiting"] = json!({
            "messages": item.waiting_messages, "files": item.waiting_files, "close": item.waiting_close,
        });
        tickets.push(ticket);
    }
    json!({ "schema": "nightline.tickets/1", "tickets": tickets, "damaged": broken })
}

/// This device has no such ticket.
pub(crate) fn unknown(number: &TicketNumber) -> Failure {
    Failure::new(Exit::Failed, Message::new("cli-ticket-unknown").arg("number", number.as_str()))
}

/// What went wrong with the outbox itself.
pub(crate) fn outbox_failure(error: &OutboxError) -> Failure {
    Failure::with(Exit::Failed, nightline_engine::outbox_message(error), error)
}
