//! A device of a test: a key, an id, a token, tickets and bundles.

use std::time::SystemTime;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::{Signer, SigningKey};
use nightline_protocol::{
    BundleClaim, Enrolled, Enrolment, NewTicket, Receipt, TicketNumber, TicketSummary, TokenGrant,
    TokenRequest, enrolment_statement, token_statement,
};
use nightline_types::{Intake, Severity, Timestamp};
use sha2::{Digest, Sha256};

use crate::Desk;
use crate::http::{Answer, Request, request};

pub(crate) struct Device {
    pub(crate) key: SigningKey,
    pub(crate) id: String,
    pub(crate) token: String,
}

#[expect(clippy::disallowed_methods, reason = "the desk under test has the system's clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::from(SystemTime::now())
}

pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}

pub(crate) fn public_key(key: &SigningKey) -> String {
    BASE64URL_NOPAD.encode(key.verifying_key().as_bytes())
}

pub(crate) fn enrolment(key: &SigningKey, origin: &str, at: Timestamp) -> Enrolment {
    let public_key = public_key(key);
    let signature = key.sign(&enrolment_statement(origin, &public_key, at));
    Enrolment { public_key, at, signature: BASE64URL_NOPAD.encode(&signature.to_bytes()) }
}

pub(crate) fn token_request(key: &SigningKey, device: &str, origin: &str, at: Timestamp) -> TokenRequest {
    let nonce = BASE64URL_NOPAD.encode(&random::<16>());
    let signature = key.sign(&token_statement(origin, device, &nonce, at));
    TokenRequest {
        device: device.to_owned(),
        at,
        nonce,
        signature: BASE64URL_NOPAD.encode(&signature.to_bytes()),
    }
}

impl Device {
    pub(crate) fn enrol(desk: &Desk) -> Self {
        let key = SigningKey::from_bytes(&random());
        let origin = desk.process.url();
        let enrolled: Enrolled = request("POST", "/api/v1/devices")
            .json(&enrolment(&key, origin, now()))
            .send(desk.address())
            .json();
        let grant: TokenGrant = request("POST", "/api/v1/devices/token")
            .json(&token_request(&key, &enrolled.device, origin, now()))
            .send(desk.address())
            .json();
        Self { key, id: enrolled.device, token: grant.token }
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> Request {
        request(method, path).bearer(&self.token)
    }

    pub(crate) fn put(&self, desk: &Desk, ticket: &NewTicket) -> Answer {
        self.request("PUT", &format!("/api/v1/tickets/{}", ticket.number)).json(ticket).send(desk.address())
    }

    pub(crate) fn receipt(&self, desk: &Desk, number: &TicketNumber) -> Answer {
        self.request("GET", &format!("/api/v1/tickets/{number}/receipt")).send(desk.address())
    }

    /// A ticket that is there, with the right to upload its bundle.
    pub(crate) fn open(&self, desk: &Desk, bundle: &[u8]) -> (TicketNumber, String) {
        let ticket = ticket(number(), bundle);
        let receipt: Receipt = self.put(desk, &ticket).json();
        (ticket.number, receipt.upload.unwrap().token)
    }
}

pub(crate) fn number() -> TicketNumber {
    TicketNumber::from_random(random())
}

pub(crate) fn ticket(number: TicketNumber, bundle: &[u8]) -> NewTicket {
    NewTicket {
        number,
        created_at: now(),
        summary: TicketSummary {
            severity: Severity::P1,
            response_minutes: 30,
            intake: Intake::about("remote desktop fails"),
            verdict: None,
            machine: None,
            language: "en".to_owned(),
            cut: Vec::new(),
        },
        bundle: BundleClaim { size: bundle.len() as u64, sha256: HEXLOWER.encode(&Sha256::digest(bundle)) },
    }
}
