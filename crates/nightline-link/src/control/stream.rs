//! One call: a request, a reply, and no more.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncWrite};

use super::{
    CONTROL_LIMIT, ConnectError, ControlPlace, ControlReply, ControlRequest, MAX_CONTROL_FRAME, connect,
};
use crate::frame::{FrameError, FrameReader, write_frame_within};

/// Why a call brought no reply.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// Nobody could be reached.
    #[error("no watch could be reached")]
    Connect(#[source] ConnectError),
    /// What came was no reply, or none came.
    #[error("the other end spoke badly")]
    Frame(#[source] FrameError),
    /// The other end hung up without a word.
    #[error("the other end hung up")]
    HungUp,
    /// Nothing came within [`CONTROL_LIMIT`].
    #[error("nothing came within {} s", CONTROL_LIMIT.as_secs())]
    TooSlow,
}

/// Both directions of a connection, whatever the system calls it.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// One call between two programs of one person.
pub struct ControlStream {
    reader: FrameReader<Box<dyn Duplex>>,
}

impl std::fmt::Debug for ControlStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ControlStream")
    }
}

impl ControlStream {
    pub(super) fn new(stream: impl Duplex + 'static) -> Self {
        Self { reader: FrameReader::within(Box::new(stream), MAX_CONTROL_FRAME) }
    }

    /// The request of who called. One that this program does not know is answered here, and the call is over: `None`.
    ///
    /// # Errors
    ///
    /// See [`CallError`]; never [`CallError::Connect`].
    pub async fn hear(&mut self) -> Result<Option<ControlRequest>, CallError> {
        match self.receive().await {
            Ok(request) => Ok(Some(request)),
            Err(CallError::Frame(FrameError::NotUnderstood(_))) => {
                self.send(&ControlReply::NotUnderstood).await?;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Answers and ends the call.
    ///
    /// # Errors
    ///
    /// See [`CallError`]; never [`CallError::Connect`].
    pub async fn answer(mut self, reply: &ControlReply) -> Result<(), CallError> {
        self.send(reply).await
    }

    /// Asks and waits for the reply.
    ///
    /// # Errors
    ///
    /// See [`CallError`]; never [`CallError::Connect`].
    pub async fn ask(mut self, request: &ControlRequest) -> Result<ControlReply, CallError> {
        self.send(request).await?;
        self.receive().await
    }

    async fn send(&mut self, value: &impl Serialize) -> Result<(), CallError> {
        let writing = write_frame_within(self.reader.source_mut(), value, MAX_CONTROL_FRAME);
        within(CONTROL_LIMIT, writing).await?.map_err(CallError::Frame)
    }

    async fn receive<T: DeserializeOwned>(&mut self) -> Result<T, CallError> {
        within(CONTROL_LIMIT, self.reader.next()).await?.map_err(CallError::Frame)?.ok_or(CallError::HungUp)
    }
}

/// Asks the watch of a home, from the call to the reply.
///
/// # Errors
///
/// See [`CallError`]; no running watch is [`ConnectError::Nobody`].
pub async fn ask(place: &ControlPlace, request: &ControlRequest) -> Result<ControlReply, CallError> {
    let exchange = async {
        let stream = connect(place).await.map_err(CallError::Connect)?;
        stream.ask(request).await
    };
    within(CONTROL_LIMIT, exchange).await?
}

async fn within<T>(limit: Duration, wait: impl Future<Output = T>) -> Result<T, CallError> {
    tokio::time::timeout(limit, wait).await.map_err(|_| CallError::TooSlow)
}
