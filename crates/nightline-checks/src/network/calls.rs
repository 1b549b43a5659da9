//! `calls`: what would a voice call be like? Fifty small datagrams in a second, to the server that `udp` found. An
//! estimate from the way there and back; it opens no microphone and rates no program.

use std::time::Duration;

use nightline_probe::stream::stream;
use nightline_types::{CheckId, Message, Unit};

use super::udp::answering;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// A second of speech, in packets of the usual length.
const PACKETS: u32 = 50;
const INTERVAL: Duration = Duration::from_millis(20);
/// Later than this, nobody waits for a word.
const PATIENCE: Duration = Duration::from_millis(800);
const LIMIT: Duration = Duration::from_millis(2_500);
/// Where call programs speak of poor audio: loss in percent, jitter, and the way there and back.
const POOR: (f64, Duration, Duration) = (10.0, Duration::from_millis(30), Duration::from_millis(500));

const FACTS: &[FactSpec] = &[
    FactSpec::new("sent", "packets at the pace of a call").unit(Unit::Count),
    FactSpec::new("loss_pct", "share without an answer").unit(Unit::Pct),
    FactSpec::new(
        "late_pct",
        "share with an answer that came after a call program's buffer ran dry (a model)",
    )
    .unit(Unit::Pct),
    FactSpec::new("rtt_ms", "half of the answers took longer").unit(Unit::Ms),
    FactSpec::new("jitter_ms", "mean change of the delay from answer to answer").unit(Unit::Ms),
    FactSpec::new("buffer_ms", "how long a call program would hold packets back (a model)").unit(Unit::Ms),
];

/// The check.
pub(crate) struct Calls;

impl Check for Calls {
    fn id(&self) -> CheckId {
        CheckId::new("calls")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["udp"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let Some(server) = answering(context) else { return Found::skipped(Message::new("skip-no-udp-answer")) };
    let Ok(stream) = stream(server, PACKETS, INTERVAL, PATIENCE).await else {
        return Found::unknown(Message::new("network-calls-unclear"), Vec::new());
    };
    let (loss, late) = (stream.loss_pct(), stream.late_pct());
    let (median, jitter) = (stream.median(), stream.jitter());
    let mut notes = Notes::new(FACTS, (context.clock)());
    notes.put("sent", stream.rtts.len(), "stun-stream");
    notes.put("loss_pct", loss, "stun-stream");
    notes.put("late_pct", late, "stun-stream");
    notes.put_ms("buffer_ms", stream.buffer(), "stun-stream");
    for (key, length) in [("rtt_ms", median), ("jitter_ms", jitter)] {
        if let Some(length) = length {
            notes.put_ms(key, length, "stun-stream");
        }
    }
    let (most_loss, most_jitter, most_rtt) = POOR;
    // Whoever listens hears no difference between a word that is lost and one that comes too late.
    let is_poor = loss + late > most_loss
        || jitter.is_some_and(|it| it > most_jitter)
        || median.is_some_and(|it| it > most_rtt);
    if is_poor {
        return Found::degraded(Message::new("network-calls-poor"), notes.take());
    }
    Found::healthy(notes.take())
}
