//! A fake desk with faults, and what the outbox and the courier make of it. Only loopback, only own folders.

mod briefs;
mod delivering;
mod desk;
mod later;
mod outbox;
mod refusals;
mod uploading;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ed25519_dalek::{Signer as _, SigningKey};
use nightline_protocol::{BundleClaim, NewTicket, TicketNumber, TicketSummary};
use nightline_types::{DeskUrl, Intake, Severity, Timestamp};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::{ClientOptions, Courier, Delivery, FaultPoint, Outbox, Patience, SignError, Signer, Which};

pub(crate) const NOW: Timestamp = Timestamp::from_unix_ms(1_795_312_984_056);

/// Waits that a test does not feel.
const QUICK: Patience = Patience { tries: 6, first: Duration::from_millis(1), cap: Duration::from_millis(5) };

/// A device with its home.
pub(crate) struct Device {
    home: TempDir,
    pub(crate) courier: Courier,
}

impl Device {
    pub(crate) fn new() -> Self {
        Self::dying_at(FaultPoint::NONE)
    }

    pub(crate) fn dying_at(fault: FaultPoint) -> Self {
        let home = tempfile::tempdir().unwrap();
        let outbox = Outbox::open(&home.path().join("outbox"), fault).unwrap();
        Self { courier: courier(outbox), home }
    }

    /// The same home after a restart of the program.
    pub(crate) fn restarted(self) -> Self {
        let outbox = Outbox::open(&self.home.path().join("outbox"), FaultPoint::NONE).unwrap();
        Self { courier: courier(outbox), home: self.home }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn item(&self, number: &TicketNumber) -> PathBuf {
        self.home.path().join("outbox").join(number.as_str())
    }

    /// Queues a ticket with a bundle of this many bytes.
    pub(crate) fn queue(&self, desk: &DeskUrl, size: usize) -> (TicketNumber, Vec<u8>) {
        // A prime period, so that no two chunks are alike.
        let mut bundle = (0..251).collect::<Vec<u8>>().repeat(size / 251 + 1);
        bundle.truncate(size);
        let file = self.path("sealed.zip");
        fs::write(&file, &bundle).unwrap();
        let ticket = ticket(&bundle);
        self.courier.outbox.queue(&ticket, &file, desk).unwrap();
        (ticket.number, bundle)
    }

    pub(crate) async fn deliver(&self, which: Which<'_>) -> Vec<Delivery> {
        self.courier.deliver_once(None, which, Arc::new(|_| {})).await.unwrap()
    }

    /// Delivers all that waits and hands out the only outcome.
    pub(crate) async fn deliver_one(&self) -> Delivery {
        let mut deliveries = self.deliver(Which::All).await;
        assert_eq!(deliveries.len(), 1, "{deliveries:?}");
        deliveries.remove(0)
    }

    pub(crate) fn stage(&self, number: &TicketNumber) -> crate::Stage {
        let items = self.courier.outbox.list().unwrap();
        items.into_iter().find(|it| it.number == *number).unwrap().state.unwrap().stage
    }
}

fn courier(outbox: Outbox) -> Courier {
    Courier {
        outbox,
        signer: Arc::new(Key(SigningKey::from_bytes(&[7; 32]))),
        options: ClientOptions::default(),
        clock: Arc::new(|| NOW),
        patience: QUICK,
        pause: Patience::BETWEEN_DELIVERIES,
    }
}

pub(crate) fn ticket(bundle: &[u8]) -> NewTicket {
    NewTicket {
        number: TicketNumber::from_random([3; 8]),
        created_at: NOW,
        summary: TicketSummary {
            severity: Severity::P2,
            response_minutes: 240,
            intake: Intake::about("the printer is silent"),
            verdict: None,
            machine: None,
            language: "en".to_owned(),
            cut: Vec::new(),
        },
        bundle: BundleClaim {
            size: bundle.len() as u64,
            sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(bundle)),
        },
    }
}

pub(crate) fn exists(path: &Path, name: &str) -> bool {
    path.join(name).exists()
}

pub(crate) struct Key(SigningKey);

impl Signer for Key {
    fn public_key(&self) -> Result<[u8; 32], SignError> {
        Ok(self.0.verifying_key().to_bytes())
    }

    fn sign(&self, statement: &[u8]) -> Result<[u8; 64], SignError> {
        Ok(self.0.sign(statement).to_bytes())
    }
}
