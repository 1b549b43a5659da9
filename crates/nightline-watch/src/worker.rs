//! Workers: short-lived processes that look, collect and seal, so that a hung system call dies with them.

use std::ffi::OsString;
use std::time::Duration;

use nightline_engine::app::Event;
use nightline_engine::work::{MAX_WAITING, Told, Work};
use nightline_link::{FrameReader, write_frame};
use nightline_platform::child::{Child, Start, Stderr};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::window::beside;

/// A look in the background has its own deadline of 14 s; one that is not over by then hangs in the system.
const LOOKING: Duration = Duration::from_secs(40);

/// A worker that was started. Dropping it ends it.
pub(crate) struct Worker {
    orders: Option<mpsc::Sender<Work>>,
    task: JoinHandle<()>,
}

/// How what a worker tells becomes events.
#[derive(Clone, Copy)]
pub(crate) struct Ears {
    pub(crate) told: fn(Told) -> Event,
    pub(crate) gone: fn() -> Event,
}

/// Of the way through "Get help".
pub(crate) const HELP: Ears = Ears { told: Event::Told, gone: || Event::WorkerGone };
/// Of a look in the background.
pub(crate) const AROUND: Ears = Ears { told: Event::Around, gone: || Event::AroundGone };

impl Worker {
    /// Starts one.
    pub(crate) fn start(words: &[OsString], ears: Ears, events: mpsc::Sender<Event>) -> Option<Self> {
        let mut args = vec![OsString::from("worker")];
        args.extend_from_slice(words);
        let program = beside("nightline");
        let start = Start { program, args, environment: Vec::new(), stderr: Stderr::Null };
        let child = start
            .run()
            .inspect_err(|error| tracing::error!(error = nightline_types::chain(error), "No worker"))
            .ok()?;
        let (orders, inbox) = mpsc::channel(MAX_WAITING);
        let task = tokio::spawn(live(child, inbox, ears, events));
        Some(Self { orders: Some(orders), task })
    }

    /// Tells it what to do. `false` if it is not there any more.
    pub(crate) fn order(&self, work: Work) -> bool {
        self.orders.as_ref().is_some_and(|orders| orders.try_send(work).is_ok())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Looks once how things stand, in a process that ends.
pub(crate) fn look_around(words: &[OsString], events: mpsc::Sender<Event>) -> JoinHandle<()> {
    let words = words.to_vec();
    tokio::spawn(async move {
        let Some(mut worker) = Worker::start(&words, AROUND, events.clone()) else {
            // Nobody is there to be told when the watch ends.
            let _ = events.send(Event::AroundGone).await;
            return;
        };
        if let Some(orders) = worker.orders.take() {
            // The only order. With the end of the orders the worker ends when it has looked.
            let _ = orders.send(Work::Look { target: None }).await;
        }
        if tokio::time::timeout(LOOKING, &mut worker.task).await.is_err() {
            tracing::warn!("A look in the background hung and was ended");
            let _ = events.send(Event::AroundGone).await;
        }
    })
}

async fn live(child: Child, mut inbox: mpsc::Receiver<Work>, ears: Ears, events: mpsc::Sender<Event>) {
    let Child { mut stdin, stdout, mut process } = child;
    let writing = tokio::spawn(async move {
        while let Some(work) = inbox.recv().await {
            if write_frame(&mut stdin, &work).await.is_err() {
                return;
            }
        }
        // Dropping the pipe tells the worker that nothing more comes.
    });
    let mut reader = FrameReader::new(stdout);
    loop {
        match reader.next::<Told>().await {
            Ok(Some(told)) => {
                if events.send((ears.told)(told)).await.is_err() {
                    break;
                }
            }
            Ok(None) => break,
            Err(error) => {
                tracing::warn!(error = nightline_types::chain(&error), "A worker spoke badly");
                break;
            }
        }
    }
    writing.abort();
    process.kill();
    let exit = process.wait().await;
    tracing::info!(?exit, "A worker has ended");
    let _ = events.send((ears.gone)()).await;
}
