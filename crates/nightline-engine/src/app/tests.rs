//! The app as a whole: events in, effects and a view out, on the test's own time.

use std::time::Duration;

use nightline_protocol::TicketStatus;
use nightline_types::{Confidence, Culprit, Finding, Grade, Message, MessageId, Severity, Verdict};
use nightline_view::{
    Answers, Found, HelpStep, MenuAction, Picture, PictureOf, PreviewItem, PreviewKind, Request,
    SendingState, Standing, TicketState, TrayState,
};

use super::*;
use crate::work::{Told, Work};

/// An app with a desk, its window open, and a clock that the test moves.
struct Scene {
    app: App,
    now: Timestamp,
    effects: Vec<Effect>,
}

impl Scene {
    fn new() -> Self {
        let settings = nightline_view::Settings { notifications: true, ..Default::default() };
        let configuration = Configuration {
            language: "en".to_owned(),
            desk_host: Some("desk.example".to_owned()),
            settings,
            ..Configuration::default()
        };
        let app = App::new(configuration, Kept::default());
        Self { app, now: Timestamp::from_unix_ms(1_800_000_000_000), effects: Vec::new() }
    }

    fn with_window() -> Self {
        let mut scene = Self::new();
        scene.on(Event::Menu(MenuAction::Happening));
        scene.on(Event::WindowReady);
        scene
    }

    fn on(&mut self, event: Event) -> &mut Self {
        self.effects = self.app.on(event, self.now);
        self
    }

    fn ask(&mut self, request: Request) -> &mut Self {
        self.on(Event::Asked(request))
    }

    fn after(&mut self, seconds: u64) -> &mut Self {
        self.now = self.now.plus(Duration::from_secs(seconds));
        self
    }

    fn has(&self, effect: &Effect) -> bool {
        self.effects.contains(effect)
    }

    fn help(&self) -> &Help {
        self.app.view().help.as_ref().expect("a way was begun")
    }

    /// On the way, with the first question answered.
    fn asking_for_help() -> Self {
        let mut scene = Self::with_window();
        scene.ask(Request::GetHelp);
        scene.answer("no sound", "");
        scene
    }

    fn answer(&mut self, what: &str, target: &str) -> &mut Self {
        let answers = Answers { what: what.to_owned(), target: target.to_owned(), ..Answers::default() };
        self.ask(Request::Answer { answers: Box::new(answers) })
    }

    /// With all that would leave on the screen.
    fn previewing() -> Self {
        let mut scene = Self::asking_for_help();
        scene.ask(Request::SendNow);
        scene.on(prepared());
        scene
    }
}

fn prepared() -> Event {
    let item = PreviewItem {
        id: "intake-what".to_owned(),
        title: Message::new("bundle-item-what"),
        kind: PreviewKind::Disclosed,
        bytes: 8,
        included: true,
        required: true,
        readable: true,
    };
    Event::Told(Told::Prepared { items: vec![item], severity: Severity::P1, response_minutes: 30 })
}

fn found(id: &'static str, culprit: Culprit, grade: Option<Grade>) -> Told {
    let verdict = Verdict {
        id: MessageId::new(id),
        culprit,
        confidence: Confidence::new(0.9),
        message: Message::new(id),
        measured_at: Timestamp::from_unix_ms(1_800_000_000_000),
        evidence: Vec::new(),
    };
    let finding = |severity| Finding {
        id: MessageId::new(id),
        severity,
        confidence: Confidence::new(0.9),
        message: Message::new(id),
        advice: Some(Message::new("advice-local-program")),
        culprit,
        evidence: Vec::new(),
    };
    let findings = grade.map(finding).into_iter().collect();
    let found =
        Box::new(Found { verdict, findings, probes: Vec::new(), desk: None, path: None, complete: true });
    Told::Looked { found, times: Vec::new() }
}

fn line(state: TicketState) -> OutboxLine {
    OutboxLine {
        number: "NL-1".to_owned(),
        what: "no sound".to_owned(),
        severity: Severity::P1,
        made_at: Timestamp::from_unix_ms(1_800_000_000_000),
        state,
        due: None,
        total: 1_000,
        reason: None,
        next_try: None,
        letters: Vec::new(),
        files: Vec::new(),
        waits: false,
    }
}

fn desk(messages: u32) -> Event {
    Event::Desk(Ok(vec![DeskLine {
        number: "NL-1".to_owned(),
        status: TicketStatus::Open,
        severity: Severity::P1,
        owner: Some("Ada".to_owned()),
        messages,
    }]))
}

