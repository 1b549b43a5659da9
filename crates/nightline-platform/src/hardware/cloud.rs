//! In which cloud the machine runs, by what cloud-init wrote down and by SMBIOS. Sends no packet.

use std::path::Path;

use serde_json::Value;

use super::Told;
use crate::source::{read_line, read_small};

/// The cloud that a machine runs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cloud {
    /// `aws`, `azure`, `gcp`, `aliyun`, … as cloud-init names them.
    pub provider: String,
    /// The cloud's id of this machine. Private.
    pub instance: Told,
    /// Its region.
    pub region: Told,
}

/// The cloud, if this is a machine of one.
pub fn cloud(root: &Path) -> Option<Cloud> {
    let run = root.join("run/cloud-init/instance-data.json");
    let noted = read_small(&run).ok().and_then(|text| of_instance_data(&text));
    noted.or_else(|| of_firmware(root))
}

/// The stable keys under `v1` (cloud-init documentation, "Instance metadata").
fn of_instance_data(text: &str) -> Option<Cloud> {
    let data: Value = serde_json::from_str(text).ok()?;
    let v1 = data.get("v1")?;
    let field = |name: &str| {
        let text = v1.get(name).and_then(Value::as_str).filter(|text| !text.is_empty() && *text != "unknown");
        text.map(str::to_owned)
    };
    let provider = field("cloud_name").or_else(|| field("cloud_id"))?;
    // Written for virtual machines at home, too.
    if matches!(provider.as_str(), "none" | "nocloud" | "configdrive" | "unknown") {
        return None;
    }
    Some(Cloud {
        provider,
        instance: field("instance_id").map_or(Told::NotTold, Told::Known),
        region: field("region").map_or(Told::NotTold, Told::Known),
    })
}

/// Markers that the clouds document for this purpose. A region is not among them.
fn of_firmware(root: &Path) -> Option<Cloud> {
    let dmi = |name: &str| read_line(&root.join("sys/class/dmi/id").join(name)).unwrap_or_default();
    let (vendor, product) = (dmi("sys_vendor"), dmi("product_name"));
    let (provider, instance) = match (vendor.as_str(), product.as_str()) {
        // Nitro machines carry the instance's id as the board's asset tag.
        ("Amazon EC2", _) => ("aws", Told::Known(dmi("board_asset_tag"))),
        _ if dmi("bios_version").contains("amazon") => ("aws", Told::NotTold),
        ("Google", _) | (_, "Google Compute Engine") => ("gcp", Told::NotTold),
        ("Microsoft Corporation", _) if dmi("chassis_asset_tag") == "7783-7084-3265-9085-8269-3286-77" => {
            ("azure", Told::NotTold)
        }
        ("Alibaba Cloud", _) => ("aliyun", Told::NotTold),
        ("Tencent Cloud", _) => ("tencent", Told::NotTold),
        ("Hetzner", _) => ("hetzner", Told::NotTold),
        ("DigitalOcean", _) => ("digitalocean", Told::NotTold),
        _ => return None,
    };
    let instance = match instance {
        Told::Known(id) if !id.starts_with("i-") => Told::NotTold,
        other => other,
    };
    Some(Cloud { provider: provider.to_owned(), instance, region: Told::NotTold })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cloud_init_noted_is_taken() {
        let text =
            r#"{"v1":{"cloud_name":"aws","cloud_id":"aws","instance_id":"i-0abc","region":"eu-central-1"}}"#;
        let expected = Cloud {
            provider: "aws".into(),
            instance: Told::Known("i-0abc".into()),
            region: Told::Known("eu-central-1".into()),
        };
        assert_eq!(of_instance_data(text), Some(expected));
    }

    #[test]
    fn a_virtual_machine_at_home_is_no_cloud() {
        for text in [r#"{"v1":{"cloud_name":"unknown","cloud_id":"nocloud"}}"#, "{}", "", "[1"] {
            assert_eq!(of_instance_data(text), None, "{text}");
        }
        assert_eq!(cloud(Path::new("/nowhere")), None);
    }

    #[test]
    fn the_firmware_names_the_cloud_where_nobody_noted_it() {
        let root = tempfile::tempdir().unwrap();
        let dmi = root.path().join("sys/class/dmi/id");
        std::fs::create_dir_all(&dmi).unwrap();
        std::fs::write(dmi.join("sys_vendor"), "Amazon EC2\n").unwrap();
        std::fs::write(dmi.join("board_asset_tag"), "i-0123456789abcdef0\n").unwrap();
        let found = cloud(root.path()).unwrap();
        assert_eq!((found.provider.as_str(), found.instance.known()), ("aws", Some("i-0123456789abcdef0")));
        assert_eq!(found.region, Told::NotTold);
    }
}
