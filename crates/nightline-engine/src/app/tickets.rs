//! My tickets: what the outbox holds and what the desk says, as one list, and what of it the person has seen.

use std::collections::BTreeMap;

use nightline_protocol::{MessageAuthor, TicketStatus, TicketView};
use nightline_types::{Message, Timestamp};
use nightline_view::{Letter, OpenTicket, Place, Sending, SendingState, TicketCard, TicketFile, TicketState};

use super::{App, DeskLine, DeskTicket, Effect, Ended, OutboxLine, Window};

/// What is known of all tickets of this device.
#[derive(Debug)]
pub(super) struct Tickets {
    /// Whether the outbox could be read at all; a locked keyring keeps it shut.
    known: bool,
    outbox: Vec<OutboxLine>,
    desk: BTreeMap<String, DeskLine>,
    seen: BTreeMap<String, u32>,
    announced: BTreeMap<String, u32>,
    /// Those that the person stopped.
    stopped: Vec<String>,
}

impl Tickets {
    pub(super) fn new(seen: BTreeMap<String, u32>) -> Self {
        Self {
            known: false,
            outbox: Vec::new(),
            desk: BTreeMap::new(),
            announced: seen.clone(),
            seen,
            stopped: Vec::new(),
        }
    }

    pub(super) fn cards(&self) -> Vec<TicketCard> {
        let mut cards: Vec<TicketCard> = self.outbox.iter().map(|line| self.card(line)).collect();
        cards.sort_by_key(|card| std::cmp::Reverse(card.made_at));
        cards
    }

    fn card(&self, line: &OutboxLine) -> TicketCard {
        let desk = self.desk.get(&line.number);
        let state = match (line.state, desk.map(|it| it.status)) {
            (TicketState::New, Some(TicketStatus::Open)) => TicketState::Open,
            (TicketState::New, Some(TicketStatus::Waiting)) => TicketState::Waiting,
            (TicketState::New, Some(TicketStatus::Closed)) => TicketState::Closed,
            (state, _) => state,
        };
        let seen = self.seen.get(&line.number).copied().unwrap_or(0);
        TicketCard {
            number: line.number.clone(),
            what: line.what.clone(),
            state,
            severity: desk.map_or(line.severity, |it| it.severity),
            owner: desk.and_then(|it| it.owner.clone()),
            made_at: line.made_at,
            unread: desk.map_or(0, |it| it.messages.saturating_sub(seen)),
        }
    }

    /// Whether it is a ticket of this device.
    pub(super) fn knows(&self, number: &str) -> bool {
        self.outbox.iter().any(|line| line.number == number)
    }

    /// Whether the desk may have something to say about any of them.
    pub(super) fn any_at_desk(&self) -> bool {
        self.outbox.iter().any(|line| line.state == TicketState::New)
    }

    /// Whether somebody works on one of them.
    pub(super) fn open(&self) -> bool {
        self.cards()
            .iter()
            .any(|card| matches!(card.state, TicketState::New | TicketState::Open | TicketState::Waiting))
    }

    /// Whether anything still has to leave.
    /// What is not known may wait too.
    pub(super) fn waiting(&self) -> bool {
        !self.known
            || self.outbox.iter().any(|line| {
                let stopped = self.stopped.contains(&line.number);
                let on_its_way = matches!(line.state, TicketState::Queued | TicketState::Sending);
                !stopped && (on_its_way || line.waits)
            })
    }

    pub(super) fn count_waiting(&self) -> u32 {
        let waits = |line: &&OutboxLine| {
            matches!(line.state, TicketState::Queued | TicketState::Sending) || line.waits
        };
        u32::try_from(self.outbox.iter().filter(waits).count()).unwrap_or(u32::MAX)
    }

    pub(super) fn stop(&mut self, number: &str) {
        self.stopped.push(number.to_owned());
    }
}

impl App {
    pub(super) fn outbox(&mut self, lines: Vec<OutboxLine>, effects: &mut Vec<Effect>) {
        let first = self.tickets.outbox.is_empty() && !lines.is_empty();
        self.tickets.outbox = lines;
        self.tickets.known = true;
        let lines = self.tickets.outbox.clone();
        if let Some(sending) = self.view.help.as_mut().and_then(|help| help.sending.as_mut())
            && let Some(line) = lines.iter().find(|line| line.number == sending.number)
        {
            sending.total = line.total.max(sending.total);
        }
        self.replies_queued(&lines, effects);
        self.draw_ticket();
        if first && self.tickets.any_at_desk() {
            effects.push(Effect::AskDesk);
        }
    }

