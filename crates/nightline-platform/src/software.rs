//! Which packages are installed, by the package managers' databases. Sees nothing that was unpacked by hand.

mod dpkg;

use std::path::Path;
use std::time::Duration;

use crate::command::{Command, CommandError};
use crate::source::{Source, SourceState};

/// `rpm -qa` walks a database of some 100 MB.
const RPM_LIMIT: Duration = Duration::from_secs(5);

/// The installed packages and where they are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Software {
    /// By name.
    pub packages: Vec<Package>,
    /// Which databases were asked.
    pub sources: Vec<Source>,
}

/// One installed package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version, as the package manager writes it.
    pub version: String,
}

/// The installed packages. `root` is `/` or a recorded machine, where `rpm` is not asked.
pub async fn installed(root: &Path) -> Software {
    let mut found = Software::default();
    let files = root.to_owned();
    let of_files = tokio::task::spawn_blocking(move || {
        [
            ("/var/lib/dpkg/status", dpkg::installed(&files.join("var/lib/dpkg/status"))),
            ("/var/lib/pacman/local", pacman(&files.join("var/lib/pacman/local"))),
        ]
    });
    for (name, result) in of_files.await.into_iter().flatten() {
        let state = match result {
            Ok(packages) => {
                found.packages.extend(packages);
                SourceState::Read
            }
            Err(error) => SourceState::from(&error),
        };
        found.sources.push(Source::new(name, state));
    }
    if root == Path::new("/") && found.packages.is_empty() {
        let (packages, state) = rpm().await;
        found.packages.extend(packages);
        found.sources.push(Source::new("rpm", state));
    }
    found.packages.sort();
    found
}

async fn rpm() -> (Vec<Package>, SourceState) {
    let command = Command::new("rpm", RPM_LIMIT).args(["-qa", "--qf", "%{NAME} %{EVR}\\n"]);
    match command.run().await {
        Ok(ran) if ran.succeeded() => (of_rpm(&ran.text()), SourceState::Read),
        Ok(ran) => (Vec::new(), SourceState::Failed(ran.complaint())),
        Err(CommandError::NotInstalled { .. }) => (Vec::new(), SourceState::Absent),
        Err(error) => (Vec::new(), SourceState::Failed(nightline_types::chain(&error))),
    }
}

fn of_rpm(text: &str) -> Vec<Package> {
    let line = |line: &str| {
        let (name, version) = line.split_once(' ')?;
        // Signing keys are listed as packages.
        (name != "gpg-pubkey").then(|| Package { name: name.to_owned(), version: version.trim().to_owned() })
    };
    text.lines().filter_map(line).collect()
}

/// One folder `name-version-release` for each package.
fn pacman(dir: &Path) -> std::io::Result<Vec<Package>> {
    let mut packages = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let mut parts = name.rsplitn(3, '-');
        if let (Some(release), Some(version), Some(name)) = (parts.next(), parts.next(), parts.next()) {
            packages.push(Package { name: name.to_owned(), version: format!("{version}-{release}") });
        }
    }
    Ok(packages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rpms_list_is_read_without_its_keys() {
        let found =
            of_rpm("bash 5.1.8-9.el9\ngpg-pubkey 8d8b756f-628e9a8f\nopenssl-libs 1:3.0.7-25.el9\nx\n");
        let found: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.version.as_str())).collect();
        assert_eq!(found, [("bash", "5.1.8-9.el9"), ("openssl-libs", "1:3.0.7-25.el9")]);
    }

    #[tokio::test]
    async fn pacmans_folders_are_packages() {
        let root = tempfile::tempdir().unwrap();
        let local = root.path().join("var/lib/pacman/local");
        std::fs::create_dir_all(local.join("gcc-libs-14.1.1+r1-1")).unwrap();
        std::fs::create_dir_all(local.join("linux-6.7.6.arch1-1")).unwrap();
        std::fs::write(local.join("ALPM_DB_VERSION"), "9\n").unwrap();
        let found = installed(root.path()).await;
        let packages: Vec<_> =
            found.packages.iter().map(|it| (it.name.as_str(), it.version.as_str())).collect();
        assert_eq!(packages, [("gcc-libs", "14.1.1+r1-1"), ("linux", "6.7.6.arch1-1")]);
        assert_eq!(found.sources[0].state, SourceState::Absent);
    }
}
