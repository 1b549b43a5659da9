//! Which machine this is: maker, model, serial number, asset tag, processor, cloud.
//!
//! Reads files only. Never asks a cloud's metadata address: on an office network somebody else may answer there.

mod cloud;
mod dmi;

use std::path::Path;

use crate::source::{read_line, read_small};

pub use cloud::{Cloud, cloud};
pub use dmi::{Identity, identity};

/// Something that the system tells, or the reason why it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is this.
    Known(String),
    /// Only an administrator may read it.
    NeedsAdministrator,
    /// The maker left it empty or wrote a placeholder.
    NotSet,
    /// The system has no such thing.
    NotTold,
}

impl Told {
    /// The value, if it is known.
    pub fn known(&self) -> Option<&str> {
        match self {
            Self::Known(value) => Some(value),
            _ => None,
        }
    }
}

/// The processor's name by `/proc/cpuinfo`; on other processors than x86 by the device tree's model.
pub fn processor(root: &Path) -> Option<String> {
    let text = read_small(&root.join("proc/cpuinfo")).unwrap_or_default();
    let named = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        matches!(name.trim(), "model name" | "Processor" | "cpu model").then(|| value.trim().to_owned())
    });
    named.filter(|name| !name.is_empty()).or_else(|| read_line(&root.join("proc/device-tree/model")))
}

/// What kind of virtual machine or container this is, as far as files tell; `None` on bare metal as far as we see.
pub fn virtualization(root: &Path) -> Option<String> {
    if root.join(".dockerenv").exists() {
        return Some("docker".to_owned());
    }
    if root.join("run/.containerenv").exists() {
        return Some("podman".to_owned());
    }
    let vendor = read_line(&root.join("sys/class/dmi/id/sys_vendor")).unwrap_or_default();
    let product = read_line(&root.join("sys/class/dmi/id/product_name")).unwrap_or_default();
    let known = [
        ("QEMU", "qemu"),
        ("VMware", "vmware"),
        ("VirtualBox", "virtualbox"),
        ("Xen", "xen"),
        ("Amazon EC2", "kvm"),
        ("Google", "kvm"),
        ("KVM", "kvm"),
        ("Parallels", "parallels"),
        ("Bochs", "bochs"),
    ];
    let by_name =
        known.iter().find(|(mark, _)| vendor.contains(mark) || product.contains(mark)).map(|it| it.1);
    // Hyper-V and Azure name the maker of ordinary laptops too.
    let microsoft = vendor == "Microsoft Corporation" && product == "Virtual Machine";
    let flagged = read_small(&root.join("proc/cpuinfo")).is_ok_and(|text| {
        text.lines().any(|line| line.starts_with("flags") && line.split(' ').any(|flag| flag == "hypervisor"))
    });
    by_name.or(microsoft.then_some("hyper-v")).or(flagged.then_some("virtual")).map(str::to_owned)
}
