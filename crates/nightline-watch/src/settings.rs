//! The settings as shells show them, and the one way to turn a switch.

use std::sync::Arc;

use nightline_config::{Setting, sources, with_value};
use nightline_engine::World;
use nightline_engine::app::Configuration;
use nightline_platform::autostart::{self, Autostart};
use nightline_platform::directories::write_atomic;
use nightline_platform::own_cost;
use nightline_types::{DeskUrl, Message};
use nightline_view::{About, Cost, Settings, SettingsChange};

use crate::window::beside;

/// What is collected when help is asked for.
const COLLECTED: [&str; 5] =
    ["collected-report", "collected-machine", "collected-log", "collected-words", "collected-replaced"];

/// What is in force, for shells. Where the key lies and what all this costs is told apart, once it is known.
pub(crate) async fn configuration(world: &World) -> Configuration {
    let config = &world.config;
    let settings = Settings {
        language: config.language.origin.place.is_some().then(|| config.language.value.tag().to_owned()),
        language_managed: config.language.origin.is_managed(),
        desk: config.desk.value.as_ref().map(DeskUrl::origin),
        desk_managed: config.desk.origin.is_managed(),
        autostart: autostart::state(&place(world)).await,
        notifications: config.notifications.value,
        collected: COLLECTED.map(Message::new).into(),
        key: None,
        problems: config.problems.iter().map(|problem| problem.message.clone()).collect(),
    };
    Configuration {
        language: world.language.code().to_owned(),
        desk_host: config.desk.value.as_ref().map(|desk| desk.host().to_owned()),
        contacts: config.contacts.value.clone(),
        settings,
        about: About {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            organisation: world.config.organisation.value.clone(),
            cost: Cost::default(),
        },
    }
}

/// What the watch costs this computer right now. Counts its files: for a thread that may wait.
pub(crate) fn cost(world: &World) -> Cost {
    let cost = own_cost();
    Cost {
        memory_bytes: cost.as_ref().map(|cost| cost.resident_bytes),
        processor_percent: cost.as_ref().map(|cost| cost.processor_percent(world.now())),
        disk_bytes: world.home.used_bytes(),
    }
}

fn place(world: &World) -> Autostart {
    let home = world.environment.get("NIGHTLINE_HOME");
    Autostart {
        program: beside("nightline-watch"),
        args: home.map(|home| vec!["--home".to_owned(), home.clone()]).unwrap_or_default(),
        environment: Arc::clone(&world.environment),
    }
}

/// Turns a switch, or says why not. The caller reads the settings anew.
pub(crate) async fn change(world: &World, change: SettingsChange) -> Result<(), Message> {
    let (key, value, managed) = match change {
        SettingsChange::Autostart { on } => {
            return autostart::set(&place(world), on).await.map_err(|error| {
                tracing::warn!(error = nightline_types::chain(&error), "Autostart was not switched");
                error.message()
            });
        }
        SettingsChange::Language { language } => {
            ("language", language.map(Into::into), is_managed(&world.config.language))
        }
        SettingsChange::Notifications { on } => {
            ("notifications", Some(on.into()), is_managed(&world.config.notifications))
        }
        SettingsChange::Desk { address } => {
            let address = address.trim().trim_end_matches('/').to_owned();
            if !address.is_empty() && address.parse::<DeskUrl>().is_err() {
                return Err(Message::new("settings-desk-wrong"));
            }
            ("desk", (!address.is_empty()).then(|| address.into()), is_managed(&world.config.desk))
        }
    };
    if managed {
        return Err(Message::new("settings-managed"));
    }
    let path = world.home.config.join(sources::PERSON_FILENAME);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(_) => return Err(Message::new("settings-not-kept")),
    };
    let changed = with_value(&text, key, value).map_err(|error| {
        tracing::warn!(error = nightline_types::chain(&error), "The person's settings are damaged");
        Message::new("settings-not-kept")
    })?;
    write_atomic(&path, changed.as_bytes()).map_err(|error| {
        tracing::warn!(error = nightline_types::chain(&error), "A setting was not kept");
        Message::new("settings-not-kept")
    })
}

fn is_managed<T>(setting: &Setting<T>) -> bool {
    setting.origin.is_managed()
}
