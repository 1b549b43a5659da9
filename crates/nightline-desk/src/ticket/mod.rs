//! Tickets as devices open and see them. A device sees its own, and of others not even that they exist.

mod again;
mod attachment;
mod attachments;
mod brief;
mod canonical;
mod close;
mod list;
mod message;
mod open;
mod receipt;
mod view;

pub(crate) use attachment::arrived as attachment_arrived;
pub(crate) use attachments::of_ticket as attachments_of;
pub use message::check_message;
pub(crate) use open::search_texts;
pub(crate) use receipt::receipt_of;

use nightline_protocol::{
    AttachmentReceipt, Closing, NewAttachment, NewClosing, NewMessage, NewTicket, Receipt, TicketBrief,
    TicketMessage, TicketNumber, TicketView,
};
use sqlx::SqliteConnection;

use crate::device::Device;
use crate::error::ApiFailure;
use crate::route::{Route, Who};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/tickets", Who::Device, list::list)
            .answers::<Vec<TicketView>>()
            .about("The device's own tickets, newest first, without messages."),
        Route::put("/api/v1/tickets/{number}", Who::Device, open::open)
            .takes::<NewTicket>()
            .answers::<Receipt>()
            .about("Opens a ticket; the same again answers the same."),
        Route::get("/api/v1/tickets/{number}", Who::Device, view::show)
            .answers::<TicketView>()
            .about("One of the device's own tickets."),
        Route::get("/api/v1/tickets/{number}/receipt", Who::Device, receipt::show)
            .answers::<Receipt>()
            .about("How the delivery of a ticket stands."),
        Route::post("/api/v1/tickets/{number}/messages", Who::Device, message::send)
            .takes::<NewMessage>()
            .answers::<TicketMessage>()
            .about("Says something about a ticket; the same id again is the same message."),
        Route::put("/api/v1/tickets/{number}/attachments/{id}", Who::Device, attachment::announce)
            .takes::<NewAttachment>()
            .answers::<AttachmentReceipt>()
            .about("Announces a file that follows a ticket; the same again says how far it is."),
        Route::post("/api/v1/tickets/{number}/close", Who::Device, close::close)
            .takes::<NewClosing>()
            .answers::<Closing>()
            .about("The person needs no help with it any more; the same id again closes nothing anew."),
        Route::get("/api/v1/ticket-briefs", Who::Device, brief::briefs)
            .answers::<Vec<TicketBrief>>()
            .about("How the device's own tickets stand, newest first; If-None-Match answers 304."),
    ]
}

/// The status of a ticket of this device; of another's not even that it exists.
async fn owned(
    tx: &mut SqliteConnection,
    device: &Device,
    number: &TicketNumber,
) -> Result<String, ApiFailure> {
    let row: Option<(String, String)> =
        sqlx::query_as("SELECT device, status FROM tickets WHERE number = $1")
            .bind(number.as_str())
            .fetch_optional(tx)
            .await?;
    row.filter(|(owner, _)| *owner == device.id).map(|(_, status)| status).ok_or_else(ApiFailure::not_found)
}

/// Ids of messages, files and closings are in paths, file names and tokens of other programs.
fn check_id(id: &str) -> Result<(), ApiFailure> {
    /// As the protocol says.
    const MAX_ID: usize = 64;
    let id = id.as_bytes();
    if id.is_empty() || id.len() > MAX_ID || !id.iter().all(|it| it.is_ascii_alphanumeric() || *it == b'-') {
        return Err(ApiFailure::bad_request("`id` has 1 to 64 characters of A-Z a-z 0-9 -"));
    }
    Ok(())
}
