//! Which system this is, by os-release(5) and the kernel. Looks up no end of support.

use std::collections::BTreeMap;
use std::path::Path;

use crate::source::{read_line, read_small};

/// Which system this is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// `Debian GNU/Linux 12 (bookworm)`.
    pub name: Option<String>,
    /// `debian`, lower case.
    pub id: Option<String>,
    /// `12`.
    pub version: Option<String>,
    /// The maker's image or build number, where there is one.
    pub build: Option<String>,
    /// What it is made from: `debian`, `rhel fedora`.
    pub like: Option<String>,
}

/// The system's release. Everything is absent where nobody says.
pub fn release(root: &Path) -> Release {
    let text = ["etc/os-release", "usr/lib/os-release"].iter().find_map(|it| read_small(&root.join(it)).ok());
    if let Some(text) = text {
        return of_os_release(&text);
    }
    if root == Path::new("/") && !cfg!(target_os = "linux") {
        return Release {
            name: sysinfo::System::long_os_version().ok(),
            version: sysinfo::System::os_version().ok(),
            ..Release::default()
        };
    }
    Release::default()
}

fn of_os_release(text: &str) -> Release {
    let fields: BTreeMap<&str, String> = text
        .lines()
        .filter_map(|line| line.trim().split_once('='))
        .map(|(name, value)| (name, unquote(value)))
        .collect();
    let field = |name: &str| fields.get(name).filter(|value| !value.is_empty()).cloned();
    Release {
        name: field("PRETTY_NAME").or_else(|| field("NAME")),
        id: field("ID"),
        version: field("VERSION_ID"),
        build: field("BUILD_ID").or_else(|| field("IMAGE_VERSION")),
        like: field("ID_LIKE"),
    }
}

/// Shell quoting as os-release(5) allows it.
fn unquote(value: &str) -> String {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|it| it.strip_suffix(quote)) {
            return inner.replace("\\\"", "\"").replace("\\$", "$").replace("\\`", "`").replace("\\\\", "\\");
        }
    }
    value.to_owned()
}

/// The kernel's release: `6.1.0-18-amd64`.
pub fn kernel_release(root: &Path) -> Option<String> {
    let recorded = read_line(&root.join("proc/sys/kernel/osrelease"));
    recorded.or_else(|| (root == Path::new("/")).then(sysinfo::System::kernel_version)?.ok())
}

/// The processor's family that this program was built for: `x86_64`, `aarch64`.
pub fn architecture() -> &'static str {
    std::env::consts::ARCH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_and_bare_values_are_read() {
        let text = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n# comment\nID=debian\nVERSION_ID='12'\nBUILD_ID=\nbroken\n";
        let found = of_os_release(text);
        assert_eq!(found.name.as_deref(), Some("Debian GNU/Linux 12 (bookworm)"));
        assert_eq!(
            (found.id.as_deref(), found.version.as_deref(), found.build),
            (Some("debian"), Some("12"), None)
        );
    }

    #[test]
    fn an_unknown_system_has_no_release() {
        assert_eq!(release(Path::new("/nowhere")), Release::default());
    }
}
