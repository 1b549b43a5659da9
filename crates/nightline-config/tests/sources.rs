//! Which files count. Works in folders of its own; never reads the machine's policy.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use nightline_config::{Config, Layers, sources};

#[test]
fn policy_files_are_read_in_lexical_order_and_others_are_not() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "20-b.json", r#"{"organisation":"B"}"#, 0o644);
    write(dir.path(), "10-a.json", r#"{"organisation":"A"}"#, 0o644);
    write(dir.path(), "30-c.json.bak", r#"{"organisation":"C"}"#, 0o644);
    write(dir.path(), ".40-d.json", r#"{"organisation":"D"}"#, 0o644);
    let config = merged(dir.path());
    assert_eq!(config.organisation.value.as_deref(), Some("B"));
    assert_eq!(config.problems, []);
}

#[test]
fn a_policy_that_others_may_write_is_ignored_and_named() {
    for mode in [0o666, 0o664, 0o646] {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "10.json", r#"{"organisation":"A"}"#, mode);
        check_ignored(dir.path(), "config-problem-writable-by-others");
    }
}

#[test]
fn a_policy_folder_that_others_may_write_is_ignored_and_named() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "10.json", r#"{"organisation":"A"}"#, 0o644);
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o777)).unwrap();
    check_ignored(dir.path(), "config-problem-writable-by-others");
}

#[test]
fn a_policy_of_another_owner_is_ignored_and_named() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "10.json", r#"{"organisation":"A"}"#, 0o644);
    let stranger = own_id(dir.path()) + 1;
    let layers = Layers { managed: sources::read_policy(dir.path(), stranger), ..Layers::default() };
    let config = Config::merge(&layers);
    assert_eq!(config.organisation.value, None);
    assert_eq!(config.problems[0].message.id.as_str(), "config-problem-not-owned-by-root");
}

#[test]
fn no_policy_folder_and_no_file_are_no_problem() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(sources::read_policy(&dir.path().join("absent"), 0), []);
    assert_eq!(sources::read_person(&dir.path().join("absent.json")), nightline_config::Layer::default());
}

#[test]
fn a_file_that_cannot_be_one_is_named_and_never_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("10.json")).unwrap();
    check_ignored(dir.path(), "config-problem-not-a-file");
    let huge = dir.path().join("huge.json");
    fs::write(&huge, vec![b' '; (1 << 20) + 1]).unwrap();
    let layer = sources::read_person(&huge);
    assert_eq!(layer.problems[0].message.id.as_str(), "config-problem-too-large");
}

fn write(dir: &Path, name: &str, text: &str, mode: u32) {
    let file = dir.join(name);
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
}

fn own_id(dir: &Path) -> u32 {
    fs::metadata(dir).unwrap().uid()
}

fn merged(dir: &Path) -> Config {
    let managed = sources::read_policy(dir, own_id(dir));
    Config::merge(&Layers { managed, ..Layers::default() })
}

#[track_caller]
fn check_ignored(dir: &Path, id: &str) {
    let config = merged(dir);
    assert_eq!(config.organisation.value, None);
    assert_eq!(config.problems[0].message.id.as_str(), id);
    assert!(config.problems[0].place.file().is_some());
}
