//! Errors and answers are in the reader's language.

use crate::cli::Device;

/// B-008: `--lang` and the locale choose the language of help, answers and errors.
#[test]
fn the_reader_s_language_is_spoken() {
    let device = Device::new();
    let file = device.file("bad.json", b"{").display().to_string();
    let english =
        device.run(&["get-help", "--desk", "http://127.0.0.1:9", "--yes", "--intake", &file]).ended_with(3);
    assert!(english.err.contains("has a mistake in line 1"), "{}", english.err);
    let words = ["get-help", "--lang", "zh-CN", "--desk", "http://127.0.0.1:9", "--yes", "--intake", &file];
    let chinese = device.run(&words).ended_with(3);
    assert!(chinese.err.contains("第 1 行"), "{}", chinese.err);
    let by_locale = device.run_with(&["--help"], &[("LANG", "zh_CN.UTF-8")], "").ended_with(0);
    assert!(by_locale.out.contains("检查这台电脑"), "{}", by_locale.out);
    let report =
        device.run(&["diagnose", "--lang", "zh-CN", "--json", "--only", "os-build"]).ended_with(0).json();
    let text = report["verdict"]["message"]["text"].as_str().unwrap().to_owned();
    assert!(text.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c)), "{text}");
}
