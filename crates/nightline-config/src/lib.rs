//! Which value is in force, who set it, and what was wrong with it.
//!
//! Only `sources` reads files; everything else is pure, so that other stores of policy (a registry, a profile) can
//! feed the same merge. A wrong key or value is dropped alone and reported with its place; nothing here fails.

mod contact;
mod key;
mod layer;
mod merge;
mod person;
mod place;
mod problem;
pub mod sources;
mod values;
mod view;

pub use contact::{Contact, OpeningHours, Weekday};
pub use key::{KEYS, Key, SETTINGS_SCHEMA};
pub use layer::{Entry, Layer, Written};
pub use merge::{Config, KeyPlace, Language, Layers, Setting};
pub use person::{ChangeError, with_value};
pub use place::{Origin, Place, Rank};
pub use problem::Problem;
pub use view::{CONFIG_SCHEMA, ConfigView, PlaceView, ProblemView, SettingView};
