//! What goes over the pipes between watch and window: one value at a time, the whole view each time it changes.

use serde::{Deserialize, Serialize};

use crate::{Request, View};

/// Both ends are of one installation; another number means that an update has come in between.
pub const VERSION: u32 = 2;

/// From the watch to its window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ToWindow {
    /// Everything there is to show. Replaces what was shown.
    View {
        /// The view.
        view: Box<View>,
    },
    /// The pixels of a picture, sent when they change; a view only names the picture.
    Picture {
        /// Which picture.
        id: String,
        /// Grows with each change.
        revision: u32,
        /// As an address of the form `data:image/png;base64,…`.
        data: String,
    },
    /// The window hides itself, so that it is not on the picture, and then answers [`FromWindow::Hidden`].
    Hide,
    /// The window shows itself, in front.
    Raise,
    /// The window closes.
    Close,
}

/// From a window to its watch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FromWindow {
    /// First of all.
    Hello {
        /// [`VERSION`] of the window.
        version: u32,
    },
    /// Something that the person did.
    Ask {
        /// What.
        request: Request,
    },
    /// Nothing of the window is on the screen any more.
    Hidden,
    /// The window closes. Its process ends a moment later and does nothing more.
    Closing,
}
