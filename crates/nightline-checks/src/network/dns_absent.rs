//! `dns-absent-name`: is a name that does not exist answered with an address? Then somebody forges answers. Asks the
//! configured resolvers for two random labels under the name that the desk keeps absent for this.

use std::net::SocketAddr;
use std::time::Duration;

use nightline_probe::dns::{PORT, RecordType, Reply, ReplyKind, ask, random_label};
use nightline_types::{CheckId, Message, Privacy};

use super::dns_direct::answering;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

const QUESTION_LIMIT: Duration = Duration::from_millis(1_500);
/// One round of questions.
const LIMIT: Duration = Duration::from_secs(2);
/// One may be an accident, two are a habit.
const LABELS: usize = 2;

const FACTS: &[FactSpec] = &[
    FactSpec::new("forged", "names that do not exist have addresses"),
    FactSpec::new("forged_answers", "those addresses").private(Privacy::Ip),
    FactSpec::new("denied_count", "how many of the questions were rightly answered with: no such name"),
];

/// The check.
pub(crate) struct DnsAbsent;

impl Check for DnsAbsent {
    fn id(&self) -> CheckId {
        CheckId::new("dns-absent-name")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["dns-direct", "desk-reach"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let Some(parent) = context.known_text("desk-reach", "absent_name") else {
        return Found::skipped(Message::new("skip-no-absent-name"));
    };
    let Some(server) = answering(context).into_iter().next() else {
        return Found::skipped(Message::new("skip-no-resolver"));
    };
    let names: Vec<String> = (0..LABELS).map(|_| format!("{}.{parent}", random_label())).collect();
    let server = SocketAddr::new(server, PORT);
    let questions = names.iter().map(|name| ask(server, name, RecordType::A, QUESTION_LIMIT));
    let replies: Vec<Reply> =
        futures_util::future::join_all(questions).await.into_iter().filter_map(Result::ok).collect();
    let mut notes = Notes::new(FACTS, (context.clock)());
    let denied = replies.iter().filter(|it| it.kind == ReplyKind::NoSuchName).count();
    let forged: Vec<String> = replies.iter().flat_map(|it| &it.addresses).map(ToString::to_string).collect();
    let all_forged = replies.len() == LABELS && replies.iter().all(|it| !it.addresses.is_empty());
    notes.put("denied_count", denied, "dns-udp");
    notes.put("forged", all_forged, "dns-udp");
    notes.put("forged_answers", forged, "dns-udp");
    match (all_forged, denied) {
        (true, _) => Found::degraded(Message::new("network-dns-forged"), notes.take()),
        (false, LABELS) => Found::healthy(notes.take()),
        (false, _) => Found::unknown(Message::new("network-dns-absent-unclear"), notes.take()),
    }
}
