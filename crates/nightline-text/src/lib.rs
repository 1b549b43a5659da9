//! Turns message ids with arguments into sentences, in the reader's language.
//!
//! The only place that knows Fluent. The sentences are in `locales/`, which `ui/` reads too.
//! Never fails: a missing sentence shows as its id, and a test makes sure that none is missing.

mod language;
mod report;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use nightline_types::{Message, Value};

pub use language::Language;
pub use report::fill_report;

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/locales");

/// The sentences of one language. English stands behind every other language.
pub struct Texts {
    language: Language,
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Texts {
    /// Reads the built-in sentences of `language`.
    pub fn new(language: Language) -> Self {
        let mut order = vec![language];
        if language != Language::English {
            order.push(Language::English);
        }
        Self { language, bundles: order.into_iter().map(bundle).collect() }
    }

    /// Which language these are.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The sentence of a message.
    pub fn say(&self, message: &Message) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in &message.args {
            args.set(name.clone(), self.argument(value));
        }
        self.format(message.id.as_str(), &args)
    }

    /// A sentence without arguments.
    pub fn plain(&self, id: &'static str) -> String {
        self.format(id, &FluentArgs::new())
    }

    /// Whether there is a sentence with this id.
    pub fn knows(&self, id: &str) -> bool {
        self.bundles.iter().any(|bundle| bundle.has_message(id))
    }

    /// Puts the sentence into `message.text`.
    pub fn fill(&self, message: &mut Message) {
        message.text = self.say(message);
    }

    /// An argument may be the id of another message, written `@id`: a name of a check, a unit, a culprit.
    fn argument(&self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Int(_) | Value::Float(_) => FluentValue::from(value.as_f64().unwrap_or_default()),
            Value::Text(text) => match text.strip_prefix('@') {
                Some(id) if self.knows(id) => FluentValue::from(self.format(id, &FluentArgs::new())),
                _ => FluentValue::from(text.clone()),
            },
            other => FluentValue::from(other.to_string()),
        }
    }

    fn format(&self, id: &str, args: &FluentArgs<'_>) -> String {
        for bundle in &self.bundles {
            let Some(pattern) = bundle.get_message(id).and_then(|it| it.value()) else { continue };
            // Errors here are missing arguments; the sentence still reads, with the argument's name in braces.
            let mut errors = Vec::new();
            return bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        }
        id.to_owned()
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
    // Isolation marks would end up in terminals, file names and notifications.
    bundle.set_use_isolating(false);
    for file in LOCALES.get_dir(language.code()).into_iter().flat_map(Dir::files) {
        let text = file.contents_utf8().unwrap_or_default().to_owned();
        // A file with a mistake still gives its good messages; the house test names the mistake.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The built-in files of a language, by name, for the house test and the tools.
pub fn files(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    LOCALES.get_dir(language.code()).into_iter().flat_map(Dir::files).map(|file| {
        let name = file.path().file_name().and_then(|name| name.to_str()).unwrap_or_default();
        (name, file.contents_utf8().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speaks_both_languages() {
        let age = Message::new("age-minutes").arg("count", 5_i64);
        assert_eq!(Texts::new(Language::English).say(&age), "5 minutes ago");
        assert_eq!(Texts::new(Language::SimplifiedChinese).say(&age), "5 分钟前");
    }

    #[test]
    fn an_argument_can_be_a_message_itself() {
        let message = Message::new("culprit-line").arg("culprit", "@culprit-router");
        assert_eq!(Texts::new(Language::English).say(&message), "Where: your router");
    }

    #[test]
    fn a_missing_sentence_shows_its_id() {
        assert_eq!(Texts::new(Language::English).plain("no-such-sentence"), "no-such-sentence");
    }

    #[test]
    fn an_at_sign_in_a_name_is_only_an_at_sign() {
        let message = Message::new("culprit-line").arg("culprit", "@nobody-knows");
        assert_eq!(Texts::new(Language::English).say(&message), "Where: @nobody-knows");
    }
}