    /// The desk's short list. A message that is new is announced once.
    pub(super) fn desk(&mut self, lines: Vec<DeskLine>, effects: &mut Vec<Effect>) {
        for line in lines {
            let announced = self.tickets.announced.get(&line.number).copied().unwrap_or(0);
            let open = matches!(&self.view.place, Place::Ticket { number } if *number == line.number)
                && self.window == Window::Open;
            if line.messages > announced {
                self.tickets.announced.insert(line.number.clone(), line.messages);
                if !open && self.configuration.settings.notifications {
                    effects.push(Effect::Notify {
                        title: Message::new("notify-answer"),
                        body: Message::new("notify-answer-body").arg("number", line.number.as_str()),
                        ticket: Some(line.number.clone()),
                    });
                }
            }
            let before = self.tickets.desk.insert(line.number.clone(), line.clone());
            if open && before.as_ref() != Some(&line) {
                effects.push(Effect::AskTicket(line.number));
            }
        }
        self.draw_ticket();
    }

    pub(super) fn open_tickets(&mut self, effects: &mut Vec<Effect>) {
        self.go(Place::Tickets);
        effects.push(Effect::AskDesk);
    }

    pub(super) fn open_ticket(&mut self, number: String, effects: &mut Vec<Effect>) {
        self.view.ticket = None;
        self.view.place = Place::Ticket { number: number.clone() };
        self.draw_ticket();
        if self.tickets.outbox.iter().any(|it| it.number == number && it.state == TicketState::New) {
            effects.push(Effect::AskTicket(number));
        }
    }

    pub(super) fn desk_ticket(
        &mut self,
        number: &str,
        answer: DeskTicket,
        now: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        let here = matches!(&self.view.place, Place::Ticket { number: open } if open == number);
        let Some(open) = self.view.ticket.as_mut().filter(|_| here) else { return };
        match answer {
            Ok(ticket) => {
                open.as_of = Some(now);
                open.trouble = None;
                open.due = ticket.response_due;
                open.log = log(&ticket);
                open.letters = letters(&ticket);
                open.files = ticket.attachments.iter().map(file).collect();
                let messages = ticket.messages.iter().filter(|it| it.author == MessageAuthor::Agent).count();
                let messages = u32::try_from(messages).unwrap_or(u32::MAX);
                self.tickets.desk.insert(
                    number.to_owned(),
                    DeskLine {
                        number: number.to_owned(),
                        status: ticket.status,
                        severity: ticket.severity,
                        owner: ticket.owner.clone(),
                        messages,
                    },
                );
                self.tickets.announced.insert(number.to_owned(), messages);
                if self.tickets.seen.insert(number.to_owned(), messages) != Some(messages) {
                    effects.push(Effect::KeepSeen(self.tickets.seen.clone()));
                }
            }
            Err(message) => open.trouble = Some(message),
        }
        self.draw_ticket();
    }

    /// The open ticket from what is known, keeping what the desk has said about it.
    fn draw_ticket(&mut self) {
        let Place::Ticket { number } = &self.view.place else { return };
        let Some(line) = self.tickets.outbox.iter().find(|line| line.number == *number) else { return };
        let card = self.tickets.card(line);
        let before = self.view.ticket.take();
        let mut ticket = before.unwrap_or_else(|| OpenTicket {
            card: card.clone(),
            sending: None,
            due: line.due,
            letters: Vec::new(),
            files: Vec::new(),
            reply: self.replies.get(&line.number).cloned().unwrap_or_default(),
            log: Vec::new(),
            as_of: None,
            trouble: None,
        });
        ticket.sending = match line.state {
            TicketState::Queued | TicketState::Sending | TicketState::Refused => {
                Some(self.sending_of(line, ticket.sending.take()))
            }
            _ => None,
        };
        ticket.card = card;
        ticket.letters.retain(|letter| letter.at.is_some());
        ticket.letters.extend(line.letters.iter().cloned());
        draw_files(&mut ticket.files, &line.files);
        self.view.ticket = Some(ticket);
    }

    fn sending_of(&self, line: &OutboxLine, before: Option<Sending>) -> Sending {
        let stopped = self.tickets.stopped.contains(&line.number);
        let state = match line.state {
            TicketState::Refused => SendingState::Refused,
            _ if stopped => SendingState::Stopped,
            TicketState::Sending => SendingState::Sending,
            _ => SendingState::Queued,
        };
        Sending {
            number: line.number.clone(),
            state,
            sent: before.as_ref().map_or(0, |it| it.sent),
            total: line.total,
            due: line.due,
            reason: line.reason.clone(),
            next_try: line.next_try,
            saved_to: before.and_then(|it| it.saved_to),
        }
    }

