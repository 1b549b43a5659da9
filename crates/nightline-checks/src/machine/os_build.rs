//! Proves which system runs, by its exact build.
//!
//! Method: os-release(5), the kernel's release, `/etc/localtime`, `/run/reboot-required`, `/lib/modules`.
//! Degraded where the running kernel's modules were removed by an update: from then on nothing that needs a new module
//! works (USB devices, VPN, file systems), until the next start. That a restart is merely wanted is a fact, no fault.
//! False positives: containers share a kernel whose modules they do not have; so there must be modules of another one.

use std::path::Path;
use std::time::Duration;

use futures_util::FutureExt;
use nightline_platform::{system, time_zone_name};
use nightline_types::{CheckId, Machine, Message};

use super::local::{blocking, too_slow};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

const LIMIT: Duration = Duration::from_secs(3);
/// Below the check's own limit, so that its answer says what was slow.
const READ_LIMIT: Duration = Duration::from_secs(2);

const FACTS: &[FactSpec] = &[
    FactSpec::new("os", "The system's name with its version"),
    FactSpec::new("os_id", "The system's short name: `debian`"),
    FactSpec::new("os_version", "The system's version: `12`"),
    FactSpec::new("os_image", "The maker's image or build number, where there is one"),
    FactSpec::new("kernel", "The running kernel's release"),
    FactSpec::new("architecture", "The processor family that Nightline was built for"),
    FactSpec::new("time_zone", "The machine's time zone"),
    FactSpec::new("restart_wanted", "Whether an update waits for a restart"),
    FactSpec::new("kernel_modules_present", "Whether the running kernel's modules are still there"),
];

pub(super) struct OsBuild;

impl Check for OsBuild {
    fn id(&self) -> CheckId {
        CheckId::new("os-build")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        async move {
            let asked = context.clone();
            blocking(READ_LIMIT, move || look(&asked)).await.unwrap_or_else(too_slow)
        }
        .boxed()
    }
}

fn look(context: &Context) -> Found {
    let root = &context.root_dir;
    let release = system::release(root);
    let kernel = system::kernel_release(root);
    let mut notes = Notes::new(FACTS, (context.clock)());
    notes.put_some("os", release.name.clone(), "os-release");
    notes.put_some("os_id", release.id, "os-release");
    notes.put_some("os_version", release.version, "os-release");
    notes.put_some("os_image", release.build, "os-release");
    notes.put_some("kernel", kernel.clone(), "kernel");
    notes.put("architecture", system::architecture(), "build");
    notes.put_some("time_zone", time_zone_name(root), "localtime");
    notes.put("restart_wanted", root.join("run/reboot-required").exists(), "reboot-required");
    let has_modules = kernel.as_deref().and_then(|kernel| modules_present(root, kernel));
    notes.put_some("kernel_modules_present", has_modules, "lib-modules");
    let machine = Machine {
        os: release.name.clone(),
        os_build: kernel.clone(),
        architecture: Some(system::architecture().to_owned()),
        ..Machine::default()
    };
    let facts = notes.take();
    let found = match (has_modules, &release.name, &kernel) {
        (Some(false), _, Some(kernel)) => {
            Found::degraded(Message::new("reason-kernel-modules-gone").arg("kernel", kernel.as_str()), facts)
        }
        (_, None, None) => Found::unknown(Message::new("check-unknown-nothing-readable"), facts),
        _ => Found::healthy(facts),
    };
    Found { machine: Some(machine), ..found }
}

/// `None` where there are no modules of any kernel.
fn modules_present(root: &Path, kernel: &str) -> Option<bool> {
    let dir =
        ["usr/lib/modules", "lib/modules"].into_iter().map(|it| root.join(it)).find(|it| it.is_dir())?;
    let mut kernels = std::fs::read_dir(&dir).ok()?.flatten().filter(|it| it.path().join("kernel").is_dir());
    kernels.next()?;
    Some(dir.join(kernel).is_dir())
}
