//! The calls to a desk's API. Goes to one desk, follows no redirect, keeps no state on the disk.

mod briefs;
mod http;
mod later;
mod sign;
mod tls;

use std::path::PathBuf;
use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use nightline_protocol::{
    DeskProfile, Enrolled, Enrolment, ErrorCode, NewMessage, NewTicket, Receipt, TicketBrief, TicketMessage,
    TicketNumber, TicketView, TokenGrant, TokenRequest, enrolment_statement, token_statement,
};
use nightline_types::{DeskUrl, Timestamp};
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

pub(crate) use http::{Answer, transport};
pub use sign::{Clock, Signer};

use crate::error::{CallError, PrepareError, SignError};

/// A token this close to its end is not used any more.
const TOKEN_MARGIN: std::time::Duration = std::time::Duration::from_secs(60);

/// How to reach desks.
#[derive(Clone, Debug, Default)]
pub struct ClientOptions {
    /// A PEM file with certificates that are trusted beside the system's.
    pub extra_certificates: Option<PathBuf>,
    /// `nightline/0.1.0`; the program says which it is.
    pub user_agent: String,
}

/// The calls to one desk.
pub struct DeskClient {
    http: reqwest::Client,
    desk: DeskUrl,
    signer: Arc<dyn Signer>,
    clock: Clock,
    session: Mutex<Session>,
    /// The last answer of [`Self::tickets`] and its tag.
    briefs: Mutex<Option<(String, Arc<[TicketBrief]>)>>,
}

/// What this run knows of its standing at the desk.
#[derive(Default)]
struct Session {
    device: Option<String>,
    token: Option<TokenGrant>,
    /// Added to this machine's clock in statements, in milliseconds, once the desk found it too far off.
    ahead_ms: i64,
}

