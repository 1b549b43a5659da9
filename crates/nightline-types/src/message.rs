//! A sentence for a person, as an id with arguments, so that each reader reads it in their own language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{MessageId, Value};

/// A sentence for a person. `text` is empty until somebody renders it for a reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Message {
    /// Id in the Fluent files.
    pub id: MessageId,
    /// Values that the sentence mentions.
    #[serde(default)]
    pub args: BTreeMap<String, Value>,
    /// The sentence in the language of whoever asked for the document.
    #[serde(default)]
    pub text: String,
}

impl Message {
    /// A sentence without arguments.
    pub fn new(id: &'static str) -> Self {
        Self { id: MessageId::new(id), args: BTreeMap::new(), text: String::new() }
    }

    /// The same sentence with one more value.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}
