//! The standard library's source for exactly the compiler at hand, from whichever Debian suite has it.
//!
//! Reads newer suites with an apt configuration of its own; the machine's sources and packages stay as they are.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::place::{Place, folder, write};
use crate::failure::Failure;
use crate::shell;

/// Where Debian 12 and newer keep the keys that its archives are signed with.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";
/// Newest last: a version is taken from the first suite that has it.
const SUITES: [&str; 4] = ["trixie", "trixie-backports", "forky", "sid"];
/// How deep `usr/src/rustc-VERSION/library` is in the package.
const DEPTH: &str = "--strip-components=4";

/// The folder `library` for this version of Rust; fetched if it is not there.
pub(crate) fn ensure(place: &Place, version: &str) -> Result<PathBuf, Failure> {
    let home = place.path("rust-src").join(version);
    let library = home.join("library");
    if library.join("std/Cargo.toml").is_file() {
        return Ok(library);
    }
    println!("      fetching the source of Rust {version}'s standard library");
    let apt = Apt::prepare(place)?;
    shell::run(apt.command("apt-get", &["-q", "update"]))?;
    let known = shell::read(apt.command("apt-cache", &["madison", "rust-src"])).unwrap_or_default();
    let Some(package) = package_of(&known, version) else {
        let problem = format!("no suite has the source of {version}; use a compiler that Debian has too");
        return Err(Failure::answer("rust-src", problem));
    };
    let debs = place.path("debs");
    folder(&debs)?;
    let mut download = apt.command("apt-get", &["-q", "download", &format!("rust-src={package}")]);
    download.current_dir(&debs);
    shell::run(download)?;
    unpack(&debs, version, &home)?;
    if library.join("std/Cargo.toml").is_file() {
        return Ok(library);
    }
    Err(Failure::answer("rust-src", "holds no standard library where it is expected"))
}

/// The package's version of `apt-cache madison` that is built from this version of Rust.
fn package_of(known: &str, version: &str) -> Option<String> {
    let versions = known.lines().filter_map(|line| line.split('|').nth(1)).map(str::trim);
    let ours = format!("{version}+");
    versions.filter(|it| it.starts_with(&ours)).map(str::to_owned).next()
}

fn unpack(debs: &Path, version: &str, home: &Path) -> Result<(), Failure> {
    let prefix = format!("rust-src_{version}+");
    let files = std::fs::read_dir(debs).map_err(Failure::io("look for the package"))?;
    let deb = files
        .flatten()
        .map(|it| it.path())
        .find(|it| it.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&prefix)))
        .ok_or_else(|| Failure::answer("apt-get download", "left no package"))?;
    folder(home)?;
    let tar = home.join("package.tar");
    let file = File::create(&tar).map_err(Failure::io("make the file for the package's content"))?;
    let mut dpkg = shell::command("dpkg-deb", ["--fsys-tarfile", &deb.to_string_lossy()]);
    dpkg.stdout(file);
    shell::run(dpkg)?;
    let inside = format!("./usr/src/rustc-{version}/library");
    let words = ["-x", "-f", &tar.to_string_lossy(), "-C", &home.to_string_lossy(), DEPTH, &inside];
    shell::run(shell::command("tar", words))?;
    std::fs::remove_file(&tar).map_err(Failure::io("remove the unpacked package"))
}

/// Apt with lists, cache and sources of its own.
struct Apt {
    settings: Vec<String>,
}

impl Apt {
    fn prepare(place: &Place) -> Result<Self, Failure> {
        let dir = place.path("apt");
        folder(&dir.join("lists/partial"))?;
        folder(&dir.join("cache/archives/partial"))?;
        write(&dir.join("status"), "")?;
        let mirror = mirror()?;
        let sources: String =
            SUITES.iter().map(|suite| format!("deb [signed-by={KEYRING}] {mirror} {suite} main\n")).collect();
        write(&dir.join("sources.list"), &sources)?;
        let at = |name: &str| dir.join(name).display().to_string();
        let settings = [
            ("Dir::Etc::sourcelist", at("sources.list")),
            ("Dir::Etc::sourceparts", "/dev/null".to_owned()),
            ("Dir::State::lists", at("lists")),
            ("Dir::State::status", at("status")),
            ("Dir::Cache", at("cache")),
            ("Acquire::Languages", "none".to_owned()),
            ("Acquire::IndexTargets::deb::DEP-11::DefaultEnabled", "false".to_owned()),
            // Root's apt would otherwise download as a user who may not write here.
            ("APT::Sandbox::User", "root".to_owned()),
        ];
        Ok(Self { settings: settings.into_iter().map(|(key, value)| format!("{key}={value}")).collect() })
    }

    fn command(&self, program: &str, words: &[&str]) -> Command {
        let settings = self.settings.iter().flat_map(|it| ["-o", it.as_str()]);
        shell::command(program, settings.chain(words.iter().copied()))
    }
}

/// The mirror that this machine takes its own Debian from.
fn mirror() -> Result<String, Failure> {
    let words = ["indextargets", "--format", "$(SITE) $(CODENAME)", "Created-By: Packages"];
    let known = shell::read(shell::command("apt-get", words)).unwrap_or_default();
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let codename =
        release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME=")).unwrap_or("bookworm");
    mirror_in(&known, codename)
        .ok_or_else(|| Failure::answer("apt", "knows no mirror of this Debian; `apt-get update` first"))
}

/// The plain suite's line: the suites of security updates have mirrors of their own.
fn mirror_in(known: &str, codename: &str) -> Option<String> {
    let pairs = known.lines().filter_map(|line| line.split_once(' '));
    pairs.filter(|(_, suite)| *suite == codename).map(|(site, _)| site.to_owned()).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_source_of_this_very_compiler_is_taken() {
        let known = " rust-src | 1.94.0+dfsg1-1 | https://mirror.example sid/main amd64 Packages\n \
                     rust-src | 1.95.0+dfsg1-2 | https://mirror.example sid/main amd64 Packages\n";
        assert_eq!(package_of(known, "1.95.0").as_deref(), Some("1.95.0+dfsg1-2"));
        assert_eq!(package_of(known, "1.9").as_deref(), None);
        assert_eq!(package_of("", "1.95.0"), None);
    }

    #[test]
    fn the_mirror_is_that_of_the_plain_suite() {
        let known = "https://security.example bookworm-security\nhttps://mirror.example bookworm\n";
        assert_eq!(mirror_in(known, "bookworm").as_deref(), Some("https://mirror.example"));
        assert_eq!(mirror_in(known, "trixie"), None);
    }
}
