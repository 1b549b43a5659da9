//! `cargo xtask owners`: the table of networks' owners, from the lists that npm has. Put beside the programs, into the
//! demo and into the package.
//!
//! The lists are RouteViews', the five registries' and DB-IP Lite's, each CC-BY 4.0 with attribution, merged by
//! `@ip-location-db/asn`.

use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::failure::Failure;
use crate::{packages, shell};

/// The package and the version whose form we know.
const PACKAGE: &str = "@ip-location-db/asn@2.3.2026061719";
/// What the programs look for.
pub(crate) const TABLE: &str = "owners.table";
/// Beside the table: which lists it was made from.
const STAMP: &str = "made-from";
/// npm's own waits would hold a machine without a way to the registry for minutes. One answer of 19 MB takes less.
const PATIENCE: [&str; 2] = ["--fetch-retries=1", "--fetch-timeout=60000"];

pub(crate) fn run(mut args: Args) -> Result<(), Failure> {
    let may_install = !args.flag("--no-install");
    args.finish()?;
    packages::ensure(&[packages::BUILD], may_install)?;
    shell::run(shell::cargo(["build", "--locked", "--package", "nightline-cli"]))?;
    let dirs = ["debug", "release"].map(|it| shell::target_dir().join(it));
    let nightline = dirs[0].join(format!("nightline{}", std::env::consts::EXE_SUFFIX));
    // Whoever asks for it by name may have changed what it is made with.
    let table = make(&nightline)?;
    for dir in dirs.iter().filter(|it| it.is_dir()) {
        println!("{}", put_beside(&table, dir)?.display());
    }
    Ok(())
}

/// The table, made by this program unless it was made from the same lists before.
pub(crate) fn table(nightline: &Path) -> Result<PathBuf, Failure> {
    let dir = dir();
    let is_made = std::fs::read_to_string(dir.join(STAMP)).is_ok_and(|it| it == PACKAGE);
    if is_made && dir.join(TABLE).is_file() { Ok(dir.join(TABLE)) } else { make(nightline) }
}

/// Puts the table where programs in this folder look first; answers its place.
pub(crate) fn put_beside(table: &Path, programs_dir: &Path) -> Result<PathBuf, Failure> {
    let place = programs_dir.join(TABLE);
    std::fs::copy(table, &place).map_err(Failure::io(format!("write {}", place.display())))?;
    Ok(place)
}

fn make(nightline: &Path) -> Result<PathBuf, Failure> {
    let (dir, table) = (dir(), dir().join(TABLE));
    let lists = fetch(&dir)?;
    // Whatever goes wrong from here on, a table without its stamp is made again.
    let _ = std::fs::remove_file(dir.join(STAMP));
    let mut program = shell::command(&nightline.to_string_lossy(), ["owners"]);
    for (flag, file) in [("--ipv4", "asn-ipv4-num.csv"), ("--ipv6", "asn-ipv6-num.csv")] {
        program.arg(flag).arg(lists.join(file));
    }
    program.arg("--out").arg(&table);
    program.env("NIGHTLINE_HOME", dir.join("home"));
    shell::run_quietly(program)?;
    // Everybody may read it: it is public, and the programs run as anybody.
    #[cfg(unix)]
    std::fs::set_permissions(&table, std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .map_err(Failure::io("open the table to everybody"))?;
    std::fs::write(dir.join(STAMP), PACKAGE).map_err(Failure::io("write the mark of what was made"))?;
    Ok(table)
}

/// Fetches the lists; answers their folder.
fn fetch(dir: &Path) -> Result<PathBuf, Failure> {
    std::fs::create_dir_all(dir).map_err(Failure::io("make the folder for the lists"))?;
    let mut npm = shell::command("npm", ["pack", "--silent", "--prefer-offline"]);
    npm.args(PATIENCE).arg(PACKAGE).current_dir(dir);
    let said =
        shell::read(npm).ok_or_else(|| Failure::answer("npm pack", format!("could not fetch {PACKAGE}")))?;
    let archive = said.lines().last().unwrap_or_default().trim().to_owned();
    let mut tar = shell::command("tar", ["-xzf", &archive]);
    tar.current_dir(dir);
    shell::run_quietly(tar)?;
    Ok(dir.join("package"))
}

fn dir() -> PathBuf {
    shell::target_dir().join("owners")
}
