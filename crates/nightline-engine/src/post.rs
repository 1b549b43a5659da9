//! Carries out what the app wants of the outbox and the desk, each in a task of its own, and answers with events.
//! Decides nothing.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use nightline_protocol::{TicketBrief, TicketNumber};
use nightline_redact::Disclosed;
use nightline_session::{
    DeliveryOutcome, FaultPoint, ListedItem, Progress, ProgressSink, Stage, Waiting, Which, message_of_code,
};
use nightline_types::Message;
use nightline_view::{Letter, TicketFile, TicketState};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::app::{Carry, DeskLine, Effect, Ended, Event, OutboxLine};
use crate::{Device, Mail, World, credential_message, outbox_message};

/// From one report of progress to the next at least: ten a second are as many as anybody sees.
const PROGRESS_EVERY_MS: i64 = 100;

/// The way to the outbox and the desk.
#[derive(Clone)]
pub struct Post {
    inner: Arc<Inner>,
}

struct Inner {
    world: RwLock<World>,
    fault: FaultPoint,
    events: mpsc::Sender<Event>,
    mail: tokio::sync::Mutex<Option<Arc<Mail>>>,
    delivery: Mutex<Option<JoinHandle<()>>>,
    /// One round of deliveries at a time: items are locked one by one, and two rounds would report each other's.
    round: tokio::sync::Mutex<()>,
}

