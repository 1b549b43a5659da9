//! Draws the tray as the app wants it, and says what was chosen. Decides nothing.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(not(target_os = "linux"))]
use elsewhere as system;

mod pixels;

use std::time::Duration;

use nightline_engine::World;
use nightline_engine::app::Event;
use nightline_text::Texts;
use nightline_view::{MenuAction, MenuItem};
use tokio::sync::mpsc;

/// A desktop that is still starting shows its tray within this time.
const STARTING: Duration = Duration::from_secs(10);
/// Left in the home's state once a person was told that their desktop has no tray.
const TOLD_FILENAME: &str = "no-tray-told";

/// What is drawn: sentences in the reader's language.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Drawn {
    pub(crate) state: nightline_view::TrayState,
    pub(crate) title: String,
    pub(crate) says: String,
    pub(crate) lines: Vec<Line>,
}

/// One line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Text(String),
    Action(MenuAction, String),
    Gap,
}

/// The tray of this desktop.
pub(crate) struct Tray {
    events: mpsc::Sender<Event>,
    told_path: std::path::PathBuf,
    drawn: Option<system::Handle>,
}

impl Tray {
    pub(crate) fn new(world: &World, events: mpsc::Sender<Event>) -> Self {
        Self { events, told_path: world.home.state.join(TOLD_FILENAME), drawn: None }
    }

    /// Draws, or draws anew.
    pub(crate) async fn draw(&mut self, tray: &nightline_view::Tray, world: &World) {
        let drawn = drawn(tray, &Texts::new(world.language));
        match &self.drawn {
            Some(handle) => handle.draw(drawn).await,
            None => {
                let absence = Absence { events: self.events.clone(), told_path: self.told_path.clone() };
                self.drawn =
                    Some(system::Handle::new(drawn, &world.environment, self.events.clone(), absence).await);
            }
        }
    }

    /// Takes it away before the program ends.
    pub(crate) async fn remove(self, within: Duration) {
        if let Some(handle) = self.drawn {
            // A panel that hangs notices by itself that we are gone.
            let _ = tokio::time::timeout(within, handle.remove()).await;
        }
    }
}

fn drawn(tray: &nightline_view::Tray, texts: &Texts) -> Drawn {
    let lines = tray.menu.iter().map(|item| match item {
        MenuItem::Line { message } => Line::Text(texts.say(message)),
        MenuItem::Action { action, message } => Line::Action(*action, texts.say(message)),
        MenuItem::Separator => Line::Gap,
    });
    Drawn {
        state: tray.state,
        title: texts.plain("tray-title"),
        says: texts.say(&tray.says),
        lines: lines.collect(),
    }
}

/// Says once that this desktop has no tray; a person who knows is not told at every start.
#[derive(Clone)]
pub(crate) struct Absence {
    events: mpsc::Sender<Event>,
    told_path: std::path::PathBuf,
}

impl Absence {
    /// Waits until a desktop that is starting would have its tray, unless `there` says that it has.
    pub(crate) async fn tell_unless(self, there: impl Future<Output = ()>) {
        tokio::select! {
            () = there => drop(std::fs::remove_file(&self.told_path)),
            () = tokio::time::sleep(STARTING) => self.tell().await,
        }
    }

    /// Says it at once.
    pub(crate) async fn tell(self) {
        match std::fs::File::create_new(&self.told_path) {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return,
            Err(error) => {
                tracing::warn!(
                    error = nightline_types::chain(&error),
                    "It will be said again at the next start"
                );
            }
        }
        // Nobody is there to be told when the watch ends.
        let _ = self.events.send(Event::NoTray).await;
    }
}

#[cfg(test)]
mod tests {
    use nightline_text::Language;

    use super::*;

    #[test]
    fn the_menu_speaks_the_readers_language_and_has_every_action() {
        let app = nightline_engine::app::App::new(Default::default(), Default::default());
        let tray = nightline_view::tray(app.view());
        for (language, first) in [(Language::English, "Get help"), (Language::SimplifiedChinese, "获取帮助")]
        {
            let drawn = drawn(&tray, &Texts::new(language));
            let actions: Vec<(MenuAction, &str)> = drawn
                .lines
                .iter()
                .filter_map(|line| match line {
                    Line::Action(action, text) => Some((*action, text.as_str())),
                    _ => None,
                })
                .collect();
            assert_eq!(actions[0], (MenuAction::GetHelp, first));
            assert_eq!(actions.len(), 6);
        }
    }
}
