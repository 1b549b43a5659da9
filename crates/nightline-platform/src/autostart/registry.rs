//! Autostart on Windows: a value under the person's `Run` key. Changes nothing for other people of the machine.

use windows_registry::CURRENT_USER;

use super::{Autostart, AutostartError, run_value};

const RUN: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";
/// Where the Task Manager and the settings keep what the person switched off.
const APPROVED: &str = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run";
const NAME: &str = "Nightline";
/// The longest command line that `Run` takes (Run and RunOnce Registry Keys, Microsoft).
const LINE_LIMIT: usize = 260;

pub(super) async fn state(_place: &Autostart) -> Option<bool> {
    let is_there = CURRENT_USER.open(RUN).and_then(|key| key.get_string(NAME)).is_ok();
    let approved = CURRENT_USER.open(APPROVED).and_then(|key| key.get_value(NAME));
    Some(is_there && approved.map_or(true, |value| run_value::is_approved(&value)))
}

pub(super) async fn set(place: &Autostart, on: bool) -> Result<(), AutostartError> {
    let refused = |error: windows_registry::Error| AutostartError::Registry { detail: error.to_string() };
    // The person's choice here replaces an older one in the Task Manager.
    if let Ok(key) = CURRENT_USER.options().read().write().open(APPROVED) {
        key.remove_value(NAME).ok();
    }
    let key = CURRENT_USER.create(RUN).map_err(refused)?;
    if !on {
        return match key.get_string(NAME) {
            Ok(_) => key.remove_value(NAME).map_err(refused),
            Err(_) => Ok(()),
        };
    }
    let line = run_value::command_line(&place.words()?);
    let line = line.filter(|it| it.encode_utf16().count() <= LINE_LIMIT);
    let line = line.ok_or_else(|| AutostartError::Unusable { program: place.program.clone() })?;
    key.set_string(NAME, line).map_err(refused)
}
