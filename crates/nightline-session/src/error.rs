//! Why a call to the desk failed, told apart by what the person can do about it. Holds no sentence.

use std::error::Error;
use std::io;

use nightline_protocol::{ApiError, ErrorCode};
use nightline_types::{Message, Timestamp};

/// Why a call to the desk failed.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The desk was not reached, or the connection broke.
    #[error("the desk was not reached ({})", phase.name())]
    Offline {
        /// How far the call came.
        phase: Phase,
        /// The transport's words.
        #[source]
        source: Option<Box<dyn Error + Send + Sync>>,
    },
    /// Somebody answered whose certificate this machine does not trust. Nothing was sent.
    #[error("the certificate is not trusted ({})", doubt.name())]
    Untrusted {
        /// What is wrong with it.
        doubt: Doubt,
        /// The verifier's words.
        #[source]
        source: Option<Box<dyn Error + Send + Sync>>,
    },
    /// Somebody answered who is not a Nightline desk.
    #[error("this is not a Nightline desk: {0}")]
    NotADesk(String),
    /// The answer is longer than any of a desk's.
    #[error("the answer is longer than {0} bytes")]
    TooLong(u64),
    /// The desk said no.
    #[error("the desk refused")]
    Refused(#[source] ApiError),
    /// The clocks differ too much, also after the desk's own time was used.
    #[error("the clocks of this machine and the desk differ; the desk has {}", desk_time.map_or_else(|| "unknown".to_owned(), |it| it.to_string()))]
    ClockSkew {
        /// The desk's time, if it said it.
        desk_time: Option<Timestamp>,
    },
    /// The desk has trouble of its own and may be better soon.
    #[error("the desk answered with status {0}")]
    DeskTrouble(u16),
    /// The device's key could not sign.
    #[error("sign with the device's key")]
    Sign(#[source] SignError),
    /// The client could not be made.
    #[error("prepare the connection")]
    Prepare(#[source] PrepareError),
}

/// Why no connection can be prepared.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// The extra certificate's file could not be read.
    #[error("read the extra certificates `{path}`")]
    ReadExtra {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file holds no certificate in PEM.
    #[error("`{path}` holds no certificate in PEM")]
    NoCertificate {
        /// The file.
        path: std::path::PathBuf,
    },
    /// The system's certificates could not be used.
    #[error("use the system's certificates")]
    Verifier(#[source] rustls::Error),
    /// The HTTP client could not be made.
    #[error("make the HTTP client")]
    Client(#[source] reqwest::Error),
}

/// Why the device's key could not sign.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The keyring did not give it.
    #[error("the device's key is not available")]
    NoKey(#[source] Option<Box<dyn Error + Send + Sync>>),
    /// The system has no randomness.
    #[error("no randomness from the system")]
    NoRandomness,
}

/// How far a call came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The desk's name was not resolved.
    Name,
    /// No connection was made.
    Connect,
    /// The connection broke or went silent.
    Exchange,
}

impl Phase {
    const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Connect => "connect",
            Self::Exchange => "exchange",
        }
    }
}

/// What is wrong with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Nobody we trust has signed it.
    UnknownIssuer,
    /// It is not valid at this time: it has ended, or this machine's clock is wrong.
    Time,
    /// It is for another name.
    Name,
    /// Something else.
    Other,
}

impl Doubt {
    const fn name(self) -> &'static str {
        match self {
            Self::UnknownIssuer => "unknown issuer",
            Self::Time => "time",
            Self::Name => "name",
            Self::Other => "other",
        }
    }
}

