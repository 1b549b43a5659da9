//! Runs the app: brings it what happens, and carries out what it wants. Decides nothing about the product.

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Duration;

use nightline_engine::app::{App, Effect, Event};
use nightline_engine::work::Work;
use nightline_engine::{Post, World};
use nightline_link::WatchStatus;
use nightline_platform::{network, notify};
use nightline_text::Texts;
use nightline_types::Message;
use nightline_view::{SettingsChange, ToWindow};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior};

use crate::arguments::Arguments;
use crate::control::{self, Wish};
use crate::keep::{self, Change, Keeper};
use crate::tray::Tray;
use crate::window::Window;
use crate::worker::{self, Worker};
use crate::{FAILED, door, settings};

/// Events that wait for the app. It takes each in microseconds.
const MAX_EVENTS: usize = 256;
/// From one look at the clock and the network's fingerprint to the next: seldom enough to cost nothing, often enough
/// that a change of network is noticed before the person has found the menu.
const TICK: Duration = Duration::from_secs(5);
/// Own cost is shown, not watched.
const COST_EVERY: Duration = Duration::from_secs(30);
/// What is under way when the watch is told to end may finish its step for this long.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Watches until it is told to end.
pub(crate) async fn run(world: World, arguments: &Arguments) -> ExitCode {
    let (events, mut inbox) = mpsc::channel(MAX_EVENTS);
    let (wishes, mut wished) = mpsc::channel(MAX_EVENTS);
    let started_at = world.now();
    let status = WatchStatus {
        pid: std::process::id(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at,
        waiting: 0,
        window: false,
    };
    let (status, heard) = watch::channel(status);
    tokio::spawn(control::serve(door::place(&world), wishes, heard));
    let configuration = settings::configuration(&world).await;
    let mut app = App::new(configuration, keep::kept(&world.home.data));
    let mut hands = Hands::new(world, arguments, events.clone());
    hands.post.list();
    let mut first = vec![Event::Started];
    if arguments.get_help {
        first.push(Event::HelpAsked);
    } else if arguments.show {
        first.push(Event::ShowAsked);
    }
    for event in first {
        // The channel is empty and larger than this.
        let _ = events.try_send(event);
    }
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told_to_end = std::pin::pin!(told_to_end());
    let code = loop {
        let event = tokio::select! {
            Some(event) = inbox.recv() => event,
            Some(wish) = wished.recv() => match wish {
                Wish::Event(event) => event,
                Wish::Deliver => {
                    hands.post.carry_out(Effect::Deliver(nightline_engine::app::Carry::Due));
                    continue;
                }
                Wish::Stop => break ExitCode::SUCCESS,
            },
            _ = ticks.tick() => hands.tick(app.has_window()).await,
            () = &mut told_to_end => break ExitCode::SUCCESS,
            else => break ExitCode::from(FAILED),
        };
        let effects = app.on(event, hands.world.now());
        let mut end = false;
        for effect in effects {
            end |= hands.carry_out(effect).await == Then::End;
        }
        status.send_if_modified(|status| {
            let (waiting, window) = (app.waiting(), app.has_window());
            let changed = (status.waiting, status.window) != (waiting, window);
            (status.waiting, status.window) = (waiting, window);
            changed
        });
        if end {
            break ExitCode::SUCCESS;
        }
    };
    hands.end().await;
    code
}

/// The person or the system ends the program from outside.
async fn told_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut term), Ok(mut hangup)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup()))
        else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = term.recv() => {}
            _ = hangup.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

#[derive(PartialEq, Eq)]
enum Then {
    GoOn,
    End,
}

/// Everything that is held on behalf of the app.
struct Hands {
    world: World,
    words: Vec<OsString>,
    settings: nightline_engine::Settings,
    events: mpsc::Sender<Event>,
    post: Post,
    tray: Tray,
    window: Option<Window>,
    worker: Option<Worker>,
    around: Option<JoinHandle<()>>,
    keeper: Keeper,
    cost_shown: Instant,
}

impl Hands {
    fn new(world: World, arguments: &Arguments, events: mpsc::Sender<Event>) -> Self {
        let fault = nightline_engine::fault(&world.environment);
        Self {
            words: arguments.settings_words(),
            settings: arguments.settings.clone(),
            post: Post::new(world.clone(), fault, events.clone()),
            tray: Tray::new(&world, events.clone()),
            window: None,
            worker: None,
            around: None,
            keeper: Keeper::start(&world.home.data, events.clone()),
            cost_shown: Instant::now(),
            world,
            events,
        }
    }

