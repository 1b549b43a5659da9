//! One attempt for one item: ticket, messages, bundle, receipt, and what follows. Each step is noted before the next follows from it.

use std::sync::Arc;

use nightline_protocol::{ApiError, DeskProfile, ErrorCode, Receipt, UploadGrant, tus};

use super::{Courier, Progress, ProgressSink, RefusedPart, Stopped};
use crate::client::DeskClient;
use crate::error::CallError;
use crate::outbox::{HeldItem, OutboxError, Stage, UploadState};
use crate::step::Step;
use crate::tus::{Upload, UploadError, UploadLog};

/// A bundle that arrives damaged twice is damaged on this disk.
const MAX_DAMAGED_UPLOADS: u32 = 2;

pub(super) struct Attempt<'a> {
    pub(super) courier: &'a Courier,
    pub(super) client: &'a DeskClient,
    pub(super) progress: &'a ProgressSink,
}

impl Attempt<'_> {
    pub(super) async fn run(
        &self,
        item: &mut HeldItem,
        refused_messages: &mut Vec<(String, ApiError)>,
        refused_parts: &mut Vec<RefusedPart>,
    ) -> Result<Receipt, Stopped> {
        if item.state.stage == Stage::Delivered {
            // A kill between the two last steps leaves the bundle behind.
            item.delete_bundle()?;
            self.messages(item, refused_messages).await?;
            self.later(item, refused_parts).await?;
            let receipt = self.client.receipt(&item.ticket.number).await?;
            item.state.attempts = 0;
            item.state.last_error = None;
            item.state.next_try = None;
            item.note()?;
            return Ok(receipt);
        }
        let profile = self.client.profile().await?;
        let size = item.ticket.bundle.size;
        if size > profile.max_bundle_bytes {
            let detail = format!("{size} bytes, the desk takes {}", profile.max_bundle_bytes);
            return Err(CallError::Refused(ApiError { code: ErrorCode::TooLarge, detail }).into());
        }
        let mut receipt = self.announce(item).await?;
        self.messages(item, refused_messages).await?;
        let mut fresh_grants = 0;
        while !receipt.bundle_complete {
            match self.upload(item, &receipt, &profile).await {
                Ok(()) => receipt = self.confirmed(item).await?,
                Err(Stopped::Call(CallError::Refused(error))) => match error.code {
                    // The right to upload ends after some time; announcing again gives a new one.
                    ErrorCode::SignInRequired | ErrorCode::Forbidden if fresh_grants == 0 => {
                        fresh_grants += 1;
                        receipt = self.announce(item).await?;
                    }
                    ErrorCode::DamagedBundle
                        if item.state.upload.is_some()
                            && item.state.damaged_uploads + 1 < MAX_DAMAGED_UPLOADS =>
                    {
                        self.begin_again(item)?;
                        receipt = self.announce(item).await?;
                    }
                    _ => return Err(CallError::Refused(error).into()),
                },
                Err(other) => return Err(other),
            }
        }
        self.finish(item, &receipt)?;
        self.later(item, refused_parts).await?;
        Ok(receipt)
    }

    /// Opens the ticket, or asks for its receipt again: the same body answers the same.
    async fn announce(&self, item: &mut HeldItem) -> Result<Receipt, Stopped> {
        let fault = self.courier.outbox.fault();
        let receipt = self.client.put_ticket(&item.ticket).await?;
        if receipt.number != item.ticket.number {
            return Err(CallError::NotADesk("the receipt is for another ticket".to_owned()).into());
        }
        fault.passed(Step::TicketAccepted);
        if item.state.stage == Stage::Queued {
            item.state.stage = Stage::Announced;
        }
        item.state.keep(&receipt);
        item.note()?;
        fault.passed(Step::TicketNoted);
        Ok(receipt)
    }

    async fn messages(&self, item: &HeldItem, refused: &mut Vec<(String, ApiError)>) -> Result<(), Stopped> {
        let fault = self.courier.outbox.fault();
        for message in item.messages()? {
            match self.client.post_message(&item.ticket.number, &message).await {
                Ok(_) => {
                    fault.passed(Step::MessageAccepted);
                    item.delete_message(&message.id)?;
                    fault.passed(Step::MessageNoted);
                }
                Err(CallError::Refused(error)) if crate::error::is_final(error.code) => {
                    item.set_message_aside(&message.id)?;
                    refused.push((message.id, error));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    async fn upload(
        &self,
        item: &mut HeldItem,
        receipt: &Receipt,
        profile: &DeskProfile,
    ) -> Result<(), Stopped> {
        let missing = || CallError::NotADesk("the receipt names no place for the bundle".to_owned());
        let grant = receipt.upload.as_ref().filter(|it| is_path(it)).ok_or_else(missing)?;
        let (number, total) = (item.ticket.number.clone(), item.ticket.bundle.size);
        let sink = Arc::clone(self.progress);
        let file = item.bundle();
        let upload = Upload {
            http: self.client.http(),
            desk: self.client.desk(),
            endpoint: &grant.endpoint,
            token: &grant.token,
            metadata: tus::metadata([
                ("ticket", number.as_str()),
                ("filename", &format!("{number}.zip")),
                ("filetype", "application/zip"),
            ]),
            file: &file,
            size: total,
            max_chunk: profile.max_chunk_bytes,
            patience: self.courier.patience,
            progress: Arc::new(move |sent| {
                sink(Progress { number: number.clone(), attachment: None, sent, total })
            }),
        };
        let known = item.state.upload.clone();
        if known.is_none() && !item.bundle_is_whole().await {
            return Err(OutboxError::BundleDamaged { path: item.bundle() }.into());
        }
        let mut log = ItemLog { item, courier: self.courier };
        upload.run(known, &mut log).await.map_err(|error: UploadError| error.into())
    }

    /// The desk's word that the bundle is whole. It may take a moment to read it once more.
    async fn confirmed(&self, item: &HeldItem) -> Result<Receipt, Stopped> {
        for failures in 1..=self.courier.patience.tries {
            match self.client.receipt(&item.ticket.number).await {
                Ok(receipt) if receipt.bundle_complete => return Ok(receipt),
                Ok(_) | Err(CallError::Offline { .. } | CallError::DeskTrouble(_)) => {}
                Err(error) => return Err(error.into()),
            }
            tokio::time::sleep(self.courier.patience.wait(failures)).await;
        }
        Err(Stopped::Verifying)
    }

    fn begin_again(&self, item: &mut HeldItem) -> Result<(), OutboxError> {
        item.state.damaged_uploads += 1;
        item.state.upload = None;
        item.state.stage = Stage::Announced;
        item.note()
    }

    fn finish(&self, item: &mut HeldItem, receipt: &Receipt) -> Result<(), OutboxError> {
        let fault = self.courier.outbox.fault();
        fault.passed(Step::BundleConfirmed);
        item.state.stage = Stage::Delivered;
        item.state.upload = None;
        item.state.attempts = 0;
        item.state.last_error = None;
        item.state.next_try = None;
        item.state.keep(receipt);
        item.note()?;
        fault.passed(Step::DeliveryNoted);
        item.delete_bundle()?;
        fault.passed(Step::BundleDeleted);
        Ok(())
    }
}

/// A path at the desk's own root: a receipt cannot send a bundle elsewhere.
pub(super) fn is_path(grant: &UploadGrant) -> bool {
    grant.endpoint.starts_with('/') && !grant.endpoint.starts_with("//")
}

/// Notes an upload's progress in the item.
struct ItemLog<'a> {
    item: &'a mut HeldItem,
    courier: &'a Courier,
}

impl UploadLog for ItemLog<'_> {
    fn created(&mut self, url: &str) -> Result<(), OutboxError> {
        self.courier.outbox.fault().passed(Step::UploadCreated);
        self.item.state.upload = Some(UploadState { url: url.to_owned(), offset: 0 });
        self.item.state.stage = Stage::Uploading;
        self.item.note()?;
        self.courier.outbox.fault().passed(Step::UploadNoted);
        Ok(())
    }

    fn accepted(&mut self, offset: u64) -> Result<(), OutboxError> {
        self.courier.outbox.fault().passed(Step::ChunkAccepted);
        if let Some(upload) = self.item.state.upload.as_mut() {
            upload.offset = offset;
        }
        self.item.state.attempts = 0;
        self.item.note()?;
        self.courier.outbox.fault().passed(Step::ChunkNoted);
        Ok(())
    }
}
