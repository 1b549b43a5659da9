//! Traces in a row of thirty routers, beside mtr in the same network; and the judgment of paths on paper.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::Figure;
use super::process::{Cost, measure, mib};
use crate::demo::{DataDir, Programs};
use crate::failure::Failure;
use crate::{packages, shell};

const ROUTERS: &str = "29";
const HOPS: usize = 30;
const ROUNDS: &str = "10";
/// Linux's own limit.
const USUAL_LIMIT_MS: &str = "1000";
/// The link that loses packets in the third network, and its share.
const LOSSY: (&str, &str) = ("15", "20");
/// Seeds that no threshold was chosen on; those below 10,000 were looked at.
const SEEDS: (&str, &str) = ("10000", "13999");
const MIX: &str = "tests/lab/mix.toml";

pub(super) fn run(programs: &Programs, data_dir: &DataDir) -> Result<Vec<Figure>, Failure> {
    packages::ensure(&[packages::TEST, packages::PEERS], true)?;
    let words = ["build", "--locked", "--package", "nightline-testkit", "--features", "paths", "--bins"];
    shell::run(shell::cargo(words))?;
    let mut figures = Vec::new();
    let fast = |net: &Net| ours(programs, data_dir, net, &["--rounds", ROUNDS, "--interval-ms", "90"]);

    let net = Net::up("0", None)?;
    let (cost, path) = fast(&net)?;
    let (peer_cost, peer) = mtr(&net)?;
    figures.push(
        Figure::new("30 hops, 10 rounds", seconds(&cost))
            .peer(seconds(&peer_cost))
            .note("bar: 1.0 s; peer: mtr -n -c 10 --json, which needs rights; ours needs none"),
    );
    figures.push(Figure::new("hops found", path.len().to_string()).peer(peer.len().to_string()));
    figures.push(
        Figure::new("most loss at a hop", pct(most(&path))).peer(pct(most(&peer))).note("nothing is lost"),
    );
    figures.push(Figure::new("processor", millis(&cost)).peer(millis(&peer_cost)));
    figures.push(
        Figure::new("peak memory", format!("{:.1} MiB", mib(cost.peak_bytes)))
            .peer(format!("{:.1} MiB", mib(peer_cost.peak_bytes))),
    );
    drop(net);

    let net = Net::up(USUAL_LIMIT_MS, None)?;
    let (cost, path) = ours(programs, data_dir, &net, &["--rounds", ROUNDS])?;
    let (peer_cost, peer) = mtr(&net)?;
    figures.push(
        Figure::new("with Linux's limit: most loss", pct(most(&path)))
            .peer(pct(most(&peer)))
            .note("nothing is lost; the usual pace, one probe a second and hop"),
    );
    figures.push(Figure::new("with Linux's limit: time", seconds(&cost)).peer(seconds(&peer_cost)));
    drop(net);

    let net = Net::up("0", Some(LOSSY))?;
    let (_, path) = ours(programs, data_dir, &net, &["--rounds", "60", "--interval-ms", "40"])?;
    let counted = net.lost_pct(LOSSY.0)?;
    let far: Vec<f64> = path.iter().skip(14).copied().collect();
    let mean = far.iter().sum::<f64>() / far.len().max(1) as f64;
    figures.push(
        Figure::new("20 % lost at link 15", pct(mean))
            .peer(pct(counted))
            .note("mean of the hops behind it, 60 rounds; peer: the link's own counter"),
    );
    figures.push(Figure::new("loss before link 15", pct(path.iter().take(14).copied().fold(0.0, f64::max))));
    drop(net);

    figures.extend(on_paper()?);
    Ok(figures)
}

