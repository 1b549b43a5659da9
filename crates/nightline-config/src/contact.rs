//! Whom to call and when somebody answers there. Reads no clock: `now` is an argument.

use std::fmt;

use nightline_types::Timestamp;
use serde::de::{self, Deserializer, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Serialize, Serializer};

/// Longer labels do not fit beside a number.
const MAX_LABEL_CHARS: usize = 80;
/// E.164 has 15 digits; the rest is spaces, dashes and an extension.
const MAX_NUMBER_CHARS: usize = 32;
/// Fewer digits reach nobody.
const MIN_NUMBER_DIGITS: usize = 3;
const MINUTES_A_DAY: i64 = 24 * 60;
/// UTC-12:00 to UTC+14:00 are the offsets in use.
const OFFSETS: std::ops::RangeInclusive<i64> = -12 * 60..=14 * 60;

/// A telephone number of the organisation's support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// What it is called: "IT hotline".
    #[serde(deserialize_with = "label")]
    pub label: String,
    /// As one would dial it.
    #[serde(deserialize_with = "number")]
    pub number: String,
    /// For whom: a country or a site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The language spoken there, as a language tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// When somebody answers.
    #[serde(default)]
    pub opening_hours: OpeningHours,
}

/// When somebody answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OpeningHours {
    /// Day and night.
    #[default]
    Always,
    /// On some days between two times.
    Weekly(Weekly),
}

/// The same hours on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weekly {
    /// On which days it opens.
    pub days: Vec<Weekday>,
    /// From when, `08:00`.
    pub from: TimeOfDay,
    /// Until when, `18:00`, at most `24:00`. Not after `from`: it closes on the next day.
    pub to: TimeOfDay,
    /// The offset of these times from UTC: `+01:00`.
    pub utc_offset: UtcOffset,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the days of the week need no explanation")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// Minutes since midnight, written `08:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(i64);

/// Minutes ahead of UTC, written `+01:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UtcOffset(i64);

impl Contact {
    /// Whether somebody answers there at this time.
    pub fn open_now(&self, now: Timestamp) -> bool {
        match &self.opening_hours {
            OpeningHours::Always => true,
            OpeningHours::Weekly(weekly) => weekly.open_at(now),
        }
    }
}

impl Weekly {
    fn open_at(&self, now: Timestamp) -> bool {
        let local = now.unix_ms().div_euclid(60_000) + self.utc_offset.0;
        let (day, minute) = (local.div_euclid(MINUTES_A_DAY), local.rem_euclid(MINUTES_A_DAY));
        let opens_on = |day: i64| self.days.iter().any(|it| *it == weekday(day));
        if self.from < self.to {
            opens_on(day) && (self.from.0..self.to.0).contains(&minute)
        } else {
            (opens_on(day) && minute >= self.from.0) || (opens_on(day - 1) && minute < self.to.0)
        }
    }
}

/// The weekday of a day counted from 1970-01-01, which was a Thursday.
fn weekday(day: i64) -> Weekday {
    match (day + 3).rem_euclid(7) {
        0 => Weekday::Mon,
        1 => Weekday::Tue,
        2 => Weekday::Wed,
        3 => Weekday::Thu,
        4 => Weekday::Fri,
        5 => Weekday::Sat,
        _ => Weekday::Sun,
    }
}

fn label<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    let chars = text.trim().chars().count();
    if chars == 0 || chars > MAX_LABEL_CHARS {
        return Err(de::Error::custom(format!("a label has 1 to {MAX_LABEL_CHARS} characters")));
    }
    Ok(text.trim().to_owned())
}

fn number<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    let known = text.chars().all(|c| c.is_ascii_digit() || " +-()/.,#*x".contains(c));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if !known || digits < MIN_NUMBER_DIGITS || text.chars().count() > MAX_NUMBER_CHARS {
        return Err(de::Error::custom(format!("`{text}` is not a telephone number")));
    }
    Ok(text.trim().to_owned())
}

fn hours_and_minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|it| it.is_ascii_digit());
    if !two_digits(hours) || !two_digits(minutes) {
        return None;
    }
    let minutes: i64 = minutes.parse().ok().filter(|it| *it < 60)?;
    Some(hours.parse::<i64>().ok()? * 60 + minutes)
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        hours_and_minutes(&text)
            .filter(|it| *it <= MINUTES_A_DAY)
            .map(Self)
            .ok_or_else(|| format!("`{text}` is not a time like 08:00"))
    }
}