fn at_the_desk(attachments: Vec<nightline_protocol::Attachment>) -> nightline_protocol::TicketView {
    nightline_protocol::TicketView {
        number: nightline_protocol::TicketNumber::from_random([7; 8]),
        status: TicketStatus::Open,
        severity: Severity::P1,
        owner: None,
        what: "no sound".to_owned(),
        received_at: Timestamp::from_unix_ms(1_800_000_000_000),
        response_due: None,
        bundle_complete: true,
        messages: Vec::new(),
        log: None,
        attachments,
        closed_by: None,
    }
}

#[test]
fn one_window_is_opened_and_a_second_wish_brings_it_to_the_front() {
    let mut scene = Scene::new();
    assert!(scene.on(Event::Menu(MenuAction::GetHelp)).has(&Effect::OpenWindow));
    assert!(!scene.on(Event::ShowAsked).has(&Effect::OpenWindow), "it is opening already");
    scene.on(Event::WindowReady);
    assert!(scene.on(Event::ShowAsked).has(&Effect::Window(ToWindow::Raise)));
    scene.on(Event::WindowGone);
    assert!(scene.on(Event::ShowAsked).has(&Effect::OpenWindow));
}

#[test]
fn a_wish_for_a_window_that_is_closing_opens_it_again() {
    for closing in [Event::WindowClosing, Event::Asked(Request::CloseWindow)] {
        let mut scene = Scene::with_window();
        scene.on(closing);
        assert!(!scene.on(Event::ShowAsked).has(&Effect::Window(ToWindow::Raise)), "it is on its way out");
        assert!(scene.on(Event::WindowGone).has(&Effect::OpenWindow));
        scene.on(Event::WindowReady).on(Event::WindowClosing);
        assert!(!scene.on(Event::WindowGone).has(&Effect::OpenWindow), "nobody asked");
    }
}

#[test]
fn what_was_asked_for_while_the_window_closed_is_what_opens() {
    let mut scene = Scene::with_window();
    scene.on(Event::WindowClosing).on(Event::Menu(MenuAction::Settings)).on(Event::WindowGone);
    assert_eq!(scene.app.view().place, Place::Settings);
}

#[test]
fn checks_start_with_the_first_page_and_again_with_the_target() {
    let mut scene = Scene::with_window();
    scene.ask(Request::GetHelp);
    assert!(scene.has(&Effect::StartWorker));
    assert!(scene.has(&Effect::Order(Work::Look { target: None })));
    scene.answer("rdp fails", "server.example:3389").ask(Request::Next);
    assert_eq!(scene.help().step, HelpStep::Target);
    scene.ask(Request::Next);
    let target = "server.example:3389".parse().ok();
    assert!(scene.has(&Effect::Order(Work::Look { target })), "{:?}", scene.effects);
}

#[test]
fn every_question_but_the_first_can_be_skipped_and_what_is_wrong_is_said_at_its_place() {
    let mut scene = Scene::with_window();
    scene.ask(Request::GetHelp).ask(Request::Next);
    assert_eq!(scene.help().step, HelpStep::What, "nothing was said yet");
    scene.answer("no sound", "http://").ask(Request::Next).ask(Request::Next);
    assert_eq!(scene.help().step, HelpStep::Target);
    assert!(scene.help().target_problem.is_some());
    scene.answer("no sound", "");
    for _ in 0..8 {
        scene.ask(Request::Next);
    }
    assert_eq!(scene.help().step, HelpStep::Pictures);
    scene.ask(Request::Back);
    assert_eq!(scene.help().step, HelpStep::Found);
}

#[test]
fn nothing_is_sealed_before_the_list_was_shown() {
    let mut scene = Scene::asking_for_help();
    assert!(!scene.ask(Request::Send).has(&Effect::Order(Work::Seal)));
    scene.ask(Request::SendNow);
    assert!(scene.has(&Effect::Order(Work::Enough)), "the checks end with what they have");
    assert_eq!(scene.help().step, HelpStep::Preview);
    assert!(!scene.ask(Request::Send).has(&Effect::Order(Work::Seal)), "the list is not there yet");
    scene.on(prepared());
    assert!(scene.ask(Request::Send).has(&Effect::Order(Work::Seal)));
    assert!(!scene.ask(Request::Send).has(&Effect::Order(Work::Seal)), "once");
}