    async fn tick(&mut self, has_window: bool) -> Event {
        if has_window && self.cost_shown.elapsed() >= COST_EVERY {
            self.measure();
            return Event::Configured(Box::new(settings::configuration(&self.world).await));
        }
        Event::Tick { fingerprint: network::fingerprint(std::path::Path::new("/")) }
    }

    /// What this program costs, measured beside the loop: counting files takes as long as the disk does.
    fn measure(&mut self) {
        self.cost_shown = Instant::now();
        let (world, events) = (self.world.clone(), self.events.clone());
        tokio::task::spawn_blocking(move || {
            // The app has ended when it does not listen; nobody is there to be told.
            let _ = events.blocking_send(Event::Measured(settings::cost(&world)));
        });
    }

    async fn carry_out(&mut self, effect: Effect) -> Then {
        let Some(effect) = self.post.carry_out(effect) else { return Then::GoOn };
        match effect {
            Effect::OpenWindow => {
                match Window::open(&self.world, self.events.clone()) {
                    Ok(window) => self.window = Some(window),
                    Err(message) => self.tell(Event::WindowFailed(message)),
                }
                self.measure();
            }
            Effect::Window(message) => self.tell_window(message),
            Effect::Tray(tray) => self.tray.draw(&tray, &self.world).await,
            Effect::Notify { title, body, ticket } => self.notify(&title, &body, ticket),
            Effect::StartWorker => {
                self.worker = Worker::start(&self.words, worker::HELP, self.events.clone());
                if self.worker.is_none() {
                    self.tell(Event::WorkerGone);
                }
            }
            Effect::Order(work) => self.order(work),
            Effect::StopWorker => self.worker = None,
            Effect::LookAround => {
                self.around = Some(worker::look_around(&self.words, self.events.clone()));
            }
            Effect::KeepDraft(draft) => self.keeper.change(Change::Draft(Box::new(draft))),
            Effect::DropDraft => self.keeper.change(Change::NoDraft),
            Effect::KeepReplies(replies) => self.keeper.change(Change::Replies(replies)),
            Effect::KeepSeen(seen) => self.keeper.change(Change::Seen(seen)),
            Effect::Change(change) => self.change(change).await,
            Effect::Quit => return Then::End,
            // The post has carried out the others.
            _ => {}
        }
        Then::GoOn
    }

    fn tell_window(&mut self, message: ToWindow) {
        if self.window.as_ref().is_some_and(|window| !window.tell(message)) {
            tracing::warn!("The window does not listen and is ended");
            self.window = None;
            self.tell(Event::WindowGone);
        }
    }

    fn order(&mut self, work: Work) {
        if !self.worker.as_ref().is_some_and(|worker| worker.order(work)) {
            tracing::warn!("An order found no worker");
        }
    }

    fn notify(&self, title: &Message, body: &Message, ticket: Option<String>) {
        let texts = Texts::new(self.world.language);
        let (title, body) = (texts.say(title), texts.say(body));
        let environment = std::sync::Arc::clone(&self.world.environment);
        let events = self.events.clone();
        tokio::spawn(async move {
            match notify::notify(&title, &body, &environment).await {
                Ok(shown) => {
                    if let Some(number) = ticket
                        && shown.clicked().await
                    {
                        // Nobody is there to be told when the watch ends.
                        let _ = events.send(Event::NoticeClicked(number)).await;
                    }
                }
                Err(error) => {
                    tracing::info!(error = nightline_types::chain(&error), "Nothing was announced");
                }
            }
        });
    }

    async fn change(&mut self, change: SettingsChange) {
        if let Err(message) = settings::change(&self.world, change).await {
            self.tell(Event::Failed(message));
            return;
        }
        let environment = self.world.environment.as_ref().clone();
        match World::open(self.settings.clone(), environment, std::sync::Arc::clone(&self.world.clock)) {
            Ok(world) => {
                self.world = world.clone();
                self.post.set_world(world);
                let configuration = settings::configuration(&self.world).await;
                self.tell(Event::Configured(Box::new(configuration)));
            }
            Err(error) => tracing::error!(error = nightline_types::chain(&error), "Settings were not read"),
        }
    }

    /// From within an effect: the app takes it next.
    fn tell(&self, event: Event) {
        if self.events.try_send(event).is_err() {
            tracing::error!("An event was lost: the app is behind");
        }
    }

    /// Ends windows and workers. What is in the outbox is safe whatever happens to a delivery.
    async fn end(mut self) {
        let window = self.window.take();
        self.worker = None;
        if let Some(around) = self.around.take() {
            around.abort();
        }
        // The window closes by itself when its pipe does; only one that hangs is ended.
        drop(window);
        self.tray.remove(LAST_WORDS).await;
    }
}
