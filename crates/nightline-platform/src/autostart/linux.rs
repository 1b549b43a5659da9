//! Autostart on Linux: the person's systemd where it carries the desktop session, else the desktop's own folder.
//! Never both, so that two watches never race at sign-in.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Autostart, AutostartError, desktop_entry, remove, unit, write};
use crate::command::Command;
use crate::source::read_small;

/// systemd answers in milliseconds; reading its units again takes a second on a slow disk.
const LIMIT: Duration = Duration::from_secs(10);

/// Where the entries lie.
struct Entries {
    unit: PathBuf,
    /// The link that `systemctl enable` makes.
    wanted: PathBuf,
    desktop: PathBuf,
    /// The same entry of a package, for all people.
    shared: Option<PathBuf>,
}

impl Autostart {
    fn folder(&self, variable: &str) -> Option<PathBuf> {
        // The specification says that a relative path counts as not set.
        self.environment.get(variable).map(PathBuf::from).filter(|path| path.is_absolute())
    }

    fn entries(&self) -> Option<Entries> {
        let config = self.folder("XDG_CONFIG_HOME").or_else(|| Some(self.folder("HOME")?.join(".config")))?;
        let units = config.join("systemd/user");
        let shared = self.environment.get("XDG_CONFIG_DIRS").filter(|it| !it.is_empty());
        let mut shared = shared.map_or("/etc/xdg", String::as_str).split(':').map(Path::new);
        Some(Entries {
            wanted: units.join(format!("{}.wants", unit::SESSION)).join(unit::NAME),
            unit: units.join(unit::NAME),
            desktop: config.join("autostart").join(desktop_entry::NAME),
            shared: shared.find_map(|dir| {
                let path = dir.join("autostart").join(desktop_entry::NAME);
                (dir.is_absolute() && path.is_file()).then_some(path)
            }),
        })
    }

    async fn systemctl(&self, args: &[&str]) -> Option<String> {
        let mut command = Command::new("systemctl", LIMIT).arg("--user").args(args);
        for (name, value) in self.environment.iter() {
            command = command.env(name, value);
        }
        let ran = command.run().await.ok()?;
        ran.succeeded().then(|| ran.text())
    }

    /// Whether the person's systemd runs and knows of the desktop session. Small desktops start without telling it,
    /// and a unit that waits for the session would wait for ever there.
    async fn is_supervised(&self) -> bool {
        let runs = self.folder("XDG_RUNTIME_DIR").is_some_and(|dir| dir.join("systemd").is_dir());
        runs && self.systemctl(&["is-active", unit::SESSION]).await.is_some_and(|it| it.trim() == "active")
    }
}

impl Entries {
    fn is_unit_on(&self) -> bool {
        self.wanted.symlink_metadata().is_ok() && self.unit.is_file()
    }

    /// The person's own file hides the package's.
    fn is_desktop_on(&self) -> bool {
        let own = read_small(&self.desktop);
        let shared = || read_small(self.shared.as_deref()?).ok();
        own.ok().or_else(shared).is_some_and(|text| desktop_entry::is_on(&text))
    }

    fn switch_desktop_off(&self) -> Result<(), AutostartError> {
        match self.shared {
            Some(_) => write(&self.desktop, desktop_entry::HIDDEN)?,
            None => remove(&self.desktop)?,
        }
        Ok(())
    }
}

pub(super) async fn state(place: &Autostart) -> Option<bool> {
    let entries = place.entries()?;
    Some(entries.is_unit_on() || entries.is_desktop_on())
}

pub(super) async fn set(place: &Autostart, on: bool) -> Result<(), AutostartError> {
    let entries = place.entries().ok_or(AutostartError::NoHome { variable: "HOME" })?;
    if !on {
        switch_unit_off(place, &entries).await?;
        return entries.switch_desktop_off();
    }
    let words = place.words()?;
    if let Some(text) = unit::text(&words)
        && place.is_supervised().await
    {
        write(&entries.unit, &text)?;
        if place.systemctl(&["enable", unit::NAME]).await.is_some() && entries.is_unit_on() {
            return entries.switch_desktop_off();
        }
    }
    let entry = desktop_entry::text(&words);
    let entry = entry.ok_or_else(|| AutostartError::Unusable { program: place.program.clone() })?;
    switch_unit_off(place, &entries).await?;
    Ok(write(&entries.desktop, &entry)?)
}

/// Does by hand what systemd does not do, for example because it does not run now.
async fn switch_unit_off(place: &Autostart, entries: &Entries) -> Result<(), AutostartError> {
    let is_there = entries.wanted.symlink_metadata().is_ok() || entries.unit.exists();
    if is_there && place.is_supervised().await {
        place.systemctl(&["disable", unit::NAME]).await;
    }
    remove(&entries.wanted)?;
    Ok(remove(&entries.unit)?)
}
