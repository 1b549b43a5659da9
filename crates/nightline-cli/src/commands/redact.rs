//! `nightline redact`: the redactor as a filter, line by line, in constant memory.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use nightline_engine::World;
use nightline_redact::{Known, RedactionKey, Redactor};
use nightline_types::Message;
use serde_json::json;

use crate::args;
use crate::exit::{Exit, Failure};

/// A longer line is redacted in pieces; nothing people write is this long.
const MAX_LINE_BYTES: u64 = 1 << 20;

pub(crate) fn run(arguments: &args::Redact, world: &World) -> Result<Exit, Failure> {
    let key = random_key()?;
    let redactor = Redactor::new(&key, known(world));
    let hits = filter(&redactor)
        .map_err(|error| Failure::with(Exit::Failed, Message::new("cli-redact-failed"), &error))?;
    if let Some(path) = &arguments.report {
        let report = json!({ "schema": "nightline.redaction/1", "rules": nightline_redact::RULES_VERSION, "replaced": hits });
        std::fs::write(path, format!("{report:#}\n")).map_err(|error| {
            let message = Message::new("cli-file-unwritable").arg("path", path.display().to_string());
            Failure::with(Exit::Failed, message, &error)
        })?;
    }
    Ok(Exit::Done)
}

/// The values of this very machine, without running any check.
fn known(world: &World) -> Known {
    let mut known = Known::default();
    nightline_engine::learn_environment(world, &mut known);
    if let Some(host) = nightline_platform::network::host_name(std::path::Path::new("/")) {
        known.learn_host(&host);
    }
    known
}

fn filter(redactor: &Redactor) -> std::io::Result<BTreeMap<String, u64>> {
    let mut input = std::io::stdin().lock();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut pass = redactor.pass();
    let mut hits = BTreeMap::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if std::io::Read::take(&mut input, MAX_LINE_BYTES).read_until(b'\n', &mut line)? == 0 {
            out.flush()?;
            return Ok(hits);
        }
        let redacted = pass.redact(&String::from_utf8_lossy(&line));
        for (class, count) in redacted.hits() {
            *hits.entry(class.to_string()).or_insert(0) += count;
        }
        out.write_all(redacted.as_str().as_bytes())?;
    }
}

fn random_key() -> Result<RedactionKey, Failure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::with(Exit::Failed, Message::new("cli-failed"), &error))?;
    Ok(RedactionKey::new(bytes))
}