impl Post {
    /// A way that tells what it did through `events`.
    pub fn new(world: World, fault: FaultPoint, events: mpsc::Sender<Event>) -> Self {
        let inner = Inner {
            world: RwLock::new(world),
            fault,
            events,
            mail: tokio::sync::Mutex::new(None),
            delivery: Mutex::new(None),
            round: tokio::sync::Mutex::new(()),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Settings were read anew.
    pub fn set_world(&self, world: World) {
        *self.inner.world.write().unwrap_or_else(PoisonError::into_inner) = world;
    }

    /// Carries out the effect if it is about the outbox or the desk; otherwise gives it back.
    pub fn carry_out(&self, effect: Effect) -> Option<Effect> {
        let inner = Arc::clone(&self.inner);
        match effect {
            Effect::Deliver(what) => {
                let task = tokio::spawn(async move { inner.deliver(what).await });
                let mut delivery = self.inner.delivery.lock().unwrap_or_else(PoisonError::into_inner);
                *delivery = Some(task);
            }
            Effect::StopDelivery => {
                let delivery = self.inner.delivery.lock().unwrap_or_else(PoisonError::into_inner).take();
                // Cancel safe: what happened before is noted, or found again by asking the desk.
                if let Some(task) = delivery {
                    task.abort();
                }
                tokio::spawn(async move { inner.list().await });
            }
            Effect::AskDesk => drop(tokio::spawn(async move { inner.ask_desk().await })),
            Effect::AskTicket(number) => drop(tokio::spawn(async move { inner.ask_ticket(number).await })),
            Effect::Reply { number, text } => {
                drop(tokio::spawn(async move { inner.reply(&number, text).await }));
            }
            Effect::Attach { number, name, data } => {
                drop(tokio::spawn(async move { inner.attach(&number, &name, &data).await }));
            }
            Effect::CloseTicket(number) => drop(tokio::spawn(async move { inner.close(&number).await })),
            Effect::GiveUp(number) => drop(tokio::spawn(async move { inner.give_up(&number).await })),
            Effect::Save(number) => drop(tokio::spawn(async move { inner.save(number).await })),
            other => return Some(other),
        }
        None
    }

    /// Tells what lies in the outbox.
    pub fn list(&self) {
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move { inner.list().await });
    }
}

impl Inner {
    fn world(&self) -> World {
        self.world.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn tell(&self, event: Event) {
        // The app has ended; nobody is there to be told.
        let _ = self.events.send(event).await;
    }

    async fn fail(&self, message: Message) {
        self.tell(Event::Failed(message)).await;
    }

    /// The device's way out, opened on first use: a keyring that is locked now may be open in a minute.
    async fn mail(&self) -> Result<Arc<Mail>, Message> {
        let mut mail = self.mail.lock().await;
        if let Some(mail) = &*mail {
            return Ok(Arc::clone(mail));
        }
        let world = self.world();
        let device = Device::open(&world).await.map_err(|error| {
            tracing::warn!(error = nightline_types::chain(&error), "The device's key could not be opened");
            credential_message(&error)
        });
        let place = device.as_ref().map_or_else(Clone::clone, Device::place);
        self.tell(Event::Key(place)).await;
        let device = device?;
        let opened = Mail::open(&world, Arc::new(device), self.fault).map_err(|error| {
            tracing::warn!(error = nightline_types::chain(&error), "The outbox could not be opened");
            outbox_message(&error)
        })?;
        let opened = Arc::new(opened);
        *mail = Some(Arc::clone(&opened));
        Ok(opened)
    }

    async fn list(&self) {
        let mail = match self.mail().await {
            Ok(mail) => mail,
            Err(message) => return self.fail(message).await,
        };
        match mail.list() {
            Ok(items) => {
                let lines = items.iter().map(|item| line(item, &mail)).collect();
                self.tell(Event::Outbox(lines)).await;
            }
            Err(error) => self.fail(outbox_message(&error)).await,
        }
    }

    async fn deliver(&self, what: Carry) {
        let _round = self.round.lock().await;
        let mail = match self.mail().await {
            Ok(mail) => mail,
            // A keyring that is still locked was said once; only who asks is told again.
            Err(_) if what == Carry::Due => return,
            Err(message) => return self.fail(message).await,
        };
        self.list().await;
        let number = match &what {
            Carry::Due => None,
            Carry::One(number) => number.parse::<TicketNumber>().ok(),
        };
        let which = number.as_ref().map_or(Which::Due, Which::One);
        match mail.deliver(&self.world(), which, self.progress()).await {
            Ok(deliveries) => {
                let ended = deliveries.iter().filter_map(ended).collect();
                self.list().await;
                self.tell(Event::DeliveryEnded(ended)).await;
                // What was not taken has left the list; nothing else would say so.
                for delivery in &deliveries {
                    for (_, error) in &delivery.refused_messages {
                        self.fail(DeliveryOutcome::Refused(error.clone()).message()).await;
                    }
                    for part in &delivery.refused_parts {
                        self.fail(part.message()).await;
                    }
                }
            }
            Err(error) => self.fail(outbox_message(&error)).await,
        }
    }

    fn progress(&self) -> ProgressSink {
        let (events, clock) = (self.events.clone(), Arc::clone(&self.world().clock));
        let last = Mutex::new(0_i64);
        Arc::new(move |Progress { number, sent, total, attachment }| {
            let now = clock().unix_ms();
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if sent == total || now - *last >= PROGRESS_EVERY_MS {
                *last = now;
                let number = number.to_string();
                // A full queue means that the app is behind; the next report is as good.
                let _ = events.try_send(match attachment {
                    Some(id) => Event::FileSent { number, id, sent },
                    None => Event::Sent { number, sent, total },
                });
            }
        })
    }

    async fn ask_desk(&self) {
        let Some(desk) = self.world().config.desk.value else { return };
        let Ok(mail) = self.mail().await else { return };
        let answer = match mail.tickets(&desk).await {
            Ok(tickets) => Ok(tickets.iter().map(desk_line).collect()),
            Err(error) => Err(error.message()),
        };
        self.tell(Event::Desk(answer)).await;
    }

    async fn ask_ticket(&self, number: String) {
        let (Some(desk), Ok(parsed)) = (self.world().config.desk.value, number.parse::<TicketNumber>())
        else {
            return;
        };
        let answer = match self.mail().await {
            Ok(mail) => mail.ticket(&desk, &parsed).await.map(Box::new).map_err(|error| {
                tracing::info!(error = nightline_types::chain(&error), "A ticket could not be asked for");
                Message::new("ticket-not-asked")
            }),
            Err(message) => Err(message),
        };
        self.tell(Event::DeskTicket(number, answer)).await;
    }

    async fn reply(&self, number: &str, text: String) {
        let world = self.world();
        self.queue(number, |mail, number| {
            mail.queue_reply(&world, number, text).map_err(|error| error.message())
        })
        .await;
    }

    async fn attach(&self, number: &str, name: &str, data: &str) {
        let world = self.world();
        let Ok(bytes) = data_encoding::BASE64.decode(data.as_bytes()) else {
            return self.fail(Message::new("ticket-file-wrong")).await;
        };
        self.queue(number, |mail, number| {
            let content = Disclosed::approved_by_person(bytes);
            mail.attach(&world, number, name, &content).map(drop).map_err(|error| error.message())
        })
        .await;
    }

    async fn close(&self, number: &str) {
        self.queue(number, |mail, number| mail.close(number).map_err(|error| error.message())).await;
    }

    /// Puts something into a ticket's item and sends it.
    async fn queue(&self, number: &str, put: impl FnOnce(&Mail, &TicketNumber) -> Result<(), Message>) {
        let Ok(parsed) = number.parse::<TicketNumber>() else { return };
        let queued = match self.mail().await {
            Ok(mail) => put(&mail, &parsed),
            Err(message) => Err(message),
        };
        match queued {
            Ok(()) => self.deliver(Carry::One(number.to_owned())).await,
            Err(message) => {
                self.fail(message).await;
                self.list().await;
            }
        }
    }

    async fn give_up(&self, number: &str) {
        let Ok(parsed) = number.parse::<TicketNumber>() else { return };
        match self.mail().await.map(|mail| mail.give_up(&parsed)) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.fail(outbox_message(&error)).await,
            Err(message) => self.fail(message).await,
        }
        self.list().await;
    }

