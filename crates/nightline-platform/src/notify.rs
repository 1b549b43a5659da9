//! One notification on the person's desktop, and whether it was clicked. Plays no sound, and shows nothing by itself.

#[cfg(target_os = "linux")]
mod bus_server;
#[cfg(target_os = "macos")]
mod script;

use std::collections::BTreeMap;

/// Longer titles are cut by every desktop.
#[cfg(any(target_os = "linux", target_os = "macos"))]
const TITLE_LIMIT: usize = 200;
/// A notification is read at a glance; what is longer belongs into the window.
#[cfg(any(target_os = "linux", target_os = "macos"))]
const BODY_LIMIT: usize = 1_000;

/// A notification that the desktop has taken.
#[derive(Debug)]
pub struct Shown {
    /// The desktop's number for it; absent where it gives none.
    pub id: Option<u32>,
    #[cfg(target_os = "linux")]
    clicks: Option<bus_server::Clicks>,
}

impl Shown {
    /// Waits until the person clicks it. `false` once it is gone, after half an hour, or where the desktop tells no
    /// clicks. Cancel safe; dropping it forgets the notification and leaves it on the screen.
    #[cfg(target_os = "linux")]
    pub async fn clicked(self) -> bool {
        match self.clicks {
            Some(clicks) => clicks.clicked().await,
            None => false,
        }
    }

    /// This system tells no clicks on what a script has shown.
    #[cfg(not(target_os = "linux"))]
    pub async fn clicked(self) -> bool {
        false
    }
}

/// Why nothing was shown.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    /// Nobody shows notifications here: no desktop, or one without them.
    #[error("nobody shows notifications here")]
    NoServer,
    /// The desktop did not answer in time.
    #[error("the desktop did not answer in time")]
    NoAnswer,
    /// This system has no way that Nightline knows.
    #[error("not on this system yet")]
    NotOnThisSystem,
    /// The desktop refused.
    #[error("the desktop refused the notification: {detail}")]
    Refused {
        /// Its own words.
        detail: String,
    },
}

/// Shows a notification with plain text. `environment` says where the session is.
///
/// # Errors
/// See [`NotifyError`].
#[cfg(target_os = "linux")]
pub async fn notify(
    title: &str,
    body: &str,
    environment: &BTreeMap<String, String>,
) -> Result<Shown, NotifyError> {
    bus_server::notify(&cut(title, TITLE_LIMIT), &cut(body, BODY_LIMIT), environment).await
}

/// Shows a notification with plain text.
///
/// # Errors
/// See [`NotifyError`].
#[cfg(target_os = "macos")]
pub async fn notify(
    title: &str,
    body: &str,
    _environment: &BTreeMap<String, String>,
) -> Result<Shown, NotifyError> {
    script::notify(&cut(title, TITLE_LIMIT), &cut(body, BODY_LIMIT)).await
}

/// Shows nothing: on Windows the tray does.
///
/// # Errors
/// Always.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub async fn notify(
    _title: &str,
    _body: &str,
    _environment: &BTreeMap<String, String>,
) -> Result<Shown, NotifyError> {
    Err(NotifyError::NotOnThisSystem)
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn cut(text: &str, characters: usize) -> String {
    // A zero ends a text on the bus and in an argument.
    text.chars().filter(|it| *it != '\0').take(characters).collect()
}
