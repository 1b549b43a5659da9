//! `nightline worker`: what the watch starts to look, collect and seal. Frames in, frames out; nobody types this.

use nightline_engine::work::{MAX_WAITING, Told, Work, work};
use nightline_engine::{World, fault};
use nightline_link::{FrameError, FrameReader, write_frame};
use tokio::sync::mpsc;

use crate::exit::{Exit, Failure};

/// Works until the orders end.
pub(crate) async fn run(world: &World) -> Result<Exit, Failure> {
    let (orders, inbox) = mpsc::channel::<Work>(MAX_WAITING);
    let (told, mut outbox) = mpsc::channel::<Told>(MAX_WAITING);
    let reading = tokio::spawn(async move {
        let mut reader = FrameReader::new(tokio::io::stdin());
        loop {
            match reader.next::<Work>().await {
                Ok(Some(order)) => {
                    if orders.send(order).await.is_err() {
                        return;
                    }
                }
                // An order of a later watch: what we do not know, we do not do.
                Err(FrameError::NotUnderstood(_)) => {}
                Ok(None) | Err(_) => return,
            }
        }
    });
    let writing = tokio::spawn(async move {
        let mut stdout = tokio::io::stdout();
        while let Some(told) = outbox.recv().await {
            if write_frame(&mut stdout, &told).await.is_err() {
                return;
            }
        }
    });
    work(world.clone(), fault(&world.environment), inbox, told).await;
    // The last word has to be out before the process ends; the watch reads at once or is gone.
    let _ = writing.await;
    reading.abort();
    Ok(Exit::Done)
}
