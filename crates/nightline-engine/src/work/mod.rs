//! The worker: looks, collects and seals in a short-lived process of its own, so that a hung system call dies with it
//! and the watch stays small. Asks nobody and draws nothing; it is told what to do and tells what came of it.

mod album;
mod collect;
mod look;
mod suggest;

use nightline_session::FaultPoint;
use nightline_types::{CheckId, Intake, Message, Target, Verdict};
use nightline_view::{
    Area, CheckLine, Found, OpenItem, Picture, PictureOf, PreviewItem, TargetSuggestion, TimeSuggestion,
};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::World;
use album::Album;
pub use album::PICTURES_DIRNAME;
use collect::Collected;
use look::Looking;

/// What waits to be told; a diagnosis tells some 30 things, and the other end reads at once.
pub const MAX_WAITING: usize = 256;

/// What a worker is told to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Work {
    /// Runs the checks, from the beginning if they run already.
    Look {
        /// What the person wants to reach.
        target: Option<Target>,
    },
    /// Ends the checks; what there is counts.
    Enough,
    /// Looks for what the person may want to reach.
    Suggest,
    /// Takes a picture.
    TakePicture {
        /// Of what.
        of: PictureOf,
    },
    /// Takes a picture that was pasted or chosen.
    AddPicture {
        /// The file, in base64.
        data: String,
    },
    /// Paints areas black.
    BlackOut {
        /// Which picture.
        id: String,
        /// The rectangles.
        areas: Vec<Area>,
    },
    /// Keeps a picture for the ticket.
    KeepPicture {
        /// Which.
        id: String,
    },
    /// Throws a picture away.
    RemovePicture {
        /// Which.
        id: String,
    },
    /// Shows all pictures, to a window that has not seen them.
    ShowPictures,
    /// Puts together all that would leave, once the checks have ended.
    Prepare {
        /// The person's answers.
        intake: Box<Intake>,
    },
    /// Lets an item leave, or not.
    Tick {
        /// Which.
        item: String,
        /// Whether it leaves.
        included: bool,
    },
    /// Shows an item as it leaves.
    Read {
        /// Which.
        item: String,
    },
    /// Seals what was put together and puts it into the outbox.
    Seal,
}

/// What a worker tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "kebab-case")]
pub enum Told {
    /// The checks begin.
    Looking {
        /// All of them, in order.
        checks: Vec<CheckLine>,
    },
    /// A check has ended.
    Checked {
        /// Its line.
        line: CheckLine,
    },
    /// The network has answered; the rest may still change this.
    FirstVerdict {
        /// The answer so far.
        verdict: Box<Verdict>,
    },
    /// All checks have ended.
    Looked {
        /// What was found.
        found: Box<Found>,
        /// When it may have happened.
        times: Vec<TimeSuggestion>,
    },
    /// What the person may want to reach.
    Targets {
        /// The organisation's own first.
        targets: Vec<TargetSuggestion>,
    },
    /// A picture is there, or its pixels have changed.
    Pictured {
        /// The picture.
        picture: Picture,
        /// Its pixels, as an address of the form `data:image/png;base64,…`. Nothing if they are as before.
        data: Option<String>,
    },
    /// There is no picture, and why.
    NoPicture {
        /// Why.
        message: Message,
    },
    /// A picture is gone.
    PictureGone {
        /// Which.
        id: String,
    },
    /// All that would leave.
    Prepared {
        /// The list.
        items: Vec<PreviewItem>,
        /// How urgent, from the answers.
        severity: nightline_types::Severity,
        /// Within how many minutes somebody answers.
        response_minutes: u32,
    },
    /// An item as it leaves.
    Item {
        /// The item.
        item: OpenItem,
    },
    /// The ticket is in the outbox. The worker ends.
    Queued {
        /// Its number.
        number: String,
    },
    /// It could not be put together or sealed; nothing has left.
    Failed {
        /// Why, and what to do.
        message: Message,
    },
}

/// A worker.
struct Worker {
    world: World,
    fault: FaultPoint,
    told: mpsc::Sender<Told>,
    looking: Option<Looking>,
    collected: Option<Collected>,
    album: Album,
    /// Waits for the checks to end.
    wanted: Option<Box<Intake>>,
    /// What was put together last, to do it again when it could not be sealed.
    intake: Option<Box<Intake>>,
    /// Items that the person had left out then.
    left_out: Vec<String>,
}

/// Works until it has queued a ticket or nobody tells it anything any more.
pub async fn work(
    world: World,
    fault: FaultPoint,
    mut orders: mpsc::Receiver<Work>,
    told: mpsc::Sender<Told>,
) {
    let album = Album::open(&world.home.data);
    let mut worker = Worker {
        world,
        fault,
        told,
        looking: None,
        collected: None,
        album,
        wanted: None,
        intake: None,
        left_out: Vec::new(),
    };
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                Some(order) => {
                    if worker.order(order).await == Next::End {
                        return;
                    }
                }
                // Whoever only wanted to know how things stand says so at once and waits for the answer.
                None => {
                    worker.finish().await;
                    return;
                }
            },
            () = look::ended(&mut worker.looking) => worker.looked().await,
        }
    }
}

