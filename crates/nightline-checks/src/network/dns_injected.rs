//! `dns-injected`: does a question get two different answers? Then somebody on the way answers before the name server
//! does. Asks the name server for a name that this diagnosis is about, and listens longer than anybody else.

use std::net::SocketAddr;
use std::time::Duration;

use nightline_probe::dns::{PORT, RecordType, Reply, ask_and_listen};
use nightline_types::{CheckId, Message, Privacy, Unit, Value};

use super::dns_direct::answering;
use super::dns_system::names;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

const QUESTION_LIMIT: Duration = Duration::from_millis(1_500);
/// The true answer comes after the false one by the time that a resolver takes: half a second is slow already.
const LISTEN: Duration = Duration::from_millis(1_500);
const LIMIT: Duration = Duration::from_millis(3_500);

const FACTS: &[FactSpec] = &[
    FactSpec::new("name", "what was asked for").private(Privacy::Host),
    FactSpec::new("reply_count", "answers to one question").unit(Unit::Count),
    FactSpec::new("injected", "they differ"),
    FactSpec::new("answers", "the addresses of each answer").private(Privacy::Ip),
];

/// The check.
pub(crate) struct DnsInjected;

impl Check for DnsInjected {
    fn id(&self) -> CheckId {
        CheckId::new("dns-injected")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["dns-direct"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    // What the person cannot reach is what somebody lies about, hardly the desk.
    let names = names(context);
    let wanted =
        names.iter().position(|it| context.target.as_ref().is_some_and(|target| target.host() == it));
    let Some(name) = names.into_iter().nth(wanted.unwrap_or(0)) else {
        return Found::skipped(Message::new("skip-no-name"));
    };
    // One on this machine has heard all answers itself, and passes one on.
    let Some(server) = answering(context).into_iter().find(|it| !it.is_loopback()) else {
        return Found::skipped(Message::new("skip-no-resolver"));
    };
    let server = SocketAddr::new(server, PORT);
    let replies = match ask_and_listen(server, &name, RecordType::A, QUESTION_LIMIT, LISTEN).await {
        Ok(replies) => replies,
        Err(_) => return Found::unknown(Message::new("network-dns-absent-unclear"), Vec::new()),
    };
    let injected = differ(&replies);
    let mut notes = Notes::new(FACTS, (context.clock)());
    notes.put("name", name, "dns-udp");
    notes.put("reply_count", replies.len(), "dns-udp");
    notes.put("injected", injected, "dns-udp");
    let answers: Vec<Value> = replies.iter().map(|reply| addresses(reply).into()).collect();
    notes.put("answers", answers, "dns-udp");
    if injected {
        return Found::degraded(Message::new("network-dns-injected"), notes.take());
    }
    Found::healthy(notes.take())
}

/// The same answer twice is a packet that came twice; the order of its addresses means nothing.
fn differ(replies: &[Reply]) -> bool {
    let sorted = |reply: &Reply| {
        let mut addresses = reply.addresses.clone();
        addresses.sort();
        (reply.kind, addresses)
    };
    replies.iter().any(|it| Some(sorted(it)) != replies.first().map(sorted))
}

fn addresses(reply: &Reply) -> Vec<String> {
    reply.addresses.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use nightline_probe::dns::ReplyKind;

    #[test]
    fn only_answers_that_say_something_else_are_injected() {
        check(&[&["10.0.0.1", "10.0.0.2"]], false);
        check(&[&["10.0.0.1", "10.0.0.2"], &["10.0.0.2", "10.0.0.1"]], false);
        check(&[&["10.0.0.9"], &["10.0.0.1"]], true);
        check(&[&["10.0.0.9"], &[]], true);
        check(&[], false);
    }

    #[track_caller]
    fn check(answers: &[&[&str]], expected: bool) {
        let reply = |addresses: &&[&str]| Reply {
            kind: ReplyKind::Answered,
            addresses: addresses.iter().map(|it| it.parse().unwrap()).collect(),
            names: Vec::new(),
            took: Duration::ZERO,
        };
        assert_eq!(differ(&answers.iter().map(reply).collect::<Vec<_>>()), expected, "{answers:?}");
    }
}
