//! `cargo xtask package`: what a customer installs, as one archive. Unpacked below `/usr`, `/usr/local` or `~/.local`, it
//! is installed; the desk is installed elsewhere.
//!
//! Says what belongs to the app and where it lies; the figures of `cargo xtask bench app` are of the same archive.

use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::failure::Failure;
use crate::{demo, owners, packages, shell};

/// The programs that a person installs.
pub(crate) const PROGRAMS: [&str; 3] = ["nightline-watch", "nightline-window", "nightline"];
/// Where they lie.
const PROGRAMS_DIR: &str = "bin";
/// Where what came with them lies: `SHARED` of `nightline_platform::directories`, seen from the programs.
const DATA_DIR: &str = "share/nightline";

/// What the archive holds.
pub(crate) struct Contents {
    /// The programs' folder.
    pub(crate) programs_dir: PathBuf,
    /// The table of networks' owners.
    pub(crate) owners: PathBuf,
}

/// Bytes on the disk and bytes of the download.
pub(crate) struct Size {
    pub(crate) installed: u64,
    pub(crate) download: u64,
}

pub(crate) fn run(mut args: Args) -> Result<(), Failure> {
    let may_install = !args.flag("--no-install");
    args.finish()?;
    packages::ensure(&[packages::BUILD, packages::WINDOW, packages::ARCHIVE], may_install)?;
    let programs = demo::build(true, true, demo::Words::of("en"))?;
    let programs_dir = programs.desk.parent().unwrap_or(Path::new(".")).to_owned();
    let owners = owners::table(&programs.nightline)?;
    let dir = shell::target_dir().join("package");
    let archive = dir.join(format!("nightline-{}-{}.tar.xz", std::env::consts::OS, std::env::consts::ARCH));
    let size = pack(&Contents { programs_dir, owners }, &dir.join("tree"), &archive)?;
    println!("{}", archive.display());
    println!("{:.1} MB, {:.1} MB unpacked", millions(size.download), millions(size.installed));
    Ok(())
}

/// Lays everything out in `tree` as it will lie on the person's machine, and packs that.
pub(crate) fn pack(contents: &Contents, tree: &Path, archive: &Path) -> Result<Size, Failure> {
    if tree.exists() {
        std::fs::remove_dir_all(tree).map_err(Failure::io(format!("empty {}", tree.display())))?;
    }
    let mut installed = 0;
    for (from, to) in places(contents) {
        let place = tree.join(to);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder).map_err(Failure::io(format!("create {}", folder.display())))?;
        }
        installed += std::fs::copy(&from, &place).map_err(Failure::io(format!("pack {}", from.display())))?;
    }
    let mut tar = shell::command("tar", ["--create", "--owner=0", "--group=0", "--sort=name"]);
    tar.args(["--use-compress-program", "xz -9", "--file"]).arg(archive);
    tar.arg("--directory").arg(tree).args([PROGRAMS_DIR, "share"]);
    shell::run_quietly(tar)?;
    let download = std::fs::metadata(archive).map_err(Failure::io("look at the archive"))?.len();
    Ok(Size { installed, download })
}

/// From where each file is taken, and where it goes.
fn places(contents: &Contents) -> Vec<(PathBuf, PathBuf)> {
    let suffix = std::env::consts::EXE_SUFFIX;
    let programs = PROGRAMS.iter().map(|name| {
        let filename = format!("{name}{suffix}");
        (contents.programs_dir.join(&filename), Path::new(PROGRAMS_DIR).join(filename))
    });
    programs.chain([(contents.owners.clone(), Path::new(DATA_DIR).join(owners::TABLE))]).collect()
}

/// In the unit of the bars.
#[expect(clippy::cast_precision_loss, reason = "figures for people")]
pub(crate) fn millions(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn the_package_carries_every_program_and_the_owners_of_networks_where_they_are_looked_for() {
        let dir = shell::target_dir().join("tmp").join(format!("package-{}", std::process::id()));
        let programs_dir = dir.join("programs");
        std::fs::create_dir_all(&programs_dir).unwrap();
        for name in PROGRAMS {
            std::fs::write(programs_dir.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)), name)
                .unwrap();
        }
        let owners = dir.join("made elsewhere");
        std::fs::write(&owners, "the table").unwrap();
        let archive = dir.join("package.tar.xz");
        let size = pack(&Contents { programs_dir, owners }, &dir.join("tree"), &archive).unwrap();
        let mut tar = shell::command("tar", ["--list", "--file"]);
        tar.arg(&archive);
        let listed = shell::read(tar).unwrap();
        let files: Vec<&str> = listed.lines().filter(|it| !it.ends_with('/')).collect();
        let expected =
            ["bin/nightline", "bin/nightline-watch", "bin/nightline-window", "share/nightline/owners.table"];
        assert_eq!(files, expected);
        assert_eq!(size.installed, 49);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
