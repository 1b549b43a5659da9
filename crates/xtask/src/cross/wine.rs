//! Wine: a prefix of our own, a screen for it, and what this Wine lacks.
//!
//! Ends only what it started: its own screen, and the Wine server of its own prefix.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::place::{Place, folder, write};
use crate::failure::Failure;
use crate::shell;

/// A library that this Wine lacks or breaks on, and the libraries that ours is linked with.
struct StandIn {
    name: &'static str,
    text: &'static str,
    libraries: &'static [&'static str],
}

const STAND_INS: [StandIn; 2] = [
    // The standard library takes its random numbers from here; Debian 12's Wine does not have it.
    StandIn {
        name: "bcryptprimitives",
        text: include_str!("wine/bcryptprimitives.c"),
        libraries: &["-ladvapi32"],
    },
    // This Wine ends the program in one of its calls.
    StandIn { name: "pdh", text: include_str!("wine/pdh.c"), libraries: &[] },
];

/// Where Debian keeps them outside the path.
const LOADERS: [&str; 3] = ["/usr/lib/wine/wine64", "/usr/bin/wine64", "/usr/bin/wine"];
const SERVERS: [&str; 2] = ["/usr/lib/wine/wineserver64", "/usr/bin/wineserver"];
/// How many seconds Wine's server waits for another program before it ends. A program that starts while the server is
/// ending loses its connection and fails; between two of ours there is never as long a pause.
const LINGER: &str = "-p60";
/// Our stand-in for one library, and no offers to download the parts that nothing here uses.
const OVERRIDES: &str = "pdh=n;mscoree,mshtml=";

/// Sees to it that the prefix is there and holds the stand-ins.
pub(crate) fn ensure(place: &Place) -> Result<(), Failure> {
    let system = system_dir(place);
    if !place.path("wine/system.reg").is_file() {
        println!("      setting up Wine");
        let screen = Screen::start()?;
        serve(place);
        for words in [["wineboot", "-i"].as_slice(), &["winecfg", "-v", "win10"]] {
            let mut command = place.wine(Path::new(words[0]), &screen)?;
            command.args(&words[1..]);
            shell::run_quietly(command)?;
        }
        end(place);
    }
    let shim = place.path("shim");
    folder(&shim)?;
    for stand_in in &STAND_INS {
        let (source, dll) =
            (shim.join(format!("{}.c", stand_in.name)), shim.join(format!("{}.dll", stand_in.name)));
        if !dll.is_file() || std::fs::read_to_string(&source).is_ok_and(|it| it != stand_in.text) {
            write(&source, stand_in.text)?;
            let (source, dll) = (source.to_string_lossy(), dll.to_string_lossy());
            let words = ["-O2", "-shared", "-o", &dll, &source];
            shell::run(shell::command(
                "x86_64-w64-mingw32-gcc",
                words.into_iter().chain(stand_in.libraries.iter().copied()),
            ))?;
        }
        let installed = system.join(format!("{}.dll", stand_in.name));
        // A link of the prefix may point into the system's own folder, which is not ours to write into.
        let _ = std::fs::remove_file(&installed);
        std::fs::copy(&dll, &installed).map_err(Failure::io(format!("install {}", installed.display())))?;
    }
    Ok(())
}

/// Where Windows looks for libraries last.
pub(crate) fn system_dir(place: &Place) -> PathBuf {
    place.path("wine/drive_c/windows/system32")
}

/// The program that loads programs for Windows.
pub(crate) fn loader() -> Result<PathBuf, Failure> {
    LOADERS
        .iter()
        .map(PathBuf::from)
        .find(|it| it.is_file())
        .ok_or_else(|| Failure::answer("wine64", "is not where Debian keeps it"))
}

/// What Wine is told by its environment.
pub(crate) fn environment(place: &Place, command: &mut Command) {
    command
        .env("WINEPREFIX", place.path("wine"))
        .env("WINEARCH", "win64")
        .env("WINEDEBUG", "-all")
        .env("WINEDLLOVERRIDES", OVERRIDES)
        // The Linux toolchain's libraries; nothing of Wine's.
        .env_remove("LD_LIBRARY_PATH");
}

/// Starts Wine's server of our prefix, which stays while programs come and go.
pub(crate) fn serve(place: &Place) {
    // One that runs already is asked nothing and ends us, which is what is wanted.
    server(place, LINGER);
}

/// Ends everything that runs in our prefix.
pub(crate) fn end(place: &Place) {
    // It fails where nothing runs any more, which is what is wanted.
    server(place, "-k");
}

fn server(place: &Place, word: &str) {
    if let Some(server) = SERVERS.iter().find(|it| Path::new(it).is_file()) {
        let mut command = shell::command(server, [word]);
        environment(place, &mut command);
        // No pipe: the server that stays would hold it open.
        let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

/// A screen that nobody sees. Gone when dropped.
pub(crate) struct Screen {
    server: Child,
    name: String,
}

impl Screen {
    pub(crate) fn start() -> Result<Self, Failure> {
        // It picks a number that is free and says it.
        let words = ["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
        let mut server = shell::command("Xvfb", words)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Failure::io("start Xvfb"))?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            BufReader::new(output).read_line(&mut number).map_err(Failure::io("read from Xvfb"))?;
        }
        let screen = Self { server, name: format!(":{}", number.trim()) };
        if screen.name.len() > 1 { Ok(screen) } else { Err(Failure::answer("Xvfb", "has no screen")) }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
