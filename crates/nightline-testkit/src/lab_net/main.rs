//! A long row of routers for measuring tracers: `lab-net ROUTERS LIMIT_MS LOSSY_LINK SHARE_PCT`.
//!
//! Prints one line, the process in each machine from the client on, and after it the target's address. Everything is
//! gone when its standard input closes. A link of 0 loses nothing.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program's output is for the one who started it"
)]

use std::io::Read;
use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    let numbers: Vec<u8> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let limit = std::env::args().nth(2).unwrap_or_default();
    let (Some(routers), Ok(limit)) = (numbers.first(), limit.parse::<u32>()) else {
        eprintln!("lab-net ROUTERS LIMIT_MS LOSSY_LINK SHARE_PCT");
        return ExitCode::from(2);
    };
    let words: Vec<String> = std::env::args().skip(3).collect();
    let fault = match words.as_slice() {
        [link, share] => link.parse().ok().zip(share.parse().ok()),
        _ => None,
    };
    match linux::network(*routers, limit, fault.unwrap_or((0, 0))) {
        Ok(machines) => {
            let ids: Vec<String> = machines.iter().map(|it| it.id().to_string()).collect();
            println!("{} {}", ids.join(","), linux::address(*routers, 2));
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

    use nightline_testkit::netns::Namespace;

    /// Client, routers and target, each with a cable to the next.
    pub(super) fn network(routers: u8, limit_ms: u32, fault: (u8, u8)) -> io::Result<Vec<Namespace>> {
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
        let (link, share) = fault;
        if let Some(behind) = machines.get(usize::from(link)).filter(|_| link > 0) {
            behind.nft(&format!(
                "table inet fault {{\ncounter seen {{ }}\ncounter dropped {{ }}\nchain c {{\n\
                 type filter hook prerouting priority -300;\niifname \"near\" counter name seen\n\
                 iifname \"near\" numgen random mod 100 < {share} counter name dropped drop\n}}\n}}"
            ))?;
        }
        Ok(machines)
    }

    /// An address on a link: 1 on the client's side, 2 on the target's.
    pub(super) fn address(link: u8, side: u8) -> String {
        format!("20.0.{link}.{side}")
    }

    fn network_of(link: u8) -> String {
        format!("20.0.{link}.0")
    }
}
