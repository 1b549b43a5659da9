//! When the watch looks how things stand by itself, and what it makes of it.

use std::time::Duration;

use nightline_types::{Culprit, Grade, Timestamp};
use nightline_view::{Found, Noticed, Standing};

use super::{App, Carry, Effect};
use crate::work::Told;

/// While all is well: a look costs a third of a second of one core, so this is about 0.05 % of it.
const WHEN_WELL: Duration = Duration::from_secs(600);
/// While something is wrong the person waits for the word that it is over.
const WHEN_NOT: Duration = Duration::from_secs(60);
/// Ticks come every few seconds; a gap this long means that the machine slept.
const SLEPT: Duration = Duration::from_secs(45);
/// A network that has just changed needs a moment for its address and its resolver.
const AFTER_CHANGE: Duration = Duration::from_secs(3);
/// From one question to the desk to the next, while somebody waits for an answer: the desk says "nothing new" in a
/// hundred bytes.
const ASK_DESK: Duration = Duration::from_secs(10);
/// While the window is closed and no ticket waits for an answer.
const ASK_DESK_SELDOM: Duration = Duration::from_secs(300);
/// What waits in the outbox is looked at this often; each item has its own pause.
const DELIVER: Duration = Duration::from_secs(15);
/// How long a worker is kept for a window that was closed on the way.
const KEEP_WORKER: Duration = Duration::from_secs(300);
/// Lines on the first screen.
const MAX_NOTICED: usize = 8;

/// What happens by itself, and when it last did.
#[derive(Debug, Default)]
pub(super) struct Background {
    fingerprint: Option<u64>,
    last_tick: Option<Timestamp>,
    looked: Option<Timestamp>,
    changed: Option<Timestamp>,
    asked: Option<Timestamp>,
    delivered: Option<Timestamp>,
}

impl Background {
    pub(super) fn begin(&mut self, now: Timestamp) {
        (self.looked, self.asked, self.delivered) = (Some(now), Some(now), Some(now));
    }
}

impl App {
    pub(super) fn tick(&mut self, fingerprint: u64, now: Timestamp, effects: &mut Vec<Effect>) {
        let background = &mut self.background;
        let changed = background.fingerprint.is_some_and(|before| before != fingerprint);
        let slept = background.last_tick.is_some_and(|last| now.since(last) > SLEPT);
        if changed || slept {
            background.changed = Some(now);
        }
        background.fingerprint = Some(fingerprint);
        background.last_tick = Some(now);
        let settled = background.changed.is_some_and(|at| now.since(at) >= AFTER_CHANGE);
        let pause = if self.view.home.standing == Standing::Well { WHEN_WELL } else { WHEN_NOT };
        if settled || due(background.looked, pause, now) {
            background.changed = None;
            if settled {
                // The way to the desk may be free again; what waits does not wait for its pause.
                background.delivered = None;
                background.asked = None;
            }
            self.look_around(now, effects);
        }
        let watched = self.window != super::Window::Closed || self.tickets.open();
        let ask = if watched { ASK_DESK } else { ASK_DESK_SELDOM };
        if self.tickets.any_at_desk() && due(self.background.asked, ask, now) {
            self.background.asked = Some(now);
            effects.push(Effect::AskDesk);
        }
        if self.tickets.waiting() && due(self.background.delivered, DELIVER, now) {
            self.background.delivered = Some(now);
            effects.push(Effect::Deliver(Carry::Due));
        }
        self.keep_again(effects);
        if self.left_at.is_some_and(|at| now.since(at) >= KEEP_WORKER) {
            self.left_at = None;
            self.rest(effects);
        }
    }

    pub(super) fn look_around(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.view.home.looking {
            return;
        }
        self.background.looked = Some(now);
        self.view.home.looking = true;
        effects.push(Effect::LookAround);
    }

    /// What the background worker tells. Only how it ends counts; checks come and go in between.
    pub(super) fn around(&mut self, told: Told, now: Timestamp) {
        if let Told::Looked { found, .. } = told {
            self.view.home.looking = false;
            self.conclude(&found, now);
        }
    }

    /// Takes what any diagnosis found as how things stand now.
    pub(super) fn conclude(&mut self, found: &Found, now: Timestamp) {
        let standing = standing(found);
        let home = &mut self.view.home;
        let before = home.verdict.as_ref().map(|verdict| verdict.id.clone());
        let is_news =
            before.as_ref() != Some(&found.verdict.id) && (before.is_some() || standing != Standing::Well);
        if is_news {
            home.lately.insert(0, Noticed { at: now, message: found.verdict.message.clone(), standing });
            home.lately.truncate(MAX_NOTICED);
        }
        home.standing = standing;
        // Where nothing is wrong there is nothing to do.
        let worst = found.findings.first().filter(|_| standing != Standing::Well);
        home.advice = worst.and_then(|finding| finding.advice.clone());
        home.verdict = Some(found.verdict.clone());
    }
}

fn due(last: Option<Timestamp>, pause: Duration, now: Timestamp) -> bool {
    // A clock that was set back must not stop the watch for as long.
    last.is_none_or(|last| now.since(last) >= pause || last > now.plus(pause))
}

fn standing(found: &Found) -> Standing {
    match (found.verdict.culprit, found.findings.first().map(|finding| finding.severity)) {
        (Culprit::None, None | Some(Grade::Notice)) => Standing::Well,
        (Culprit::None, _) | (_, Some(Grade::Degraded | Grade::Notice) | None) => Standing::Degraded,
        (_, Some(Grade::Broken)) => Standing::Broken,
    }
}
