//! A row of routers that lives as long as its value. Lays no cable itself; `lab-net` of the testkit does.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::failure::Failure;
use crate::shell;

/// What a router does that passes nothing on.
const FORBID: &str = "table inet shut {\nchain c {\ntype filter hook forward priority 0;\n\
                      reject with icmpx type admin-prohibited\n}\n}";

/// Which network.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    /// Between client and target.
    pub(super) routers: u8,
    /// Each router's pause between two answers to one asker (`icmp_ratelimit`); 0 is none.
    pub(super) limit_ms: u32,
    /// A link that loses packets on their way there, by the hop behind it, and its share in percent.
    pub(super) lossy: (u8, u8),
    /// A link that holds packets back in both directions, and for how long.
    pub(super) slow: (u8, u32),
    /// A router that passes nothing on and says so; 0 is none.
    pub(super) forbids: u8,
}

pub(super) struct Net {
    child: Child,
    machines: Vec<String>,
    pub(super) target: String,
    pub(super) plan: Plan,
}

impl Net {
    pub(super) fn up(plan: Plan) -> Result<Self, Failure> {
        let program = shell::target_dir().join("debug/lab-net");
        let words = [
            plan.routers.to_string(),
            plan.limit_ms.to_string(),
            plan.lossy.0.to_string(),
            plan.lossy.1.to_string(),
            plan.slow.0.to_string(),
            plan.slow.1.to_string(),
        ];
        let mut child = Command::new(program)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(Failure::io("start lab-net"))?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line).map_err(Failure::io("read from lab-net"))?;
        }
        let (machines, target) =
            line.trim().split_once(' ').ok_or_else(|| Failure::answer("lab-net", "made no network"))?;
        let machines = machines.split(',').map(str::to_owned).collect();
        let net = Self { child, machines, target: target.to_owned(), plan };
        if plan.forbids > 0 {
            let mut nft = net.command(plan.forbids, "nft");
            nft.arg(FORBID);
            shell::run_quietly(nft)?;
        }
        Ok(net)
    }

    /// How far away the target is.
    pub(super) fn length(&self) -> u8 {
        self.plan.routers + 1
    }

    /// A command on one of the machines; 0 is the client.
    pub(super) fn command(&self, machine: u8, program: &str) -> Command {
        let id = self.machines.get(usize::from(machine)).map_or("", String::as_str);
        shell::command("nsenter", ["--target", id, "--net", "--mount", "--", program])
    }

    /// Forgets what the lossy link has counted.
    pub(super) fn forget(&self) -> Result<(), Failure> {
        for set in ["seen", "dropped"] {
            let mut nft = self.command(self.plan.lossy.0, "nft");
            nft.args(["flush", "set", "inet", "fault", set]);
            shell::run_quietly(nft)?;
        }
        Ok(())
    }

    /// The share in percent that the lossy link has dropped of the probes for each hop, by its own counters.
    pub(super) fn lost_pct(&self) -> Result<BTreeMap<u8, f64>, Failure> {
        let (seen, dropped) = (self.counted("seen")?, self.counted("dropped")?);
        let share = |(ttl, seen): (u8, f64)| (ttl, 100.0 * dropped.get(&ttl).copied().unwrap_or(0.0) / seen);
        Ok(seen.into_iter().map(share).collect())
    }

    /// Packets by the hop that they were meant for; the link sees what is left of their TTL.
    fn counted(&self, set: &str) -> Result<BTreeMap<u8, f64>, Failure> {
        let mut nft = self.command(self.plan.lossy.0, "nft");
        nft.args(["--json", "list", "set", "inet", "fault", set]);
        let said = shell::read(nft).ok_or_else(|| Failure::answer("nft", format!("has no set {set}")))?;
        let said: Value = serde_json::from_str(&said).unwrap_or_default();
        let objects = said["nftables"].as_array().into_iter().flatten();
        let elements = objects.filter_map(|it| it["set"]["elem"].as_array()).flatten();
        let count = |it: &Value| {
            let left = u8::try_from(it["elem"]["val"].as_u64()?).ok()?;
            Some((left + self.plan.lossy.0 - 1, it["elem"]["counter"]["packets"].as_f64()?))
        };
        Ok(elements.filter_map(count).collect())
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
