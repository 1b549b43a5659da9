//! Autostart on Linux, in a home of the test's own. Nothing of the machine that runs the test is read or changed.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "these are the tests' own tools")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use nightline_platform::autostart::{Autostart, AutostartError, set, state};
use nightline_platform::command::Command;

/// Long enough for a busy machine.
const PLENTY: Duration = Duration::from_secs(60);

/// A person's folders, with or without a systemd that carries the desktop session.
struct Person {
    dir: tempfile::TempDir,
    systemctl: Option<&'static str>,
}

/// Stands for a `systemctl` whose systemd runs; it makes and removes the link as the real one does.
const SYSTEMCTL: &str = r#"#!/bin/sh
wants="$XDG_CONFIG_HOME/systemd/user/graphical-session.target.wants"
echo "$*" >> "$XDG_RUNTIME_DIR/asked"
case "$*" in
  "--user is-active graphical-session.target") echo active ;;
  "--user enable nightline-watch.service") mkdir -p "$wants" && ln -sf ../nightline-watch.service "$wants/" ;;
  "--user disable nightline-watch.service") rm -f "$wants/nightline-watch.service" ;;
  *) exit 1 ;;
esac
"#;
/// One that runs, but the desktop did not tell it that it is there.
const WITHOUT_SESSION: &str = "#!/bin/sh\necho inactive\nexit 3\n";
/// One that fails to enable units.
const BROKEN: &str = "#!/bin/sh\ncase \"$*\" in *is-active*) echo active ;; *) exit 1 ;; esac\n";

/// By a process that ends before anybody runs it. What this one has open for writing, if only for a moment, a process
/// that another test starts just then has open too, and the system runs no program that somebody may still write.
#[expect(clippy::disallowed_methods, reason = "the product's own way is what is tested here")]
fn write_program(path: &Path, text: &str) {
    let mut install = std::process::Command::new("install");
    install.args(["-m", "755", "/dev/stdin"]).arg(path).stdin(std::process::Stdio::piped());
    let mut install = install.spawn().unwrap();
    install.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    assert!(install.wait().unwrap().success(), "{}", path.display());
}

impl Person {
    fn new(systemctl: Option<&'static str>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for name in ["config", "shared", "run", "bin"] {
            std::fs::create_dir(dir.path().join(name)).unwrap();
        }
        let person = Self { dir, systemctl };
        if let Some(script) = systemctl {
            std::fs::create_dir(person.path("run/systemd")).unwrap();
            write_program(&person.path("bin/systemctl"), script);
        }
        person
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn place(&self, program: &str) -> Autostart {
        let folder = |name: &str| self.path(name).to_str().unwrap().to_owned();
        // Without a stand-in no program can be found at all.
        let search = if self.systemctl.is_some() { folder("bin") + ":/usr/bin:/bin" } else { folder("bin") };
        let environment = [
            ("HOME", folder("")),
            ("XDG_CONFIG_HOME", folder("config")),
            ("XDG_CONFIG_DIRS", folder("shared")),
            ("XDG_RUNTIME_DIR", folder("run")),
            ("PATH", search),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value)).into();
        let args = vec!["--tray".to_owned(), "--home".to_owned(), "/srv/a b".to_owned()];
        Autostart { program: PathBuf::from(program), args, environment: Arc::new(environment) }
    }

    fn read(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.path(name)).ok()
    }

    fn unit(&self) -> Option<String> {
        self.read("config/systemd/user/nightline-watch.service")
    }

    fn entry(&self) -> Option<String> {
        self.read("config/autostart/nightline-watch.desktop")
    }
}

#[tokio::test]
async fn where_systemd_carries_the_session_it_starts_the_watch_and_nobody_else_does() {
    let person = Person::new(Some(SYSTEMCTL));
    let place = person.place("/opt/My 100% 夜班/nightline-watch");
    assert_eq!(state(&place).await, Some(false));
    set(&place, true).await.unwrap();
    assert_eq!(state(&place).await, Some(true));
    let unit = person.unit().unwrap();
    let line = r#"ExecStart="/opt/My 100%% 夜班/nightline-watch" "--tray" "--home" "/srv/a b""#;
    assert!(unit.contains(line) && unit.contains("\nRestart=on-failure\n"), "{unit}");
    assert_eq!(person.entry(), None);
    set(&place, false).await.unwrap();
    assert_eq!((state(&place).await, person.unit(), person.entry()), (Some(false), None, None));
    // Nothing was started or stopped.
    let asked = person.read("run/asked").unwrap();
    assert!(!asked.contains("start") && !asked.contains("stop") && !asked.contains("--now"), "{asked}");
}

