//! The order of the queue, and a place in it that survives between two requests. Knows no database.

use data_encoding::BASE64URL_NOPAD;

/// The queue's order as SQL over `tickets`, all ascending: unanswered by due time and severity; then those where the
/// customer has the last word, by severity and age; then those where the desk waits; closed ones last, newest first.
/// A number is unique, so that two tickets never share a place.
pub(super) const KEYS: &str = "
    CASE WHEN status = 'closed' THEN 3 WHEN answered_at IS NULL THEN 0 WHEN status = 'waiting' THEN 2 ELSE 1 END
        AS place_group,
    CASE WHEN status = 'closed' THEN -COALESCE(closed_at, received_at)
         WHEN answered_at IS NULL THEN response_due
         ELSE CASE severity WHEN 'P0' THEN 0 WHEN 'P1' THEN 1 WHEN 'P2' THEN 2 ELSE 3 END END AS place_first,
    CASE WHEN status <> 'closed' AND answered_at IS NULL
         THEN CASE severity WHEN 'P0' THEN 0 WHEN 'P1' THEN 1 WHEN 'P2' THEN 2 ELSE 3 END
         ELSE received_at END AS place_second";

/// The longest cursor we ever wrote has 60 characters.
const MAX_CURSOR: usize = 128;

/// A ticket's place in the queue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// 0 unanswered, 1 the customer's turn was last, 2 waiting, 3 closed.
    pub(super) group: i64,
    /// Due time, severity or closing time.
    pub(super) first: i64,
    /// Severity or arrival.
    pub(super) second: i64,
    /// The ticket's number.
    pub(super) number: String,
}

impl Place {
    /// For `after`.
    pub(super) fn to_cursor(&self) -> String {
        let text = format!("{}.{}.{}.{}", self.group, self.first, self.second, self.number);
        BASE64URL_NOPAD.encode(text.as_bytes())
    }

    /// `None` for everything that [`Place::to_cursor`] never wrote.
    pub(super) fn from_cursor(cursor: &str) -> Option<Self> {
        if cursor.len() > MAX_CURSOR {
            return None;
        }
        let text = String::from_utf8(BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?).ok()?;
        let mut parts = text.splitn(4, '.');
        let mut int = || parts.next()?.parse::<i64>().ok();
        let (group, first, second) = (int()?, int()?, int()?);
        let number = parts.next()?.to_owned();
        (!number.is_empty()).then_some(Self { group, first, second, number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_as_it_was_written() {
        let place =
            Place { group: 3, first: -1_795_312_984_056, second: 7, number: "NL-7Q2K-4M9X-C".to_owned() };
        assert_eq!(Place::from_cursor(&place.to_cursor()), Some(place));
    }

    #[test]
    fn anything_else_is_no_cursor() {
        check("");
        check("***");
        check(&BASE64URL_NOPAD.encode(b"1.2.3"));
        check(&BASE64URL_NOPAD.encode(b"1.2.3."));
        check(&BASE64URL_NOPAD.encode(b"1.x.3.NL"));
        check(&"A".repeat(4_000));
    }

    #[track_caller]
    fn check(cursor: &str) {
        assert_eq!(Place::from_cursor(cursor), None, "{cursor}");
    }
}