#[derive(PartialEq, Eq)]
enum Next {
    GoOn,
    End,
}

impl Worker {
    async fn tell(&self, told: Told) {
        // Nobody listens any more: the next order does not come either, and the worker ends.
        let _ = self.told.send(told).await;
    }

    async fn order(&mut self, order: Work) -> Next {
        match order {
            Work::Look { target } => {
                self.looking = Some(Looking::start(&self.world, target, self.told.clone()).await);
            }
            Work::Enough => {
                if let Some(looking) = &self.looking {
                    looking.enough();
                }
            }
            Work::Suggest => {
                let targets = suggest::targets(&self.world).await;
                self.tell(Told::Targets { targets }).await;
            }
            Work::ShowPictures => {
                for (picture, data) in self.album.all() {
                    self.tell(Told::Pictured { picture, data: Some(data) }).await;
                }
            }
            Work::Prepare { intake } => {
                self.wanted = Some(intake);
                self.left_out.clear();
                if self.looking.as_ref().is_none_or(Looking::has_ended) {
                    self.prepare().await;
                }
            }
            Work::Tick { item, included } => self.tick(&item, included).await,
            Work::Read { item } => self.read(&item).await,
            Work::Seal => return self.seal().await,
            Work::TakePicture { .. }
            | Work::AddPicture { .. }
            | Work::BlackOut { .. }
            | Work::KeepPicture { .. }
            | Work::RemovePicture { .. } => self.picture(order).await,
        }
        Next::GoOn
    }

    async fn picture(&mut self, order: Work) {
        let told = match order {
            Work::TakePicture { of } => self.album.take(&self.world, of).await,
            Work::AddPicture { data } => self.album.add(&data),
            Work::BlackOut { id, areas } => self.album.black_out(&id, &areas),
            Work::KeepPicture { id } => self.album.keep(&id),
            Work::RemovePicture { id } => {
                self.album.remove(&id);
                Ok(Told::PictureGone { id })
            }
            _ => return,
        };
        self.tell(told.unwrap_or_else(|message| Told::NoPicture { message })).await;
    }

    async fn looked(&mut self) {
        if let Some(looking) = &mut self.looking
            && let Some(told) = looking.take()
        {
            self.tell(told).await;
        }
        if self.wanted.is_some() {
            self.prepare().await;
        }
    }

    /// Lets running checks end and tells what they found.
    async fn finish(&mut self) {
        if self.looking.as_ref().is_some_and(|looking| !looking.has_ended()) {
            look::ended(&mut self.looking).await;
            self.looked().await;
        }
    }

    async fn prepare(&mut self) {
        let Some(intake) = self.wanted.take() else { return };
        let report = self.looking.as_ref().and_then(Looking::report);
        let made = Collected::put_together(&self.world, &intake, report, self.album.kept()).await;
        let told = match made {
            Ok(mut collected) => {
                for item in &self.left_out {
                    collected.tick(item, false);
                }
                let told = collected.told();
                self.collected = Some(collected);
                told
            }
            Err(message) => Told::Failed { message },
        };
        self.intake = Some(intake);
        self.tell(told).await;
    }

    async fn tick(&mut self, item: &str, included: bool) {
        let Some(collected) = &mut self.collected else { return };
        collected.tick(item, included);
        let told = collected.told();
        self.tell(told).await;
    }

    async fn read(&mut self, item: &str) {
        let Some(collected) = &mut self.collected else { return };
        let told = match collected.read(item) {
            Some(item) => Told::Item { item },
            None => Told::Failed { message: Message::new("work-item-unreadable") },
        };
        self.tell(told).await;
    }

    async fn seal(&mut self) -> Next {
        let Some(mut collected) = self.collected.take() else {
            self.prepare_again().await;
            return Next::GoOn;
        };
        self.left_out = collected.left_out();
        if let Some(looking) = &self.looking {
            collected.add_probes(looking.probes());
        }
        match collected.queue(&self.world, self.fault) {
            Ok(number) => {
                self.album.forget();
                self.tell(Told::Queued { number }).await;
                Next::End
            }
            Err(message) => {
                self.tell(Told::Failed { message }).await;
                self.prepare_again().await;
                Next::GoOn
            }
        }
    }

    /// Sealing uses up what was put together; the person's next try needs it again, without what they left out.
    async fn prepare_again(&mut self) {
        self.wanted = self.intake.take();
        self.prepare().await;
    }
}

/// What a check is called.
fn title(id: &CheckId) -> Message {
    Message {
        id: nightline_types::MessageId::from_owned(format!("check-{id}")),
        args: std::collections::BTreeMap::new(),
        text: String::new(),
    }
}
