//! A case: which network, which faults, what must be said. One TOML file each.

use std::collections::BTreeMap;
use std::path::PathBuf;

use nightline_types::Culprit;
use serde::Deserialize;

use crate::faults::Fault;

/// One case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// The file's name.
    #[serde(skip)]
    pub(crate) name: String,
    /// Runs in `cargo xtask test` too.
    #[serde(default)]
    pub(crate) quick: bool,
    #[serde(default)]
    pub(crate) look: Look,
    /// Of a diagnosis: what the person wants to reach, if they said.
    #[serde(default)]
    pub(crate) target: Option<String>,
    /// Of a diagnosis: the proxy that the client is set up with.
    #[serde(default)]
    pub(crate) proxy: Option<String>,
    /// Of a diagnosis: the same for pages in the clear alone.
    #[serde(default)]
    pub(crate) plain_proxy: Option<String>,
    /// Of a diagnosis: what is reached without it.
    #[serde(default)]
    pub(crate) no_proxy: Option<String>,
    /// Of a diagnosis: somebody asks what happens while the line is full.
    #[serde(default)]
    pub(crate) load: bool,
    /// 4 or 6.
    #[serde(default = "four")]
    pub(crate) family: u8,
    /// A port of the target, where the path of connections is meant.
    #[serde(default)]
    pub(crate) port: Option<u16>,
    #[serde(default = "rounds")]
    pub(crate) rounds: u32,
    #[serde(default = "interval_ms")]
    pub(crate) interval_ms: u64,
    /// Routers keep Linux's own limit of one complaint a second.
    #[serde(default)]
    pub(crate) default_limit: bool,
    #[serde(default)]
    pub(crate) fault: Vec<Fault>,
    pub(crate) expect: Expect,
}

/// How it is looked at.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Look {
    /// `nightline path` to the target's address.
    #[default]
    Path,
    /// `nightline diagnose`, in a world with names, a desk and a web server.
    Diagnose,
}

/// What must be said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    pub(crate) culprit: Culprit,
    /// The faulty link: the hop behind it.
    #[serde(default)]
    pub(crate) link: Option<u8>,
    /// Which of two ways is taken is chance: nothing wrong may be the truth too.
    #[serde(default)]
    pub(crate) or_none: bool,
    /// Hops whose missing answers mean nothing.
    #[serde(default)]
    pub(crate) excused: Vec<u8>,
    #[serde(default)]
    pub(crate) hops: Option<usize>,
    /// Of a diagnosis: what is found; more than a notice, unless nobody is to blame.
    #[serde(default)]
    pub(crate) finding: Option<String>,
    /// Of a diagnosis: what else is found, at any grade.
    #[serde(default)]
    pub(crate) also: Vec<String>,
    /// Of a diagnosis: what must be no more than a notice.
    #[serde(default)]
    pub(crate) silent: Vec<String>,
    /// Of a diagnosis: facts by `check#key`, as text.
    #[serde(default)]
    pub(crate) facts: BTreeMap<String, String>,
}

fn four() -> u8 {
    4
}

/// Enough where much is lost; most cases of smaller shares ask for more.
fn rounds() -> u32 {
    60
}

/// Fast, because these routers answer without limit unless a case says otherwise.
fn interval_ms() -> u64 {
    40
}

impl Case {
    /// Every case, by name.
    pub(crate) fn all() -> Vec<Self> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("lab/cases");
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.iter().map(Self::read).collect()
    }

    /// Whether it runs: all, those whose name has this part, or without a word the quick ones.
    pub(crate) fn is_asked_for(&self, part: Option<&str>) -> bool {
        part.map_or(self.quick, |part| part == "all" || self.name.contains(part))
    }

    fn read(file: &PathBuf) -> Self {
        let text = std::fs::read_to_string(file).unwrap();
        let mut case: Self =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        case.name = file.file_stem().unwrap().to_string_lossy().into_owned();
        case
    }
}
