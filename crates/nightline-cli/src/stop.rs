//! Ctrl-C: ends a diagnosis early with what it has; at every other moment it ends the command.

use std::sync::{Arc, Mutex, PoisonError};

use nightline_types::Message;
use tokio_util::sync::CancellationToken;

use crate::exit::{Exit, Failure};
use crate::output::Output;

/// Listens for Ctrl-C from the first moment to the last.
#[derive(Clone, Default)]
pub(crate) struct Stop(Arc<Mutex<Option<CancellationToken>>>);

impl Stop {
    /// Starts to listen. What is queued is safe at every moment, so the process may simply end.
    pub(crate) fn listen(&self, output: &Output) {
        let diagnosis = Arc::clone(&self.0);
        let text = Failure::new(Exit::Stopped, Message::new("cli-stopped-early")).text(&output.texts);
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                let running = diagnosis.lock().unwrap_or_else(PoisonError::into_inner).take();
                match running {
                    Some(diagnosis) => diagnosis.cancel(),
                    None => {
                        crate::output::progress_line(&text);
                        std::process::exit(i32::from(Exit::Stopped as u8));
                    }
                }
            }
        });
    }

    /// From now on Ctrl-C cancels this diagnosis.
    pub(crate) fn diagnosis(&self) -> CancellationToken {
        let token = CancellationToken::new();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        token
    }

    /// The diagnosis has ended.
    pub(crate) fn done(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
