//! Whom to call, and whether somebody answers there now. From the organisation's settings alone.

use nightline_config::{Contact, OpeningHours, Weekday};
use nightline_types::{Message, Timestamp};
use nightline_view::PhoneNumber;

/// Those that are open first, otherwise in the organisation's order.
pub(super) fn numbers(contacts: &[Contact], now: Timestamp) -> Vec<PhoneNumber> {
    let mut numbers: Vec<PhoneNumber> = contacts
        .iter()
        .map(|contact| PhoneNumber {
            label: contact.label.clone(),
            number: contact.number.clone(),
            language: contact.language.clone(),
            open: contact.open_now(now),
            hours: hours(&contact.opening_hours),
        })
        .collect();
    numbers.sort_by_key(|number| !number.open);
    numbers
}

fn hours(hours: &OpeningHours) -> Message {
    let OpeningHours::Weekly(weekly) = hours else { return Message::new("number-hours-always") };
    let message = match run(&weekly.days) {
        Some((first, last)) if first == last => Message::new("number-hours-day").arg("day", name(first)),
        Some((first, last)) => {
            Message::new("number-hours-days").arg("first", name(first)).arg("last", name(last))
        }
        None => Message::new("number-hours-some-days"),
    };
    let time = |time| serde_json::to_value(time).ok().and_then(|it| it.as_str().map(str::to_owned));
    message
        .arg("from", time(weekly.from).unwrap_or_default())
        .arg("to", time(weekly.to).unwrap_or_default())
        .arg(
            "offset",
            serde_json::to_value(weekly.utc_offset)
                .ok()
                .and_then(|it| it.as_str().map(str::to_owned))
                .unwrap_or_default(),
        )
}

/// The first and the last of days that follow each other; nothing where there are gaps.
fn run(days: &[Weekday]) -> Option<(Weekday, Weekday)> {
    let mut sorted: Vec<usize> = days.iter().map(|day| *day as usize).collect();
    sorted.sort_unstable();
    sorted.dedup();
    let (first, last) = (*sorted.first()?, *sorted.last()?);
    let of = |index: usize| days.iter().copied().find(|day| *day as usize == index);
    (last - first + 1 == sorted.len()).then_some((of(first)?, of(last)?))
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "@weekday-mon",
        Weekday::Tue => "@weekday-tue",
        Weekday::Wed => "@weekday-wed",
        Weekday::Thu => "@weekday-thu",
        Weekday::Fri => "@weekday-fri",
        Weekday::Sat => "@weekday-sat",
        Weekday::Sun => "@weekday-sun",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_answers_now_stands_first() {
        // 2026-11-22 is a Sunday.
        let now: Timestamp = "2026-11-22T02:03:00Z".parse().unwrap();
        let contacts: Vec<Contact> = serde_json::from_str(
            r#"[{"label":"Office","number":"+49 30 1234567","opening_hours":
                {"days":["mon","tue","wed","thu","fri"],"from":"08:00","to":"18:00","utc_offset":"+01:00"}},
                {"label":"Night","number":"+49 30 7654321"}]"#,
        )
        .unwrap();
        let numbers = numbers(&contacts, now);
        assert_eq!((numbers[0].label.as_str(), numbers[0].open), ("Night", true));
        assert_eq!((numbers[1].label.as_str(), numbers[1].open), ("Office", false));
        assert_eq!(numbers[1].hours.id.as_str(), "number-hours-days");
        assert_eq!(numbers[1].hours.args["from"].as_str(), Some("08:00"));
    }
}