#[test]
fn without_a_desk_the_list_is_shown_and_cannot_be_sent() {
    let mut scene = Scene::asking_for_help();
    scene.on(Event::Configured(Box::default()));
    scene.ask(Request::SendNow).on(prepared());
    let preview = scene.help().preview.as_ref().expect("the list");
    assert_eq!(preview.cannot_send.as_ref().map(|it| it.id.as_str()), Some("help-no-desk"));
    assert!(!scene.ask(Request::Send).has(&Effect::Order(Work::Seal)));
}

#[test]
fn a_sent_ticket_shows_its_way_in_bytes_and_when_it_has_arrived() {
    let mut scene = Scene::previewing();
    scene.ask(Request::Send).on(Event::Told(Told::Queued { number: "NL-1".to_owned() }));
    assert!(scene.has(&Effect::DropDraft));
    assert!(scene.has(&Effect::Deliver(Carry::One("NL-1".to_owned()))));
    scene.on(Event::WorkerGone);
    assert!(scene.app.view().says.is_none(), "the worker's end is no accident");
    scene.on(Event::Sent { number: "NL-1".to_owned(), sent: 400, total: 1_000 });
    let sending = scene.help().sending.as_ref().expect("on its way");
    assert_eq!((sending.state, sending.sent, sending.total), (SendingState::Sending, 400, 1_000));
    let due = Some(scene.now.plus(Duration::from_secs(1_800)));
    let ended = Ended {
        number: "NL-1".to_owned(),
        message: Message::new("session-delivered"),
        delivered: true,
        refused: false,
        due,
        next_try: None,
    };
    scene.on(Event::DeliveryEnded(vec![ended]));
    let sending = scene.help().sending.as_ref().expect("there");
    assert_eq!((sending.state, sending.sent, sending.due), (SendingState::Delivered, 1_000, due));
}

#[test]
fn a_stopped_ticket_is_not_sent_by_itself_and_is_sent_when_asked() {
    let mut scene = Scene::previewing();
    scene.ask(Request::Send).on(Event::Told(Told::Queued { number: "NL-1".to_owned() }));
    scene.on(Event::Outbox(vec![line(TicketState::Sending)]));
    assert!(scene.ask(Request::Stop { number: "NL-1".to_owned() }).has(&Effect::StopDelivery));
    scene.after(3_600).on(Event::Tick { fingerprint: 1 });
    assert!(!scene.has(&Effect::Deliver(Carry::Due)));
    scene.ask(Request::SendAgain { number: "NL-1".to_owned() });
    assert!(scene.has(&Effect::Deliver(Carry::One("NL-1".to_owned()))));
    scene.after(60).on(Event::Tick { fingerprint: 1 });
    assert!(scene.has(&Effect::Deliver(Carry::Due)));
}

#[test]
fn an_outbox_that_could_not_be_opened_is_tried_again() {
    let mut scene = Scene::new();
    scene.on(Event::Started).on(Event::Failed(Message::new("device-key-locked")));
    assert!(scene.after(60).on(Event::Tick { fingerprint: 1 }).has(&Effect::Deliver(Carry::Due)));
    scene.on(Event::Outbox(Vec::new()));
    assert!(!scene.after(60).on(Event::Tick { fingerprint: 1 }).has(&Effect::Deliver(Carry::Due)));
}

#[test]
fn a_killed_window_loses_nothing_and_a_killed_worker_is_said() {
    let mut scene = Scene::asking_for_help();
    let kept =
        |effect: &Effect| matches!(effect, Effect::KeepDraft(draft) if draft.answers.what == "no sound");
    assert!(scene.effects.iter().any(kept), "{:?}", scene.effects);
    scene.on(Event::WindowGone).on(Event::ShowAsked).on(Event::WindowReady);
    assert_eq!(scene.app.view().place, Place::Help);
    assert_eq!(scene.help().answers.what, "no sound");
    assert!(scene.has(&Effect::Order(Work::ShowPictures)), "the new window has not seen them");
    scene.ask(Request::SendNow).on(Event::WorkerGone);
    assert_eq!(scene.help().step, HelpStep::Found);
    assert_eq!(scene.app.view().says.as_ref().map(|it| it.failed), Some(true));
    scene.ask(Request::SendNow);
    assert!(scene.has(&Effect::StartWorker), "a new one is started for the next wish");
}

