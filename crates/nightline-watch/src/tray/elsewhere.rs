//! The tray on Windows and macOS: an icon with a menu, drawn from the thread that the system wants it drawn from.
//!
//! Decides nothing. A panel that restarts gets the icon again.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use nightline_engine::app::Event;
use nightline_platform::interface::Interface;
use nightline_view::{MenuAction, TrayState};
use tokio::sync::{mpsc, oneshot};
use tray_icon::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem};
use tray_icon::{Icon, MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};

use super::{Absence, Drawn, Line, pixels};

thread_local! {
    /// The icon, on the one thread that may touch it.
    static SHOWN: RefCell<Option<Shown>> = const { RefCell::new(None) };
}

struct Shown {
    icon: TrayIcon,
    drawn: Drawn,
}

/// Why the icon is not as it should be.
#[derive(Debug, thiserror::Error)]
enum DrawError {
    #[error("the icon was refused")]
    Icon(#[from] tray_icon::Error),
    #[error("the menu was refused")]
    Menu(#[from] tray_icon::menu::Error),
}

/// The icon's place, or nothing where there is none.
pub(crate) struct Handle {
    interface: Option<Interface>,
}

impl Handle {
    pub(crate) async fn new(
        drawn: Drawn,
        _environment: &Arc<BTreeMap<String, String>>,
        events: mpsc::Sender<Event>,
        absence: Absence,
    ) -> Self {
        let interface = match Interface::start() {
            Ok(interface) => interface,
            Err(error) => {
                tracing::warn!(error = nightline_types::chain(&error), "No thread for the tray");
                tokio::spawn(absence.tell());
                return Self { interface: None };
            }
        };
        let (there, shown) = oneshot::channel();
        interface.run(move || {
            listen(events);
            let _ = there.send(show(drawn));
        });
        tokio::spawn(absence.tell_unless(async move {
            if !matches!(shown.await, Ok(true)) {
                std::future::pending::<()>().await;
            }
        }));
        Self { interface: Some(interface) }
    }

    pub(crate) async fn draw(&self, drawn: Drawn) {
        if let Some(interface) = &self.interface {
            interface.run(move || {
                show(drawn);
            });
        }
    }

    pub(crate) async fn remove(self) {
        let Some(interface) = self.interface else { return };
        let (gone, went) = oneshot::channel();
        interface.run(move || {
            SHOWN.with_borrow_mut(Option::take);
            let _ = gone.send(());
        });
        let _ = went.await;
    }
}

/// What a person chooses goes to the app.
fn listen(events: mpsc::Sender<Event>) {
    let clicks = events.clone();
    MenuEvent::set_event_handler(Some(move |event: MenuEvent| {
        if let Some(action) = action_of(event.id.as_ref()) {
            // The app takes events in microseconds; a click that finds it behind by hundreds is not the last one.
            let _ = events.try_send(Event::Menu(action));
        }
    }));
    TrayIconEvent::set_event_handler(Some(move |event: TrayIconEvent| {
        // On macOS every click opens the menu; on Windows the left button is the icon's own.
        let left = matches!(
            event,
            TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. }
        );
        if cfg!(windows) && left {
            let _ = clicks.try_send(Event::Menu(MenuAction::Happening));
        }
    }));
}

/// Draws the icon, or draws it anew. Whether it is there.
fn show(drawn: Drawn) -> bool {
    let result = SHOWN.with_borrow_mut(|shown| match shown {
        Some(shown) => redraw(shown, drawn),
        None => build(&drawn).map(|icon| *shown = Some(Shown { icon, drawn })),
    });
    if let Err(error) = &result {
        tracing::warn!(error = nightline_types::chain(error), "The tray was not drawn");
    }
    result.is_ok()
}

fn build(drawn: &Drawn) -> Result<TrayIcon, DrawError> {
    let builder = TrayIconBuilder::new()
        .with_tooltip(&drawn.says)
        .with_menu(Box::new(menu(&drawn.lines)?))
        .with_menu_on_left_click(cfg!(target_os = "macos"));
    Ok(match picture(drawn.state) {
        Some(picture) => builder.with_icon(picture).build()?,
        None => builder.build()?,
    })
}

/// Only what changed: a menu that is open would close.
fn redraw(shown: &mut Shown, drawn: Drawn) -> Result<(), DrawError> {
    if shown.drawn.state != drawn.state {
        shown.icon.set_icon(picture(drawn.state))?;
    }
    if shown.drawn.says != drawn.says {
        shown.icon.set_tooltip(Some(&drawn.says))?;
    }
    if shown.drawn.lines != drawn.lines {
        shown.icon.set_menu(Some(Box::new(menu(&drawn.lines)?)));
    }
    shown.drawn = drawn;
    Ok(())
}

fn menu(lines: &[Line]) -> Result<Menu, tray_icon::menu::Error> {
    let menu = Menu::new();
    for line in lines {
        match line {
            Line::Gap => menu.append(&PredefinedMenuItem::separator())?,
            Line::Text(text) => menu.append(&MenuItem::new(label(text), false, None))?,
            Line::Action(action, text) => {
                menu.append(&MenuItem::with_id(id_of(*action), label(text), true, None))?;
            }
        }
    }
    Ok(menu)
}

/// What a line of the menu is known by when it is chosen.
fn id_of(action: MenuAction) -> String {
    format!("{action:?}")
}

fn action_of(id: &str) -> Option<MenuAction> {
    let actions = [
        MenuAction::GetHelp,
        MenuAction::Happening,
        MenuAction::Tickets,
        MenuAction::Settings,
        MenuAction::About,
        MenuAction::Quit,
    ];
    actions.into_iter().find(|action| id_of(*action) == id)
}

/// A single ampersand would underline the next letter.
fn label(text: &str) -> String {
    text.replace('&', "&&")
}

/// The larger picture: both systems make it smaller where they need to.
fn picture(state: TrayState) -> Option<Icon> {
    let picture = pixels::pictures(state).pop()?;
    let (width, height) = picture.dimensions();
    Icon::from_rgba(picture.into_raw(), width, height).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_that_can_be_chosen_is_known_again() {
        let app = nightline_engine::app::App::new(Default::default(), Default::default());
        for item in nightline_view::tray(app.view()).menu {
            if let nightline_view::MenuItem::Action { action, .. } = item {
                assert_eq!(action_of(&id_of(action)), Some(action));
            }
        }
        assert_eq!(action_of("1"), None);
    }

    #[test]
    fn every_state_has_a_picture_and_an_ampersand_is_written() {
        for state in [TrayState::Quiet, TrayState::Degraded, TrayState::Broken, TrayState::Unread] {
            assert!(picture(state).is_some(), "{state:?}");
        }
        assert_eq!(label("Q & A"), "Q && A");
    }

    /// Not on macOS, where the first thread of a test is not ours.
    #[cfg(windows)]
    #[tokio::test]
    async fn the_icon_is_drawn_drawn_anew_and_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let (events, mut inbox) = mpsc::channel(4);
        let absence = Absence { events: events.clone(), told_path: folder.path().join("told") };
        let mut drawn = Drawn {
            state: TrayState::Quiet,
            title: "Nightline".to_owned(),
            says: "All is well".to_owned(),
            lines: vec![
                Line::Text("值班中".to_owned()),
                Line::Gap,
                Line::Action(MenuAction::GetHelp, "Get help".to_owned()),
            ],
        };
        let handle = Handle::new(drawn.clone(), &Arc::default(), events, absence).await;
        let interface = handle.interface.clone().unwrap();
        check_shown(&interface, Some(&drawn)).await;
        drawn.state = TrayState::Unread;
        drawn.lines.pop();
        handle.draw(drawn.clone()).await;
        check_shown(&interface, Some(&drawn)).await;
        handle.remove().await;
        check_shown(&interface, None).await;
        assert!(inbox.try_recv().is_err(), "nobody was told that there is no tray");
    }

    #[cfg(windows)]
    async fn check_shown(interface: &Interface, expected: Option<&Drawn>) {
        let (told, answer) = oneshot::channel();
        interface.run(move || {
            let drawn = SHOWN.with_borrow(|shown| shown.as_ref().map(|it| it.drawn.clone()));
            told.send(drawn).unwrap();
        });
        assert_eq!(answer.await.unwrap().as_ref(), expected);
    }
}
