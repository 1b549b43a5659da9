//! What follows a ticket that the desk has: files, and the person's word that no help is needed any more. One part's
//! refusal does not hold the others up.

use std::sync::Arc;

use nightline_protocol::{ApiError, DeskProfile, ErrorCode, NewAttachment, TicketNumber, UploadGrant, tus};
use nightline_types::Message;

use super::attempt::{Attempt, is_path};
use super::{Progress, Stopped};
use crate::FaultPoint;
use crate::error::{CallError, is_final};
use crate::outbox::{HeldItem, OutboxError, UploadState, WaitingFile};
use crate::step::Step;
use crate::tus::{Upload, UploadLog};

/// Something that followed a ticket and was not taken, for good. A file was moved aside and stays on this disk.
#[derive(Clone, Debug)]
pub struct RefusedPart {
    /// What.
    pub part: LaterPart,
    /// The desk's words; nothing where the file was damaged on this device.
    pub error: Option<ApiError>,
}

/// What can follow a ticket beside messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LaterPart {
    /// A file.
    File {
        /// As it was queued.
        id: String,
        /// Its name.
        name: String,
    },
    /// The wish to close.
    Close,
}

impl RefusedPart {
    /// What to tell the person.
    pub fn message(&self) -> Message {
        let LaterPart::File { name, .. } = &self.part else { return Message::new("session-close-refused") };
        Message::new(match &self.error {
            None => "session-file-damaged-here",
            Some(error) if error.code == ErrorCode::TooLarge => "session-file-too-large",
            Some(_) => "session-file-refused",
        })
        .arg("name", name.as_str())
    }

    fn file(wire: &NewAttachment, error: Option<ApiError>) -> Self {
        Self { part: LaterPart::File { id: wire.id.clone(), name: wire.name.clone() }, error }
    }
}

impl Attempt<'_> {
    /// Sends what waits beside the ticket. The wish to close is last: whoever closes has said everything.
    pub(super) async fn later(&self, item: &HeldItem, refused: &mut Vec<RefusedPart>) -> Result<(), Stopped> {
        let waiting = item.files()?;
        if !waiting.is_empty() {
            let profile = self.client.profile().await?;
            for mut file in waiting {
                match self.file(&item.ticket.number, &mut file, &profile).await {
                    Ok(Sent::Whole) => file.delete(self.courier.outbox.fault())?,
                    Ok(Sent::DamagedHere) => {
                        file.set_aside("damaged")?;
                        refused.push(RefusedPart::file(&file.wire, None));
                    }
                    Err(Stopped::Call(CallError::Refused(error))) if is_final(error.code) => {
                        file.set_aside("refused")?;
                        refused.push(RefusedPart::file(&file.wire, Some(error)));
                    }
                    Err(other) => return Err(other),
                }
            }
        }
        self.close(item, refused).await
    }

    async fn close(&self, item: &HeldItem, refused: &mut Vec<RefusedPart>) -> Result<(), Stopped> {
        let fault = self.courier.outbox.fault();
        let Some(closing) = item.closing()? else { return Ok(()) };
        match self.client.post_closing(&item.ticket.number, &closing).await {
            Ok(_) => fault.passed(Step::CloseAccepted),
            Err(CallError::Refused(error)) if is_final(error.code) => {
                refused.push(RefusedPart { part: LaterPart::Close, error: Some(error) });
            }
            Err(error) => return Err(error.into()),
        }
        item.delete_closing()?;
        fault.passed(Step::CloseNoted);
        Ok(())
    }

    /// Announces a file and uploads what is missing of it. Announcing again is also the question how far it is.
    async fn file(
        &self,
        number: &TicketNumber,
        file: &mut WaitingFile,
        profile: &DeskProfile,
    ) -> Result<Sent, Stopped> {
        let fault = self.courier.outbox.fault();
        for failures in 1..=self.courier.patience.tries {
            let receipt = self.client.put_attachment(number, &file.wire).await?;
            if receipt.id != file.wire.id {
                return Err(CallError::NotADesk("the receipt is for another file".to_owned()).into());
            }
            fault.passed(Step::FileAccepted);
            if receipt.complete {
                fault.passed(Step::FileConfirmed);
                return Ok(Sent::Whole);
            }
            let missing = || CallError::NotADesk("the receipt names no place for the file".to_owned());
            let grant = receipt.upload.as_ref().filter(|it| is_path(it)).ok_or_else(missing)?;
            if file.state.upload.is_none() && !file.is_whole().await {
                return Ok(Sent::DamagedHere);
            }
            match self.upload_file(number, file, grant, profile).await {
                // The receipt says whether it is whole.
                Ok(()) if failures == 1 => continue,
                Ok(()) => {}
                // The right to upload has ended; announcing again gives a new one.
                Err(Stopped::Call(CallError::Refused(error)))
                    if failures == 1
                        && matches!(error.code, ErrorCode::SignInRequired | ErrorCode::Forbidden) => {}
                Err(other) => return Err(other),
            }
            tokio::time::sleep(self.courier.patience.wait(failures)).await;
        }
        Err(Stopped::Verifying)
    }

    async fn upload_file(
        &self,
        number: &TicketNumber,
        file: &mut WaitingFile,
        grant: &UploadGrant,
        profile: &DeskProfile,
    ) -> Result<(), Stopped> {
        let (sink, content) = (Arc::clone(self.progress), file.content());
        let (number, id, total) = (number.clone(), file.wire.id.clone(), file.wire.size);
        let upload = Upload {
            http: self.client.http(),
            desk: self.client.desk(),
            endpoint: &grant.endpoint,
            token: &grant.token,
            metadata: tus::metadata([("ticket", number.as_str())]),
            file: &content,
            size: total,
            max_chunk: profile.max_chunk_bytes,
            patience: self.courier.patience,
            progress: Arc::new(move |sent| {
                sink(Progress { number: number.clone(), attachment: Some(id.clone()), sent, total });
            }),
        };
        let known = file.state.upload.clone();
        let mut log = FileLog { file, fault: self.courier.outbox.fault() };
        Ok(upload.run(known, &mut log).await?)
    }
}

/// What came of a file.
enum Sent {
    /// The desk has it, whole.
    Whole,
    /// What lies on this disk is not what was queued.
    DamagedHere,
}

/// Notes an upload's progress beside the file.
struct FileLog<'a> {
    file: &'a mut WaitingFile,
    fault: FaultPoint,
}

impl UploadLog for FileLog<'_> {
    fn created(&mut self, url: &str) -> Result<(), OutboxError> {
        self.fault.passed(Step::FileUploadCreated);
        self.file.state.upload = Some(UploadState { url: url.to_owned(), offset: 0 });
        self.file.note()?;
        self.fault.passed(Step::FileUploadNoted);
        Ok(())
    }

    fn accepted(&mut self, offset: u64) -> Result<(), OutboxError> {
        self.fault.passed(Step::FileChunkAccepted);
        if let Some(upload) = self.file.state.upload.as_mut() {
            upload.offset = offset;
        }
        self.file.note()?;
        self.fault.passed(Step::FileChunkNoted);
        Ok(())
    }
}
