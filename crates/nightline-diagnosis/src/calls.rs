//! What a voice call would be like, by the simplified E-model (ITU-T G.107). An estimate: the way there is taken as
//! half of the way there and back, and the codec as one that hides losses as well as G.711 does (G.113, appendix I).

/// Rating without any impairment.
const BEST: f64 = 93.2;
/// Equipment impairment of the codec, and its robustness against loss.
const IE: f64 = 0.0;
const BPL: f64 = 25.1;
/// Losses are taken as independent.
const BURST_R: f64 = 1.0;
/// Speech in one packet, and the work of the codec, in milliseconds.
const CODEC_MS: f64 = 30.0;

/// Below this, many are dissatisfied (G.109).
pub(crate) const POOR: f64 = 70.0;
/// Below this, nearly all are.
pub(crate) const BAD: f64 = 60.0;

/// The rating R, from 0 to about 93, for a delay from mouth to ear in milliseconds and a loss in percent.
fn rating(delay_ms: f64, loss_pct: f64) -> f64 {
    let delay = 0.024 * delay_ms + 0.11 * (delay_ms - 177.3).max(0.0);
    let loss = IE + (95.0 - IE) * loss_pct / (loss_pct / BURST_R + BPL);
    BEST - delay - loss
}

/// The mean opinion, from 1 to 4.5, for a rating.
fn opinion(rating: f64) -> f64 {
    (1.0 + 0.035 * rating + rating * (rating - 60.0) * (100.0 - rating) * 7e-6).clamp(1.0, 4.5)
}

/// What was measured of a way. The lengths are in milliseconds, the shares in percent of all packets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    /// There and back.
    pub(crate) rtt_ms: f64,
    /// How long packets are held back against jitter.
    pub(crate) buffer_ms: f64,
    pub(crate) loss_pct: f64,
    /// Came after that.
    pub(crate) late_pct: f64,
}

/// Rating and mean opinion of a call over a way. The model has no jitter and is too kind to jittery lines; so what comes
/// too late to be heard is lost before the formula sees it.
pub(crate) fn call(way: Way) -> (f64, f64) {
    let delay = way.rtt_ms / 2.0 + way.buffer_ms + CODEC_MS;
    let rating = rating(delay, (way.loss_pct + way.late_pct).min(100.0));
    (rating, opinion(rating))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_and_opinions_are_those_of_the_model() {
        check(20.0, 0.0, 92.72, 4.400);
        check(100.0, 0.0, 90.80, 4.358);
        check(150.0, 1.0, 85.96, 4.228);
        check(177.3, 2.0, 81.93, 4.095);
        check(200.0, 3.0, 75.76, 3.854);
        check(250.0, 5.0, 63.42, 3.275);
        check(100.0, 20.0, 48.67, 2.505);
        check(400.0, 10.0, 32.04, 1.695);
    }

    #[track_caller]
    fn check(delay_ms: f64, loss_pct: f64, r: f64, mos: f64) {
        let rating = rating(delay_ms, loss_pct);
        assert!((rating - r).abs() < 0.006, "R {rating} instead of {r}");
        assert!((opinion(rating) - mos).abs() < 0.000_6, "MOS {} instead of {mos}", opinion(rating));
    }

    #[test]
    fn a_quiet_line_is_good_and_a_jittery_one_is_not() {
        let rated =
            |rtt_ms, buffer_ms, loss_pct, late_pct| call(Way { rtt_ms, buffer_ms, loss_pct, late_pct }).0;
        assert!(rated(20.0, 20.0, 0.0, 0.0) > 80.0);
        assert!(rated(300.0, 120.0, 4.0, 0.0) < POOR);
        // Too late is lost: the vectors of (100 ms, 20 %) and (250 ms, 5 %), whichever way the share comes about.
        for (loss, late) in [(20.0, 0.0), (0.0, 20.0), (12.0, 8.0)] {
            assert!((rated(100.0, 20.0, loss, late) - 48.67).abs() < 0.006);
        }
        assert!((rated(280.0, 80.0, 1.0, 4.0) - 63.42).abs() < 0.006);
        assert!(rated(20.0, 20.0, 60.0, 60.0) > 0.0, "no more than all can be lost");
    }
}