/// The confusion table is printed; its last line are the figures.
fn on_paper() -> Result<Vec<Figure>, Failure> {
    let program = shell::target_dir().join("debug/judge-paths");
    let mix = shell::root().join(MIX);
    let words = [&*mix.to_string_lossy(), SEEDS.0, SEEDS.1].map(str::to_owned);
    let judge = shell::command(&program.to_string_lossy(), words.iter().map(String::as_str));
    let said = shell::read(judge).ok_or_else(|| Failure::answer("judge-paths", "does not run"))?;
    let unread = || Failure::answer("judge-paths", "printed no figures");
    let (table, last) = said.trim_end().rsplit_once('\n').ok_or_else(unread)?;
    let score: Value = serde_json::from_str(last).map_err(|_| unread())?;
    println!("\n  what is wrong (rows) and who is blamed (columns), seeds {} to {}:", SEEDS.0, SEEDS.1);
    table.lines().for_each(|line| println!("  {line}"));
    println!();
    let of = |key: &str| score[key].as_f64().unwrap_or_default();
    let cases = score["cases"].to_string();
    Ok(vec![
        Figure::new("right, of the judged", pct(of("right_of_judged_pct")))
            .note(format!("bar: 95 %; {cases} paths on paper, “not known” excused up to a tenth")),
        Figure::new("right, of all", pct(of("right_pct")))
            .note(format!("not known: {}", pct(of("unknown_pct")))),
        Figure::new("busy router blamed", pct(of("innocent_blamed_pct"))).note("bar: 1 %"),
    ])
}

/// A row of routers that lives as long as this.
struct Net {
    child: Child,
    machines: Vec<String>,
    target: String,
}

impl Net {
    fn up(limit_ms: &str, fault: Option<(&str, &str)>) -> Result<Self, Failure> {
        let program = shell::target_dir().join("debug/lab-net");
        let (link, share) = fault.unwrap_or(("0", "0"));
        let mut child = Command::new(program)
            .args([ROUTERS, limit_ms, link, share])
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
        Ok(Self { child, machines, target: target.to_owned() })
    }

    fn command(&self, machine: usize, program: &str) -> Command {
        let id = self.machines.get(machine).map_or("", String::as_str);
        shell::command("nsenter", ["--target", id, "--net", "--mount", "--", program])
    }

    /// What the counters of a link say.
    fn lost_pct(&self, link: &str) -> Result<f64, Failure> {
        let count = |name: &str| {
            let mut nft = self.command(link.parse().unwrap_or_default(), "nft");
            nft.args(["list", "counter", "inet", "fault", name]);
            let said = shell::read(nft)?;
            said.split("packets ").nth(1)?.split(' ').next()?.parse::<f64>().ok()
        };
        let missing = || Failure::answer("nft", "has no such counter");
        let (seen, dropped) = (count("seen").ok_or_else(missing)?, count("dropped").ok_or_else(missing)?);
        Ok(100.0 * dropped / seen.max(1.0))
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Our trace: cost, and the loss of each hop. It needs no right; that it has none is the lab's test.
fn ours(
    programs: &Programs,
    data_dir: &DataDir,
    net: &Net,
    words: &[&str],
) -> Result<(Cost, Vec<f64>), Failure> {
    let mut command = net.command(0, &programs.nightline.to_string_lossy());
    command.args(["path", &net.target, "--json", "--lang", "en", "--home"]).arg(data_dir.path.join("home"));
    command.args(words);
    let cost = measure(command)?;
    let path: Value = serde_json::from_str(&cost.stdout).unwrap_or_default();
    let hops = path["hops"].as_array().cloned().unwrap_or_default();
    let loss: Vec<f64> = hops.iter().filter_map(|hop| hop["loss_pct"].as_f64()).collect();
    expect_hops(&loss, "nightline path")?;
    Ok((cost, loss))
}

fn mtr(net: &Net) -> Result<(Cost, Vec<f64>), Failure> {
    let mut command = net.command(0, "mtr");
    command.args(["-n", "-c", ROUNDS, "--json", &net.target]);
    let cost = measure(command)?;
    let report: Value = serde_json::from_str(&cost.stdout).unwrap_or_default();
    let hubs = report["report"]["hubs"].as_array().cloned().unwrap_or_default();
    let loss: Vec<f64> = hubs.iter().filter_map(|hub| hub["Loss%"].as_f64()).collect();
    expect_hops(&loss, "mtr")?;
    Ok((cost, loss))
}

fn expect_hops(loss: &[f64], who: &'static str) -> Result<(), Failure> {
    if loss.is_empty() { Err(Failure::answer(who, format!("found none of {HOPS} hops"))) } else { Ok(()) }
}

fn most(loss: &[f64]) -> f64 {
    loss.iter().copied().fold(0.0, f64::max)
}

fn pct(value: f64) -> String {
    format!("{value:.1} %")
}

fn seconds(cost: &Cost) -> String {
    format!("{:.2} s", cost.wall.as_secs_f64())
}

fn millis(cost: &Cost) -> String {
    format!("{:.0} ms", cost.cpu.as_secs_f64() * 1_000.0)
}
