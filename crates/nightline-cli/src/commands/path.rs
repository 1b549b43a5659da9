//! `nightline path HOST`: the path hop by hop, and where the loss begins.

use nightline_engine::{World, trace};
use nightline_types::{FaultKind, Message, PathFault, PathHop, PathReport};

use crate::args::PathTrace;
use crate::exit::{Exit, Failure, printable};
use crate::output::Output;
use crate::report_text::sources;

pub(crate) async fn run(arguments: PathTrace, world: &World, output: &Output) -> Result<Exit, Failure> {
    let plan = nightline_engine::TracePlan {
        target: arguments.host,
        rounds: arguments.rounds,
        interval: std::time::Duration::from_millis(arguments.interval_ms),
    };
    let rounds = plan.rounds;
    let mut report = trace(world, &plan, |so_far| {
        let done = so_far.hops.iter().map(|hop| hop.sent).max().unwrap_or_default();
        let message = Message::new("cli-path-progress")
            .arg("hops", so_far.hops.len())
            .arg("round", (done + 1).min(rounds))
            .arg("rounds", rounds);
        let mut drawing = vec![output.texts.say(&message)];
        drawing.extend(lines(so_far, output));
        output.draw(&drawing);
    })
    .await
    .map_err(|error| {
        output.status_done();
        Failure::with(Exit::Failed, Message::new(error.message_id()).arg("host", plan.target.host()), &error)
    })?;
    output.status_done();
    if output.json {
        if let Some(verdict) = &mut report.verdict {
            output.texts.fill(&mut verdict.message);
        }
        for said in report.hops.iter_mut().flat_map(|hop| hop.excused.iter_mut().chain(&mut hop.remarks)) {
            output.texts.fill(said);
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
    for line in lines(report, output) {
        output.line(&line);
    }
    if let Some(sources) = sources(report, &output.texts) {
        output.line("");
        output.line(&sources);
    }
}

/// The hops, and where the fault lies between them.
fn lines(report: &PathReport, output: &Output) -> Vec<String> {
    let names: Vec<String> = report.hops.iter().map(|hop| name(hop, output)).collect();
    let width = names.iter().map(|it| columns(it)).max().unwrap_or_default();
    // A column of bars only where there is something to see in it.
    let has_bars = report.hops.iter().any(|hop| steps(hop) > 0);
    let mut lines = Vec::new();
    for (hop, name) in report.hops.iter().zip(&names) {
        if let Some(fault) = report.fault.filter(|it| it.after + 1 == hop.ttl) {
            lines.push(fault_line(fault, output));
        }
        lines.push(printable(&hop_line(hop, name, width, has_bars, output)));
    }
    if let Some(fault) = report.fault.filter(|it| usize::from(it.after) >= report.hops.len()) {
        lines.push(fault_line(fault, output));
    }
    lines
}

/// Between the two hops that it lies between.
fn fault_line(fault: PathFault, output: &Output) -> String {
    let id = match fault.kind {
        FaultKind::Loss => "cli-path-fault-loss",
        FaultKind::Delay => "cli-path-fault-delay",
        FaultKind::End => "cli-path-fault-end",
    };
    format!("     ✕  {}", output.texts.say(&Message::new(id)))
}

/// Address, name and owner.
fn name(hop: &PathHop, output: &Output) -> String {
    if hop.addresses.is_empty() {
        return output.texts.say(&Message::new("cli-path-silent"));
    }
    let owner = hop.owner.as_deref().map(|it| format!("  {it}")).unwrap_or_default();
    let name = hop.name.as_deref().map(|it| format!("  {it}")).unwrap_or_default();
    format!("{}{name}{owner}", hop.addresses.join(" "))
}

fn hop_line(hop: &PathHop, name: &str, width: usize, has_bars: bool, output: &Output) -> String {
    let fill = " ".repeat(width.saturating_sub(columns(name)));
    let loss = if hop.received == 0 { "–".to_owned() } else { format!("{:.0} %", hop.loss_pct) };
    let times = hop.rtt.map(|rtt| format!("{:>7.1} ms", rtt.median.0)).unwrap_or_default();
    // A silent hop has said so in its name.
    let excuse = hop.excused.as_ref().filter(|_| hop.received > 0);
    let said: Vec<String> = excuse.into_iter().chain(&hop.remarks).map(|it| output.texts.say(it)).collect();
    let bar = if has_bars { bar(hop) } else { String::new() };
    let said = said.join(" · ");
    format!("{:>3}  {bar}{name}{fill}  {loss:>6}  {times:>10}  {said}", hop.ttl).trim_end().to_owned()
}

/// Loss as a bar of five steps; pale where it means nothing.
fn bar(hop: &PathHop) -> String {
    let filled = steps(hop);
    let mark = if hop.excused.is_some() { "·" } else { "█" };
    format!("{}{}  ", mark.repeat(filled), " ".repeat(5 - filled))
}

/// Steps of the bar.
fn steps(hop: &PathHop) -> usize {
    let steps = (hop.loss_pct / 20.0).round().clamp(0.0, 5.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 5")]
    let steps = steps as usize;
    steps
}

/// Columns of a terminal: Chinese characters take two.
fn columns(text: &str) -> usize {
    text.chars().map(|it| if ('\u{1100}'..'\u{fb00}').contains(&it) { 2 } else { 1 }).sum()
}
