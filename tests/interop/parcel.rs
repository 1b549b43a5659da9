//! A device with a key and an outbox, and a sealed parcel of a given size. Sends nothing.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use ed25519_dalek::{Signer as _, SigningKey};
use nightline_bundle::{Draft, Parcel, seal};
use nightline_protocol::TicketNumber;
use nightline_redact::{Disclosed, Known, RedactionKey};
use nightline_session::{ClientOptions, Clock, Courier, FaultPoint, Outbox, Patience, SignError, Signer};
use nightline_types::{Intake, Severity, Timestamp};

/// The bundle crate's limit for one attachment is above this.
const ATTACHMENT_BYTES: usize = 8 << 20;

pub(crate) struct Device {
    pub(crate) courier: Courier,
    pub(crate) signer: Arc<dyn Signer>,
}

impl Device {
    pub(crate) fn new(home: &Path) -> Self {
        let outbox = Outbox::open(&home.join("outbox"), FaultPoint::NONE).unwrap();
        let signer: Arc<dyn Signer> = Arc::new(Key(SigningKey::from_bytes(&[7; 32])));
        let courier = Courier {
            outbox,
            signer: Arc::clone(&signer),
            options: ClientOptions::default(),
            clock: clock(),
            patience: Patience::WITHIN_DELIVERY,
            pause: Patience::BETWEEN_DELIVERIES,
        };
        Self { courier, signer }
    }
}

#[expect(clippy::disallowed_methods, reason = "a real desk checks the time; this is the test's edge")]
pub(crate) fn now() -> Timestamp {
    SystemTime::now().into()
}

pub(crate) fn clock() -> Clock {
    Arc::new(now)
}

/// A parcel whose bundle has about this many bytes that no packer makes smaller.
pub(crate) fn sealed(home: &Path, size: usize) -> Parcel {
    let number = TicketNumber::from_random([3; 8]);
    let mut draft = Draft::new(RedactionKey::new([9; 32]), Known::default(), &Intake::about("no sound"));
    let mut noise = Noise(1);
    for at in 0..size.div_ceil(ATTACHMENT_BYTES) {
        let bytes = noise.bytes(ATTACHMENT_BYTES.min(size - at * ATTACHMENT_BYTES));
        let content = Disclosed::approved_by_person(bytes);
        draft.add_attachment(&format!("noise-{at}.bin"), "application/octet-stream", &content).unwrap();
    }
    let summary = draft.summary(Severity::P2, 240, "en");
    let sealed = seal(draft, &home.join("sealed.zip"), now(), "nightline test", Some(&number)).unwrap();
    Parcel::new(number, now(), summary, &sealed)
}

/// xorshift64*; the same noise in every run.
struct Noise(u64);

impl Noise {
    fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(count + 8);
        while bytes.len() < count {
            self.0 ^= self.0 >> 12;
            self.0 ^= self.0 << 25;
            self.0 ^= self.0 >> 27;
            bytes.extend_from_slice(&self.0.wrapping_mul(0x2545_F491_4F6C_DD1D).to_le_bytes());
        }
        bytes.truncate(count);
        bytes
    }
}

struct Key(SigningKey);

impl Signer for Key {
    fn public_key(&self) -> Result<[u8; 32], SignError> {
        Ok(self.0.verifying_key().to_bytes())
    }

    fn sign(&self, statement: &[u8]) -> Result<[u8; 64], SignError> {
        Ok(self.0.sign(statement).to_bytes())
    }
}
