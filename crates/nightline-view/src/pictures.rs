//! Pictures of the screen: shown before they are kept, with areas that the person blacked out.

use serde::{Deserialize, Serialize};

/// A picture that the person made or added. Its pixels come apart from the view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Picture {
    /// Its name on the way and in the bundle.
    pub id: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The size of the file.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub bytes: u64,
    /// Grows with each change of the pixels.
    pub revision: u32,
    /// How many areas are black.
    pub areas: u32,
    /// Whether the person has kept it. Only a kept picture can leave.
    pub kept: bool,
}

/// What to take a picture of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum PictureOf {
    /// Everything on the screen.
    Screen,
    /// The window that is in front once ours is hidden.
    Window,
}

/// A rectangle of a picture, in its own pixels, from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Area {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}
