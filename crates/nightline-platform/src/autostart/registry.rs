//! Autostart on Windows: a value under the person's `Run` key. Changes nothing for other people of the machine.

use windows_registry::CURRENT_USER;

use super::{Autostart, AutostartError, run_value};

const NAME: &str = "Nightline";
/// The longest command line that `Run` takes (Run and RunOnce Registry Keys, Microsoft).
const LINE_LIMIT: usize = 260;

/// Where the person's registry keeps it.
struct Keys {
    run: &'static str,
    /// What the person switched off in the Task Manager or in the settings.
    approved: &'static str,
}

const KEYS: Keys = Keys {
    run: r"Software\Microsoft\Windows\CurrentVersion\Run",
    approved: r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run",
};

pub(super) async fn state(_place: &Autostart) -> Option<bool> {
    Some(KEYS.is_on())
}

pub(super) async fn set(place: &Autostart, on: bool) -> Result<(), AutostartError> {
    KEYS.set(place, on)
}

impl Keys {
    fn is_on(&self) -> bool {
        let is_there = CURRENT_USER.open(self.run).and_then(|key| key.get_string(NAME)).is_ok();
        let approved = CURRENT_USER.open(self.approved).and_then(|key| key.get_value(NAME));
        is_there && approved.map_or(true, |value| run_value::is_approved(&value))
    }

    fn set(&self, place: &Autostart, on: bool) -> Result<(), AutostartError> {
        let key = CURRENT_USER.create(self.run).map_err(refused)?;
        if on {
            let line = run_value::command_line(&place.words()?);
            let line = line.filter(|it| it.encode_utf16().count() <= LINE_LIMIT);
            let line = line.ok_or_else(|| AutostartError::Unusable { program: place.program.clone() })?;
            key.set_string(NAME, line).map_err(refused)?;
        } else if key.get_string(NAME).is_ok() {
            key.remove_value(NAME).map_err(refused)?;
        }
        // The person's choice here replaces an older one in the Task Manager.
        if let Ok(key) = CURRENT_USER.options().read().write().open(self.approved) {
            key.remove_value(NAME).ok();
        }
        Ok(())
    }
}

fn refused(error: impl std::fmt::Display) -> AutostartError {
    AutostartError::Registry { detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use windows_registry::Type;

    use super::*;

    /// Keys of the test's own, so that nothing of the machine changes.
    const OWN: Keys =
        Keys { run: r"Software\Nightline-test\Run", approved: r"Software\Nightline-test\StartupApproved" };

    #[test]
    fn it_is_on_while_the_value_is_there_and_not_switched_off() {
        CURRENT_USER.remove_tree(r"Software\Nightline-test").ok();
        let place = Autostart {
            program: PathBuf::from(r"C:\Program Files\夜班\nightline-watch.exe"),
            args: vec!["--tray".to_owned()],
            environment: Arc::default(),
        };
        assert!(!OWN.is_on());
        OWN.set(&place, true).unwrap();
        assert!(OWN.is_on());
        let line = CURRENT_USER.open(OWN.run).unwrap().get_string(NAME).unwrap();
        assert_eq!(line, r#""C:\Program Files\夜班\nightline-watch.exe" "--tray""#);
        CURRENT_USER.create(OWN.approved).unwrap().set_bytes(NAME, Type::Bytes, &[3, 0, 0, 0]).unwrap();
        assert!(!OWN.is_on());
        OWN.set(&place, true).unwrap();
        assert!(OWN.is_on());
        OWN.set(&place, false).unwrap();
        assert!(!OWN.is_on());
        OWN.set(&place, false).unwrap();
        let long = Autostart { args: vec!["a".repeat(LINE_LIMIT)], ..place };
        assert!(matches!(OWN.set(&long, true), Err(AutostartError::Unusable { .. })));
        assert!(!OWN.is_on());
        CURRENT_USER.remove_tree(r"Software\Nightline-test").ok();
    }
}
