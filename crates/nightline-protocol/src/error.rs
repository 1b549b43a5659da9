//! How the desk says no: a code the app acts on, and a detail for "copy details".

use std::fmt;

use serde::{Deserialize, Serialize};

/// The body of every answer of the desk that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct ApiError {
    /// What went wrong, for the program.
    pub code: ErrorCode,
    /// What went wrong, in plain English, for whoever reads details. Never the only message a person sees.
    #[serde(default)]
    pub detail: String,
}

/// A code exists only where a reader does something different for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// The request does not have the expected form.
    BadRequest,
    /// Nobody is signed in, or the token has ended: get a new one.
    SignInRequired,
    /// Signed in, and not allowed.
    Forbidden,
    /// The device still waits for an agent's approval.
    NotApproved,
    /// No such thing, or not yours.
    NotFound,
    /// Another ticket has this number: make a new one.
    NumberTaken,
    /// The same number or message id with other content.
    Conflict,
    /// Larger than the profile says.
    TooLarge,
    /// What arrived is not what was announced: send it again.
    ChecksumMismatch,
    /// The upload's offset is elsewhere: ask for it.
    OffsetMismatch,
    /// The bundle does not verify.
    DamagedBundle,
    /// Too many requests: wait.
    TooManyRequests,
    /// The device's clock is too far off; the detail holds the desk's time.
    ClockSkew,
    /// The desk's disk is full.
    DeskFull,
    /// Something failed in the desk.
    Internal,
    /// A code this program does not know yet.
    #[serde(other)]
    Unknown,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.code, self.detail)
    }
}

impl std::error::Error for ApiError {}
