//! One HTTP exchange with a desk: limits, and what its failure means. Knows no route.

use std::error::Error;
use std::time::Duration;

use nightline_protocol::{ApiError, ErrorCode};
use reqwest::header::HeaderMap;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::{CallError, Doubt, Phase};

/// A desk on the other side of the world connects within two seconds; beyond this the person should know.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// All small calls together; a desk that needs longer is treated as not there.
pub(crate) const CALL_TIMEOUT: Duration = Duration::from_secs(30);
/// A ticket with thousands of messages stays below this.
const MAX_ANSWER_BYTES: u64 = 8 << 20;
/// As much of an answer that is no desk's as the details need.
const MAX_QUOTE_CHARS: usize = 120;

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Sends and reads the whole answer.
    pub(crate) async fn to(request: RequestBuilder) -> Result<Self, CallError> {
        let response = request.send().await.map_err(|error| transport(&error_of(error)))?;
        Self::read(response).await
    }

    pub(crate) async fn read(mut response: Response) -> Result<Self, CallError> {
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| transport(&error_of(error)))? {
            body.extend_from_slice(&part);
            if body.len() as u64 > MAX_ANSWER_BYTES {
                return Err(CallError::TooLong(MAX_ANSWER_BYTES));
            }
        }
        Ok(Self { status, headers, body })
    }

    /// The body of a success; everything else is an error.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, CallError> {
        if !self.status.is_success() {
            return Err(self.refusal());
        }
        serde_json::from_slice(&self.body)
            .map_err(|error| CallError::NotADesk(format!("unexpected body, {error}")))
    }

    /// What an answer that is no success means.
    pub(crate) fn refusal(&self) -> CallError {
        if let Ok(error) = serde_json::from_slice::<ApiError>(&self.body) {
            return CallError::Refused(error);
        }
        match self.status {
            StatusCode::TOO_MANY_REQUESTS => refused(ErrorCode::TooManyRequests),
            StatusCode::PAYLOAD_TOO_LARGE => refused(ErrorCode::TooLarge),
            StatusCode::INSUFFICIENT_STORAGE => refused(ErrorCode::DeskFull),
            status if status.is_server_error() => CallError::DeskTrouble(status.as_u16()),
            status if status.is_redirection() => {
                let to = self.headers.get(reqwest::header::LOCATION).and_then(|it| it.to_str().ok());
                CallError::NotADesk(format!("status {status}, sends on to {}", to.unwrap_or("nowhere")))
            }
            status => {
                let quote: String =
                    String::from_utf8_lossy(&self.body).chars().take(MAX_QUOTE_CHARS).collect();
                CallError::NotADesk(format!("status {status}, {quote:?}"))
            }
        }
    }
}

fn refused(code: ErrorCode) -> CallError {
    CallError::Refused(ApiError { code, detail: String::new() })
}

/// A transport error without the address, which is in the settings and would be private in a log.
fn error_of(error: reqwest::Error) -> reqwest::Error {
    error.without_url()
}

/// Sorts a transport's failure by what the person can do about it.
pub(crate) fn transport(error: &reqwest::Error) -> CallError {
    let words = || -> Option<Box<dyn Error + Send + Sync>> { Some(nightline_types::chain(error).into()) };
    if let Some(doubt) = find(error, doubt_of) {
        return CallError::Untrusted { doubt, source: words() };
    }
    let phase = if error.is_connect() {
        let named = find(error, |it| it.to_string().contains("dns error").then_some(()));
        if named.is_some() { Phase::Name } else { Phase::Connect }
    } else {
        Phase::Exchange
    };
    CallError::Offline { phase, source: words() }
}

/// Looks for something in an error and its causes, also in those that `io::Error` hides from `source`.
fn find<T>(error: &(dyn Error + 'static), look: impl Fn(&(dyn Error + 'static)) -> Option<T>) -> Option<T> {
    /// Deeper chains do not occur, and a chain that is a ring must end.
    const MAX_DEPTH: usize = 32;
    let mut next = Some(error);
    for _ in 0..MAX_DEPTH {
        let error = next?;
        if let Some(found) = look(error) {
            return Some(found);
        }
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = inner.map(|it| it as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}

fn doubt_of(error: &(dyn Error + 'static)) -> Option<Doubt> {
    use rustls::CertificateError as Bad;
    match error.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(bad) => Some(match bad {
            Bad::UnknownIssuer => Doubt::UnknownIssuer,
            Bad::Expired | Bad::ExpiredContext { .. } | Bad::NotValidYet | Bad::NotValidYetContext { .. } => {
                Doubt::Time
            }
            Bad::NotValidForName | Bad::NotValidForNameContext { .. } => Doubt::Name,
            _ => Doubt::Other,
        }),
        _ => None,
    }
}
