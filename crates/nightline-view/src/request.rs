//! Everything that a window may ask. The list is closed: what is not here, a window cannot do.

use serde::{Deserialize, Serialize};

use crate::{Answers, Area, HelpStep, PictureOf, Place, SettingsChange};

/// Something that the person did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Request {
    /// Go to another place.
    Open {
        /// Where to.
        place: Place,
    },
    /// Look again how things stand.
    LookAgain,
    /// Begin "Get help", or go on with what was begun.
    GetHelp,
    /// Throw away what was begun.
    Discard,
    /// The fields as they stand now. Sent while the person writes, so that nothing is lost.
    Answer {
        /// All fields.
        answers: Box<Answers>,
    },
    /// To the next page.
    Next,
    /// To the page before.
    Back,
    /// To a page that was there already.
    Go {
        /// Which.
        step: HelpStep,
    },
    /// What was found solved it: ends quietly.
    Solved,
    /// Send at once what there is.
    SendNow,
    /// Take a picture. It is shown before it is kept.
    TakePicture {
        /// Of what.
        of: PictureOf,
    },
    /// A picture that was pasted or chosen.
    AddPicture {
        /// The file, in base64.
        data: String,
    },
    /// Paint areas black. The pixels are gone from then on.
    BlackOut {
        /// Which picture.
        id: String,
        /// The rectangles.
        areas: Vec<Area>,
    },
    /// Keep the picture as it is.
    KeepPicture {
        /// Which.
        id: String,
    },
    /// Throw the picture away.
    RemovePicture {
        /// Which.
        id: String,
    },
    /// Let an item leave, or not.
    Tick {
        /// Which.
        item: String,
        /// Whether it leaves.
        included: bool,
    },
    /// Show an item as it leaves.
    Read {
        /// Which; nothing closes it again.
        item: Option<String>,
    },
    /// Send what is ticked.
    Send,
    /// Stop sending; the ticket waits on this device.
    Stop {
        /// Which ticket.
        number: String,
    },
    /// Send a ticket that waits, now.
    SendAgain {
        /// Which ticket.
        number: String,
    },
    /// Give up a ticket that the desk does not have.
    GiveUp {
        /// Which ticket.
        number: String,
    },
    /// Put the bundle into a file, for when there is no network.
    Save {
        /// Which ticket.
        number: String,
    },
    /// The answer as it stands in its field. Sent while the person writes, so that nothing is lost.
    WriteReply {
        /// Which ticket.
        number: String,
        /// Plain text; empty forgets it.
        text: String,
    },
    /// Answer in a ticket.
    Reply {
        /// Which ticket.
        number: String,
        /// Plain text.
        text: String,
    },
    /// Add a file to a ticket that was sent.
    Attach {
        /// Which ticket.
        number: String,
        /// The file's name.
        name: String,
        /// The file, in base64.
        data: String,
    },
    /// The person does not need help with this any more.
    CloseTicket {
        /// Which ticket.
        number: String,
    },
    /// Turn a switch.
    Set {
        /// Which, and how.
        change: SettingsChange,
    },
    /// The sentence above everything was read.
    Dismiss,
    /// Close the window.
    CloseWindow,
}
