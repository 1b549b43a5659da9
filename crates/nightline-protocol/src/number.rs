//! A ticket's number: made on the device, readable aloud, with a check character.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// 31 characters without look-alikes (no 0, I, L, O, U). A prime count, so that the weighted sum below notices
/// every single wrong character and every swap of two neighbours.
const ALPHABET: &[u8; 31] = b"123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PREFIX: &str = "NL";
/// 31^8 is 8.5 * 10^11: two devices of one desk with a million tickets meet with a chance below 1 in 1,000,
/// and the desk then answers `number-taken`, upon which the device makes another.
const BODY: usize = 8;

/// A ticket's number, printed as `NL-7Q2K-4M9X-C`; the last character checks the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "describe", ts(type = "string"), schemars(with = "String"))]
pub struct TicketNumber(String);

/// Why a text is no ticket number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Wrong length or letters that no number has.
    #[error("a ticket number looks like NL-7Q2K-4M9X-C")]
    Shape,
    /// The check character does not fit: a character is wrong or two are swapped.
    #[error("a character of the ticket number is wrong or two are swapped")]
    Check,
}

impl TicketNumber {
    /// A number from 8 random bytes.
    pub fn from_random(random: [u8; 8]) -> Self {
        let mut rest = u64::from_le_bytes(random);
        let mut body = [0_usize; BODY];
        for digit in &mut body {
            *digit = usize::try_from(rest % 31).unwrap_or(0);
            rest /= 31;
        }
        Self::assemble(&body)
    }

    /// As printed: `NL-7Q2K-4M9X-C`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn assemble(body: &[usize; BODY]) -> Self {
        let mut text = format!("{PREFIX}-");
        for (index, digit) in body.iter().enumerate() {
            if index == BODY / 2 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[*digit]));
        }
        text.push('-');
        text.push(char::from(ALPHABET[check_digit(body)]));
        Self(text)
    }
}

/// Weights 2 to 9, all different and none a multiple of 31.
fn check_digit(body: &[usize; BODY]) -> usize {
    body.iter().enumerate().map(|(index, digit)| (index + 2) * digit).sum::<usize>() % 31
}

impl FromStr for TicketNumber {
    type Err = NumberError;

    /// Forgiving about case, spaces and dashes, and about the look-alikes that were left out (O and 0 fit nothing,
    /// I and L read as 1, U as V).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut digits: Vec<usize> = Vec::with_capacity(BODY + 1);
        let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let compact = compact.to_ascii_uppercase();
        let rest = compact.strip_prefix(PREFIX).ok_or(NumberError::Shape)?;
        for c in rest.chars() {
            let c = match c {
                'I' | 'L' => '1',
                'U' => 'V',
                other => other,
            };
            let digit = ALPHABET.iter().position(|it| char::from(*it) == c).ok_or(NumberError::Shape)?;
            digits.push(digit);
        }
        let (check, body) = digits.split_last().ok_or(NumberError::Shape)?;
        let body: &[usize; BODY] = body.try_into().map_err(|_| NumberError::Shape)?;
        if check_digit(body) == *check { Ok(Self::assemble(body)) } else { Err(NumberError::Check) }
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for TicketNumber {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TicketNumber> for String {
    fn from(number: TicketNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints_also_when_typed_by_ear() {
        let number = TicketNumber::from_random([7, 1, 9, 200, 44, 3, 90, 1]);
        assert_eq!(number.as_str().parse(), Ok(number.clone()));
        let spoken = number.as_str().to_lowercase().replace('-', " ");
        assert_eq!(spoken.parse(), Ok(number));
    }

    #[test]
    fn notices_every_wrong_character_and_every_swap_of_neighbours() {
        let good = TicketNumber::from_random([9, 8, 7, 6, 5, 4, 3, 2]);
        let plain: Vec<char> = good.as_str().replace('-', "").chars().collect();
        for at in 2..plain.len() {
            for letter in ALPHABET {
                let mut bad = plain.clone();
                bad[at] = char::from(*letter);
                check_differs(&bad, &plain);
            }
            if at + 1 < plain.len() {
                let mut bad = plain.clone();
                bad.swap(at, at + 1);
                check_differs(&bad, &plain);
            }
        }
    }

    #[track_caller]
    fn check_differs(bad: &[char], good: &[char]) {
        let text: String = bad.iter().collect();
        if bad != good {
            assert_eq!(text.parse::<TicketNumber>(), Err(NumberError::Check), "{text}");
        }
    }
}
