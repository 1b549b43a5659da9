//! Redacts every text of a JSON document and keeps its shape.

use serde_json::{Map, Value};

use crate::leaving::Hits;
use crate::{Class, Redactor};

/// Names of members whose text is a secret whatever it looks like.
const SECRET_NAMES: [&str; 10] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "api_key",
    "apikey",
    "authorization",
    "cookie",
    "private_key",
];

impl Redactor {
    /// The document with every text redacted, names of members included, and what was replaced.
    pub fn redact_json(&self, value: &Value) -> (Value, Hits) {
        let mut hits = Hits::new();
        let value = self.json(value, &mut hits);
        (value, hits)
    }

    fn json(&self, value: &Value, hits: &mut Hits) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text, hits)),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.json(item, hits)).collect()),
            Value::Object(members) => {
                let mut out = Map::new();
                for (name, member) in members {
                    let value = match member {
                        Value::String(text) if is_secret_name(name) && !text.is_empty() => {
                            Value::String(self.exact(Class::Secret, text, hits))
                        }
                        other => self.json(other, hits),
                    };
                    out.insert(self.text(name, hits), value);
                }
                Value::Object(out)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    pub(crate) fn text(&self, text: &str, hits: &mut Hits) -> String {
        let redacted = self.redact(text);
        for (class, count) in redacted.hits() {
            *hits.entry(*class).or_default() += count;
        }
        redacted.into_string()
    }

    /// A value whose class is known, replaced as a whole unless it already is.
    pub(crate) fn exact(&self, class: Class, value: &str, hits: &mut Hits) -> String {
        if value.is_empty() || is_replaced(value) || self.is_readable(value) {
            return value.to_owned();
        }
        *hits.entry(class).or_default() += 1;
        self.pseudonyms.of(class, value)
    }
}

/// Whether a value consists of pseudonyms only, joined by dots.
pub(crate) fn is_replaced(value: &str) -> bool {
    let mut rest = value;
    loop {
        let Some(length) = rest.starts_with('<').then(|| crate::pseudonym::pseudonym_length(rest)).flatten()
        else {
            return false;
        };
        rest = &rest[length..];
        match rest.strip_prefix('.') {
            Some(more) => rest = more,
            None => return rest.is_empty(),
        }
    }
}

fn is_secret_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    SECRET_NAMES.iter().any(|it| lower == *it || lower.ends_with(&format!("_{it}")))
}
