//! Exit codes and failures: what a script acts on and what a person reads.

use nightline_text::Texts;
use nightline_types::Message;
use serde_json::json;

/// The same for every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Done. A broken machine that was found is done too.
    Done = 0,
    /// Anything that has no code of its own.
    Failed = 1,
    /// The command line was not understood.
    Usage = 2,
    /// An input file is wrong.
    Input = 3,
    /// Policy does not allow it.
    NotAllowed = 4,
    /// Accepted and safe on disk, not yet delivered.
    Queued = 5,
    /// The desk said no.
    Refused = 6,
    /// Stopped by the person or by the deadline.
    Stopped = 7,
}

impl Exit {
    /// The worse of two: a failure outweighs a refusal, a refusal what only has to wait.
    pub(crate) fn worse(self, other: Self) -> Self {
        let weight = |exit| match exit {
            Self::Done => 0,
            Self::Queued => 1,
            Self::Refused => 2,
            Self::Failed | Self::Usage | Self::Input | Self::NotAllowed | Self::Stopped => 3,
        };
        if weight(other) > weight(self) { other } else { self }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command could not do its work: a sentence for the person, a detail for whoever asks them for it.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) message: Message,
    pub(crate) detail: Option<String>,
}

impl Failure {
    /// A failure without details.
    pub(crate) fn new(exit: Exit, message: Message) -> Self {
        Self { exit, message, detail: None }
    }

    /// A failure with the error that caused it.
    pub(crate) fn with(exit: Exit, message: Message, error: &(dyn std::error::Error + 'static)) -> Self {
        Self { exit, message, detail: Some(nightline_types::chain(error)) }
    }

    /// As it is printed on standard error: the sentence, then the detail on a line of its own.
    pub(crate) fn text(&self, texts: &Texts) -> String {
        let mut text = texts.say(&self.message);
        if let Some(detail) = &self.detail {
            let detail = Message::new("cli-detail").arg("detail", printable(detail));
            text.push('\n');
            text.push_str(&texts.say(&detail));
        }
        text
    }

    /// As `--json` prints it on standard error.
    pub(crate) fn json(&self, texts: &Texts) -> serde_json::Value {
        let mut message = self.message.clone();
        texts.fill(&mut message);
        json!({ "schema": "nightline.error/1", "exit": self.exit as u8, "message": message, "detail": self.detail })
    }
}

/// Foreign text for a terminal: control and direction characters are shown, not obeyed.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c.to_string(),
            c if c.is_control()
                || matches!(
                    c,
                    '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
                ) =>
            {
                c.escape_unicode().to_string()
            }
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_cannot_steer_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c\n认证"), "a\\u{1b}[31mb\\u{202e}c\n认证");
        assert_eq!(
            printable("a\u{61c}b\u{200b}c\u{2028}d\u{2029}\u{200f}"),
            "a\\u{61c}b\\u{200b}c\\u{2028}d\\u{2029}\\u{200f}"
        );
    }
}