#[tokio::test]
async fn where_systemd_does_not_the_desktop_starts_the_watch() {
    for systemctl in [None, Some(WITHOUT_SESSION), Some(BROKEN)] {
        let person = Person::new(systemctl);
        let place = person.place("/opt/My \"100%\" 夜班/nightline-watch");
        set(&place, true).await.unwrap();
        assert_eq!(state(&place).await, Some(true), "{systemctl:?}");
        let entry = person.entry().unwrap();
        let line =
            r#"Exec=/usr/bin/env "/opt/My \\"100%%\\" 夜班/nightline-watch" "--tray" "--home" "/srv/a b""#;
        assert!(entry.contains(line), "{entry}");
        assert_eq!(person.unit(), None, "{systemctl:?}");
        set(&place, false).await.unwrap();
        assert_eq!((state(&place).await, person.entry()), (Some(false), None), "{systemctl:?}");
    }
}

#[tokio::test]
async fn after_a_change_of_the_desktop_there_is_still_only_one_of_them() {
    let person = Person::new(None);
    let place = person.place("/opt/nightline-watch");
    set(&place, true).await.unwrap();
    assert!(person.entry().is_some());
    let person = Person { systemctl: Some(SYSTEMCTL), ..person };
    std::fs::create_dir(person.path("run/systemd")).unwrap();
    write_program(&person.path("bin/systemctl"), SYSTEMCTL);
    let place = person.place("/opt/nightline-watch");
    set(&place, true).await.unwrap();
    assert_eq!((person.unit().is_some(), person.entry()), (true, None));
    write_program(&person.path("bin/systemctl"), WITHOUT_SESSION);
    set(&place, true).await.unwrap();
    assert_eq!((person.unit(), person.entry().is_some()), (None, true));
    assert!(
        person
            .path("config/systemd/user/graphical-session.target.wants/nightline-watch.service")
            .symlink_metadata()
            .is_err()
    );
}

#[tokio::test]
async fn what_a_package_starts_for_everybody_a_person_can_switch_off_for_themselves() {
    let person = Person::new(None);
    let place = person.place("/opt/nightline-watch");
    let shared = person.path("shared/autostart/nightline-watch.desktop");
    std::fs::create_dir(shared.parent().unwrap()).unwrap();
    std::fs::write(&shared, "[Desktop Entry]\nExec=/usr/bin/nightline-watch\n").unwrap();
    assert_eq!(state(&place).await, Some(true));
    set(&place, false).await.unwrap();
    assert_eq!(state(&place).await, Some(false));
    assert!(person.entry().unwrap().contains("\nHidden=true\n"));
    set(&place, true).await.unwrap();
    assert_eq!(state(&place).await, Some(true));
    assert!(shared.exists());
}

