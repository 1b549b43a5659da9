//! Asks the questions of an intake in a terminal, one at a time. Every question but the first may be skipped.

use std::io::BufRead;

use nightline_types::{Impact, Intake, Message, Scope, Target};

use crate::exit::{Exit, Failure};
use crate::output::Output;

/// How often a question is repeated before it counts as skipped: nobody at 2 a.m. wants a fourth time.
const TRIES: usize = 3;

/// Asks until there is an intake. The end of the input before the first answer means: stopped.
pub(crate) fn ask(output: &Output, input: &mut impl BufRead) -> Result<Intake, Failure> {
    let what = first_answer(output, input)?;
    let mut intake = Intake::about(&what);
    intake.error = answer(output, input, "cli-ask-error");
    intake.target = target(output, input);
    intake.impact = choice(
        output,
        input,
        "cli-ask-impact",
        &[Impact::Stopped, Impact::Severe, Impact::Limited, Impact::Question],
    );
    intake.scope = choice(output, input, "cli-ask-scope", &[Scope::Me, Scope::Some, Scope::All]);
    intake.contact = answer(output, input, "cli-ask-contact");
    Ok(intake)
}

fn first_answer(output: &Output, input: &mut impl BufRead) -> Result<String, Failure> {
    for _ in 0..TRIES {
        output.ask(&Message::new("cli-ask-what"));
        match read_line(input) {
            Some(line) if line.trim().is_empty() => {}
            Some(line) => return Ok(line),
            None => break,
        }
    }
    Err(Failure::new(Exit::Usage, Message::new("cli-intake-required")))
}

fn answer(output: &Output, input: &mut impl BufRead, question: &'static str) -> Option<String> {
    output.ask(&Message::new(question));
    read_line(input).filter(|line| !line.trim().is_empty())
}

fn target(output: &Output, input: &mut impl BufRead) -> Option<Target> {
    let mut question = "cli-ask-target";
    for _ in 0..TRIES {
        match answer(output, input, question)?.parse() {
            Ok(target) => return Some(target),
            Err(_) => question = "cli-ask-target-again",
        }
    }
    None
}

fn choice<T: Copy>(
    output: &Output,
    input: &mut impl BufRead,
    question: &'static str,
    choices: &[T],
) -> Option<T> {
    for _ in 0..TRIES {
        let line = answer(output, input, question)?;
        let chosen = line.trim().parse::<usize>().ok().and_then(|number| choices.get(number.checked_sub(1)?));
        if let Some(chosen) = chosen {
            return Some(*chosen);
        }
        output.progress_say(&Message::new("cli-ask-number").arg("count", choices.len()));
    }
    None
}

/// One line without its end; `None` at the end of the input.
pub(crate) fn read_line(input: &mut impl BufRead) -> Option<String> {
    let mut bytes = Vec::new();
    let length = input.read_until(b'\n', &mut bytes).ok()?;
    if length == 0 {
        return None;
    }
    let text = String::from_utf8_lossy(&bytes);
    Some(text.trim_end_matches(['\n', '\r']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use nightline_text::{Language, Texts};

    #[test]
    fn everything_but_the_first_question_may_be_skipped() {
        let intake = check("Remote desktop fails\n\n\n\n\n\n").unwrap();
        assert_eq!(intake, Intake::about("Remote desktop fails"));
    }

    #[test]
    fn answers_are_kept_and_wrong_ones_asked_again() {
        let intake = check("\nno rdp\n0x80090302  \na b\nhost:3389\n9\n1\n2\nAda, 555\n").unwrap();
        assert_eq!(intake.what, "no rdp");
        assert_eq!(intake.error.as_deref(), Some("0x80090302  "));
        assert_eq!(intake.target.unwrap().given(), "host:3389");
        assert_eq!((intake.impact, intake.scope), (Some(Impact::Stopped), Some(Scope::Some)));
        assert_eq!(intake.contact.as_deref(), Some("Ada, 555"));
    }

    #[test]
    fn no_answer_at_all_is_no_intake() {
        assert_eq!(check("").unwrap_err().exit, Exit::Usage);
    }

    fn check(typed: &str) -> Result<Intake, Failure> {
        let output = Output::new(Texts::new(Language::English), false);
        ask(&output, &mut typed.as_bytes())
    }
}
