//! Autostart on Linux, in a home of the test's own. Nothing of the machine that runs the test is read or changed.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "these are the tests' own tools")]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nightline_platform::autostart::{Autostart, AutostartError, set, state};

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

impl Person {
    fn new(systemctl: Option<&'static str>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for name in ["config", "shared", "run", "bin"] {
            std::fs::create_dir(dir.path().join(name)).unwrap();
        }
        let person = Self { dir, systemctl };
        if let Some(script) = systemctl {
            std::fs::create_dir(person.path("run/systemd")).unwrap();
            let program = person.path("bin/systemctl");
            std::fs::write(&program, script).unwrap();
            std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
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
    let place = person.place("/opt/My \"100%\" 夜班/nightline-watch");
    assert_eq!(state(&place).await, Some(false));
    set(&place, true).await.unwrap();
    assert_eq!(state(&place).await, Some(true));
    let unit = person.unit().unwrap();
    let line = r#"ExecStart="/opt/My \"100%%\" 夜班/nightline-watch" "--tray" "--home" "/srv/a b""#;
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
        let line = r#"Exec="/opt/My \\"100%%\\" 夜班/nightline-watch" "--tray" "--home" "/srv/a b""#;
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
    std::fs::write(person.path("bin/systemctl"), SYSTEMCTL).unwrap();
    std::fs::set_permissions(person.path("bin/systemctl"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let place = person.place("/opt/nightline-watch");
    set(&place, true).await.unwrap();
    assert_eq!((person.unit().is_some(), person.entry()), (true, None));
    std::fs::write(person.path("bin/systemctl"), WITHOUT_SESSION).unwrap();
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
