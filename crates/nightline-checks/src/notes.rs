//! Collects a check's facts by its own table, so that unit and privacy are said once. Measures nothing.

use nightline_types::{Fact, FactKey, Millis, Timestamp, Value};

use crate::FactSpec;

/// Facts of one check in the making.
pub(crate) struct Notes {
    specs: &'static [FactSpec],
    at: Timestamp,
    facts: Vec<Fact>,
}

impl Notes {
    pub(crate) fn new(specs: &'static [FactSpec], at: Timestamp) -> Self {
        Self { specs, at, facts: Vec::new() }
    }

    /// Notes a value. A key that is not in the table is a mistake of the check and is left out.
    pub(crate) fn put(&mut self, key: &'static str, value: impl Into<Value>, method: &str) {
        let spec = self.specs.iter().find(|spec| spec.key == key);
        debug_assert!(spec.is_some(), "{key} is not in the table of its check");
        let Some(spec) = spec else { return };
        self.facts.push(Fact {
            key: FactKey::new(spec.key),
            value: value.into(),
            unit: spec.unit,
            at: self.at,
            method: method.to_owned(),
            privacy: spec.privacy,
        });
    }

    /// Notes a value that may be missing.
    pub(crate) fn put_some(&mut self, key: &'static str, value: Option<impl Into<Value>>, method: &str) {
        if let Some(value) = value {
            self.put(key, value, method);
        }
    }

    /// Notes a length of time.
    pub(crate) fn put_ms(&mut self, key: &'static str, length: std::time::Duration, method: &str) {
        self.put(key, Millis::from(length), method);
    }

    pub(crate) fn take(self) -> Vec<Fact> {
        self.facts
    }
}
