//! `nightline path HOST`: the path hop by hop, and where the loss begins.

use nightline_engine::{World, trace};
use nightline_types::{Message, PathHop, PathReport};

use crate::args::PathTrace;
use crate::exit::{Exit, Failure, printable};
use crate::output::Output;

pub(crate) async fn run(arguments: PathTrace, world: &World, output: &Output) -> Result<Exit, Failure> {
    let plan = nightline_engine::TracePlan {
        target: arguments.host,
        rounds: arguments.rounds,
        interval: std::time::Duration::from_millis(arguments.interval_ms),
    };
    let mut report = trace(world, &plan).await.map_err(|error| {
        Failure::with(Exit::Failed, Message::new(error.message_id()).arg("host", plan.target.host()), &error)
    })?;
    if output.json {
        if let Some(verdict) = &mut report.verdict {
            output.texts.fill(&mut verdict.message);
        }
        for excuse in report.hops.iter_mut().filter_map(|hop| hop.excused.as_mut()) {
            output.texts.fill(excuse);
        }
        output.document(&report);
        return Ok(Exit::Done);
    }
    show(&report, output);
    Ok(Exit::Done)
}

fn show(report: &PathReport, output: &Output) {
    if let Some(verdict) = &report.verdict {
        output.say(&verdict.message);
    }
    for hop in &report.hops {
        output.line(&printable(&hop_line(hop, output)));
    }
}

fn hop_line(hop: &PathHop, output: &Output) -> String {
    let who = if hop.addresses.is_empty() { "*".to_owned() } else { hop.addresses.join(" ") };
    let times = hop.rtt.map(|rtt| format!("{:.1} / {:.1} / {:.1} ms", rtt.min.0, rtt.median.0, rtt.p95.0));
    let excuse = hop.excused.as_ref().map(|excuse| output.texts.say(excuse)).unwrap_or_default();
    format!("{:>3}  {who:<40} {:>5.1} %  {}  {excuse}", hop.ttl, hop.loss_pct, times.unwrap_or_default())
        .trim_end()
        .to_owned()
}
