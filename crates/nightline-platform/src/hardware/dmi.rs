//! Maker, model, serial number and asset tag by SMBIOS under `/sys/class/dmi/id`, or by the device tree.

use std::io::ErrorKind;
use std::path::Path;

use super::Told;
use crate::source::read_line;

/// What the maker wrote into the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Who made it.
    pub manufacturer: Told,
    /// What the maker calls it.
    pub model: Told,
    /// The maker's serial number. Private.
    pub serial: Told,
    /// The owner's asset tag. Private.
    pub asset_tag: Told,
    /// The firmware's version and date.
    pub firmware: Told,
}

/// What the maker wrote into the machine.
pub fn identity(root: &Path) -> Identity {
    let dmi = root.join("sys/class/dmi/id");
    if dmi.is_dir() {
        let told = |names: &[&str]| {
            let all = names.iter().map(|name| field(&dmi.join(name)));
            all.reduce(
                |best, next| if best.known().is_none() && next.known().is_some() { next } else { best },
            )
            .unwrap_or(Told::NotTold)
        };
        // Lenovo writes the name that people know into the version.
        let lenovo = told(&["sys_vendor"]).known() == Some("LENOVO");
        let model = if lenovo { told(&["product_version", "product_name"]) } else { told(&["product_name"]) };
        return Identity {
            manufacturer: told(&["sys_vendor", "board_vendor"]),
            model,
            serial: told(&["product_serial", "chassis_serial"]),
            asset_tag: told(&["chassis_asset_tag", "board_asset_tag"]),
            firmware: match (told(&["bios_version"]), told(&["bios_date"])) {
                (Told::Known(version), Told::Known(date)) => Told::Known(format!("{version} ({date})")),
                (version, _) => version,
            },
        };
    }
    let tree = root.join("proc/device-tree");
    let told = |name: &str| read_line(&tree.join(name)).map_or(Told::NotTold, Told::Known);
    Identity {
        // `raspberrypi,5-model-b` begins with the maker.
        manufacturer: match told("compatible") {
            Told::Known(text) => {
                text.split(',').next().map_or(Told::NotTold, |it| Told::Known(it.to_owned()))
            }
            other => other,
        },
        model: told("model"),
        serial: told("serial-number"),
        asset_tag: Told::NotTold,
        firmware: Told::NotTold,
    }
}

fn field(path: &Path) -> Told {
    match std::fs::read(path) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes).trim().to_owned();
            if is_placeholder(&text) { Told::NotSet } else { Told::Known(text) }
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Told::NeedsAdministrator,
        Err(_) => Told::NotTold,
    }
}

/// What makers write when they write nothing.
fn is_placeholder(text: &str) -> bool {
    const PLACEHOLDERS: [&str; 17] = [
        "to be filled by o.e.m.",
        "to be filled by oem",
        "default string",
        "system serial number",
        "system product name",
        "system manufacturer",
        "system version",
        "not specified",
        "not applicable",
        "not available",
        "asset-1234567890",
        "no asset tag",
        "no asset information",
        "o.e.m.",
        "invalid",
        "unknown",
        "none",
    ];
    let text = text.to_ascii_lowercase();
    let is_filler = |text: &str| text.chars().all(|c| matches!(c, '0' | '.' | '-' | ' ' | 'x' | '*'));
    is_filler(&text) || text == "123456789" || text == "0123456789" || PLACEHOLDERS.contains(&text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makers_leave_empty_is_not_a_name() {
        for text in ["", "To Be Filled By O.E.M.", "Default string", "00000000", "None", "0123456789", "..."]
        {
            assert!(is_placeholder(text), "{text:?}");
        }
        for text in ["PF2ABCDE", "20XW004GUS", "VMware-56 4d", "Standard PC (Q35 + ICH9, 2009)", "0042"] {
            assert!(!is_placeholder(text), "{text:?}");
        }
    }

    #[test]
    fn a_lenovo_is_called_what_people_call_it() {
        let root = tempfile::tempdir().unwrap();
        let dmi = root.path().join("sys/class/dmi/id");
        std::fs::create_dir_all(&dmi).unwrap();
        for (name, text) in [
            ("sys_vendor", "LENOVO\n"),
            ("product_name", "20XW004GUS\n"),
            ("product_version", "ThinkPad X1 Carbon Gen 9\n"),
            ("product_serial", "Default string\n"),
            ("chassis_serial", "PF2ABCDE\n"),
            ("chassis_asset_tag", "No Asset Tag\n"),
        ] {
            std::fs::write(dmi.join(name), text).unwrap();
        }
        let found = identity(root.path());
        assert_eq!(found.model.known(), Some("ThinkPad X1 Carbon Gen 9"));
        assert_eq!(found.serial.known(), Some("PF2ABCDE"));
        assert_eq!((found.asset_tag, found.firmware), (Told::NotSet, Told::NotTold));
    }

    #[test]
    fn a_board_with_a_device_tree_names_itself() {
        let root = tempfile::tempdir().unwrap();
        let tree = root.path().join("proc/device-tree");
        std::fs::create_dir_all(&tree).unwrap();
        std::fs::write(tree.join("model"), "Raspberry Pi 5 Model B Rev 1.0\0").unwrap();
        std::fs::write(tree.join("compatible"), "raspberrypi,5-model-b\0brcm,bcm2712\0").unwrap();
        let found = identity(root.path());
        assert_eq!(found.model.known(), Some("Raspberry Pi 5 Model B Rev 1.0"));
        assert_eq!(found.manufacturer.known(), Some("raspberrypi"));
    }
}
