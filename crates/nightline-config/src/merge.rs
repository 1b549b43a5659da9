//! Decides which value is in force. Pure: layers in, settings out.

use std::collections::BTreeSet;
use std::fmt;

use nightline_types::{CheckId, DeskUrl, Message, SeverityTable, Target};
use serde::{Deserialize, Serialize};

use crate::key::{self, KEYS, Key, SETTINGS_SCHEMA};
use crate::values::{Judge, Judged};
use crate::{Contact, Layer, Origin, Problem, Rank, Written};

/// A value in force, who set it, and what was wrong with the values written for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting<T> {
    /// The value in force.
    pub value: T,
    /// Who set it.
    pub origin: Origin,
    /// What was dropped on the way, strongest source first. Also in [`Config::problems`].
    pub problems: Vec<Problem>,
}

/// Every setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Where tickets go; none until somebody names a desk.
    pub desk: Setting<Option<DeskUrl>>,
    /// The organisation's name.
    pub organisation: Setting<Option<String>>,
    /// Whom to call.
    pub contacts: Setting<Vec<Contact>>,
    /// What must be reachable, checked in every diagnosis.
    pub important_targets: Setting<Vec<Target>>,
    /// STUN servers to ask beside the desk's own.
    pub stun_servers: Setting<Vec<Target>>,
    /// Checks that may not run here.
    pub checks_not_allowed: Setting<BTreeSet<CheckId>>,
    /// From answers to P0 to P3.
    pub severity: Setting<SeverityTable>,
    /// The reader's language.
    pub language: Setting<Language>,
    /// Whether a new message of the desk is announced.
    pub notifications: Setting<bool>,
    /// Where this device keeps its key.
    pub device_key: Setting<KeyPlace>,
    /// Everything that was dropped or ignored: whole files first, then key by key.
    pub problems: Vec<Problem>,
}

/// What the merge works on.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// The organisation's policy files in the order they are read; the later one wins key by key.
    pub managed: Vec<Layer>,
    /// The flags of this run.
    pub flags: Layer,
    /// The person's file.
    pub person: Layer,
    /// The language of the person's session, if the system says one that we speak.
    pub system_language: Option<Language>,
}

/// A language that Nightline speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    ZhCn,
}

/// Where the device's one secret may lie. A device whose secret is elsewhere already is a new one to the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPlace {
    /// In the system's keyring, or in a private file where there is none.
    #[default]
    KeyringOrFile,
    /// In the system's keyring or nowhere.
    Keyring,
    /// In a private file; the keyring is not asked.
    File,
}

