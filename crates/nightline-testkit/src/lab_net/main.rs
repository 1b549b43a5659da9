//! A long row of routers for measuring tracers:
//! `lab-net ROUTERS LIMIT_MS LOSSY_LINK SHARE_PCT SLOW_LINK DELAY_MS`.
//!
//! Prints one line, the process in each machine from the client on, and after it the target's address. Everything is
//! gone when its standard input closes. A link is named by the hop behind it; link 0 is none.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program's output is for the one who started it"
)]

use std::io::Read;
use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    let numbers: Option<Vec<u32>> = std::env::args().skip(1).map(|it| it.parse().ok()).collect();
    let Some(&[routers, limit_ms, lossy, share_pct, slow, delay_ms]) = numbers.as_deref() else {
        eprintln!("lab-net ROUTERS LIMIT_MS LOSSY_LINK SHARE_PCT SLOW_LINK DELAY_MS");
        return ExitCode::from(2);
    };
    let made = linux::network(routers, limit_ms).and_then(|machines| {
        linux::lose(&machines, lossy, share_pct)?;
        Ok((linux::hold(&machines, slow, delay_ms)?, machines))
    });
    match made {
        Ok((_queues, machines)) => {
            let ids: Vec<String> = machines.iter().map(|it| it.id().to_string()).collect();
            println!("{} {}", ids.join(","), linux::address(routers, 2));
            let _closed = std::io::stdin().read_to_end(&mut Vec::new());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("lab-net: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("lab-net: only on Linux");
    ExitCode::FAILURE
}

#[cfg(target_os = "linux")]
mod linux {
    use std::io;
    use std::time::Duration;

    use nightline_testkit::netns::Namespace;
    use nightline_testkit::queue::{Fate, Queue};

    /// Client, routers and target, each with a cable to the next.
    pub(super) fn network(routers: u32, limit_ms: u32) -> io::Result<Vec<Namespace>> {
        let machines: Vec<Namespace> =
            (0..routers + 2).map(|_| Namespace::new()).collect::<Result<_, _>>()?;
        for (link, pair) in (0..).zip(machines.windows(2)) {
            let [near, far] = pair else { continue };
            let (here, there) = (format!("{}/24", address(link, 1)), format!("{}/24", address(link, 2)));
            near.cable(("far", &here), far, ("near", &there))?;
            near.ip(&format!("route add default via {}", address(link, 2)))?;
            if link > 0 {
                far.ip(&format!("route add {}/24 via {}", network_of(0), address(link, 1)))?;
            }
            near.set("net/ipv4/ip_forward", "1")?;
            far.set("net/ipv4/icmp_ratelimit", &limit_ms.to_string())?;
        }
        Ok(machines)
    }

    /// Packets get lost on their way there. Counted by what is left of their TTL, which says for which hop they were.
    pub(super) fn lose(machines: &[Namespace], link: u32, share_pct: u32) -> io::Result<()> {
        let Some([_, behind]) = at(machines, link) else { return Ok(()) };
        // nft has no number from 0 to 99 that is below 100.
        let Some(last) = share_pct.checked_sub(1) else { return Ok(()) };
        behind.nft(&format!(
            "table inet fault {{\n\
             set seen {{ typeof ip ttl; size 64; flags dynamic; counter; }}\n\
             set dropped {{ typeof ip ttl; size 64; flags dynamic; counter; }}\n\
             chain c {{\ntype filter hook prerouting priority -300;\n\
             iifname \"near\" add @seen {{ ip ttl }}\n\
             iifname \"near\" numgen random mod 100 <= {last} add @dropped {{ ip ttl }} drop\n}}\n}}"
        ))
    }

    /// Packets take longer, in both directions, as long as the queues live.
    pub(super) fn hold(machines: &[Namespace], link: u32, delay_ms: u32) -> io::Result<Vec<Queue>> {
        let Some([before, behind]) = at(machines, link) else { return Ok(Vec::new()) };
        let delay = Duration::from_millis(delay_ms.into());
        [(behind, "near"), (before, "far")]
            .into_iter()
            .map(|(machine, interface)| {
                let rule = format!("iptables -t mangle -A PREROUTING -i {interface}");
                Queue::start(machine, &[rule], move |_| Fate::Hold(delay))
            })
            .collect()
    }

    /// An address on a link: 1 on the client's side, 2 on the target's.
    pub(super) fn address(link: u32, side: u8) -> String {
        format!("20.0.{link}.{side}")
    }

    fn network_of(link: u32) -> String {
        format!("20.0.{link}.0")
    }

    /// The machines on both sides of a link.
    fn at(machines: &[Namespace], link: u32) -> Option<&[Namespace; 2]> {
        machines.get(usize::try_from(link).ok()?.checked_sub(1)?..)?.first_chunk()
    }
}