#[tokio::test]
async fn what_the_person_switched_off_in_the_desktops_settings_is_off() {
    let person = Person::new(None);
    let place = person.place("/opt/nightline-watch");
    set(&place, true).await.unwrap();
    let path = person.path("config/autostart/nightline-watch.desktop");
    for (from, to) in [
        ("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-enabled=false"),
        ("X-GNOME-Autostart-enabled=true", "Hidden=true"),
    ] {
        let text = person.entry().unwrap();
        std::fs::write(&path, text.replace(from, to)).unwrap();
        assert_eq!(state(&place).await, Some(false), "{to}");
        set(&place, true).await.unwrap();
        assert_eq!(state(&place).await, Some(true), "{to}");
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_an_error_and_changes_nothing() {
    let person = Person::new(None);
    for program in ["nightline-watch", "/opt/a=b/nightline-watch", "/opt/a\nb/nightline-watch"] {
        let error = set(&person.place(program), true).await.unwrap_err();
        assert!(matches!(error, AutostartError::Unusable { .. }), "{program:?} {error}");
    }
    assert_eq!(person.entry(), None);
    std::fs::write(person.path("config/autostart"), "in the way").unwrap();
    let error = set(&person.place("/opt/nightline-watch"), true).await.unwrap_err();
    assert!(matches!(error, AutostartError::Write(_)), "{error}");
    let nowhere =
        Autostart { environment: Arc::default(), ..person.place(Path::new("/opt/watch").to_str().unwrap()) };
    assert_eq!(state(&nowhere).await, None);
    let error = set(&nowhere, true).await.unwrap_err();
    assert!(matches!(error, AutostartError::NoHome { .. }), "{error}");
}

/// Where the program may lie, and what it is given besides.
const PLACES: [&str; 5] = ["plain", "My Apps", "夜班 é", "100% $HOME %f", "it's \"a\" \\b `c` ;#~&|<>()*?"];

/// A program that notes its own path and its arguments, one in each line.
fn noting(dir: &Path, place: &str) -> (String, PathBuf) {
    let notes = dir.join("notes");
    let program = dir.join(place).join("nightline-watch");
    std::fs::create_dir_all(program.parent().unwrap()).unwrap();
    let (file, done) = (notes.with_extension("part"), notes.display());
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\" > {0}; mv {0} {done}\n", file.display());
    write_program(&program, &script);
    (program.to_str().unwrap().to_owned(), notes)
}

/// GLib stands behind GNOME, Xfce, MATE and Cinnamon; `gio launch` reads the entry as they do.
#[tokio::test]
async fn a_desktop_starts_the_very_program_with_the_very_arguments() {
    for name in PLACES {
        let person = Person::new(None);
        let (program, notes) = noting(person.dir.path(), name);
        let mut place = person.place(&program);
        place.args = ["--tray", "a b", "", "%U $HOME", "\"q\" \\ '"].map(str::to_owned).into();
        set(&place, true).await.unwrap();
        let entry = person.path("config/autostart/nightline-watch.desktop");
        let launch = Command::new("gio", PLENTY).arg("launch").arg(entry.as_os_str());
        let ran = launch.env("HOME", person.dir.path()).run().await.expect("cargo xtask test installs gio");
        assert!(ran.succeeded(), "{name}: {}", ran.complaint());
        while !notes.exists() {
            tokio::task::yield_now().await;
        }
        let noted = std::fs::read_to_string(notes).unwrap();
        let expected: Vec<&str> =
            std::iter::once(program.as_str()).chain(place.args.iter().map(String::as_str)).collect();
        assert_eq!(noted.split_terminator('\n').collect::<Vec<_>>(), expected, "{name}");
    }
}

/// `systemd-analyze verify` parses the unit as systemd does, and looks for the program.
#[tokio::test]
async fn systemd_finds_the_very_program() {
    for name in PLACES {
        let person = Person::new(Some(SYSTEMCTL));
        let (program, _) = noting(person.dir.path(), name);
        let place = person.place(&program);
        set(&place, true).await.unwrap();
        assert_eq!(state(&place).await, Some(true), "{name}");
        // What systemd cannot name, the desktop starts.
        assert_eq!(person.unit().is_none(), name.contains('"'), "{name}");
        let unit = person.path("config/systemd/user/nightline-watch.service");
        if !unit.exists() {
            continue;
        }
        let verify = |unit: PathBuf| {
            let command = Command::new("systemd-analyze", PLENTY).args(["--user", "verify"]).arg(unit);
            command.env("XDG_RUNTIME_DIR", person.path("run")).run()
        };
        let ran = verify(unit.clone()).await.expect("cargo xtask test installs systemd");
        assert!(ran.succeeded() && ran.complaint().is_empty(), "{name}: {}", ran.complaint());
        // It does notice a program that is not there.
        std::fs::remove_file(&program).unwrap();
        let ran = verify(unit).await.unwrap();
        assert!(ran.complaint().contains("is not executable"), "{name}: {}", ran.complaint());
    }
}
