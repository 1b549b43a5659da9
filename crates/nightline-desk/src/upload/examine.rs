//! Looks at a finished upload: is it what was announced, and does its bundle verify. Changes nothing.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use data_encoding::HEXLOWER;
use ring::digest::{Context, SHA256};

use super::reader::verified_manifest;
use super::record::Upload;
use super::{Freight, UploadRight};
use crate::files::Files;

/// Read at once while hashing: larger gains nothing.
const BLOCK: usize = 256 * 1024;
/// A problem's text goes into the database and the audit log; bundles are foreign, so is what they make readers say.
const MAX_PROBLEM: usize = 300;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Examined {
    /// As announced, and a bundle verifies.
    Good {
        /// `manifest.json`, as we write it; a file that follows a ticket has none.
        manifest: Option<String>,
    },
    /// Other bytes than the ticket announced: something went wrong on the way.
    NotAsAnnounced,
    /// The bytes that were announced, and they do not verify.
    Damaged {
        /// Why, in plain English.
        problem: String,
    },
}

/// Looks at the upload's file, or at the bundle or file that it has become already. Blocking.
pub(crate) fn examine(files: &Files, upload: &Upload, right: &UploadRight) -> io::Result<Examined> {
    let spooled = files.spool_path(&upload.id);
    let path = if spooled.try_exists()? {
        spooled
    } else {
        files.bundle_path(&upload.key()).map_err(io::Error::other)?
    };
    if upload.length != right.size || sha256_of(&path)? != right.sha256 {
        return Ok(Examined::NotAsAnnounced);
    }
    if right.freight != Freight::Bundle {
        return Ok(Examined::Good { manifest: None });
    }
    match verified_manifest(&path, &upload.ticket)? {
        Ok(manifest) => Ok(Examined::Good { manifest: Some(serde_json::to_string(&manifest)?) }),
        Err(problem) => Ok(Examined::Damaged { problem: problem.chars().take(MAX_PROBLEM).collect() }),
    }
}

fn sha256_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut digest = Context::new(&SHA256);
    let mut block = vec![0_u8; BLOCK];
    loop {
        let length = file.read(&mut block)?;
        if length == 0 {
            return Ok(HEXLOWER.encode(digest.finish().as_ref()));
        }
        digest.update(&block[..length]);
    }
}
