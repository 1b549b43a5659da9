//! The agents' side: sign-in, queue, tickets, files, audit. Knows nothing of uploads or of devices' keys.

mod account;
mod attachment;
mod bundle;
mod change;
mod close;
mod cookie;
mod draft;
mod files;
mod lock;
mod messages;
mod order;
mod origin;
mod page;
mod password;
mod people;
mod queue;
mod session;
mod setup;
mod sign_in;
mod stored;
mod viewing;
pub mod wire;

use nightline_protocol::{NewMessage, TechnicalLog, TicketMessage};

use crate::route::{Route, Who};

pub use crate::console::fallback;
pub use account::add;
pub use session::{ABSOLUTE_LIMIT, IDLE_LIMIT, SignedIn, authenticate};

/// What the agents' side keeps in memory while the desk runs. Part of [`crate::app::App`] as `app.agents`.
#[derive(Default)]
pub struct AgentState {
    passwords: password::PasswordPool,
    unknown: lock::UnknownEmails,
    bundles: bundle::OpenBundles,
}

impl std::fmt::Debug for AgentState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AgentState")
    }
}

pub(crate) fn routes() -> Vec<Route> {
    [access(), tickets(), administration()].concat()
}

fn access() -> Vec<Route> {
    vec![
        Route::get("/api/agent/v1/setup/state", Who::Public, setup::state)
            .answers::<wire::SetupState>()
            .about("Whether the first agent is still to be made."),
        Route::post("/api/agent/v1/setup", Who::Public, setup::set_up)
            .takes::<wire::Setup>()
            .answers::<wire::Me>()
            .about("Makes the first agent with the printed token; 404 for good once there is one."),
        Route::post("/api/agent/v1/sign-in", Who::Public, sign_in::sign_in)
            .takes::<wire::SignIn>()
            .answers::<wire::Me>()
            .about("Begins a session."),
        Route::delete("/api/agent/v1/session", Who::Agent, sign_in::sign_out).about("Ends the session."),
        Route::get("/api/agent/v1/me", Who::Agent, sign_in::me)
            .answers::<wire::Me>()
            .about("Who is signed in."),
    ]
}

fn tickets() -> Vec<Route> {
    vec![
        Route::get("/api/agent/v1/tickets", Who::Agent, queue::queue)
            .answers::<wire::Queue>()
            .about("The queue, most urgent first: status, severity, owner, q, after, limit."),
        Route::get("/api/agent/v1/tickets/{number}", Who::Agent, page::page)
            .answers::<wire::TicketPage>()
            .about("Everything about a ticket but the files' content."),
        Route::patch("/api/agent/v1/tickets/{number}", Who::Agent, change::change)
            .takes::<wire::TicketChange>()
            .answers::<wire::TicketPage>()
            .about("Changes status, severity or owner."),
        Route::get("/api/agent/v1/tickets/{number}/files/{index}", Who::Agent, files::file)
            .about("One file of the bundle as plain text or as a picture: offset, limit."),
        Route::get("/api/agent/v1/tickets/{number}/bundle", Who::Agent, files::whole)
            .about("The whole bundle as a download."),
        Route::get("/api/agent/v1/tickets/{number}/attachments/{id}", Who::Agent, attachment::file)
            .about("A file that followed the ticket as plain text or as a picture: offset, limit."),
        Route::get(
            "/api/agent/v1/tickets/{number}/attachments/{id}/download",
            Who::Agent,
            attachment::download,
        )
        .about("A file that followed the ticket as a download."),
        Route::post("/api/agent/v1/tickets/{number}/messages", Who::Agent, messages::send)
            .takes::<NewMessage>()
            .answers::<TicketMessage>()
            .about("Answers the customer; the same id again is the same message."),
        Route::get("/api/agent/v1/tickets/{number}/log-draft", Who::Agent, close::log_draft)
            .answers::<TechnicalLog>()
            .about("The technical log drafted from the findings: lang."),
        Route::post("/api/agent/v1/tickets/{number}/close", Who::Agent, close::close)
            .takes::<wire::Close>()
            .answers::<wire::TicketPage>()
            .about("Closes the ticket with its technical log."),
    ]
}

fn administration() -> Vec<Route> {
    vec![
        Route::get("/api/agent/v1/agents", Who::Agent, people::agents)
            .answers::<Vec<wire::Agent>>()
            .about("All agents, for the choice of an owner."),
        Route::post("/api/agent/v1/agents", Who::Admin, people::add_agent)
            .takes::<wire::NewAgent>()
            .answers::<wire::Agent>()
            .about("Adds an agent."),
        Route::get("/api/agent/v1/devices", Who::Admin, people::devices)
            .answers::<Vec<wire::Device>>()
            .about("The devices that enrolled, last seen first."),
        Route::post("/api/agent/v1/devices/{id}/approve", Who::Admin, people::approve)
            .answers::<wire::Device>()
            .about("Lets a device open tickets."),
        Route::get("/api/agent/v1/audit", Who::Admin, people::audit_log)
            .answers::<Vec<wire::AuditRow>>()
            .about("Who did what, newest first: after, limit."),
    ]
}
