//! What several questions to the machine share: blocking reads with a limit, and the systems we cannot ask yet.

use std::path::Path;
use std::time::Duration;

use nightline_platform::{Source, SourceState};
use nightline_types::{Message, Value};

use crate::{Context, Found};

/// Runs a blocking read on a thread of its own. `None` if it takes longer than `limit` or panics; the thread itself
/// cannot be stopped and ends with the process.
pub(super) async fn blocking<T: Send + 'static>(
    limit: Duration,
    read: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    tokio::time::timeout(limit, tokio::task::spawn_blocking(read)).await.ok()?.ok()
}

/// What a check says that slow reading kept from its facts.
pub(super) fn too_slow() -> Found {
    Found::unknown(Message::new("check-unknown-slow-read"), Vec::new())
}

/// `Some` where this live system is one that the check cannot ask yet. A recorded machine can be read anywhere.
pub(super) fn not_on_this_system(context: &Context) -> Option<Found> {
    let is_live = context.root_dir == Path::new("/");
    (is_live && !cfg!(target_os = "linux")).then(|| Found::skipped(Message::new("skip-not-on-this-system")))
}

/// The places that were asked, as a fact's value: `[{ name, state }]`.
pub(super) fn source_list(sources: &[Source]) -> Value {
    let row = |source: &Source| {
        Value::from([("name", source.name.clone().into()), ("state", source.state.as_str().into())])
    };
    Value::List(sources.iter().map(row).collect())
}

/// The names of the places in one state, for a sentence.
pub(super) fn names_of(sources: &[Source], state: &SourceState) -> String {
    let names = sources.iter().filter(|source| source.state == *state).map(|source| source.name.as_str());
    names.collect::<Vec<_>>().join(", ")
}

/// One digit after the point: finer is noise.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// A share in percent; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "bytes and files stay far below 2^53")]
pub(super) fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { rounded(part as f64 * 100.0 / whole as f64) }
}
