//! One writer for each upload at a time. A newer request ends the older one.
//!
//! A client that comes back has given its old connection up, even where the desk has not noticed yet: waiting for
//! the old one to time out would hold the client up for half a minute.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use nightline_protocol::ErrorCode;
use tokio::sync::{Mutex as TurnMutex, OwnedMutexGuard};
use tokio_util::sync::CancellationToken;

use crate::error::ApiFailure;

/// The older writer ends at its next byte or at once; it only has to write what it holds. A bundle that is being
/// verified takes longer, and is waited for.
const HANDOVER_TIMEOUT: Duration = Duration::from_secs(20);
/// Uploads written at the same time. Each holds at most two batches in memory.
const MAX_WRITERS: usize = 1_024;

/// Which uploads are being written now. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Writers(Arc<Mutex<HashMap<String, Slot>>>);

#[derive(Clone, Debug, Default)]
struct Slot {
    turn: Arc<TurnMutex<()>>,
    ended: CancellationToken,
}

/// The turn of one writer. Others wait until it is dropped.
pub(crate) struct Turn {
    writers: Writers,
    id: String,
    turn: Option<OwnedMutexGuard<()>>,
    /// Cancelled when a newer request wants the turn.
    pub(crate) ended: CancellationToken,
}

impl Writers {
    /// Ends the present writer of `id` and waits for the turn; 423 if it does not come.
    pub(crate) async fn turn(&self, id: &str) -> Result<Turn, ApiFailure> {
        let (turn, ended) = {
            let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if slots.len() >= MAX_WRITERS && !slots.contains_key(id) {
                return Err(ApiFailure::new(ErrorCode::TooManyRequests, "too many uploads at once")
                    .with_status(StatusCode::SERVICE_UNAVAILABLE));
            }
            let slot = slots.entry(id.to_owned()).or_default();
            slot.ended.cancel();
            slot.ended = CancellationToken::new();
            (Arc::clone(&slot.turn), slot.ended.clone())
        };
        let mut mine = Turn { writers: self.clone(), id: id.to_owned(), turn: None, ended };
        match tokio::time::timeout(HANDOVER_TIMEOUT, turn.lock_owned()).await {
            Ok(guard) => {
                mine.turn = Some(guard);
                Ok(mine)
            }
            Err(_) => Err(ApiFailure::new(ErrorCode::Conflict, "another request writes this upload")
                .with_status(StatusCode::LOCKED)),
        }
    }
}

impl Drop for Turn {
    /// Gives the turn on, and forgets the upload where nobody else waits for it.
    fn drop(&mut self) {
        let mut slots = self.writers.0.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.turn.take());
        // One count is the table's own.
        if slots.get(&self.id).is_some_and(|slot| Arc::strong_count(&slot.turn) == 1) {
            slots.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_newer_request_ends_the_older_and_then_has_its_turn() {
        let writers = Writers::default();
        let first = writers.turn("a").await.unwrap();
        let other = writers.turn("b").await.unwrap();
        let second = tokio::spawn({
            let writers = writers.clone();
            async move { writers.turn("a").await.map(|turn| turn.ended.is_cancelled()) }
        });
        first.ended.cancelled().await;
        assert!(!other.ended.is_cancelled());
        drop(first);
        assert!(!second.await.unwrap().unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn a_writer_that_does_not_end_keeps_its_turn_and_the_other_is_told() {
        let writers = Writers::default();
        let first = writers.turn("a").await.unwrap();
        let refused = writers.turn("a").await.map(|_| ()).unwrap_err();
        assert_eq!(refused.status(), StatusCode::LOCKED);
        drop(first);
        assert!(writers.turn("a").await.is_ok());
    }

    #[tokio::test]
    async fn nothing_is_remembered_of_uploads_that_nobody_writes() {
        let writers = Writers::default();
        drop(writers.turn("a").await.unwrap());
        assert!(writers.0.lock().unwrap().is_empty());
    }
}