#[test]
fn a_worker_does_not_stay_for_a_window_that_does_not_come_back() {
    let mut scene = Scene::asking_for_help();
    scene.on(Event::WindowGone).after(200).on(Event::Tick { fingerprint: 1 });
    assert!(!scene.has(&Effect::StopWorker));
    scene.after(200).on(Event::Tick { fingerprint: 1 });
    assert!(scene.has(&Effect::StopWorker));
    assert_eq!(scene.app.view().home.unfinished.as_deref(), Some("no sound"), "what was written stays");
}

#[test]
fn the_window_is_off_the_screen_while_a_picture_is_taken() {
    let mut scene = Scene::asking_for_help();
    scene.ask(Request::TakePicture { of: PictureOf::Screen });
    assert!(scene.has(&Effect::Window(ToWindow::Hide)));
    scene.on(Event::WindowHidden);
    assert!(scene.has(&Effect::Order(Work::TakePicture { of: PictureOf::Screen })));
    let picture = Picture {
        id: "picture-1".to_owned(),
        width: 8,
        height: 4,
        bytes: 90,
        revision: 1,
        areas: 0,
        kept: false,
    };
    scene.on(Event::Told(Told::Pictured { picture, data: Some("data:".to_owned()) }));
    assert!(scene.has(&Effect::Window(ToWindow::Raise)));
    assert_eq!(scene.help().pictures.len(), 1);
}

#[test]
fn an_answer_is_announced_once_and_shown_until_it_was_seen() {
    let mut scene = Scene::new();
    let announced = |scene: &Scene| scene.effects.iter().any(|it| matches!(it, Effect::Notify { .. }));
    scene.on(Event::Outbox(vec![line(TicketState::New)]));
    assert!(scene.on(desk(1)).app.tray.as_ref().is_some_and(|tray| tray.state == TrayState::Unread));
    assert!(announced(&scene));
    scene.on(desk(1));
    assert!(!announced(&scene));
    assert_eq!(scene.app.view().tickets[0].unread, 1);
    scene.on(Event::ShowAsked).on(Event::WindowReady);
    scene.ask(Request::Open { place: Place::Ticket { number: "NL-1".to_owned() } });
    assert!(scene.has(&Effect::AskTicket("NL-1".to_owned())));
    assert_eq!(scene.app.view().tickets[0].unread, 1, "not before it is on the screen");
}

#[test]
fn the_watch_looks_again_when_the_network_changes_and_after_standby() {
    let mut scene = Scene::new();
    assert!(scene.on(Event::Started).has(&Effect::LookAround));
    scene.on(Event::Around(found("verdict-none", Culprit::None, None)));
    scene.on(Event::Tick { fingerprint: 1 }).after(5).on(Event::Tick { fingerprint: 1 });
    assert!(!scene.has(&Effect::LookAround));
    scene.after(5).on(Event::Tick { fingerprint: 2 });
    assert!(!scene.has(&Effect::LookAround), "a new network needs a moment");
    assert!(scene.after(5).on(Event::Tick { fingerprint: 2 }).has(&Effect::LookAround));
    scene.on(Event::Around(found("verdict-none", Culprit::None, None)));
    scene.after(300).on(Event::Tick { fingerprint: 2 });
    assert!(
        scene.after(5).on(Event::Tick { fingerprint: 2 }).has(&Effect::LookAround),
        "the machine was away"
    );
}

#[test]
fn what_is_wrong_is_noticed_once_and_so_is_its_end() {
    let mut scene = Scene::new();
    scene.on(Event::Started).on(Event::Around(found("verdict-none", Culprit::None, None)));
    assert_eq!(scene.app.view().home.standing, Standing::Well);
    assert!(scene.app.view().home.lately.is_empty(), "that all is well is no news");
    for _ in 0..2 {
        scene.on(Event::Around(found("verdict-dns", Culprit::Dns, Some(Grade::Broken))));
    }
    assert_eq!(scene.app.view().home.standing, Standing::Broken);
    assert_eq!(scene.app.view().home.lately.len(), 1);
    scene.on(Event::Around(found("verdict-none", Culprit::None, None)));
    assert_eq!(scene.app.view().home.lately.len(), 2);
}

#[test]
fn without_a_tray_the_window_opens_and_says_how_to_find_it_again() {
    let mut scene = Scene::new();
    assert!(scene.on(Event::NoTray).has(&Effect::OpenWindow));
    let says = scene.app.view().says.as_ref().expect("a sentence");
    assert_eq!((says.message.id.as_str(), says.failed), ("watch-no-tray", false));
}

