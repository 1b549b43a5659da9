//! The settings as a document, `nightline.config/1`, for `nightline config show`. Renders no sentence.

use nightline_types::Message;
use serde::Serialize;
use serde_json::Value;

use crate::key::{self, Key};
use crate::{Config, Problem, Rank, Setting};

/// The name of the document.
pub const CONFIG_SCHEMA: &str = "nightline.config/1";

/// Every setting with its origin, and every problem. The messages' texts are empty until somebody renders them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConfigView {
    /// Always [`CONFIG_SCHEMA`].
    pub schema: &'static str,
    /// In the order of [`crate::KEYS`].
    pub settings: Vec<SettingView>,
    /// Whole files first, then key by key.
    pub problems: Vec<ProblemView>,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SettingView {
    /// As written in files.
    pub key: &'static str,
    /// What it is called.
    pub title: Message,
    /// The value in force; null where there is none.
    pub value: Value,
    /// Who set it.
    pub origin: Rank,
    /// Who set it, in words.
    pub origin_message: Message,
    /// Whether only the organisation can change it.
    pub managed: bool,
    /// Where it stands.
    #[serde(flatten)]
    pub place: PlaceView,
}

/// Where something stands, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PlaceView {
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// From 1, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The flag, with dashes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<String>,
    /// The place in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Message>,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProblemView {
    /// Who wrote it.
    pub origin: Rank,
    /// Where.
    #[serde(flatten)]
    pub place: PlaceView,
    /// Which key, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What is wrong and what to do.
    pub message: Message,
    /// The parser's or the system's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Config {
    /// The document.
    pub fn view(&self) -> ConfigView {
        ConfigView {
            schema: CONFIG_SCHEMA,
            settings: vec![
                setting(key::DESK, &self.desk),
                setting(key::ORGANISATION, &self.organisation),
                setting(key::CONTACTS, &self.contacts),
                setting(key::IMPORTANT_TARGETS, &self.important_targets),
                setting(key::STUN_SERVERS, &self.stun_servers),
                setting(key::CHECKS_NOT_ALLOWED, &self.checks_not_allowed),
                setting(key::SEVERITY, &self.severity),
                setting(key::LANGUAGE, &self.language),
                setting(key::NOTIFICATIONS, &self.notifications),
                setting(key::DEVICE_KEY, &self.device_key),
            ],
            problems: self.problems.iter().map(Problem::view).collect(),
        }
    }
}

fn setting<T: Serialize>(key: Key, setting: &Setting<T>) -> SettingView {
    SettingView {
        key: key.name,
        title: key.title(),
        value: serde_json::to_value(&setting.value).unwrap_or(Value::Null),
        origin: setting.origin.rank,
        origin_message: setting.origin.message(),
        managed: setting.origin.is_managed(),
        place: setting.origin.place.as_ref().map(PlaceView::of).unwrap_or_default(),
    }
}

impl PlaceView {
    fn of(place: &crate::Place) -> Self {
        let (line, column) = place.position().unzip();
        Self {
            file: place.file().map(|it| it.display().to_string()),
            line,
            column,
            flag: place.flag().map(str::to_owned),
            place: Some(place.message()),
        }
    }
}

impl Problem {
    /// The problem as it stands in the document.
    pub fn view(&self) -> ProblemView {
        ProblemView {
            origin: self.rank,
            place: PlaceView::of(&self.place),
            key: self.key.clone(),
            message: self.message.clone(),
            detail: self.detail.clone(),
        }
    }
}
