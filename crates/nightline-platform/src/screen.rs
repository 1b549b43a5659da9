//! A picture of the screen or of the window in front, because the person asked for one. Keeps nothing on the disk.
//!
//! Never asks the system for more than one picture, and never without a request. What may not be taken is an error
//! with a sentence for the person.

#[cfg(windows)]
mod gdi;
mod pixels;
#[cfg(target_os = "linux")]
mod portal;
#[cfg(target_os = "macos")]
mod tool;
#[cfg(target_os = "linux")]
mod x11;

use std::collections::BTreeMap;
use std::path::Path;

use nightline_types::Message;

/// What to take a picture of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Everything on the screen; all screens where the system joins them.
    Screen,
    /// The window in front, with its frame, cut at the edges of the screen.
    Window,
}

/// A picture, not compressed.
#[derive(Clone, PartialEq, Eq)]
pub struct Shot {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Red, green, blue, opacity; rows from the top, without gaps. The opacity is always 255.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Shot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Shot {} x {}", self.width, self.height)
    }
}

/// Sixteen screens of 4K fit side by side in less; more than this would cost 400 MB of memory for one picture.
pub const PIXELS_LIMIT: u64 = 100_000_000;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// There is no screen here: a server, or a session over the network.
    #[error("there is no screen here")]
    NoScreen,
    /// No window is in front, or it lies outside of the screen.
    #[error("no window is in front")]
    NoWindow,
    /// The person or the system said no.
    #[error("a picture of the screen is not allowed")]
    NotAllowed,
    /// This system has no way that Nightline knows.
    #[error("not on this system yet")]
    NotOnThisSystem,
    /// The screen did not answer in time.
    #[error("the screen did not answer in time")]
    NoAnswer,
    /// More than [`PIXELS_LIMIT`].
    #[error("the picture is too large")]
    TooLarge,
    /// Something failed.
    #[error("{step} failed: {detail}")]
    Failed {
        /// What was being done.
        step: &'static str,
        /// The system's own words.
        detail: String,
    },
}

impl CaptureError {
    /// The sentence for the person.
    pub fn message(&self) -> Message {
        Message::new(match self {
            Self::NoScreen => "screen-none",
            Self::NoWindow => "screen-no-window",
            Self::NotAllowed => "screen-not-allowed",
            Self::NotOnThisSystem => "screen-not-on-this-system",
            Self::NoAnswer => "screen-no-answer",
            Self::TooLarge => "screen-too-large",
            Self::Failed { .. } => "screen-failed",
        })
    }
}

/// Takes one picture. `environment` says where the screen is, `scratch` is a private folder for a file on its way.
///
/// # Errors
/// See [`CaptureError`].
#[cfg(target_os = "linux")]
pub async fn capture(
    shown: Shown,
    environment: &BTreeMap<String, String>,
    _scratch: &Path,
) -> Result<Shot, CaptureError> {
    let named = |name: &str| environment.get(name).filter(|it| !it.is_empty());
    // On Wayland `DISPLAY` shows only the windows of old programs.
    if named("WAYLAND_DISPLAY").is_some() {
        return portal::capture(shown, environment).await;
    }
    match named("DISPLAY") {
        Some(display) => x11::capture(shown, display.clone()).await,
        None => Err(CaptureError::NoScreen),
    }
}

/// Takes one picture. `scratch` is a private folder for the file on its way.
///
/// # Errors
/// See [`CaptureError`].
#[cfg(target_os = "macos")]
pub async fn capture(
    shown: Shown,
    _environment: &BTreeMap<String, String>,
    scratch: &Path,
) -> Result<Shot, CaptureError> {
    tool::capture(shown, scratch).await
}

/// Takes one picture.
///
/// # Errors
/// See [`CaptureError`].
#[cfg(windows)]
pub async fn capture(
    shown: Shown,
    _environment: &BTreeMap<String, String>,
    _scratch: &Path,
) -> Result<Shot, CaptureError> {
    let failed = |detail: String| CaptureError::Failed { step: "reading the screen", detail };
    tokio::task::spawn_blocking(move || gdi::capture(shown))
        .await
        .map_err(|error| failed(error.to_string()))?
}

/// Takes no picture.
///
/// # Errors
/// Always: Nightline knows no way on this system.
#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
pub async fn capture(
    _shown: Shown,
    _environment: &BTreeMap<String, String>,
    _scratch: &Path,
) -> Result<Shot, CaptureError> {
    Err(CaptureError::NotOnThisSystem)
}
