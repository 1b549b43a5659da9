//! Questions to the machine itself: who it is, how it is, what changed. Asks no network.

mod cpu_pressure;
mod disk_pressure;
mod installed_software;
mod local;
mod machine_identity;
mod memory_pressure;
mod os_build;
mod recent_updates;
mod system_log;
mod uptime_boots;

use std::sync::Arc;

use crate::Check;

/// The machine's checks in the order of the report.
pub(crate) fn checks() -> Vec<Arc<dyn Check>> {
    vec![
        Arc::new(machine_identity::MachineIdentity),
        Arc::new(os_build::OsBuild),
        Arc::new(uptime_boots::UptimeBoots),
        Arc::new(cpu_pressure::CpuPressure),
        Arc::new(memory_pressure::MemoryPressure),
        Arc::new(disk_pressure::DiskPressure),
        Arc::new(recent_updates::RecentUpdates),
        Arc::new(installed_software::InstalledSoftware),
        Arc::new(system_log::SystemLog),
    ]
}

#[cfg(test)]
mod tests;