#[test]
fn a_window_that_does_not_open_is_said_where_it_can_be_read() {
    let mut scene = Scene::new();
    scene.on(Event::ShowAsked).on(Event::WindowFailed(Message::new("watch-no-window")));
    assert!(scene.effects.iter().any(|it| matches!(it, Effect::Notify { .. })));
    assert!(scene.on(Event::ShowAsked).has(&Effect::OpenWindow), "the next wish tries again");
}

#[test]
fn solved_ends_quietly() {
    let mut scene = Scene::asking_for_help();
    scene.ask(Request::Solved);
    assert!(scene.has(&Effect::DropDraft) && scene.has(&Effect::StopWorker));
    assert!(scene.has(&Effect::Window(ToWindow::Close)));
    assert!(scene.app.view().help.is_none() && scene.app.view().says.is_none());
}

#[test]
fn an_early_view_never_replaces_a_later_one() {
    let mut scene = Scene::with_window();
    let revision = |scene: &Scene| {
        scene.effects.iter().find_map(|effect| match effect {
            Effect::Window(ToWindow::View { view }) => Some(view.revision),
            _ => None,
        })
    };
    let first = revision(&scene).expect("the first view");
    scene.ask(Request::GetHelp);
    assert!(revision(&scene).is_some_and(|second| second > first));
    scene.ask(Request::Dismiss);
    assert_eq!(revision(&scene), None, "nothing has changed");
}

#[test]
fn what_cannot_be_kept_is_said_until_it_is_kept_and_tried_again_meanwhile() {
    let mut scene = Scene::asking_for_help();
    let tried = |scene: &Scene| scene.effects.iter().any(|it| matches!(it, Effect::KeepDraft(_)));
    scene.after(5).on(Event::Tick { fingerprint: 1 });
    assert!(!tried(&scene), "what is kept is not written again");
    scene.on(Event::Kept(Err(Message::new("unkept-disk-full"))));
    scene.ask(Request::Dismiss).on(Event::WindowGone).on(Event::ShowAsked).on(Event::WindowReady);
    let unkept = scene.app.view().unkept.as_ref();
    assert_eq!(unkept.map(|it| it.id.as_str()), Some("unkept-disk-full"), "it is still so");
    assert!(tried(scene.after(5).on(Event::Tick { fingerprint: 1 })));
    scene.on(Event::Kept(Ok(())));
    assert_eq!(scene.app.view().unkept, None);
    assert!(!tried(scene.after(5).on(Event::Tick { fingerprint: 1 })));
}

#[test]
fn an_answer_that_is_being_written_is_kept_until_it_is_in_the_outbox() {
    let number = || "NL-1".to_owned();
    let write = |text: &str| Request::WriteReply { number: number(), text: text.to_owned() };
    let kept = |texts: &[&str]| {
        Effect::KeepReplies(texts.iter().map(|text| (number(), (*text).to_owned())).collect())
    };
    let mut scene = Scene::with_window();
    assert!(!scene.ask(write("into the void")).has(&kept(&["into the void"])), "no such ticket");
    scene.on(Event::Outbox(vec![line(TicketState::New)]));
    scene.ask(Request::Open { place: Place::Ticket { number: number() } });
    assert!(scene.ask(write("It is ba")).has(&kept(&["It is ba"])));
    assert!(!scene.ask(write("It is ba")).has(&kept(&["It is ba"])), "nothing is written twice");
    scene.on(Event::WindowGone).on(Event::ShowAsked).on(Event::WindowReady);
    scene.ask(Request::Open { place: Place::Ticket { number: number() } });
    let reply = |scene: &Scene| scene.app.view().ticket.as_ref().map(|it| it.reply.clone());
    assert_eq!(reply(&scene).as_deref(), Some("It is ba"));
    scene
        .ask(write("It is back.\n"))
        .ask(Request::Reply { number: number(), text: "It is back.\n".to_owned() });
    assert_eq!(reply(&scene).as_deref(), Some("It is back.\n"), "until it is safe");
    let letter = nightline_view::Letter {
        id: "m-1".to_owned(),
        own: true,
        name: None,
        at: None,
        text: "It is back.".to_owned(),
    };
    scene.on(Event::Outbox(vec![OutboxLine { letters: vec![letter], ..line(TicketState::New) }]));
    assert!(scene.has(&kept(&[])));
    assert_eq!(reply(&scene).as_deref(), Some(""));
}

