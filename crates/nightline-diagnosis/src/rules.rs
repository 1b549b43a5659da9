//! The rules, one layer per file. Each reads facts and adds claims; none looks at another's claims.

mod beyond;
mod calls;
mod change;
mod clock;
mod dns;
mod gateway;
mod interception;
mod ipv6;
mod link;
mod machine;
mod mtu;
pub(crate) mod path;
mod proxy;
mod reach;
mod tls;

use nightline_types::{Event, Intake, PathReport, Timestamp};

use crate::claim::Claim;
use crate::path::Trouble;
use crate::seen::Seen;

/// Everything that can be claimed.
pub(crate) fn look(
    seen: Seen<'_>,
    timeline: &[Event],
    intake: Option<&Intake>,
    path: Option<&PathReport>,
    trouble: Option<&Trouble>,
    now: Timestamp,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    for rule in [
        link::look,
        gateway::look,
        dns::look,
        interception::look,
        proxy::look,
        clock::look,
        ipv6::look,
        calls::look,
        machine::look,
    ] {
        rule(seen, &mut claims);
    }
    if let Some(trouble) = trouble {
        path::look(seen, trouble, &mut claims);
    }
    beyond::look(seen, path, &mut claims);
    reach::look(seen, path, &mut claims);
    mtu::look(seen, path, &mut claims);
    change::look(timeline, intake, now, &mut claims);
    claims
}
