//! Proves which machine this is, so that nobody has to ask.
//!
//! Method: SMBIOS by `/sys/class/dmi/id` or the device tree, `/proc/cpuinfo`, `/proc/meminfo`, what cloud-init wrote
//! down; no metadata address is asked. No thresholds: it is healthy if anything is known.
//! False positives: placeholders that makers leave in ("To Be Filled By O.E.M.") are recognised and count as not set.
//! On Linux serial number and asset tag are for root only; they are then named as withheld.

use std::time::Duration;

use futures_util::FutureExt;
use nightline_platform::hardware::{self, Cloud, Identity, Told};
use nightline_platform::{network, system};
use nightline_types::{CheckId, Machine, Message, Privacy, Unit, Withheld};

use super::local::{blocking, too_slow};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

const LIMIT: Duration = Duration::from_secs(3);
/// Below the check's own limit, so that its answer says what was slow.
const READ_LIMIT: Duration = Duration::from_secs(2);

const FACTS: &[FactSpec] = &[
    FactSpec::new("host_name", "What the machine calls itself").private(Privacy::Host),
    FactSpec::new("user_name", "Who is signed in").private(Privacy::User),
    FactSpec::new("manufacturer", "Who made the machine"),
    FactSpec::new("model", "What the maker calls it"),
    FactSpec::new("serial", "The maker's serial number").private(Privacy::Serial),
    FactSpec::new("asset_tag", "The owner's asset tag").private(Privacy::Serial),
    FactSpec::new("firmware", "Version and date of the firmware"),
    FactSpec::new("processor", "The processor's name"),
    FactSpec::new("memory_bytes", "Memory").unit(Unit::Bytes),
    FactSpec::new("virtualization", "What kind of virtual machine or container it is; absent on bare metal"),
    FactSpec::new("cloud_provider", "The cloud it runs in"),
    FactSpec::new("cloud_instance", "The cloud's id of this machine").private(Privacy::Serial),
    FactSpec::new("cloud_region", "The cloud's region"),
];

pub(super) struct MachineIdentity;

impl Check for MachineIdentity {
    fn id(&self) -> CheckId {
        CheckId::new("machine-identity")
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
    let identity = hardware::identity(root);
    let cloud = hardware::cloud(root);
    let mut machine = Machine {
        host_name: network::host_name(root),
        user_name: network::user_name(root, &context.environment),
        processor: hardware::processor(root),
        memory_bytes: system::memory(root).ok().map(|it| it.total),
        ..Machine::default()
    };
    fill(&mut machine, &identity, cloud.as_ref());
    let mut notes = Notes::new(FACTS, (context.clock)());
    notes.put_some("host_name", machine.host_name.clone(), "kernel");
    notes.put_some("user_name", machine.user_name.clone(), "user-database");
    notes.put_some("manufacturer", machine.manufacturer.clone(), "firmware");
    notes.put_some("model", machine.model.clone(), "firmware");
    notes.put_some("serial", machine.serial.clone(), "firmware");
    notes.put_some("asset_tag", machine.asset_tag.clone(), "firmware");
    notes.put_some("firmware", identity.firmware.known(), "firmware");
    notes.put_some("processor", machine.processor.clone(), "proc-cpuinfo");
    notes.put_some("memory_bytes", machine.memory_bytes, "proc-meminfo");
    notes.put_some("virtualization", hardware::virtualization(root), "firmware");
    notes.put_some("cloud_provider", machine.cloud_provider.clone(), "cloud-init");
    notes.put_some("cloud_instance", machine.cloud_instance.clone(), "cloud-init");
    notes.put_some("cloud_region", machine.cloud_region.clone(), "cloud-init");
    let facts = notes.take();
    let found = if facts.is_empty() {
        Found::unknown(Message::new("check-unknown-nothing-readable"), facts)
    } else {
        Found::healthy(facts)
    };
    Found { machine: Some(machine), ..found }
}

fn fill(machine: &mut Machine, identity: &Identity, cloud: Option<&Cloud>) {
    let mut take = |name: &str, told: &Told| {
        let reason = match told {
            Told::Known(value) => return Some(value.clone()),
            Told::NeedsAdministrator => "withheld-needs-administrator",
            Told::NotSet => "withheld-not-set-by-maker",
            Told::NotTold => "withheld-not-told",
        };
        machine.withheld.insert(name.to_owned(), Withheld { reason: Message::new(reason) });
        None
    };
    let manufacturer = take("manufacturer", &identity.manufacturer);
    let model = take("model", &identity.model);
    let serial = take("serial", &identity.serial);
    let asset_tag = take("asset_tag", &identity.asset_tag);
    let (instance, region) = match cloud {
        Some(cloud) => (take("cloud_instance", &cloud.instance), take("cloud_region", &cloud.region)),
        None => {
            for name in ["cloud_provider", "cloud_instance", "cloud_region"] {
                let reason = Message::new("withheld-not-a-cloud-machine");
                machine.withheld.insert(name.to_owned(), Withheld { reason });
            }
            (None, None)
        }
    };
    for (name, is_known) in [
        ("host_name", machine.host_name.is_some()),
        ("user_name", machine.user_name.is_some()),
        ("processor", machine.processor.is_some()),
        ("memory_bytes", machine.memory_bytes.is_some()),
    ] {
        if !is_known {
            let reason = Message::new("withheld-not-told");
            machine.withheld.insert(name.to_owned(), Withheld { reason });
        }
    }
    machine.manufacturer = manufacturer;
    machine.model = model;
    machine.serial = serial;
    machine.asset_tag = asset_tag;
    machine.cloud_provider = cloud.map(|it| it.provider.clone());
    machine.cloud_instance = instance;
    machine.cloud_region = region;
}
