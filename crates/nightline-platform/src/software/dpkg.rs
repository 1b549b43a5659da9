//! `/var/lib/dpkg/status`: one block for each package that dpkg ever knew. Read as a stream: it has several megabytes.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::Package;

/// A machine with ten thousand packages has about 12 MB.
const LIMIT: u64 = 64 * 1024 * 1024;

/// Packages that are installed; removed ones keep a block for their settings.
pub(super) fn installed(path: &Path) -> io::Result<Vec<Package>> {
    parse(BufReader::new(File::open(path)?.take(LIMIT)))
}

fn parse(lines: impl BufRead) -> io::Result<Vec<Package>> {
    let mut packages = Vec::new();
    let (mut name, mut version, mut is_installed) = (None, None, false);
    for line in lines.split(b'\n').chain(std::iter::once(Ok(Vec::new()))) {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        if line.is_empty() {
            if let (Some(name), Some(version), true) = (name.take(), version.take(), is_installed) {
                packages.push(Package { name, version });
            }
            is_installed = false;
        } else if let Some(value) = line.strip_prefix("Package: ") {
            name = Some(value.to_owned());
        } else if let Some(value) = line.strip_prefix("Version: ") {
            version = Some(value.to_owned());
        } else if let Some(value) = line.strip_prefix("Status: ") {
            is_installed = value.ends_with(" installed");
        }
    }
    Ok(packages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removed_packages_are_not_installed() {
        let text = "Package: curl\nStatus: install ok installed\nDescription: x\n Version: no field\nVersion: 7.88.1\n\nPackage: nano\nStatus: deinstall ok config-files\nVersion: 7.2\n\nPackage: zstd\nStatus: hold ok installed\nVersion: 1.5";
        let found = parse(text.as_bytes()).unwrap();
        let found: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.version.as_str())).collect();
        assert_eq!(found, [("curl", "7.88.1"), ("zstd", "1.5")]);
        assert!(parse(&b""[..]).unwrap().is_empty());
    }
}
