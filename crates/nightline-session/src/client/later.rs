//! The calls for what follows a ticket: files and closing. Uploads nothing.

use nightline_protocol::{AttachmentReceipt, Closing, NewAttachment, NewClosing, TicketNumber};
use reqwest::Method;

use super::DeskClient;
use crate::error::CallError;

impl DeskClient {
    /// Announces a file, or asks how far it is: the same body answers the same.
    pub(crate) async fn put_attachment(
        &self,
        number: &TicketNumber,
        file: &NewAttachment,
    ) -> Result<AttachmentReceipt, CallError> {
        let path = format!("/api/v1/tickets/{number}/attachments/{}", file.id);
        self.authorized(Method::PUT, &path, Some(file)).await
    }

    /// Says that the person needs no help any more.
    pub(crate) async fn post_closing(
        &self,
        number: &TicketNumber,
        closing: &NewClosing,
    ) -> Result<Closing, CallError> {
        self.authorized(Method::POST, &format!("/api/v1/tickets/{number}/close"), Some(closing)).await
    }
}
