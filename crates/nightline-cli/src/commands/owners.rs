//! `nightline owners`: makes the table of networks' owners from public lists. For those who package Nightline.

use std::path::Path;

use nightline_diagnosis::{Sources, compile};
use nightline_types::Message;

use crate::args;
use crate::exit::{Exit, Failure};

pub(crate) fn run(arguments: &args::Owners) -> Result<Exit, Failure> {
    let (v4, v6) = (read(&arguments.ipv4)?, read(&arguments.ipv6)?);
    let table = compile(Sources { v4: &v4, v6: &v6 }).map_err(|error| {
        // Which of the two it was, the error does not know.
        let path = format!("{}, {}", arguments.ipv4.display(), arguments.ipv6.display());
        Failure::with(Exit::Input, Message::new("cli-file-unreadable").arg("path", path), &error)
    })?;
    nightline_platform::directories::write_atomic(&arguments.out, &table).map_err(|error| {
        let message = Message::new("cli-file-unwritable").arg("path", arguments.out.display().to_string());
        Failure::with(Exit::Failed, message, &error)
    })?;
    Ok(Exit::Done)
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| {
        let message = Message::new("cli-file-unreadable").arg("path", path.display().to_string());
        Failure::with(Exit::Input, message, &error)
    })
}
