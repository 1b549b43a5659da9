//! What the person may want to reach: what the organisation named, and where programs have connections right now.

use std::collections::BTreeMap;
use std::path::Path;

use nightline_platform::network;
use nightline_view::TargetSuggestion;

use crate::World;

/// More than this is a list to search.
const MAX_TARGETS: usize = 8;
/// Programs whose connections nobody "wants to reach".
const OWN_PROGRAMS: [&str; 3] = ["nightline", "nightline-watch", "nightline-window"];

/// The organisation's own first, then programs in the order of how many connections they have.
pub(super) async fn targets(world: &World) -> Vec<TargetSuggestion> {
    let own = world.config.important_targets.value.iter();
    let mut targets: Vec<TargetSuggestion> =
        own.map(|target| TargetSuggestion { target: target.given().to_owned(), program: None }).collect();
    // Reading the kernel's tables takes milliseconds and may hang on a sick machine; the worker dies with it.
    let live = tokio::task::spawn_blocking(|| network::connections_with_programs(Path::new("/")).ok()).await;
    let mut counted: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (connection, program) in live.ok().flatten().unwrap_or_default() {
        let Some(program) = program.filter(|it| !OWN_PROGRAMS.contains(&it.as_str())) else { continue };
        *counted.entry((connection.remote.to_string(), program)).or_default() += 1;
    }
    let mut live: Vec<_> = counted.into_iter().collect();
    live.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for ((target, program), _) in live {
        if !targets.iter().any(|known| known.target == target) {
            targets.push(TargetSuggestion { target, program: Some(program) });
        }
    }
    targets.truncate(MAX_TARGETS);
    targets
}