    /// The places in the view that show this ticket's way.
    fn sendings(&mut self, number: &str) -> impl Iterator<Item = &mut Sending> {
        let help = self.view.help.as_mut().and_then(|help| help.sending.as_mut());
        let ticket = self.view.ticket.as_mut().and_then(|ticket| ticket.sending.as_mut());
        let number = number.to_owned();
        help.into_iter().chain(ticket).filter(move |it| it.number == number)
    }

    pub(super) fn sent(&mut self, number: &str, sent: u64, total: u64) {
        for sending in self.sendings(number) {
            (sending.state, sending.sent, sending.total) = (SendingState::Sending, sent, total);
        }
    }

    pub(super) fn file_sent(&mut self, number: &str, id: &str, sent: u64) {
        let ticket = self.view.ticket.as_mut().filter(|it| it.card.number == number);
        let mut files = ticket.into_iter().flat_map(|it| &mut it.files);
        if let Some(file) = files.find(|it| it.id == id && it.at.is_none()) {
            file.sent = sent;
        }
    }

    pub(super) fn stopped(&mut self, number: &str) {
        for sending in self.sendings(number) {
            sending.state = SendingState::Stopped;
        }
    }

    pub(super) fn sending_again(&mut self, number: &str) {
        self.tickets.stopped.retain(|it| it != number);
        for sending in self.sendings(number) {
            (sending.state, sending.reason) = (SendingState::Sending, None);
        }
    }

    pub(super) fn delivery_ended(&mut self, ended: Vec<Ended>, effects: &mut Vec<Effect>) {
        for one in ended {
            let stopped = self.tickets.stopped.contains(&one.number);
            for sending in self.sendings(&one.number) {
                sending.state = match (one.delivered, one.refused, stopped) {
                    (true, ..) => SendingState::Delivered,
                    (_, true, _) => SendingState::Refused,
                    (.., true) => SendingState::Stopped,
                    _ => SendingState::Queued,
                };
                if one.delivered {
                    sending.sent = sending.total;
                }
                sending.due = one.due;
                sending.next_try = one.next_try;
                sending.reason = (!one.delivered).then(|| one.message.clone());
            }
            let open = matches!(&self.view.place, Place::Ticket { number } if *number == one.number);
            if one.delivered && open {
                effects.push(Effect::AskTicket(one.number.clone()));
            }
        }
    }

    pub(super) fn reply(&self, number: String, text: String, effects: &mut Vec<Effect>) {
        if text.trim().is_empty() {
            return;
        }
        effects.push(Effect::Reply { number, text });
    }

    pub(super) fn saved(&mut self, number: &str, result: Result<String, Message>) {
        match result {
            Ok(path) => {
                for sending in self.sendings(number) {
                    sending.saved_to = Some(path.clone());
                }
            }
            Err(message) => self.say(message, true),
        }
    }
}

fn letters(ticket: &TicketView) -> Vec<Letter> {
    let letter = |message: &nightline_protocol::TicketMessage| Letter {
        id: message.id.clone(),
        own: message.author == MessageAuthor::Customer,
        name: message.name.clone(),
        at: Some(message.at),
        text: message.text.clone(),
    };
    ticket.messages.iter().map(letter).collect()
}

fn file(file: &nightline_protocol::Attachment) -> TicketFile {
    let nightline_protocol::Attachment { id, name, size, at, .. } = file.clone();
    TicketFile { id, name, bytes: size, sent: size, at: Some(at) }
}

/// The files with those that wait as the outbox has them. One that has just left it stays, whole, until the desk was
/// asked again: a file that vanishes for a moment looks lost.
fn draw_files(files: &mut Vec<TicketFile>, waiting: &[TicketFile]) {
    for file in files.iter_mut().filter(|it| it.at.is_none()) {
        match waiting.iter().find(|it| it.id == file.id) {
            Some(known) => file.sent = known.sent.max(file.sent),
            None => file.sent = file.bytes,
        }
    }
    for file in waiting {
        if !files.iter().any(|it| it.id == file.id) {
            files.push(file.clone());
        }
    }
}

fn log(ticket: &TicketView) -> Vec<Message> {
    let Some(log) = &ticket.log else { return Vec::new() };
    let lines = [
        ("ticket-log-when", &log.when),
        ("ticket-log-cause", &log.cause),
        ("ticket-log-measure", &log.measure),
        ("ticket-log-permanent", &log.permanent_fix),
    ];
    let lines = lines.into_iter().filter(|(_, text)| !text.trim().is_empty());
    lines.map(|(id, text)| Message::new(id).arg("text", text.as_str())).collect()
}
