//! The whole way with the real programs: `nightline` and `nightline-desk` on loopback, killed, cut and fed badly.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "these tests start the programs and read their own environment"
)]

mod agent;
mod bad_bundle;
mod bad_input;
mod cli;
mod full_disk;
mod kills;
mod languages;
mod later;
#[cfg(target_os = "linux")]
mod proxy_script;
mod small_disk;
mod untrusted;
mod whole_way;

use nightline_testkit::DeskProcess;

/// A desk on data of its own, with its first agent signed in.
struct Desk {
    process: DeskProcess,
    agent: agent::Agent,
    _data: tempfile::TempDir,
}

impl Desk {
    fn start() -> Self {
        Self::start_with(&[])
    }

    fn start_with(flags: &[&str]) -> Self {
        nightline_testkit::off_the_network();
        let data = tempfile::tempdir().unwrap();
        let program = DeskProcess::beside_this_test().unwrap();
        let mut process = DeskProcess::start(&program, data.path(), flags).unwrap();
        let token = process.set_up_token().unwrap().to_owned();
        let agent = agent::Agent::set_up(process.url(), &token);
        Self { process, agent, _data: data }
    }
}
