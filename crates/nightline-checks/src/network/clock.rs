//! `clock`: how far is this machine's clock from the desk's? Says how wrong the answer itself can be. Sets nothing.

use std::time::Duration;

use nightline_probe::http::Answer as HttpAnswer;
use nightline_types::{CheckId, Message, Timestamp, Unit};

use super::endpoint::{Endpoint, via};
use super::phases::attempt;
use super::reach_facts::roots;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// The desk was reached just before.
const LIMIT: Duration = Duration::from_secs(3);
/// Certificates and sign-ins begin to fail.
const WARN_S: f64 = 60.0;
/// Kerberos refuses (its default).
const BROKEN_S: f64 = 300.0;
/// `Date` has whole seconds.
const DATE_ROUGHNESS_S: f64 = 1.0;

const FACTS: &[FactSpec] = &[
    FactSpec::new("offset_s", "this clock minus the desk's").unit(Unit::S),
    FactSpec::new("bound_s", "the offset may be wrong by this much").unit(Unit::S),
];

/// The check.
pub(crate) struct ClockOffset;

impl Check for ClockOffset {
    fn id(&self) -> CheckId {
        CheckId::new("clock")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["desk-reach"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let Some(endpoint) = context.desk.as_ref().and_then(|desk| Endpoint::desk(desk, "/api/v1/time")) else {
        return Found::skipped(Message::new("skip-no-desk"));
    };
    if context.known_fact("desk-reach", "reached").is_none_or(|it| it.value != true.into()) {
        return Found::skipped(Message::new("skip-desk-not-reached"));
    }
    let Some(roots) = roots(context.extra_roots_path.clone()).await else {
        return Found::unknown(Message::new("network-roots-unreadable"), Vec::new());
    };
    let via = via(context, &endpoint).await;
    let phases = attempt(&endpoint, via.as_ref(), &roots, &[]).await;
    let received = (context.clock)();
    let Some(answer) = phases.answer else {
        return Found::unknown(Message::new("network-time-unclear"), Vec::new());
    };
    let Some((theirs, roughness, method)) = desk_time(&answer) else {
        return Found::unknown(Message::new("network-time-unclear"), Vec::new());
    };
    // The desk looked at its clock somewhere between request and answer: the middle is wrong by at most half.
    let half = answer.first_byte / 2;
    let offset = seconds_between(theirs, received.minus(half));
    let bound = half.as_secs_f64() + roughness;
    let mut notes = Notes::new(FACTS, received);
    notes.put("offset_s", thousandth(offset), method);
    notes.put("bound_s", thousandth(bound), method);
    let size = offset.abs() - bound;
    let reason = || Message::new("network-clock-off").arg("seconds", offset.abs().round());
    if size > BROKEN_S {
        Found::broken(reason(), notes.take())
    } else if size > WARN_S {
        Found::degraded(reason(), notes.take())
    } else {
        Found::healthy(notes.take())
    }
}

/// The desk's time, how rough it is, and where it stood.
fn desk_time(answer: &HttpAnswer) -> Option<(Timestamp, f64, &'static str)> {
    let in_body = serde_json::from_slice::<serde_json::Value>(&answer.body)
        .ok()
        .and_then(|body| body.get("now")?.as_str()?.parse::<Timestamp>().ok());
    if let Some(now) = in_body {
        return Some((now, 0.001, "desk-time"));
    }
    let date = jiff::fmt::rfc2822::parse(answer.header("date")?).ok()?;
    Some((Timestamp::from_unix_ms(date.timestamp().as_millisecond()), DATE_ROUGHNESS_S, "http-date"))
}

/// `later - earlier` in seconds, negative if it is the other way round.
fn seconds_between(earlier: Timestamp, later: Timestamp) -> f64 {
    if later >= earlier { later.since(earlier).as_secs_f64() } else { -earlier.since(later).as_secs_f64() }
}

fn thousandth(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desks_time_is_read_from_the_body_or_the_date() {
        check("{\"now\":\"2026-11-22T02:03:04.056Z\"}", "", Some((1_795_312_984_056, "desk-time")));
        check("not json", "Sun, 22 Nov 2026 02:03:04 GMT", Some((1_795_312_984_000, "http-date")));
        check("{}", "", None);
        check("{\"now\":7}", "yesterday", None);
    }

    #[track_caller]
    fn check(body: &str, date: &str, expected: Option<(i64, &str)>) {
        let answer = HttpAnswer {
            status: 200,
            headers: vec![("date".to_owned(), date.to_owned())],
            body: body.as_bytes().to_vec(),
            first_byte: Duration::ZERO,
        };
        let found = desk_time(&answer).map(|(time, _, method)| (time.unix_ms(), method));
        assert_eq!(found, expected);
    }
}