    async fn save(&self, number: String) {
        let world = self.world();
        let result = match (self.mail().await, number.parse::<TicketNumber>()) {
            (Ok(mail), Ok(parsed)) => {
                let place = downloads(&world).join(format!("nightline-{number}.zip"));
                match tokio::task::spawn_blocking(move || mail.save(&parsed, &place).map(|()| place)).await {
                    Ok(Ok(place)) => Ok(place.display().to_string()),
                    Ok(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => {
                        Err(Message::new("save-nothing"))
                    }
                    Ok(Err(_)) | Err(_) => Err(Message::new("save-failed")),
                }
            }
            (Err(message), _) => Err(message),
            (Ok(_), Err(_)) => return,
        };
        self.tell(Event::Saved { number, result }).await;
    }
}

/// Where people look for files: their downloads, or their home.
fn downloads(world: &World) -> PathBuf {
    let home = ["HOME", "USERPROFILE"].iter().find_map(|name| world.environment.get(*name));
    let home = home.map_or_else(|| world.home.data.clone(), PathBuf::from);
    let downloads = world.environment.get("XDG_DOWNLOAD_DIR").map(PathBuf::from);
    let downloads = downloads.unwrap_or_else(|| home.join("Downloads"));
    if downloads.is_dir() { downloads } else { home }
}

fn line(item: &ListedItem, mail: &Mail) -> OutboxLine {
    let state = match &item.state {
        Ok(state) => match state.stage {
            Stage::Queued => TicketState::Queued,
            Stage::Announced | Stage::Uploading => TicketState::Sending,
            Stage::Refused | Stage::Expired => TicketState::Refused,
            Stage::Delivered => TicketState::New,
        },
        Err(_) => TicketState::Damaged,
    };
    let known = item.state.as_ref().ok();
    let ticket = item.ticket.as_ref().ok();
    let (letters, files) = waiting(mail.waiting(&item.number).unwrap_or_else(|error| {
        tracing::warn!(
            error = nightline_types::chain(&error),
            "What waits beside a ticket could not be read"
        );
        Vec::new()
    }));
    OutboxLine {
        number: item.number.to_string(),
        what: ticket.map(|it| it.summary.intake.what.clone()).unwrap_or_default(),
        severity: ticket.map_or(nightline_types::Severity::P2, |it| it.summary.severity),
        made_at: ticket.map_or(nightline_types::Timestamp::from_unix_ms(0), |it| it.created_at),
        state: if ticket.is_some() { state } else { TicketState::Damaged },
        due: known.and_then(|it| it.receipt.as_ref()).map(|it| it.response_due),
        total: ticket.map_or(0, |it| it.bundle.size),
        reason: known.and_then(|it| it.last_error.as_deref()).map(message_of_code),
        next_try: known.and_then(|it| it.next_try),
        letters,
        files,
        waits: item.waits(),
    }
}

/// What the person wrote and what they added, of which the desk does not have all yet.
fn waiting(waiting: Vec<Waiting>) -> (Vec<Letter>, Vec<TicketFile>) {
    let (mut letters, mut files) = (Vec::new(), Vec::new());
    for one in waiting {
        match one {
            Waiting::Message { id, text, .. } => {
                letters.push(Letter { id, own: true, name: None, at: None, text });
            }
            Waiting::File { id, name, size, sent, .. } => {
                files.push(TicketFile { id, name, bytes: size, sent, at: None });
            }
            Waiting::Close => {}
        }
    }
    (letters, files)
}

fn desk_line(brief: &TicketBrief) -> DeskLine {
    DeskLine {
        number: brief.number.to_string(),
        status: brief.status,
        severity: brief.severity,
        owner: brief.owner.clone(),
        messages: brief.from_agents,
    }
}

fn ended(delivery: &nightline_session::Delivery) -> Option<Ended> {
    let (delivered, refused, due, next_try) = match &delivery.outcome {
        DeliveryOutcome::Delivered(receipt) => (true, false, Some(receipt.response_due), None),
        DeliveryOutcome::Queued { next_try, .. } => (false, false, None, *next_try),
        DeliveryOutcome::Refused(_) | DeliveryOutcome::NumberTaken => (false, true, None, None),
        // Another process sends it; its outcome is in the outbox when it has.
        DeliveryOutcome::Busy => return None,
        DeliveryOutcome::Unreadable(_) => (false, true, None, None),
    };
    let message = delivery.outcome.message();
    Some(Ended { number: delivery.number.to_string(), message, delivered, refused, due, next_try })
}
