//! `nightline redact`: the redactor as a filter, by whole lines, in constant memory.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use nightline_engine::World;
use nightline_redact::{Known, RedactionKey, Redactor};
use nightline_types::Message;
use serde_json::json;

use crate::args;
use crate::exit::{Exit, Failure};

/// What is read at once. A line that is longer is redacted in pieces; nothing people write is this long.
const BLOCK_BYTES: usize = 1 << 20;
/// One read of a pipe gives at most this much anyway on most systems.
const READ_BYTES: usize = 256 << 10;

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
    let mut out = std::io::stdout().lock();
    let mut pass = redactor.pass();
    let mut hits = BTreeMap::new();
    let mut block = Vec::with_capacity(BLOCK_BYTES);
    loop {
        let before = block.len();
        block.resize(before + READ_BYTES, 0);
        let read = input.read(&mut block[before..])?;
        block.truncate(before + read);
        let whole = match block.iter().rposition(|byte| *byte == b'\n') {
            _ if read == 0 => block.len(),
            Some(newline) => newline + 1,
            None if block.len() >= BLOCK_BYTES => between_words(&block),
            None => continue,
        };
        let rest = block.split_off(whole);
        let redacted = pass.redact(&String::from_utf8_lossy(&block));
        for (class, count) in redacted.hits() {
            *hits.entry(class.to_string()).or_insert(0) += count;
        }
        out.write_all(redacted.as_str().as_bytes())?;
        out.flush()?;
        block = rest;
        if read == 0 {
            return Ok(hits);
        }
    }
}

/// Where a line that is too long is cut: after a blank, or what JSON puts between its values, so that no value is
/// torn. A megabyte without any holds no words.
fn between_words(block: &[u8]) -> usize {
    let blank = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b';');
    let cut = block.iter().rposition(blank).filter(|at| *at >= BLOCK_BYTES / 2);
    let cut =
        cut.or_else(|| block.iter().rposition(|byte| byte & 0xc0 != 0x80).and_then(|at| at.checked_sub(1)));
    cut.map_or(block.len(), |at| at + 1)
}

fn random_key() -> Result<RedactionKey, Failure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::with(Exit::Failed, Message::new("cli-failed"), &error))?;
    Ok(RedactionKey::new(bytes))
}
