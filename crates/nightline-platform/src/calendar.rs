//! Turns the local times that logs are written in into points in time, by the machine's own zone file.
//! Has no time zone database of its own and reads no clock.

use std::path::Path;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use nightline_types::Timestamp;

/// The machine's time zone by `/etc/localtime`; UTC where there is none.
pub fn time_zone(root: &Path) -> TimeZone {
    let path = root.join("etc/localtime");
    std::fs::read(path).ok().and_then(|bytes| TimeZone::tzif("local", &bytes).ok()).unwrap_or(TimeZone::UTC)
}

/// The name of the machine's time zone, such as `Asia/Shanghai`, by the link target or `/etc/timezone`.
pub fn time_zone_name(root: &Path) -> Option<String> {
    let linked = std::fs::read_link(root.join("etc/localtime")).ok().and_then(|target| {
        let target = target.to_string_lossy().into_owned();
        target.split_once("zoneinfo/").map(|(_, name)| name.to_owned())
    });
    linked.or_else(|| crate::source::read_line(&root.join("etc/timezone")))
}

/// A point in time as this machine's clock on the wall shows it: `2026-11-22 11:38`.
pub fn wall_clock(at: Timestamp, root: &Path) -> String {
    match jiff::Timestamp::from_millisecond(at.unix_ms()) {
        Ok(time) => time.to_zoned(time_zone(root)).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => at.to_string(),
    }
}

/// `2026-11-22 03:38:34` or `2026-11-22T03:38:34` in the machine's zone.
pub(crate) fn local(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let civil: DateTime = text.trim().parse().ok()?;
    Some(Timestamp::from_unix_ms(civil.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond()))
}

/// `Nov 22 03:38:34` in the machine's zone: the year is that of `now`, or the one before if that lies ahead.
pub(crate) fn without_year(text: &str, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    /// A log may run ahead of the clock that we read a moment earlier, and zones differ by up to a day.
    const AHEAD_MS: i64 = 24 * 3_600 * 1_000;
    let mut words = text.split_ascii_whitespace();
    let month = words.next()?;
    let month = i8::try_from(MONTHS.iter().position(|it| *it == month)? + 1).ok()?;
    let day: i8 = words.next()?.parse().ok()?;
    let time: jiff::civil::Time = words.next()?.parse().ok()?;
    let today = jiff::Timestamp::from_millisecond(now.unix_ms()).ok()?.to_zoned(zone.clone());
    let at = |year: i16| {
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        let zoned = date.to_datetime(time).to_zoned(zone.clone()).ok()?;
        Some(Timestamp::from_unix_ms(zoned.timestamp().as_millisecond()))
    };
    at(today.year()).filter(|it| it.unix_ms() <= now.unix_ms() + AHEAD_MS).or_else(|| at(today.year() - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_year_lies_in_the_past() {
        let now: Timestamp = "2026-01-02T00:00:00Z".parse().unwrap();
        check("Dec 31 23:59:58", now, "2025-12-31T23:59:58.000Z");
        check("Jan  1 00:00:01", now, "2026-01-01T00:00:01.000Z");
        check("Jan  2 08:00:00", now, "2026-01-02T08:00:00.000Z");
    }

    #[test]
    fn a_leap_day_is_looked_for_in_the_year_that_has_it() {
        let now: Timestamp = "2025-01-02T00:00:00Z".parse().unwrap();
        check("Feb 29 12:00:00", now, "2024-02-29T12:00:00.000Z");
    }

    #[test]
    fn words_that_are_no_time_give_none() {
        for bad in ["", "Foo 1 00:00:00", "Jan 40 00:00:00", "Jan 1", "Jan 1 25:00:00"] {
            assert_eq!(without_year(bad, &TimeZone::UTC, Timestamp::from_unix_ms(0)), None, "{bad}");
        }
    }

    #[track_caller]
    fn check(text: &str, now: Timestamp, expected: &str) {
        let at = without_year(text, &TimeZone::UTC, now).unwrap();
        assert_eq!(at.to_string(), expected);
    }
}
