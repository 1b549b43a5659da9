//! Reads the settings files of this machine. The only module here that touches a disk; it judges no value.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use nightline_types::Message;

use crate::{Layer, Place, Problem, Rank};

/// Where the organisation's policy lies on Linux.
#[cfg(target_os = "linux")]
pub const POLICY_DIR: Option<&str> = Some("/etc/nightline/policies/managed.d");
/// Other systems have stores of their own.
#[cfg(not(target_os = "linux"))]
pub const POLICY_DIR: Option<&str> = None;

/// The person's file inside the folder of settings.
pub const PERSON_FILENAME: &str = "config.json";
/// The owner that a policy file must have: root.
pub const POLICY_OWNER: u32 = 0;

/// A settings file is a few kilobytes; a larger one is a mistake, and would be read on every start.
const MAX_FILE_BYTES: u64 = 1 << 20;
/// More policy files than any configuration management drops.
const MAX_POLICY_FILES: usize = 100;

/// Reads `*.json` of the policy folder in lexical order. A folder that does not exist is no policy and no problem.
///
/// `owner` is [`POLICY_OWNER`] but in tests that do not run as root.
pub fn read_policy(dir: &Path, owner: u32) -> Vec<Layer> {
    let metadata = match fs::metadata(dir) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => return vec![unreadable(Rank::Managed, dir, &error)],
    };
    if let Some(problem) = untrusted(dir, &metadata, owner) {
        return vec![Layer::nothing_but(problem, false)];
    }
    let files = match policy_files(dir) {
        Ok(files) => files,
        Err(error) => return vec![unreadable(Rank::Managed, dir, &error)],
    };
    let mut layers = Vec::new();
    if files.len() > MAX_POLICY_FILES {
        let message = Message::new("config-problem-too-many-files").arg("limit", MAX_POLICY_FILES);
        let problem = Problem::new(Rank::Managed, Place::File(dir.to_owned()), message);
        layers.push(Layer::nothing_but(problem, true));
    }
    layers
        .extend(files.iter().take(MAX_POLICY_FILES).map(|file| read_file(Rank::Managed, file, Some(owner))));
    layers
}

/// Reads the person's file. One that does not exist is an empty one.
pub fn read_person(file: &Path) -> Layer {
    if matches!(fs::metadata(file), Err(error) if error.kind() == io::ErrorKind::NotFound) {
        return Layer::default();
    }
    read_file(Rank::Person, file, None)
}

fn policy_files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|it| it.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|it| it == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_file(rank: Rank, path: &Path, owner: Option<u32>) -> Layer {
    let whole = |id| Problem::new(rank, Place::File(path.to_owned()), Message::new(id));
    // Looked at before it is opened, because opening a pipe would wait for its other end.
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Layer::nothing_but(whole("config-problem-not-a-file"), rank == Rank::Managed),
        Err(error) => return unreadable(rank, path, &error),
    }
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
    let (metadata, file) = match opened {
        Ok(opened) => opened,
        Err(error) => return unreadable(rank, path, &error),
    };
    if let Some(problem) = owner.and_then(|owner| untrusted(path, &metadata, owner)) {
        return Layer::nothing_but(problem, false);
    }
    let mut bytes = Vec::new();
    match file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes) {
        Err(error) => unreadable(rank, path, &error),
        Ok(_) if bytes.len() as u64 > MAX_FILE_BYTES => Layer::nothing_but(
            whole("config-problem-too-large").detail(format!("over {MAX_FILE_BYTES} bytes")),
            true,
        ),
        Ok(_) => Layer::parse(rank, path, &bytes),
    }
}

fn unreadable(rank: Rank, path: &Path, error: &io::Error) -> Layer {
    let problem = Problem::new(rank, Place::File(path.to_owned()), Message::new("config-problem-unreadable"));
    Layer::nothing_but(problem.detail(error.to_string()), true)
}

/// What makes a policy file or its folder somebody else's: such a file is ignored, as if it were not there.
#[cfg(unix)]
fn untrusted(path: &Path, metadata: &Metadata, owner: u32) -> Option<Problem> {
    use std::os::unix::fs::MetadataExt;

    /// Writable by the group or by others.
    const OTHERS_MAY_WRITE: u32 = 0o022;

    let ignored = |id| Problem::new(Rank::Managed, Place::File(path.to_owned()), Message::new(id));
    if metadata.uid() != owner {
        return Some(ignored("config-problem-not-owned-by-root").detail(format!("owner {}", metadata.uid())));
    }
    if metadata.mode() & OTHERS_MAY_WRITE != 0 {
        let mode = format!("mode {:o}", metadata.mode() & 0o7777);
        return Some(ignored("config-problem-writable-by-others").detail(mode));
    }
    None
}

#[cfg(not(unix))]
fn untrusted(_: &Path, _: &Metadata, _: u32) -> Option<Problem> {
    None
}
