//! `nightline bundle …`: makes a bundle as a file, and reads one without trusting it.

use std::fs::File;
use std::path::Path;

use nightline_bundle::Bundle;
use nightline_engine::{DiagnosisPlan, World, prepare};
use nightline_types::{Intake, Message};
use serde_json::json;

use super::diagnose::diagnose_with_progress;
use super::mail::Box as MailBox;
use crate::args;
use crate::exit::{Exit, Failure, printable};
use crate::output::{Output, size};

/// One file at most on standard output: a log of a bundle is never larger.
const MAX_SHOWN_BYTES: u64 = nightline_bundle::limits::MAX_ENTRY_BYTES;

pub(crate) async fn run(command: args::Bundle, world: &World, output: &Output) -> Result<Exit, Failure> {
    match command {
        args::Bundle::Create { out, intake } => create(&out, intake.as_deref(), world, output).await,
        args::Bundle::Inspect { file } => inspect(&file, output),
        args::Bundle::Open { file, entry } => show(&file, &entry, output),
        args::Bundle::Verify { file } => verify(&file, output),
    }
}

async fn create(out: &Path, intake: Option<&Path>, world: &World, output: &Output) -> Result<Exit, Failure> {
    let intake = match intake {
        Some(path) => super::get_help::intake(Some(path), output, &mut std::io::empty())?,
        None => Intake::about(&output.texts.plain("cli-bundle-by-hand")),
    };
    let mailbox = MailBox::open(world).await?;
    let plan = DiagnosisPlan {
        targets: intake.target.iter().cloned().collect(),
        intake: Some(intake.clone()),
        ..DiagnosisPlan::default()
    };
    let (mut report, stopped) = diagnose_with_progress(world, &plan, output).await;
    if stopped {
        return Err(Failure::new(Exit::Stopped, Message::new("cli-stopped")));
    }
    nightline_text::fill_report(&mut report, &output.texts);
    let prepared = prepare(world, &mailbox.device, &intake, report)
        .await
        .map_err(|error| Failure::with(Exit::Failed, error.message(), &error))?;
    let sealed = prepared
        .seal_to(out, world.now())
        .map_err(|error| Failure::with(Exit::Failed, error.message(), &error))?;
    if output.json {
        output.document(&json!({ "schema": "nightline.bundle-file/1", "path": sealed.path, "size": sealed.size, "sha256": sealed.sha256 }));
    } else {
        let message = Message::new("cli-bundle-written").arg("path", out.display().to_string());
        output.say(&message.arg("size", size(sealed.size)));
    }
    Ok(Exit::Done)
}

fn open(file: &Path) -> Result<Bundle<File>, Failure> {
    let opened = std::fs::metadata(file).and_then(|metadata| match metadata.is_file() {
        true => File::open(file),
        false => Err(std::io::Error::other("not a file")),
    });
    let opened = opened.map_err(|error| {
        let message = Message::new("cli-file-unreadable").arg("path", file.display().to_string());
        Failure::with(Exit::Input, message, &error)
    })?;
    Bundle::open(opened).map_err(|error| Failure::with(Exit::Input, error.message(), &error))
}

fn inspect(file: &Path, output: &Output) -> Result<Exit, Failure> {
    let bundle = open(file)?;
    let manifest = bundle.manifest();
    if output.json {
        output.document(manifest);
        return Ok(Exit::Done);
    }
    for entry in &manifest.entries {
        let kind = crate::report_text::kebab(&entry.disclosure);
        let kind =
            output.texts.say(&Message::new("cli-check-name").arg("name", format!("@cli-preview-{kind}")));
        output.line(&printable(&format!("{:>10}  {}  ({kind})", size(entry.size), entry.path)));
    }
    Ok(Exit::Done)
}

fn show(file: &Path, entry: &str, output: &Output) -> Result<Exit, Failure> {
    let mut bundle = open(file)?;
    let bytes = bundle
        .read_entry(entry, MAX_SHOWN_BYTES)
        .map_err(|error| Failure::with(Exit::Input, error.message(), &error))?;
    // A closed pipe (`| head`) ends the output, and is no failure.
    drop(output.bytes(&bytes));
    Ok(Exit::Done)
}

fn verify(file: &Path, output: &Output) -> Result<Exit, Failure> {
    let mut bundle = open(file)?;
    let manifest = bundle.verify().map_err(|error| Failure::with(Exit::Input, error.message(), &error))?;
    let bytes: u64 = manifest.entries.iter().map(|entry| entry.size).sum();
    if output.json {
        output.document(&json!({ "schema": "nightline.bundle-verified/1", "whole": true, "entries": manifest.entries.len(), "bytes": bytes }));
    } else {
        let message = Message::new("cli-bundle-verified").arg("entries", manifest.entries.len());
        output.say(&message.arg("size", size(bytes)));
    }
    Ok(Exit::Done)
}
