//! `cargo xtask owners`: the table of networks' owners, from the lists that npm has. Put beside the programs.
//!
//! The lists are RouteViews', the five registries' and DB-IP Lite's, each CC-BY 4.0 with attribution, merged by
//! `@ip-location-db/asn`.

use crate::args::Args;
use crate::failure::Failure;
use crate::{packages, shell};

/// The package and the version whose form we know.
const PACKAGE: &str = "@ip-location-db/asn@2.3.2026061719";
/// What the programs look for.
const TABLE: &str = "owners.table";

pub(crate) fn run(mut args: Args) -> Result<(), Failure> {
    let may_install = !args.flag("--no-install");
    args.finish()?;
    packages::ensure(&[packages::BUILD], may_install)?;
    let dir = shell::target_dir().join("owners");
    std::fs::create_dir_all(&dir).map_err(Failure::io("make the folder for the lists"))?;
    let mut npm = shell::command("npm", ["pack", "--silent", PACKAGE]);
    npm.current_dir(&dir);
    let said = shell::read(npm).ok_or_else(|| Failure::answer("npm pack", "has no such package"))?;
    let archive = said.lines().last().unwrap_or_default().trim().to_owned();
    let mut tar = shell::command("tar", ["-xzf", &archive]);
    tar.current_dir(&dir);
    shell::run(tar)?;
    shell::run(shell::cargo(["build", "--locked", "--package", "nightline-cli"]))?;
    let programs = shell::target_dir().join("debug");
    let mut nightline = shell::command(&programs.join("nightline").to_string_lossy(), ["owners"]);
    for (flag, file) in [("--ipv4", "asn-ipv4-num.csv"), ("--ipv6", "asn-ipv6-num.csv")] {
        nightline.arg(flag).arg(dir.join("package").join(file));
    }
    nightline.arg("--out").arg(dir.join(TABLE));
    nightline.env("NIGHTLINE_HOME", dir.join("home"));
    shell::run(nightline)?;
    // Everybody may read it: it is public, and the programs run as anybody.
    #[cfg(unix)]
    std::fs::set_permissions(dir.join(TABLE), std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .map_err(Failure::io("open the table to everybody"))?;
    for folder in ["debug", "release"].map(|it| shell::target_dir().join(it)).iter().filter(|it| it.is_dir())
    {
        std::fs::copy(dir.join(TABLE), folder.join(TABLE)).map_err(Failure::io("put the table there"))?;
        println!("{}", folder.join(TABLE).display());
    }
    Ok(())
}