impl TryFrom<String> for UtcOffset {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let signed = match text.split_at_checked(1) {
            Some(("+", rest)) => hours_and_minutes(rest),
            Some(("-", rest)) => hours_and_minutes(rest).map(|it| -it),
            _ => None,
        };
        signed
            .filter(|it| OFFSETS.contains(it))
            .map(Self)
            .ok_or_else(|| format!("`{text}` is not an offset from UTC like +01:00"))
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
    }
}

impl From<UtcOffset> for String {
    fn from(offset: UtcOffset) -> Self {
        let sign = if offset.0 < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", offset.0.abs() / 60, offset.0.abs() % 60)
    }
}

impl Serialize for OpeningHours {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Always => to.serialize_str("always"),
            Self::Weekly(weekly) => weekly.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for OpeningHours {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AlwaysOrWeekly)
    }
}

/// By hand, because an untagged enum loses the reason why a value fits nothing.
struct AlwaysOrWeekly;

impl<'de> Visitor<'de> for AlwaysOrWeekly {
    type Value = OpeningHours;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"always\" or an object with days, from, to and utc_offset")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        match text {
            "always" => Ok(OpeningHours::Always),
            _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Weekly::deserialize(MapAccessDeserializer::new(map)).map(OpeningHours::Weekly)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKDAYS: &str =
        r#"{"days":["mon","tue","wed","thu","fri"],"from":"08:00","to":"18:00","utc_offset":"+01:00"}"#;
    const FRIDAY_NIGHT: &str = r#"{"days":["fri"],"from":"22:00","to":"06:00","utc_offset":"+08:00"}"#;

    #[test]
    fn office_hours_follow_their_own_offset() {
        check(WORKDAYS, "2026-11-20T06:59:00Z", false);
        check(WORKDAYS, "2026-11-20T07:00:00Z", true);
        check(WORKDAYS, "2026-11-20T16:59:00Z", true);
        check(WORKDAYS, "2026-11-20T17:00:00Z", false);
        check(WORKDAYS, "2026-11-21T10:00:00Z", false);
    }

    #[test]
    fn a_night_shift_ends_on_the_next_day() {
        check(FRIDAY_NIGHT, "2026-11-20T13:59:00Z", false);
        check(FRIDAY_NIGHT, "2026-11-20T14:00:00Z", true);
        check(FRIDAY_NIGHT, "2026-11-20T21:59:00Z", true);
        check(FRIDAY_NIGHT, "2026-11-20T22:00:00Z", false);
        check(FRIDAY_NIGHT, "2026-11-21T15:00:00Z", false);
    }

    #[test]
    fn always_is_always() {
        check("\"always\"", "2026-12-25T03:00:00Z", true);
    }

    #[test]
    fn refuses_hours_and_numbers_that_mean_nothing() {
        for hours in [
            "\"sometimes\"",
            "7",
            r#"{"days":["mon"],"from":"8:00","to":"18:00","utc_offset":"+01:00"}"#,
            r#"{"days":["mon"],"from":"08:00","to":"24:01","utc_offset":"+01:00"}"#,
            r#"{"days":["mo"],"from":"08:00","to":"18:00","utc_offset":"+01:00"}"#,
            r#"{"days":["mon"],"from":"08:00","to":"18:00","utc_offset":"+19:00"}"#,
            r#"{"days":["mon"],"from":"08:00","to":"18:00","utc_offset":"Berlin"}"#,
            r#"{"days":["mon"],"from":"08:00","to":"18:00"}"#,
        ] {
            assert!(serde_json::from_str::<OpeningHours>(hours).is_err(), "{hours}");
        }
        for number in ["", "12", "call me", "+49 30 <script>", "1234567890123456789012345678901234567890"] {
            let text = format!("{{\"label\":\"x\",\"number\":{number:?}}}");
            assert!(serde_json::from_str::<Contact>(&text).is_err(), "{number}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        for hours in [WORKDAYS, FRIDAY_NIGHT, "\"always\""] {
            let read: OpeningHours = serde_json::from_str(hours).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), hours);
        }
    }

    #[track_caller]
    fn check(hours: &str, at: &str, open: bool) {
        let text = format!("{{\"label\":\"IT\",\"number\":\"+49 30 1234\",\"opening_hours\":{hours}}}");
        let contact: Contact = serde_json::from_str(&text).unwrap();
        assert_eq!(contact.open_now(at.parse().unwrap()), open, "{hours} at {at}");
    }
}
