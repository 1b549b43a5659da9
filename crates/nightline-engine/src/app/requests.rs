//! What the window and the tray's menu ask, one after another.

use nightline_types::Timestamp;
use nightline_view::{MenuAction, Place, Request, ToWindow};

use super::{App, Carry, Effect, Window};
use crate::work::Work;

impl App {
    pub(super) fn menu(&mut self, action: MenuAction, now: Timestamp, effects: &mut Vec<Effect>) {
        match action {
            MenuAction::GetHelp => self.get_help(effects),
            MenuAction::Happening => {
                self.go(Place::Home);
                self.look_if_old(now, effects);
            }
            MenuAction::Tickets => self.open_tickets(effects),
            MenuAction::Settings => self.go(Place::Settings),
            MenuAction::About => self.go(Place::About),
            MenuAction::Quit => {
                if self.window != Window::Closed {
                    effects.push(Effect::Window(ToWindow::Close));
                }
                effects.push(Effect::Quit);
                return;
            }
        }
        self.show(effects);
    }

    pub(super) fn asked(&mut self, request: Request, now: Timestamp, effects: &mut Vec<Effect>) {
        match request {
            Request::Open { place } => self.open(place, effects),
            Request::LookAgain => self.look_around(now, effects),
            Request::GetHelp => self.get_help(effects),
            Request::Discard => {
                self.discard(effects);
                self.go(Place::Home);
            }
            Request::Answer { answers } => self.answer(*answers, effects),
            Request::Next => self.next(effects),
            Request::Back => self.back(effects),
            Request::Go { step } => self.go_to(step, effects),
            Request::Solved => {
                self.discard(effects);
                self.go(Place::Home);
                effects.push(Effect::Window(ToWindow::Close));
            }
            Request::SendNow => self.send_now(effects),
            Request::TakePicture { of } => {
                self.window = Window::Hidden(of);
                effects.push(Effect::Window(ToWindow::Hide));
            }
            Request::AddPicture { data } => self.order(Work::AddPicture { data }, effects),
            Request::BlackOut { id, areas } => self.order(Work::BlackOut { id, areas }, effects),
            Request::KeepPicture { id } => self.order(Work::KeepPicture { id }, effects),
            Request::RemovePicture { id } => self.order(Work::RemovePicture { id }, effects),
            Request::Tick { item, included } => self.order(Work::Tick { item, included }, effects),
            Request::Read { item } => self.read(item, effects),
            Request::Send => self.send(effects),
            Request::Stop { number } => {
                self.tickets.stop(&number);
                effects.push(Effect::StopDelivery);
                self.stopped(&number);
            }
            Request::SendAgain { number } => {
                self.sending_again(&number);
                effects.push(Effect::Deliver(Carry::One(number)));
            }
            Request::GiveUp { number } => {
                self.forget_reply(&number, effects);
                effects.push(Effect::GiveUp(number));
                self.go(Place::Tickets);
            }
            Request::Save { number } => effects.push(Effect::Save(number)),
            Request::WriteReply { number, text } => self.write_reply(number, text, effects),
            Request::Reply { number, text } => self.reply(number, text, effects),
            Request::Attach { number, name, data } => effects.push(Effect::Attach { number, name, data }),
            Request::CloseTicket { number } => effects.push(Effect::CloseTicket(number)),
            Request::Set { change } => effects.push(Effect::Change(change)),
            Request::Dismiss => self.view.says = None,
            Request::CloseWindow => {
                self.window_closing();
                effects.push(Effect::Window(ToWindow::Close));
            }
        }
    }

    fn open(&mut self, place: Place, effects: &mut Vec<Effect>) {
        match place {
            Place::Help => self.get_help(effects),
            Place::Tickets => self.open_tickets(effects),
            Place::Ticket { number } => self.open_ticket(number, effects),
            Place::Home | Place::Settings | Place::About => self.go(place),
        }
    }

    /// Whoever asks what is happening wants to know it now.
    fn look_if_old(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        const OLD: std::time::Duration = std::time::Duration::from_secs(30);
        let measured = self.view.home.verdict.as_ref().map(|verdict| verdict.measured_at);
        if measured.is_none_or(|at| now.since(at) > OLD) {
            self.look_around(now, effects);
        }
    }
}
