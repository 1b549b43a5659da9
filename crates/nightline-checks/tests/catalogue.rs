//! The catalogue as a whole: names, order, sentences, the table of facts, and one run on the real machine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use nightline_checks::{Context, Plan, catalogue, run};
use nightline_text::{Language, Texts};
use nightline_types::{Outcome, Timestamp};
use tokio_util::sync::CancellationToken;

#[test]
fn names_are_kebab_case_and_given_once() {
    let mut seen = BTreeSet::new();
    for check in catalogue::all() {
        let id = check.id().as_str().to_owned();
        let is_kebab =
            !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(is_kebab, "{id}");
        assert!(seen.insert(id.clone()), "{id} is there twice");
        let mut keys = BTreeSet::new();
        for fact in check.facts() {
            let is_snake = fact.key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            assert!(is_snake && keys.insert(fact.key), "{id}#{}", fact.key);
            assert!(!fact.meaning.is_empty() && !fact.meaning.contains('|'), "{id}#{}", fact.key);
        }
    }
}

#[test]
fn every_check_waits_only_for_checks_that_exist_and_never_in_a_circle() {
    let catalogue = catalogue::all();
    let after: BTreeMap<String, &[&str]> =
        catalogue.iter().map(|check| (check.id().as_str().to_owned(), check.after())).collect();
    let mut finished = BTreeSet::new();
    while finished.len() < after.len() {
        let ready: Vec<_> = after
            .iter()
            .filter(|(id, after)| {
                !finished.contains(id.as_str()) && after.iter().all(|name| finished.contains(*name))
            })
            .map(|(id, _)| id.as_str())
            .collect();
        assert!(
            !ready.is_empty(),
            "these wait for ever: {:?}",
            after.keys().filter(|it| !finished.contains(it.as_str()))
        );
        finished.extend(ready);
    }
}

#[test]
fn every_check_has_a_title_in_both_languages() {
    for language in [Language::English, Language::SimplifiedChinese] {
        let texts = nightline_text::files(language).map(|it| it.1).collect::<String>();
        for check in catalogue::all() {
            assert!(texts.contains(&format!("\ncheck-{} = ", check.id())), "{language:?} {}", check.id());
        }
    }
}

#[test]
fn every_check_has_a_limit_within_the_diagnosis() {
    for check in catalogue::all() {
        assert!(check.limit() > Duration::ZERO && check.limit() <= Duration::from_secs(15), "{}", check.id());
    }
}

/// The real machine may be anything; what is asserted holds on all of them.
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "this test is the edge of the program")]
async fn every_check_ends_on_this_machine_and_finds_only_what_it_lists() {
    let context = Context {
        clock: Arc::new(|| Timestamp::from(SystemTime::now())),
        target: None,
        important: Vec::new(),
        stun: Vec::new(),
        desk: None,
        extra_roots_path: None,
        root_dir: "/".into(),
        environment: Arc::default(),
        known: Arc::default(),
    };
    let plan = Plan { deadline: Duration::from_secs(15), not_allowed: BTreeSet::new(), only: None };
    let mut finished = 0;
    let diagnosed =
        run(catalogue::all(), &context, &plan, &CancellationToken::new(), |_| finished += 1).await;
    let catalogue = catalogue::all();
    assert_eq!((diagnosed.checks.len(), finished), (catalogue.len(), catalogue.len()));
    let texts = Texts::new(Language::English);
    for (result, check) in diagnosed.checks.iter().zip(&catalogue) {
        assert_eq!(result.id, check.id());
        let reason = result.reason.as_ref().map(|it| it.id.as_str());
        assert_ne!(reason, Some("check-unknown-panicked"), "{}", result.id);
        assert!(result.outcome == Outcome::Healthy || reason.is_some(), "{} gives no reason", result.id);
        assert!(reason.is_none_or(|id| texts.knows(id)), "{} {reason:?} has no sentence", result.id);
        for fact in &result.facts {
            let spec = check.facts().iter().find(|spec| spec.key == fact.key.as_str());
            let spec = spec.unwrap_or_else(|| panic!("{}#{} is not listed", result.id, fact.key));
            assert_eq!((fact.unit, fact.privacy), (spec.unit, spec.privacy), "{}#{}", result.id, fact.key);
        }
    }
    assert!(diagnosed.events.is_sorted_by_key(|event| event.at));
}

const FACTS_PATH: &str = "docs/formats/facts.md";

/// `NIGHTLINE_WRITE_FACTS=1 cargo test -p nightline-checks --test catalogue` writes the table anew.
#[test]
#[expect(clippy::disallowed_methods, reason = "a switch for whoever changes the table")]
fn the_table_of_facts_says_what_the_checks_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(FACTS_PATH);
    let table = table();
    if std::env::var("NIGHTLINE_WRITE_FACTS").is_ok() {
        std::fs::write(&path, &table).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == table,
        "{FACTS_PATH} is not what the checks say; NIGHTLINE_WRITE_FACTS=1 writes it anew"
    );
}

fn table() -> String {
    let mut text = String::from(
        "# Facts\n\n\
         Version: `nightline.report/1`. Generated from `FACTS` beside each check in `crates/nightline-checks/src`;\n\
         a test holds it. Rules and `nightline explain` name a fact as `check#key`.\n\n\
         A fact is `{ key, value, unit, at, method, privacy }`. A fact that could not be measured is absent.\n\
         Privacy says what the redactor looks for in the value; empty means that the value leaves as it is.\n\
         Names and meanings are never changed or used again; facts may be added.\n\n\
         | Check | Key | Unit | Privacy | Meaning |\n|---|---|---|---|---|\n",
    );
    let word = |json: serde_json::Result<String>| json.unwrap_or_default().trim_matches('"').to_owned();
    for check in catalogue::all() {
        for fact in check.facts() {
            let unit = fact.unit.map(|unit| word(serde_json::to_string(&unit))).unwrap_or_default();
            let privacy = if fact.privacy.is_public() {
                String::new()
            } else {
                word(serde_json::to_string(&fact.privacy))
            };
            text.push_str(&format!(
                "| `{}` | `{}` | {unit} | {privacy} | {} |\n",
                check.id(),
                fact.key,
                fact.meaning
            ));
        }
    }
    text
}

#[test]
fn what_loads_the_line_runs_only_when_it_is_named() {
    let ids = |only: Option<&BTreeSet<String>>| -> Vec<String> {
        catalogue::to_run(only).iter().map(|check| check.id().to_string()).collect()
    };
    assert!(!ids(None).contains(&"load".to_owned()));
    assert!(!ids(Some(&["path".to_owned()].into())).contains(&"load".to_owned()));
    assert!(ids(Some(&["load".to_owned()].into())).contains(&"load".to_owned()));
}
