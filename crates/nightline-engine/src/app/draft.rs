//! What a person has begun to write, as it lies on the disk: `nightline.draft/1`.

use nightline_view::{Answers, HelpStep};
use serde::{Deserialize, Serialize};

/// The name of this format.
pub const DRAFT_SCHEMA: &str = "nightline.draft/1";

/// A way that was begun. A draft of a later version is left alone and not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Always [`DRAFT_SCHEMA`].
    pub schema: String,
    /// Where the person was.
    pub step: HelpStep,
    /// What they have answered.
    pub answers: Answers,
}

impl Draft {
    /// The draft in a file's text; nothing where it is damaged or of a later version.
    pub fn parse(text: &str) -> Option<Self> {
        let draft: Self = serde_json::from_str(text).ok()?;
        // A page that needs what a worker found is made again from the questions.
        let step = draft.step.min(HelpStep::Found);
        (draft.schema == DRAFT_SCHEMA).then_some(Self { step, ..draft })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_version_1_wrote_and_starts_no_later_than_what_was_found() {
        let text = r#"{"schema":"nightline.draft/1","step":"preview","answers":{"what":"断网","later":1}}"#;
        let draft = Draft::parse(text).unwrap();
        assert_eq!((draft.step, draft.answers.what.as_str()), (HelpStep::Found, "断网"));
    }

    #[test]
    fn leaves_alone_what_it_cannot_read() {
        for text in ["", "{", "[]", r#"{"schema":"nightline.draft/2","step":"what","answers":{}}"#] {
            assert_eq!(Draft::parse(text), None, "{text}");
        }
    }
}
