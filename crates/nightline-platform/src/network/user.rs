//! Who is signed in and what the machine calls itself. Looks up nobody else.

use std::collections::BTreeMap;
use std::path::Path;

use crate::source::{read_line, read_small};

/// The name of the user that this process runs as: by `/etc/passwd`, else by the environment (directory users are
/// not in the file).
pub fn user_name(root: &Path, environment: &BTreeMap<String, String>) -> Option<String> {
    let listed = user_id().and_then(|id| named(&read_small(&root.join("etc/passwd")).ok()?, id));
    listed.or_else(|| ["USER", "LOGNAME", "USERNAME"].iter().find_map(|it| environment.get(*it).cloned()))
}

fn named(passwd: &str, id: u32) -> Option<String> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(id)).then(|| name.to_owned())
    })
}

#[cfg(unix)]
fn user_id() -> Option<u32> {
    Some(rustix::process::getuid().as_raw())
}

#[cfg(not(unix))]
fn user_id() -> Option<u32> {
    None
}

/// The machine's own name, as the kernel has it; for a recorded machine as its file has it.
pub fn host_name(root: &Path) -> Option<String> {
    let kernel = read_line(&root.join("proc/sys/kernel/hostname"));
    kernel
        .or_else(|| read_line(&root.join("etc/hostname")))
        .or_else(|| (root == Path::new("/")).then(sysinfo::System::host_name)?.ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_number() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\nbroken\nmei:x:1000:1000:Mei,,,:/home/mei:/bin/zsh\n";
        assert_eq!(named(passwd, 1000).as_deref(), Some("mei"));
        assert_eq!(named(passwd, 7), None);
    }
}
