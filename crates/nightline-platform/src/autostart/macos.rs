//! Autostart on macOS: a file in the person's folder of launch agents. Loads nothing now, so that no second watch starts.

use std::path::PathBuf;
use std::time::Duration;

use super::{Autostart, AutostartError, launch_agent, remove, write};
use crate::command::Command;

/// By its whole path: the search path is the person's.
const TOOL: &str = "/bin/launchctl";
/// It answers in milliseconds.
const LIMIT: Duration = Duration::from_secs(5);

fn agent(place: &Autostart) -> Option<PathBuf> {
    let home = place.environment.get("HOME").map(PathBuf::from).filter(|path| path.is_absolute())?;
    Some(home.join("Library/LaunchAgents").join(format!("{}.plist", launch_agent::LABEL)))
}

fn domain() -> String {
    format!("gui/{}", rustix::process::getuid().as_raw())
}

pub(super) async fn state(place: &Autostart) -> Option<bool> {
    if !agent(place)?.is_file() {
        return Some(false);
    }
    let ran = Command::new(TOOL, LIMIT).args(["print-disabled", &domain()]).run().await.ok()?;
    // `"app.nightline.watch" => disabled` since macOS 13, `=> true` before.
    let name = format!("\"{}\"", launch_agent::LABEL);
    let text = ran.text();
    let line = text.lines().find(|line| line.contains(&name));
    Some(!line.is_some_and(|it| it.ends_with("=> disabled") || it.ends_with("=> true")))
}

pub(super) async fn set(place: &Autostart, on: bool) -> Result<(), AutostartError> {
    let path = agent(place).ok_or(AutostartError::NoHome { variable: "HOME" })?;
    if !on {
        return Ok(remove(&path)?);
    }
    write(&path, &launch_agent::text(&place.words()?))?;
    // Undoes an earlier `disable`; without one it changes nothing, and a failure shows in the state.
    let service = format!("{}/{}", domain(), launch_agent::LABEL);
    Command::new(TOOL, LIMIT).args(["enable", &service]).run().await.ok();
    Ok(())
}