impl DeskClient {
    /// Prepares the calls; contacts nobody yet.
    pub fn new(
        desk: DeskUrl,
        signer: Arc<dyn Signer>,
        clock: Clock,
        options: &ClientOptions,
    ) -> Result<Self, PrepareError> {
        let tls = tls::client_config(options.extra_certificates.as_deref(), desk.is_encrypted())?;
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(http::CONNECT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .https_only(desk.is_encrypted())
            .user_agent(if options.user_agent.is_empty() { "nightline" } else { &options.user_agent });
        if desk.is_loopback() {
            // A proxy would look for the desk on its own machine.
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(PrepareError::Client)?;
        Ok(Self { http, desk, signer, clock, session: Mutex::default(), briefs: Mutex::default() })
    }

    /// The desk it talks to.
    pub fn desk(&self) -> &DeskUrl {
        &self.desk
    }

    /// Who the desk is and what it takes. Needs no token.
    pub async fn profile(&self) -> Result<DeskProfile, CallError> {
        let request = self.http.get(self.desk.at("/api/v1/profile")).timeout(http::CALL_TIMEOUT);
        match Answer::to(request).await?.json() {
            // A desk has a profile; whoever says there is none is not one, in whatever form.
            Err(CallError::Refused(error)) if error.code == ErrorCode::NotFound => {
                Err(CallError::NotADesk("it has no profile".to_owned()))
            }
            other => other,
        }
    }

    /// Makes this device known; the same key again is the same device.
    pub async fn enrol(&self) -> Result<Enrolled, CallError> {
        let mut session = self.session.lock().await;
        self.enrol_in(&mut session).await
    }

    /// Opens a ticket, or asks for its receipt again: the same body answers the same.
    pub(crate) async fn put_ticket(&self, ticket: &NewTicket) -> Result<Receipt, CallError> {
        self.authorized(Method::PUT, &format!("/api/v1/tickets/{}", ticket.number), Some(ticket)).await
    }

    /// How a delivery stands.
    pub async fn receipt(&self, number: &TicketNumber) -> Result<Receipt, CallError> {
        self.authorized(Method::GET, &format!("/api/v1/tickets/{number}/receipt"), None::<&()>).await
    }

    /// What the person sees of a ticket, with the agent's messages.
    pub async fn ticket(&self, number: &TicketNumber) -> Result<TicketView, CallError> {
        self.authorized(Method::GET, &format!("/api/v1/tickets/{number}"), None::<&()>).await
    }

    pub(crate) async fn post_message(
        &self,
        number: &TicketNumber,
        message: &NewMessage,
    ) -> Result<TicketMessage, CallError> {
        self.authorized(Method::POST, &format!("/api/v1/tickets/{number}/messages"), Some(message)).await
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    async fn authorized<B: Serialize, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&B>,
    ) -> Result<T, CallError> {
        let token = self.token(false).await?;
        let answer = Answer::to(self.request(&method, path, &token, body)).await?;
        match answer.json() {
            // The desk may have forgotten the token, for example because it was restored from a copy.
            Err(CallError::Refused(error)) if error.code == ErrorCode::SignInRequired => {
                let token = self.token(true).await?;
                Answer::to(self.request(&method, path, &token, body)).await?.json()
            }
            other => other,
        }
    }

    fn request<B: Serialize>(
        &self,
        method: &Method,
        path: &str,
        token: &str,
        body: Option<&B>,
    ) -> RequestBuilder {
        let request = self.http.request(method.clone(), self.desk.at(path)).timeout(http::CALL_TIMEOUT);
        let request = request.bearer_auth(token);
        match body {
            Some(body) => request.json(body),
            None => request,
        }
    }

    /// The token in force, or a new one.
    async fn token(&self, anew: bool) -> Result<String, CallError> {
        let mut session = self.session.lock().await;
        let now = self.desk_time(&session);
        if let Some(grant) = session.token.as_ref().filter(|it| !anew && now.plus(TOKEN_MARGIN) < it.expires)
        {
            return Ok(grant.token.clone());
        }
        let device = match session.device.clone() {
            Some(device) if !anew => device,
            _ => self.enrol_in(&mut session).await?.device,
        };
        let mut corrected = false;
        loop {
            let at = self.desk_time(&session);
            let mut nonce = [0_u8; 16];
            getrandom::fill(&mut nonce).map_err(|_| CallError::Sign(SignError::NoRandomness))?;
            let nonce = BASE64URL_NOPAD.encode(&nonce);
            let signature = self.sign(&token_statement(&self.desk.origin(), &device, &nonce, at))?;
            let body = TokenRequest { device: device.clone(), at, nonce, signature };
            match self.post("/api/v1/devices/token", &body).await {
                Ok(grant) => return Ok(session.token.insert(grant).token.clone()),
                Err(error) if is_skew(&error) => self.correct(&mut session, &mut corrected).await?,
                Err(error) => return Err(error),
            }
        }
    }

    async fn enrol_in(&self, session: &mut Session) -> Result<Enrolled, CallError> {
        let public_key = BASE64URL_NOPAD.encode(&self.signer.public_key().map_err(CallError::Sign)?);
        let mut corrected = false;
        loop {
            let at = self.desk_time(session);
            let signature = self.sign(&enrolment_statement(&self.desk.origin(), &public_key, at))?;
            let body = Enrolment { public_key: public_key.clone(), at, signature };
            match self.post::<Enrolled>("/api/v1/devices", &body).await {
                Ok(enrolled) => {
                    session.device = Some(enrolled.device.clone());
                    return Ok(enrolled);
                }
                Err(error) if is_skew(&error) => self.correct(session, &mut corrected).await?,
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes over the desk's time for statements, once: a wrong clock is a finding and no reason to get no help.
    async fn correct(&self, session: &mut Session, corrected: &mut bool) -> Result<(), CallError> {
        let desk_time = self.profile().await?.now;
        if *corrected {
            return Err(CallError::ClockSkew { desk_time: Some(desk_time) });
        }
        session.ahead_ms = desk_time.unix_ms().saturating_sub((self.clock)().unix_ms());
        *corrected = true;
        Ok(())
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, CallError> {
        let request = self.http.post(self.desk.at(path)).timeout(http::CALL_TIMEOUT).json(body);
        Answer::to(request).await?.json()
    }

    fn sign(&self, statement: &[u8]) -> Result<String, CallError> {
        let signature = self.signer.sign(statement).map_err(CallError::Sign)?;
        Ok(BASE64URL_NOPAD.encode(&signature))
    }

    fn desk_time(&self, session: &Session) -> Timestamp {
        Timestamp::from_unix_ms((self.clock)().unix_ms().saturating_add(session.ahead_ms))
    }
}

fn is_skew(error: &CallError) -> bool {
    error.refusal() == Some(ErrorCode::ClockSkew)
}
