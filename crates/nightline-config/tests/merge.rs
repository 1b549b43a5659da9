//! Which value is in force and what is said about the others. Reads no file but the format's document.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use nightline_config::{Config, KEYS, KeyPlace, Language, Layer, Layers, Origin, Rank};
use serde_json::{Value, json};

#[test]
fn policy_is_stronger_than_flags_and_flags_than_the_persons_file() {
    let desk = |name: &str| format!("{{\"desk\":\"https://{name}.example.com\"}}");
    let managed = || vec![policy("10.json", &desk("policy"))];
    let flag = || flags(&[("desk", json!("https://flag.example.com"))]);
    check_desk(layers(managed(), flag(), &desk("person")), "https://policy.example.com", Rank::Managed);
    check_desk(layers(vec![], flag(), &desk("person")), "https://flag.example.com", Rank::Flag);
    check_desk(layers(vec![], Layer::default(), &desk("person")), "https://person.example.com", Rank::Person);
}

#[test]
fn a_later_policy_file_wins_key_by_key() {
    let first = policy("10.json", r#"{"organisation":"Old","desk":"https://a.example.com"}"#);
    let second = policy("20.json", r#"{"organisation":"New"}"#);
    let config = Config::merge(&layers(vec![first, second], Layer::default(), "{}"));
    assert_eq!(config.organisation.value.as_deref(), Some("New"));
    assert_eq!(config.desk.value.map(|it| it.to_string()).as_deref(), Some("https://a.example.com"));
    assert_eq!(config.problems, []);
}

#[test]
fn with_nothing_written_the_program_has_the_say() {
    let config = Config::merge(&Layers::default());
    assert_eq!(config.desk.value, None);
    assert_eq!(config.language.value, Language::En);
    assert_eq!(config.severity.value, nightline_types::SeverityTable::default());
    assert!(config.severity.origin == Origin { rank: Rank::Default, place: None });
    assert_eq!(config.problems, []);
}

#[test]
fn the_organisation_says_where_the_device_keeps_its_key() {
    let written = |text: &str, place: KeyPlace| {
        let config = Config::merge(&layers(vec![], Layer::default(), text));
        assert_eq!((config.device_key.value, config.problems), (place, vec![]), "{text}");
    };
    written("{}", KeyPlace::KeyringOrFile);
    written("{\"device_key\":\"keyring-or-file\"}", KeyPlace::KeyringOrFile);
    written("{\"device_key\":\"keyring\"}", KeyPlace::Keyring);
    written("{\"device_key\":\"file\"}", KeyPlace::File);
    check_problem("{\"device_key\":\"Memory\"}", "config-problem-wrong-value", "device_key", (1, 15));
    let managed = vec![policy("10.json", "{\"device_key\":\"keyring\"}")];
    let config = Config::merge(&layers(managed, Layer::default(), "{\"device_key\":\"file\"}"));
    assert_eq!(config.device_key.value, KeyPlace::Keyring);
}

#[test]
fn the_systems_language_counts_only_where_nobody_says_one() {
    let mut layers = Layers { system_language: Language::from_locale("zh_CN.UTF-8"), ..Layers::default() };
    let config = Config::merge(&layers);
    assert_eq!((config.language.value, config.language.origin.rank), (Language::ZhCn, Rank::System));
    layers.flags = flags(&[("language", json!("en"))]);
    assert_eq!(Config::merge(&layers).language.value, Language::En);
    assert_eq!(Language::from_locale("de_DE"), None);
}

#[test]
fn a_wrong_key_or_value_is_dropped_alone_and_named_with_its_place() {
    check_problem("{\n \"organization\": \"x\"\n}", "config-problem-unknown-key", "organization", (2, 2));
    check_problem("{\"desk\":\n  7}", "config-problem-wrong-value", "desk", (2, 3));
    check_problem(
        "{\"desk\":\n  \"http://a.example.com\"}",
        "config-problem-desk-not-encrypted",
        "desk",
        (2, 3),
    );
    check_problem("{\"desk\": \"a.example.com\"}", "config-problem-desk-shape", "desk", (1, 10));
    check_problem("{\"organisation\": \"\"}", "config-problem-wrong-value", "organisation", (1, 18));
    check_problem("{\"language\": \"fr\"}", "config-problem-wrong-value", "language", (1, 14));
    check_problem("{\"contacts\": {}}", "config-problem-wrong-value", "contacts", (1, 13));
    check_problem(
        "{\"important_targets\": [\"a\",\n\"b c\"]}",
        "config-problem-wrong-item",
        "important_targets",
        (2, 1),
    );
    check_problem(
        "{\"checks_not_allowed\": [\"Path\"]}",
        "config-problem-wrong-item",
        "checks_not_allowed",
        (1, 24),
    );
    check_problem(
        "{\"severity\": {\"rules\":[],\"response_minutes\":{}}}",
        "config-problem-wrong-value",
        "severity",
        (1, 14),
    );
    check_problem("{\"schema\":\"nightline.settings/9\"}", "config-problem-schema", "schema", (1, 11));
    check_problem("{\"language\":\"en\",\n\"language\":\"en\"}", "config-problem-twice", "language", (2, 1));
}

#[test]
fn a_contact_with_a_misspelled_key_is_dropped_and_the_others_stay() {
    let text = "{\"contacts\": [\n {\"label\":\"A\",\"number\":\"+1 555 0100\"},\n {\"label\":\"B\",\"nummer\":\"1\"}]}";
    let config = Config::merge(&layers(vec![], Layer::default(), text));
    assert_eq!(config.contacts.value.len(), 1);
    let problem = &config.problems[0];
    assert_eq!(problem.place.position().map(|it| it.0), Some(3));
    assert!(problem.detail.as_deref().is_some_and(|it| it.contains("unknown field `nummer`")), "{problem:?}");
}

#[test]
fn a_broken_policy_is_reported_and_the_next_source_counts() {
    let managed = vec![policy("10.json", "{\"organisation\": 7}")];
    let config = Config::merge(&layers(managed, Layer::default(), "{\"organisation\":\"Mine\"}"));
    assert_eq!(config.organisation.value.as_deref(), Some("Mine"));
    assert_eq!(config.organisation.origin.rank, Rank::Person);
    assert_eq!(config.organisation.problems.len(), 1);
    assert_eq!(config.organisation.problems[0].rank, Rank::Managed);
}

#[test]
fn nothing_weaker_fills_in_a_desk_that_a_broken_policy_meant() {
    for broken in ["{\"desk\": 7}", "{\"desk\": ", "{\"desk\": \"http://desk.example.com\"}"] {
        let managed = vec![policy("10.json", broken)];
        let flag = flags(&[("desk", json!("https://flag.example.com"))]);
        let config = Config::merge(&layers(managed, flag, "{\"desk\":\"https://person.example.com\"}"));
        assert_eq!(config.desk.value, None, "{broken}");
        assert!(config.desk.origin.is_managed());
        let last = config.desk.problems.last().map(|it| it.message.id.to_string());
        assert_eq!(last.as_deref(), Some("config-problem-desk-withheld"));
    }
}

#[test]
fn a_good_desk_in_another_policy_file_still_counts() {
    let managed = vec![policy("10.json", r#"{"desk":"https://a.example.com"}"#), policy("20.json", "{")];
    check_desk(layers(managed, Layer::default(), "{}"), "https://a.example.com", Rank::Managed);
}

#[test]
fn a_wrong_flag_is_named_by_its_name() {
    let config = Config::merge(&layers(vec![], flags(&[("desk", json!("nonsense"))]), "{}"));
    assert_eq!(config.problems[0].place.flag(), Some("--desk"));
    assert_eq!(config.desk.value, None);
}

#[test]
fn the_document_lists_every_key_with_its_origin() {
    let managed = vec![policy("10.json", "{\n\"desk\":\"https://a.example.com\"}")];
    let config = Config::merge(&layers(managed, Layer::default(), "{\"wrong\":1}"));
    let view = serde_json::to_value(config.view()).unwrap();
    assert_eq!(view["schema"], "nightline.config/1");
    let keys: Vec<&str> =
        view["settings"].as_array().unwrap().iter().filter_map(|it| it["key"].as_str()).collect();
    assert_eq!(keys, KEYS.map(|it| it.name));
    let desk = &view["settings"][0];
    assert_eq!(desk["value"], "https://a.example.com");
    assert_eq!((&desk["origin"], &desk["managed"]), (&json!("managed"), &json!(true)));
    assert_eq!((&desk["file"], &desk["line"], &desk["column"]), (&json!("10.json"), &json!(2), &json!(1)));
    assert_eq!(view["settings"][1]["value"], Value::Null);
    assert_eq!(view["problems"][0]["key"], "wrong");
    assert_eq!(view["problems"][0]["message"]["id"], "config-problem-unknown-key");
}

#[test]
fn the_document_of_the_format_names_every_key_as_the_code_does() {
    let document =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formats/config.md"))
            .unwrap();
    let rows: Vec<String> = document.lines().filter(|it| it.starts_with("| `")).map(str::to_owned).collect();
    let expected = KEYS.map(|key| {
        format!("| `{}` | {} | {} |", key.name, key.shape, if key.guarded { "guarded" } else { "" })
    });
    for (row, start) in rows.iter().zip(&expected) {
        assert!(row.starts_with(start.as_str()), "expected {start}\nfound    {row}");
    }
    assert_eq!(rows.len(), KEYS.len());
    assert!(
        document.contains(nightline_config::SETTINGS_SCHEMA)
            && document.contains(nightline_config::CONFIG_SCHEMA)
    );
}

#[test]
fn both_languages_have_every_title_and_every_problem() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../nightline-text/locales");
    let ids = |language: &str| {
        let text = std::fs::read_to_string(folder.join(language).join("config.ftl")).unwrap();
        text.lines().filter_map(|it| it.split_once(" = ")).map(|(id, _)| id.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids("en"), ids("zh-CN"));
    for key in KEYS {
        assert!(ids("en").iter().any(|it| it == key.title), "{}", key.title);
    }
    let sources = ["layer", "merge", "place", "sources", "values"].map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/{name}.rs"));
        std::fs::read_to_string(path).unwrap()
    });
    let sources = sources.concat();
    for id in sources.split('"').filter(|it| it.starts_with("config-")) {
        assert!(ids("en").iter().any(|it| it == id), "{id}");
    }
}

fn policy(file: &str, text: &str) -> Layer {
    Layer::parse(Rank::Managed, Path::new(file), text.as_bytes())
}

fn flags(given: &[(&str, Value)]) -> Layer {
    let named: Vec<_> = given.iter().map(|(key, value)| (*key, format!("--{key}"), value)).collect();
    Layer::flags(named.iter().map(|(key, flag, value)| (*key, flag.as_str(), Some((*value).clone()))))
}

fn layers(managed: Vec<Layer>, flags: Layer, person: &str) -> Layers {
    let person = Layer::parse(Rank::Person, Path::new("config.json"), person.as_bytes());
    Layers { managed, flags, person, system_language: None }
}

#[track_caller]
fn check_desk(layers: Layers, desk: &str, rank: Rank) {
    let config = Config::merge(&layers);
    assert_eq!(config.desk.value.map(|it| it.to_string()).as_deref(), Some(desk));
    assert_eq!(config.desk.origin.rank, rank);
}

#[track_caller]
fn check_problem(text: &str, id: &str, key: &str, position: (usize, usize)) {
    let config = Config::merge(&layers(vec![], Layer::default(), text));
    assert_eq!(config.problems.len(), 1, "{text}: {:?}", config.problems);
    let problem = &config.problems[0];
    assert_eq!(problem.message.id.as_str(), id, "{text}");
    assert_eq!(problem.key.as_deref(), Some(key), "{text}");
    let found = problem.place.position().unwrap();
    assert_eq!(found.0, position.0, "{text}: {problem:?}");
    // The parser points at the end of a value that does not fit.
    assert!(found.1 >= position.1, "{text}: {problem:?}");
}
