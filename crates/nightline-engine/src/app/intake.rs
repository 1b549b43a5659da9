//! From the fields of the window to the person's intake. Keeps every character.

use nightline_text::{Language, Texts};
use nightline_types::{INTAKE_SCHEMA, Intake, Message, OtherMachine, Target, WhichMachine};
use nightline_view::Answers;

/// The target, if one was given, or what is wrong with it.
pub(super) fn target(answers: &Answers) -> Result<Option<Target>, Message> {
    let given = answers.target.trim();
    if given.is_empty() {
        return Ok(None);
    }
    given.parse().map(Some).map_err(|_| Message::new("help-target-wrong"))
}

/// The intake. Whoever sends at once without a word gets a sentence that says so, in their language.
pub(super) fn intake(answers: &Answers, language: Language) -> Intake {
    let some = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
    let what = some(&answers.what).unwrap_or_else(|| Texts::new(language).plain("help-without-words"));
    let other = answers.machine == WhichMachine::Other;
    let facts = &answers.other_machine;
    let facts = OtherMachine {
        asset_tag: facts.asset_tag.as_deref().and_then(some),
        serial: facts.serial.as_deref().and_then(some),
        model: facts.model.as_deref().and_then(some),
        location: facts.location.as_deref().and_then(some),
        contract: facts.contract.as_deref().and_then(some),
    };
    Intake {
        schema: Some(INTAKE_SCHEMA.to_owned()),
        error: some(&answers.error),
        when: answers.when,
        steps: some(&answers.steps),
        expected: some(&answers.expected),
        pattern: answers.pattern,
        target: target(answers).ok().flatten(),
        machine: answers.machine,
        other_machine: (other && facts != OtherMachine::default()).then_some(facts),
        scope: answers.scope,
        impact: answers.impact,
        contact: some(&answers.contact),
        ..Intake::about(&what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_kept_and_empty_fields_are_no_answers() {
        let answers = Answers {
            what: " no sound\n".to_owned(),
            error: "\t0x80090302 ".to_owned(),
            contact: "  ".to_owned(),
            target: " example.com:443 ".to_owned(),
            machine: WhichMachine::Other,
            other_machine: OtherMachine { model: Some(String::new()), ..OtherMachine::default() },
            ..Answers::default()
        };
        let intake = intake(&answers, Language::English);
        assert_eq!(intake.what, " no sound\n");
        assert_eq!(intake.error.as_deref(), Some("\t0x80090302 "));
        assert_eq!((intake.contact, intake.other_machine), (None, None));
        assert_eq!(intake.target.map(|it| it.host().to_owned()).as_deref(), Some("example.com"));
    }

    #[test]
    fn whoever_sends_without_words_is_given_some() {
        let says = |language| intake(&Answers::default(), language).what;
        assert_ne!(says(Language::English), says(Language::SimplifiedChinese));
        assert!(!says(Language::English).trim().is_empty());
    }

    #[test]
    fn a_target_that_is_none_is_said_to_be_wrong() {
        let answers = Answers { target: "http://".to_owned(), ..Answers::default() };
        assert_eq!(target(&answers).unwrap_err().id.as_str(), "help-target-wrong");
    }
}
