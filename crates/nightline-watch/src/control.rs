//! Answers other programs of the same person: a second start, the command line.

use nightline_engine::app::Event;
use nightline_link::{ControlListener, ControlPlace, ControlReply, ControlRequest, WatchStatus};
use tokio::sync::{mpsc, watch};

/// What can be asked of the watch itself, beside what becomes events.
pub(crate) enum Wish {
    /// An event for the app.
    Event(Event),
    /// Deliver what waits.
    Deliver,
    /// End.
    Stop,
}

/// Serves the home's control socket for as long as the watch lives. Without a socket the watch still works; a second
/// start then says that it cannot show the window.
pub(crate) async fn serve(
    place: Option<ControlPlace>,
    wishes: mpsc::Sender<Wish>,
    status: watch::Receiver<WatchStatus>,
) {
    let bound = place.as_ref().map(ControlListener::bind);
    let mut listener = match bound {
        Some(Ok(listener)) => listener,
        Some(Err(error)) => {
            tracing::error!(error = nightline_types::chain(&error), "No control socket");
            return;
        }
        None => return,
    };
    loop {
        let mut stream = match listener.accept().await {
            Ok(stream) => stream,
            Err(error) => {
                tracing::warn!(error = nightline_types::chain(&error), "A call was not taken");
                // Too many open files, for example: others must get the processor before the next try.
                tokio::task::yield_now().await;
                continue;
            }
        };
        let (wishes, status) = (wishes.clone(), status.clone());
        tokio::spawn(async move {
            let Ok(Some(request)) = stream.hear().await else { return };
            let wish = match request {
                ControlRequest::Show => Some(Wish::Event(Event::ShowAsked)),
                ControlRequest::GetHelp => Some(Wish::Event(Event::HelpAsked)),
                ControlRequest::DeliverNow => Some(Wish::Deliver),
                ControlRequest::Stop => Some(Wish::Stop),
                ControlRequest::Status | ControlRequest::Ping => None,
            };
            let reply = match request {
                ControlRequest::Status => ControlReply::Status(status.borrow().clone()),
                _ => ControlReply::Done,
            };
            if let Some(wish) = wish {
                let _ = wishes.send(wish).await;
            }
            if let Err(error) = stream.answer(&reply).await {
                tracing::info!(error = nightline_types::chain(&error), "A call was not answered");
            }
        });
    }
}