impl Language {
    /// The language tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// From a locale as `LANG` has it (`zh_CN.UTF-8`) or a language tag; none if we do not speak it.
    pub fn from_locale(locale: &str) -> Option<Self> {
        let lower = locale.to_ascii_lowercase();
        match lower.split(['_', '-', '.', '@']).next() {
            Some("en") => Some(Self::En),
            Some("zh") => Some(Self::ZhCn),
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl Config {
    /// Policy over flags over the person's file over the system over the program.
    ///
    /// A managed value is stronger than a flag, because a flag is the person's. A wrong value is reported and the
    /// next source counts; only a guarded key (the desk) stays empty where a policy about it could not be read, so
    /// that nothing leaves for an address that the organisation did not mean.
    pub fn merge(layers: &Layers) -> Self {
        let mut problems = problems_of_whole_layers(layers);
        let mut desk = pick(layers, key::DESK, None, |judge, it| some(judge.desk(it)));
        let organisation = pick(layers, key::ORGANISATION, None, |judge, it| some(judge.name(it)));
        let contacts = pick(layers, key::CONTACTS, Vec::new(), |judge, it| judge.contacts(it));
        let important_targets =
            pick(layers, key::IMPORTANT_TARGETS, Vec::new(), |judge, it| judge.targets(it));
        let stun_servers = pick(layers, key::STUN_SERVERS, Vec::new(), |judge, it| judge.targets(it));
        let checks_not_allowed =
            pick(layers, key::CHECKS_NOT_ALLOWED, BTreeSet::new(), |judge, it| judge.checks(it));
        let severity = pick(layers, key::SEVERITY, SeverityTable::default(), |judge, it| judge.severity(it));
        let mut language = pick(layers, key::LANGUAGE, Language::default(), |judge, it| judge.shape(it));
        if let Some(spoken) = layers.system_language.filter(|_| language.origin.rank == Rank::Default) {
            language.value = spoken;
            language.origin = Origin { rank: Rank::System, place: None };
        }
        let notifications = pick(layers, key::NOTIFICATIONS, true, |judge, it| judge.shape(it));
        let device_key = pick(layers, key::DEVICE_KEY, KeyPlace::default(), |judge, it| judge.shape(it));
        withhold(layers, &mut desk);
        problems.extend(desk.problems.iter().cloned());
        problems.extend(organisation.problems.iter().cloned());
        problems.extend(contacts.problems.iter().cloned());
        problems.extend(important_targets.problems.iter().cloned());
        problems.extend(stun_servers.problems.iter().cloned());
        problems.extend(checks_not_allowed.problems.iter().cloned());
        problems.extend(severity.problems.iter().cloned());
        problems.extend(language.problems.iter().cloned());
        problems.extend(notifications.problems.iter().cloned());
        problems.extend(device_key.problems.iter().cloned());
        Self {
            desk,
            organisation,
            contacts,
            important_targets,
            stun_servers,
            checks_not_allowed,
            severity,
            language,
            notifications,
            device_key,
            problems,
        }
    }
}

/// The layers, strongest first.
fn strongest_first(layers: &Layers) -> impl Iterator<Item = (Rank, &Layer)> {
    let managed = layers.managed.iter().rev().map(|it| (Rank::Managed, it));
    managed.chain([(Rank::Flag, &layers.flags), (Rank::Person, &layers.person)])
}

fn pick<T>(
    layers: &Layers,
    key: Key,
    default: T,
    read: impl Fn(Judge<'_>, &Written) -> Judged<T>,
) -> Setting<T> {
    let mut problems = Vec::new();
    let mut chosen: Option<(T, Origin)> = None;
    for (rank, layer) in strongest_first(layers) {
        let Some(entry) = layer.entries.iter().find(|it| it.key == key.name) else { continue };
        let judged = read(Judge { rank, key: key.name }, &entry.value);
        problems.extend(judged.problems);
        if chosen.is_none() {
            chosen = judged.value.map(|it| (it, Origin { rank, place: Some(entry.place.clone()) }));
        }
    }
    let (value, origin) = chosen.unwrap_or((default, Origin { rank: Rank::Default, place: None }));
    Setting { value, origin, problems }
}

fn some<T>(judged: Judged<T>) -> Judged<Option<T>> {
    Judged { value: judged.value.map(Some), problems: judged.problems }
}

/// Empties the desk where the organisation's say about it is not known and somebody weaker would fill in.
fn withhold(layers: &Layers, desk: &mut Setting<Option<DeskUrl>>) {
    if desk.origin.is_managed() {
        return;
    }
    let wrong = desk.problems.iter().find(|it| it.rank == Rank::Managed).map(|it| it.place.clone());
    let unreadable = layers.managed.iter().filter(|it| it.unreadable);
    let unreadable = unreadable.flat_map(|it| it.problems.first()).map(|it| it.place.clone()).next();
    let Some(place) = wrong.or(unreadable) else { return };
    let message = Message::new("config-problem-desk-withheld");
    desk.problems.push(Problem::new(Rank::Managed, place.clone(), message).key(key::DESK.name));
    desk.value = None;
    desk.origin = Origin { rank: Rank::Managed, place: Some(place) };
}

fn problems_of_whole_layers(layers: &Layers) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (rank, layer) in strongest_first(layers) {
        problems.extend(layer.problems.iter().cloned());
        for entry in &layer.entries {
            if entry.key == "schema" {
                if serde_json::from_str::<String>(&entry.value.json).ok().as_deref() != Some(SETTINGS_SCHEMA)
                {
                    let message = Message::new("config-problem-schema").arg("schema", SETTINGS_SCHEMA);
                    problems.push(Problem::new(rank, entry.value.place.clone(), message).key("schema"));
                }
            } else if !KEYS.iter().any(|it| it.name == entry.key) {
                let message = Message::new("config-problem-unknown-key").arg("key", entry.key.as_str());
                problems.push(Problem::new(rank, entry.place.clone(), message).key(&entry.key));
            }
        }
    }
    problems
}
