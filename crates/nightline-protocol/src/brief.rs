//! How all tickets of a device stand, in one short answer that can be asked for every half minute.

use nightline_types::{Severity, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{MessageAuthor, TicketNumber, TicketStatus};

/// `GET /api/v1/ticket-briefs`: the device's own tickets, newest first, at most 200. The answer has an `ETag`; asked
/// with it as `If-None-Match`, the desk answers 304 without a body while nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct TicketBrief {
    /// The ticket.
    pub number: TicketNumber,
    /// How it stands.
    pub status: TicketStatus,
    /// Who closed it, while it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub closed_by: Option<MessageAuthor>,
    /// How urgent; an agent may have changed it.
    pub severity: Severity,
    /// The agent's name, once somebody took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub owner: Option<String>,
    /// By when somebody answers; absent once somebody has, and when it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub response_due: Option<Timestamp>,
    /// Whether the bundle is there.
    pub bundle_complete: bool,
    /// Messages of both sides.
    pub messages: u32,
    /// Messages of the desk: more than last time is something new to read.
    pub from_agents: u32,
    /// Files that followed the ticket and are whole.
    pub attachments: u32,
    /// When the last message came, from either side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub last_message_at: Option<Timestamp>,
}
