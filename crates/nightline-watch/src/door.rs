//! A second start on the same home: asks the watch that owns it to show its window, and ends.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use nightline_engine::World;
use nightline_link::{CallError, ConnectError, ControlPlace, ControlReply, ControlRequest, ask};
use nightline_types::Message;

use crate::arguments::Arguments;
use crate::{FAILED, say};

/// A watch that has just taken the home opens its socket within this time, also on a machine that is busy starting.
const STARTING: Duration = Duration::from_secs(10);
/// From one try to the next.
const PAUSE: Duration = Duration::from_millis(50);

/// The place of this home's control socket.
pub(crate) fn place(world: &World) -> Option<ControlPlace> {
    let runtime = world.environment.get("XDG_RUNTIME_DIR").map(Path::new);
    ControlPlace::of(&world.home.state, runtime, &world.home.cache)
        .inspect_err(|error| {
            tracing::error!(error = nightline_types::chain(error), "No place for the socket")
        })
        .ok()
}

pub(crate) async fn show_the_other(world: &World, arguments: &Arguments) -> ExitCode {
    let request = if arguments.get_help { ControlRequest::GetHelp } else { ControlRequest::Show };
    let asked = tokio::time::timeout(STARTING, knock(world, &request)).await;
    match asked {
        Ok(Some(ControlReply::Done)) => {
            say(&Message::new("watch-running"), &world.environment);
            ExitCode::SUCCESS
        }
        _ => {
            say(&Message::new("watch-cannot-show"), &world.environment);
            ExitCode::from(FAILED)
        }
    }
}

/// Asks until somebody answers. Nobody being there yet is the only reason to ask again.
async fn knock(world: &World, request: &ControlRequest) -> Option<ControlReply> {
    let place = place(world)?;
    loop {
        match ask(&place, request).await {
            Ok(reply) => return Some(reply),
            Err(CallError::Connect(ConnectError::Nobody)) => tokio::time::sleep(PAUSE).await,
            Err(error) => {
                tracing::warn!(error = nightline_types::chain(&error), "The other watch does not answer");
                return None;
            }
        }
    }
}
