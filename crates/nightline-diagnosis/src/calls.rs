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
/// A buffer against jitter is about this many times the jitter long.
const BUFFER: f64 = 2.0;

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

/// Rating and mean opinion of a call over a way with this delay (there and back), jitter and loss.
pub(crate) fn call(rtt_ms: f64, jitter_ms: f64, loss_pct: f64) -> (f64, f64) {
    let rating = rating(rtt_ms / 2.0 + BUFFER * jitter_ms + CODEC_MS, loss_pct);
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
        assert!(call(20.0, 1.0, 0.0).0 > 80.0);
        assert!(call(300.0, 60.0, 4.0).0 < POOR);
    }
}
