//! The person's words as items, so that each can be unticked. Only what is wrong is required.

use nightline_protocol::Disclosure;
use nightline_types::{Intake, Message, WhichMachine};

use super::Item;

/// Fields that are shown and dropped together.
pub(super) struct Group {
    id: &'static str,
    title: &'static str,
    required: bool,
    /// Empties the group's fields.
    forget: fn(&mut Intake),
}

pub(super) const GROUPS: [Group; 9] = [
    Group { id: "intake-what", title: "bundle-item-what", required: true, forget: |_| {} },
    Group { id: "intake-error", title: "bundle-item-error", required: false, forget: |it| it.error = None },
    Group {
        id: "intake-time",
        title: "bundle-item-time",
        required: false,
        forget: |it| (it.when, it.until) = (None, None),
    },
    Group { id: "intake-steps", title: "bundle-item-steps", required: false, forget: |it| it.steps = None },
    Group {
        id: "intake-expected",
        title: "bundle-item-expected",
        required: false,
        forget: |it| it.expected = None,
    },
    Group {
        id: "intake-circumstances",
        title: "bundle-item-circumstances",
        required: false,
        forget: |it| (it.pattern, it.scope, it.impact) = (None, None, None),
    },
    Group {
        id: "intake-target",
        title: "bundle-item-target",
        required: false,
        forget: |it| it.target = None,
    },
    Group {
        id: "intake-other-machine",
        title: "bundle-item-other-machine",
        required: false,
        forget: |it| (it.machine, it.other_machine) = (WhichMachine::This, None),
    },
    Group {
        id: "intake-contact",
        title: "bundle-item-contact",
        required: false,
        forget: |it| it.contact = None,
    },
];

impl Group {
    /// The group as an item; none where the person left all its fields empty.
    pub(super) fn item(&self, intake: &Intake) -> Option<Item> {
        let bytes = if self.required { intake.what.len() } else { self.size(intake) };
        (bytes > 0 || self.required).then(|| Item {
            id: self.id.to_owned(),
            title: Message::new(self.title),
            bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
            disclosure: Disclosure::Disclosed,
            replaced: 0,
            required: self.required,
            included: true,
        })
    }

    /// How much of the intake's JSON is this group's; that much would leave with it.
    fn size(&self, intake: &Intake) -> usize {
        let mut rest = intake.clone();
        (self.forget)(&mut rest);
        if rest == *intake {
            return 0;
        }
        // Writing texts and times as JSON into memory does not fail.
        let size = |intake: &Intake| serde_json::to_vec(intake).map_or(0, |bytes| bytes.len());
        size(intake).saturating_sub(size(&rest))
    }
}

/// A group's fields as text; nothing where `id` names no group. Only what is wrong stands for itself, the others are
/// shown as they stand in the intake's document.
pub(super) fn text(intake: &Intake, id: &str) -> Option<String> {
    let group = GROUPS.iter().find(|group| group.id == id)?;
    if group.required {
        return Some(intake.what.clone());
    }
    if group.id == "intake-error" {
        return intake.error.clone();
    }
    let mut rest = intake.clone();
    (group.forget)(&mut rest);
    let (whole, rest) = (serde_json::to_value(intake).ok()?, serde_json::to_value(rest).ok()?);
    let lines = whole.as_object()?.iter().filter(|(key, value)| rest.get(key.as_str()) != Some(*value));
    let lines = lines.map(|(key, value)| match value.as_str() {
        Some(text) => format!("{key}: {text}"),
        None => format!("{key}: {value}"),
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// The intake without the groups that are not included.
pub(super) fn kept(intake: &Intake, included: impl Fn(&str) -> bool) -> Intake {
    let mut rest = intake.clone();
    for group in GROUPS.iter().filter(|group| !group.required && !included(group.id)) {
        (group.forget)(&mut rest);
    }
    rest
}
