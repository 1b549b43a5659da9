//! `dnssec`: does the name server check signatures, and do good ones pass? Asks for a signed name and for one whose
//! signature is broken on purpose, as the desk names them; a resolver that checks refuses the second.

use std::net::SocketAddr;
use std::time::Duration;

use nightline_probe::dns::{PORT, RecordType, ReplyKind, ask, ask_unchecked};
use nightline_types::{CheckId, Message};

use super::dns_direct::answering;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// The whole chain of keys may have to be fetched.
const QUESTION_LIMIT: Duration = Duration::from_millis(2_500);
/// Both names at once.
const LIMIT: Duration = Duration::from_millis(3_000);

const FACTS: &[FactSpec] = &[
    FactSpec::new(
        "signed",
        "what became of the signed name: answered, servfail, nxdomain, refused, other or silent",
    ),
    FactSpec::new("broken", "what became of the name whose signature is broken"),
    FactSpec::new("signed_unchecked", "what became of the signed name when nobody checks its signature"),
    FactSpec::new("validates", "the name server checks signatures"),
];

/// The check.
pub(crate) struct Dnssec;

impl Check for Dnssec {
    fn id(&self) -> CheckId {
        CheckId::new("dnssec")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    // A wrong clock breaks signatures, and is told from them by its own check.
    fn after(&self) -> &'static [&'static str] {
        &["dns-direct", "desk-reach", "clock"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let name = |key| context.known_text("desk-reach", key);
    let (Some(signed), Some(broken)) = (name("signed_name"), name("broken_name")) else {
        return Found::skipped(Message::new("skip-no-signed-name"));
    };
    let Some(server) = answering(context).into_iter().next() else {
        return Found::skipped(Message::new("skip-no-resolver"));
    };
    let server = SocketAddr::new(server, PORT);
    // A name server that cannot find out says the same as one that refuses the signature: without checking, the second
    // knows the answer.
    let (signed, broken, unchecked) = tokio::join!(
        ask(server, &signed, RecordType::A, QUESTION_LIMIT),
        ask(server, &broken, RecordType::A, QUESTION_LIMIT),
        ask_unchecked(server, &signed, RecordType::A, QUESTION_LIMIT)
    );
    let [signed, broken, unchecked] = [signed, broken, unchecked].map(|it| it.ok().map(|it| it.kind));
    let mut notes = Notes::new(FACTS, (context.clock)());
    notes.put("signed", code(signed), "dns-udp");
    notes.put("broken", code(broken), "dns-udp");
    notes.put("signed_unchecked", code(unchecked), "dns-udp");
    match (signed, broken) {
        (Some(ReplyKind::Answered), Some(ReplyKind::ServFail)) => {
            notes.put("validates", true, "dns-udp");
            Found::healthy(notes.take())
        }
        (Some(ReplyKind::Answered), Some(ReplyKind::Answered)) => {
            notes.put("validates", false, "dns-udp");
            Found::healthy(notes.take())
        }
        (Some(ReplyKind::ServFail), _) if unchecked == Some(ReplyKind::Answered) => {
            Found::degraded(Message::new("network-dnssec-broken"), notes.take())
        }
        _ => Found::unknown(Message::new("network-dns-absent-unclear"), notes.take()),
    }
}

fn code(kind: Option<ReplyKind>) -> &'static str {
    match kind {
        None => "silent",
        Some(ReplyKind::Answered) => "answered",
        Some(ReplyKind::NoSuchName) => "nxdomain",
        Some(ReplyKind::ServFail) => "servfail",
        Some(ReplyKind::Refused) => "refused",
        Some(ReplyKind::Other) => "other",
    }
}
