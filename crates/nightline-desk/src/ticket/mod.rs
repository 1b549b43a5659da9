//! Tickets as devices open and see them. A device sees its own, and of others not even that they exist.

mod canonical;
mod list;
mod message;
mod open;
mod receipt;
mod view;

pub use message::check_message;
pub(crate) use open::search_texts;
pub(crate) use receipt::receipt_of;

use nightline_protocol::{NewMessage, NewTicket, Receipt, TicketMessage, TicketView};

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
    ]
}
