//! Joins what several checks learned about the machine. The first that knows a field keeps it.

use nightline_types::Machine;

macro_rules! take {
    ($into:ident, $from:ident, $($field:ident),*) => {$(
        if $into.$field.is_none() {
            $into.$field = $from.$field;
        }
        if $into.$field.is_some() {
            $into.withheld.remove(stringify!($field));
        }
    )*};
}

/// Fills what `into` does not know yet. A field that is known is not withheld.
pub(super) fn merge(into: &mut Machine, from: Machine) {
    for (field, reason) in from.withheld {
        into.withheld.entry(field).or_insert(reason);
    }
    take!(
        into,
        from,
        host_name,
        user_name,
        os,
        os_build,
        architecture,
        manufacturer,
        model,
        serial,
        asset_tag,
        processor,
        memory_bytes,
        cloud_provider,
        cloud_instance,
        cloud_region
    );
}

#[cfg(test)]
mod tests {
    use nightline_types::{Message, Withheld};

    use super::*;

    #[test]
    fn a_field_that_any_check_knows_is_not_withheld() {
        let mut into = Machine { os: Some("first".into()), ..Machine::default() };
        let reason = Withheld { reason: Message::new("withheld-needs-administrator") };
        into.withheld.insert("serial".into(), reason.clone());
        let mut from =
            Machine { os: Some("second".into()), serial: Some("123".into()), ..Machine::default() };
        from.withheld.insert("os".into(), reason.clone());
        from.withheld.insert("model".into(), reason);
        merge(&mut into, from);
        assert_eq!((into.os.as_deref(), into.serial.as_deref()), (Some("first"), Some("123")));
        assert_eq!(into.withheld.keys().collect::<Vec<_>>(), ["model"]);
    }
}