#[test]
fn answers_that_were_kept_are_there_after_a_restart_and_go_with_their_ticket() {
    let kept = Kept { replies: [("NL-1".to_owned(), "half".to_owned())].into(), ..Kept::default() };
    let mut scene = Scene { app: App::new(Configuration::default(), kept), ..Scene::new() };
    scene.on(Event::Outbox(vec![line(TicketState::Queued)]));
    scene.on(Event::ShowAsked).on(Event::WindowReady);
    scene.ask(Request::Open { place: Place::Ticket { number: "NL-1".to_owned() } });
    assert_eq!(scene.app.view().ticket.as_ref().map(|it| it.reply.as_str()), Some("half"));
    scene.ask(Request::GiveUp { number: "NL-1".to_owned() });
    assert!(scene.has(&Effect::KeepReplies(BTreeMap::new())));
}

#[test]
fn a_file_is_seen_while_it_waits_on_its_way_and_once_the_desk_has_it() {
    let number = || "NL-1".to_owned();
    let file = |sent, at| nightline_view::TicketFile {
        id: "f-1".to_owned(),
        name: "router.log".to_owned(),
        bytes: 900,
        sent,
        at,
    };
    let mut scene = Scene::with_window();
    scene.on(Event::Outbox(vec![line(TicketState::New)]));
    scene.ask(Request::Open { place: Place::Ticket { number: number() } });
    let files =
        |scene: &Scene| scene.app.view().ticket.as_ref().map(|it| it.files.clone()).unwrap_or_default();
    assert_eq!(files(&scene), []);
    let waits = OutboxLine { files: vec![file(0, None)], waits: true, ..line(TicketState::New) };
    scene.on(Event::Outbox(vec![waits]));
    assert_eq!(files(&scene), [file(0, None)]);
    scene.on(Event::FileSent { number: number(), id: "f-1".to_owned(), sent: 300 });
    assert_eq!(files(&scene), [file(300, None)]);
    scene.on(Event::Outbox(vec![line(TicketState::New)]));
    assert_eq!(files(&scene), [file(900, None)], "it does not vanish before the desk was asked");
    let at = scene.now;
    let attachment = nightline_protocol::Attachment {
        id: "f-1".to_owned(),
        name: "router.log".to_owned(),
        media_type: "text/plain".to_owned(),
        size: 900,
        at,
    };
    scene.on(Event::DeskTicket(number(), Ok(Box::new(at_the_desk(vec![attachment])))));
    assert_eq!(files(&scene), [file(900, Some(at))]);
    scene.on(Event::DeskTicket(number(), Ok(Box::new(at_the_desk(Vec::new())))));
    assert_eq!(files(&scene), [], "what the desk does not have is not shown as if it had");
}

#[test]
fn a_click_on_what_was_announced_opens_that_ticket() {
    let mut scene = Scene::new();
    scene.on(Event::Outbox(vec![line(TicketState::New)])).on(desk(1));
    let announced =
        |effect: &Effect| matches!(effect, Effect::Notify { ticket: Some(number), .. } if number == "NL-1");
    assert!(scene.effects.iter().any(announced));
    scene.on(Event::NoticeClicked("NL-1".to_owned()));
    assert!(scene.has(&Effect::OpenWindow) && scene.has(&Effect::AskTicket("NL-1".to_owned())));
    assert_eq!(scene.app.view().place, Place::Ticket { number: "NL-1".to_owned() });
    scene.on(Event::WindowReady);
    assert!(scene.on(Event::NoticeClicked("NL-1".to_owned())).has(&Effect::Window(ToWindow::Raise)));
}

#[test]
fn where_the_key_lies_and_what_the_watch_costs_outlive_a_change_of_settings() {
    let mut scene = Scene::with_window();
    let cost = nightline_view::Cost { disk_bytes: Some(4_096), ..nightline_view::Cost::default() };
    scene
        .on(Event::Key(Message::new("device-key-locked")))
        .on(Event::Key(Message::new("device-key-keyring")));
    scene.on(Event::Measured(cost.clone())).on(Event::Configured(Box::default()));
    let view = scene.app.view();
    assert_eq!(view.settings.key.as_ref().map(|it| it.id.as_str()), Some("device-key-keyring"));
    assert_eq!(view.about.cost, cost);
    assert!(!view.settings.notifications, "the rest is as it was read");
}
