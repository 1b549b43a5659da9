//! The system packages that building and testing need: what for, and how their absence is noticed.
//!
//! Prints the one command it will run before it runs it. Installs nothing that the asked-for command does not need.

use std::path::Path;

use crate::failure::Failure;
use crate::shell;

/// One system package.
pub(crate) struct Package {
    /// Its name in Debian and Ubuntu.
    name: &'static str,
    /// What it is for, in a few words.
    why: &'static str,
    /// How its presence is seen.
    seen_by: Seen,
}

/// How a package's presence is seen, without asking the package manager, so that other systems can be told too.
enum Seen {
    /// A program that can be started.
    Program(&'static str),
    /// One of these files or folders.
    Path(&'static [&'static str]),
    /// A library's description for pkg-config, by its file name.
    Library(&'static str),
}

/// Where pkg-config looks.
const LIBRARY_DIRS: &[&str] = &[
    "/usr/lib/x86_64-linux-gnu/pkgconfig",
    "/usr/lib/aarch64-linux-gnu/pkgconfig",
    "/usr/lib64/pkgconfig",
    "/usr/lib/pkgconfig",
    "/usr/share/pkgconfig",
];

/// What building and running needs beyond git, Rust and Node.
pub(crate) const BUILD: &[Package] = &[
    Package {
        name: "gcc",
        why: "links Rust programs; compiles SQLite and ring",
        seen_by: Seen::Program("cc"),
    },
    Package {
        name: "libc6-dev",
        why: "the C library's headers for both",
        seen_by: Seen::Path(&["/usr/include/stdio.h"]),
    },
];

/// What the window is built with and drawn by.
pub(crate) const WINDOW: &[Package] = &[
    Package {
        name: "pkg-config",
        why: "finds the libraries of the window",
        seen_by: Seen::Program("pkg-config"),
    },
    Package {
        name: "libwebkit2gtk-4.1-dev",
        why: "the web view that draws the window",
        seen_by: Seen::Library("webkit2gtk-4.1.pc"),
    },
];

/// What exporting the icons needs.
pub(crate) const ICONS: &[Package] = &[Package {
    name: "librsvg2-bin",
    why: "turns the drawings of icons into pictures",
    seen_by: Seen::Program("rsvg-convert"),
}];

// Used in several tables.
const DBUS: Package = Package {
    name: "dbus",
    why: "a session bus for tray and keyring",
    seen_by: Seen::Program("dbus-run-session"),
};
const KEYRING: Package = Package {
    name: "gnome-keyring",
    why: "a real keyring for the device's key",
    seen_by: Seen::Program("gnome-keyring-daemon"),
};
const XVFB: Package =
    Package { name: "xvfb", why: "a screen for the real window", seen_by: Seen::Program("Xvfb") };
const OPENBOX: Package =
    Package { name: "openbox", why: "places windows on that screen", seen_by: Seen::Program("openbox") };
const X11_UTILS: Package =
    Package { name: "x11-utils", why: "asks that screen about windows", seen_by: Seen::Program("xwininfo") };
const IMAGEMAGICK: Package =
    Package { name: "imagemagick", why: "pictures of that screen", seen_by: Seen::Program("import") };
const WEBKIT_DRIVER: Package = Package {
    name: "webkit2gtk-driver",
    why: "drives the real window",
    seen_by: Seen::Program("WebKitWebDriver"),
};
const FONTS: Package = Package {
    name: "fonts-noto-core",
    why: "pictures and browser tests with Latin text",
    seen_by: Seen::Path(&["/usr/share/fonts/truetype/noto"]),
};
const FONTS_CJK: Package = Package {
    name: "fonts-noto-cjk",
    why: "pictures and browser tests with Chinese text",
    seen_by: Seen::Path(&["/usr/share/fonts/opentype/noto"]),
};
const XZ: Package =
    Package { name: "xz-utils", why: "packs and opens archives", seen_by: Seen::Program("xz") };

/// What a desktop of one's own needs: a screen, a bus, a keyring, windows and somebody who looks at them.
pub(crate) const DESKTOP: &[Package] =
    &[DBUS, KEYRING, XVFB, OPENBOX, X11_UTILS, IMAGEMAGICK, WEBKIT_DRIVER, FONTS, FONTS_CJK];

/// What measuring a download needs.
pub(crate) const ARCHIVE: &[Package] = &[XZ];

/// What the tests need on top of a desktop.
pub(crate) const TEST: &[Package] = &[
    Package {
        name: "chromium",
        why: "the console's tests run in a real browser",
        seen_by: Seen::Program("chromium"),
    },
    Package {
        name: "iproute2",
        why: "networks with faults: namespaces and links",
        seen_by: Seen::Program("ip"),
    },
    Package { name: "nftables", why: "networks with faults: dropped packets", seen_by: Seen::Program("nft") },
    Package {
        name: "iptables",
        why: "networks with faults: delayed packets",
        seen_by: Seen::Program("iptables"),
    },
    Package {
        name: "util-linux",
        why: "full disks: mounts of a test's own",
        seen_by: Seen::Program("unshare"),
    },
    Package {
        name: "systemd",
        why: "reads the unit that starts the watch",
        seen_by: Seen::Program("systemd-analyze"),
    },
    Package {
        name: "libglib2.0-bin",
        why: "starts the watch as a desktop does",
        seen_by: Seen::Program("gio"),
    },
    Package {
        name: "glib-networking-services",
        why: "runs proxy scripts for programs",
        seen_by: Seen::Path(&["/usr/libexec/glib-pacrunner"]),
    },
    Package {
        name: "libproxy1-plugin-webkit",
        why: "the part of it that runs them",
        // From Debian 13 on it only says that nothing more is needed.
        seen_by: Seen::Path(&[
            "/usr/share/doc/libproxy1-plugin-webkit",
            "/usr/lib/x86_64-linux-gnu/libproxy/0.4.18/modules/pacrunner_webkit.so",
            "/usr/lib/aarch64-linux-gnu/libproxy/0.4.18/modules/pacrunner_webkit.so",
        ]),
    },
    Package {
        name: "gsettings-desktop-schemas",
        why: "the desktop's proxy settings",
        seen_by: Seen::Path(&["/usr/share/glib-2.0/schemas/org.gnome.system.proxy.gschema.xml"]),
    },
    Package { name: "faketime", why: "a wrong clock for one program", seen_by: Seen::Program("faketime") },
];

/// What figures are measured beside.
pub(crate) const PEERS: &[Package] = &[
    Package {
        name: "mtr-tiny",
        why: "the tracer that ours is measured beside",
        seen_by: Seen::Program("mtr"),
    },
    Package {
        name: "tcpdump",
        why: "the times that both are held against",
        seen_by: Seen::Program("tcpdump"),
    },
];

/// What checking and testing for other systems needs.
pub(crate) const CROSS: &[Package] = &[
    Package {
        name: "gcc-mingw-w64-x86-64",
        why: "compiles and links for Windows",
        seen_by: Seen::Program("x86_64-w64-mingw32-gcc"),
    },
    Package {
        name: "g++-mingw-w64-x86-64",
        why: "the same for C++",
        seen_by: Seen::Program("x86_64-w64-mingw32-g++"),
    },
    Package {
        name: "wine64",
        why: "runs programs for Windows",
        seen_by: Seen::Path(&["/usr/lib/wine/wine64", "/usr/bin/wine64"]),
    },
    Package { name: "wine", why: "the names that it is started by", seen_by: Seen::Program("wine") },
    Package { name: "xvfb", why: "a screen for them", seen_by: Seen::Program("Xvfb") },
    XZ,
    Package { name: "python3-pip", why: "fetches the C compiler for macOS", seen_by: Seen::Program("pip3") },
];

/// Node's oldest release that the console's tools run on.
const NODE_MAJOR: u32 = 20;

/// Whether every package of a table is there.
pub(crate) fn are_there(table: &[Package]) -> bool {
    table.iter().all(Package::is_there)
}

/// Sees to it that every package of the tables is there.
pub(crate) fn ensure(tables: &[&[Package]], may_install: bool) -> Result<(), Failure> {
    let missing: Vec<&Package> = tables.iter().copied().flatten().filter(|it| !it.is_there()).collect();
    check_node()?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("Missing system packages:");
    for package in &missing {
        println!("  {:16} {}", package.name, package.why);
    }
    let names: Vec<String> = missing.iter().map(|it| it.name.to_owned()).collect();
    if !shell::has_program("apt-get") {
        println!(
            "This system has no apt-get. Please install the counterparts of these packages and try again."
        );
        return Err(Failure::Missing { packages: names });
    }
    // One command, so that what is printed is exactly what runs.
    let line = format!(
        "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends {}",
        names.join(" ")
    );
    let as_root = is_root();
    println!("{}", if may_install { "Running:" } else { "To install them:" });
    println!("  {}sh -c '{line}'", if as_root { "" } else { "sudo " });
    if !may_install {
        return Err(Failure::Missing { packages: names });
    }
    let command = if as_root {
        shell::command("sh", ["-c", line.as_str()])
    } else if shell::has_program("sudo") {
        shell::command("sudo", ["sh", "-c", line.as_str()])
    } else {
        println!("This needs root, and there is no sudo here.");
        return Err(Failure::Missing { packages: names });
    };
    shell::run(command)?;
    match tables.iter().copied().flatten().find(|it| !it.is_there()) {
        None => Ok(()),
        Some(package) => Err(Failure::Missing { packages: vec![package.name.to_owned()] }),
    }
}

impl Package {
    fn is_there(&self) -> bool {
        match self.seen_by {
            Seen::Program(name) => shell::has_program(name),
            Seen::Library(file) => {
                !cfg!(target_os = "linux") || LIBRARY_DIRS.iter().any(|it| Path::new(it).join(file).exists())
            }
            Seen::Path(paths) => {
                !cfg!(target_os = "linux") || paths.iter().any(|path| Path::new(path).exists())
            }
        }
    }
}

/// Sees to it that the toolchain's own tools are there; rustup's smallest profile leaves them out.
pub(crate) fn ensure_lint_tools() -> Result<(), Failure> {
    let tools = [("fmt", "rustfmt"), ("clippy", "clippy")];
    for (subcommand, component) in tools {
        if shell::read(shell::cargo([subcommand, "--version"])).is_none() {
            shell::run(shell::command("rustup", ["component", "add", component]))?;
        }
    }
    Ok(())
}

fn check_node() -> Result<(), Failure> {
    let version = shell::read(shell::command("node", ["--version"])).unwrap_or_default();
    let major =
        version.trim().trim_start_matches('v').split('.').next().and_then(|it| it.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE_MAJOR => Ok(()),
        Some(_) => {
            Err(Failure::answer("node", format!("is {}, needed is {NODE_MAJOR} or newer", version.trim())))
        }
        None => {
            Err(Failure::answer("node", format!("is not here; install Node {NODE_MAJOR} or newer with npm")))
        }
    }
}

fn is_root() -> bool {
    #[cfg(unix)]
    return rustix::process::geteuid().is_root();
    #[cfg(not(unix))]
    return false;
}