impl CallError {
    /// The stable code, as the outbox keeps it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Offline { phase: Phase::Name, .. } => "offline-name",
            Self::Offline { phase: Phase::Connect, .. } => "offline-connect",
            Self::Offline { phase: Phase::Exchange, .. } => "offline-exchange",
            Self::Untrusted { doubt: Doubt::Time, .. } => "untrusted-time",
            Self::Untrusted { doubt: Doubt::Name, .. } => "untrusted-name",
            Self::Untrusted { doubt: Doubt::UnknownIssuer, .. } => "untrusted-issuer",
            Self::Untrusted { doubt: Doubt::Other, .. } => "untrusted",
            Self::NotADesk(_) | Self::TooLong(_) => "not-a-desk",
            Self::Refused(error) => refusal_code(error.code),
            Self::ClockSkew { .. } => "clock-skew",
            Self::DeskTrouble(_) => "desk-trouble",
            Self::Sign(_) => "no-device-key",
            Self::Prepare(_) => "prepare",
        }
    }

    /// What to tell the person: what is wrong and what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::Untrusted { doubt: Doubt::Other, .. } => Message::new("session-untrusted-issuer"),
            Self::ClockSkew { desk_time } => {
                let time = desk_time.map_or_else(|| "?".to_owned(), |it| it.to_string());
                Message::new("session-clock-skew").arg("desk_time", time)
            }
            other => message_of_code(other.code()),
        }
    }

    /// Whether trying again later can help without anybody doing anything.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Refused(error) => !is_final(error.code),
            _ => true,
        }
    }

    /// The desk's code, if it said no.
    pub fn refusal(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(error) => Some(error.code),
            _ => None,
        }
    }
}

/// Whether a refusal stays one however often it is tried.
pub(crate) const fn is_final(code: ErrorCode) -> bool {
    match code {
        ErrorCode::BadRequest
        | ErrorCode::Forbidden
        | ErrorCode::NotFound
        | ErrorCode::NumberTaken
        | ErrorCode::Conflict
        | ErrorCode::TooLarge
        | ErrorCode::DamagedBundle => true,
        ErrorCode::SignInRequired
        | ErrorCode::NotApproved
        | ErrorCode::ChecksumMismatch
        | ErrorCode::OffsetMismatch
        | ErrorCode::TooManyRequests
        | ErrorCode::ClockSkew
        | ErrorCode::DeskFull
        | ErrorCode::Internal
        | ErrorCode::Unknown => false,
    }
}

pub(crate) const fn refusal_code(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::BadRequest => "refused-bad-request",
        ErrorCode::SignInRequired => "refused-sign-in",
        ErrorCode::Forbidden => "refused-forbidden",
        ErrorCode::NotApproved => "refused-not-approved",
        ErrorCode::NotFound => "refused-not-found",
        ErrorCode::NumberTaken => "refused-number-taken",
        ErrorCode::Conflict => "refused-conflict",
        ErrorCode::TooLarge => "refused-too-large",
        ErrorCode::ChecksumMismatch | ErrorCode::OffsetMismatch => "refused-checksum",
        ErrorCode::DamagedBundle => "refused-damaged-bundle",
        ErrorCode::TooManyRequests => "refused-too-many",
        ErrorCode::ClockSkew => "clock-skew",
        ErrorCode::DeskFull => "refused-desk-full",
        ErrorCode::Internal => "desk-trouble",
        ErrorCode::Unknown => "refused-unknown",
    }
}

/// The sentence for a code that the outbox kept; one for all codes of later versions.
pub fn message_of_code(code: &str) -> Message {
    Message::new(match code {
        "offline-name" => "session-offline-name",
        "offline-connect" => "session-offline-connect",
        "offline-exchange" => "session-offline-exchange",
        "untrusted-time" => "session-untrusted-time",
        "untrusted-name" => "session-untrusted-name",
        "untrusted-issuer" | "untrusted" => "session-untrusted-issuer",
        "not-a-desk" => "session-not-a-desk",
        "clock-skew" => "session-clock-wrong",
        "desk-trouble" => "session-desk-trouble",
        "no-device-key" => "session-no-device-key",
        "prepare" => "session-prepare",
        "verifying" => "session-verifying",
        "disk" => "session-disk",
        "no-desk" => "session-no-desk",
        "refused-bad-request" => "session-refused-bad-request",
        "refused-sign-in" => "session-refused-sign-in",
        "refused-forbidden" => "session-refused-forbidden",
        "refused-not-approved" => "session-refused-not-approved",
        "refused-not-found" => "session-refused-not-found",
        "refused-number-taken" => "session-refused-number-taken",
        "refused-conflict" => "session-refused-conflict",
        "refused-too-large" => "session-refused-too-large",
        "refused-checksum" => "session-refused-checksum",
        "damaged-here" => "session-bundle-damaged-here",
        "refused-damaged-bundle" => "session-refused-damaged-bundle",
        "refused-too-many" => "session-refused-too-many",
        "refused-desk-full" => "session-refused-desk-full",
        _ => "session-refused-unknown",
    })
}
