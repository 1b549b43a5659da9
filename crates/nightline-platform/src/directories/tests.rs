//! How homes are found, made, locked and written to.

use super::*;

#[cfg(target_os = "linux")]
fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn the_systems_own_places_are_used_unless_one_folder_is_named() {
    let check = |pairs: &[(&str, &str)], data: &str, logs: &str| {
        let home = Home::of_environment(&environment(pairs)).unwrap();
        assert_eq!((home.data.as_path(), home.logs.as_path()), (Path::new(data), Path::new(logs)));
    };
    check(&[("HOME", "/h")], "/h/.local/share/nightline", "/h/.local/state/nightline/logs");
    check(&[("HOME", "/h"), ("XDG_DATA_HOME", "/d")], "/d/nightline", "/h/.local/state/nightline/logs");
    check(
        &[("HOME", "/h"), ("XDG_DATA_HOME", "relative")],
        "/h/.local/share/nightline",
        "/h/.local/state/nightline/logs",
    );
    check(&[("HOME", "/h"), ("NIGHTLINE_HOME", "/n")], "/n/data", "/n/logs");
}

#[cfg(target_os = "linux")]
#[test]
fn without_any_place_the_missing_variable_is_named() {
    let error = Home::of_environment(&environment(&[])).unwrap_err();
    assert!(matches!(error, HomeError::NotSaid { variable: "HOME" }));
}

#[cfg(unix)]
#[test]
fn folders_are_private_also_if_they_were_open_before() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let home = Home::at(dir.path());
    std::fs::create_dir(&home.data).unwrap();
    std::fs::set_permissions(&home.data, std::fs::Permissions::from_mode(0o755)).unwrap();
    home.create().unwrap();
    for path in [&home.config, &home.data, &home.state, &home.cache, &home.logs] {
        assert_eq!(
            std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
            0o700,
            "{}",
            path.display()
        );
    }
}

#[test]
fn a_home_has_one_owner_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::at(dir.path());
    home.create().unwrap();
    let first = home.lock().unwrap();
    assert!(matches!(home.lock(), Err(HomeError::InUse { .. })));
    drop(first);
    // A process that another test starts just then has the file open, too, until it is another program.
    let again = loop {
        match home.lock() {
            Err(HomeError::InUse { .. }) => std::thread::yield_now(),
            other => break other,
        }
    };
    again.unwrap();
}

#[test]
fn an_atomic_write_leaves_the_new_content_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ticket.json");
    write_atomic(&path, b"one").unwrap();
    write_atomic(&path, b"two").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"two");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn a_write_into_no_folder_says_where() {
    let error = write_atomic(Path::new("/nowhere/at/all"), b"x").unwrap_err();
    assert!(nightline_types::chain(&error).contains("/nowhere/at/all"), "{error}");
}

#[test]
fn a_disk_has_room_or_not_but_never_more_than_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let space = space(dir.path()).unwrap();
    assert!(space.available_bytes <= space.total_bytes);
}

#[test]
fn what_came_with_the_program_lies_beside_it_or_in_its_folder_of_data() {
    let dir = tempfile::tempdir().unwrap();
    let program = dir.path().join("bin/nightline");
    std::fs::create_dir_all(dir.path().join("bin")).unwrap();
    assert_eq!(resource_of(&program, "owners.table"), None);
    std::fs::create_dir_all(dir.path().join("share/nightline")).unwrap();
    std::fs::write(dir.path().join("share/nightline/owners.table"), "packaged").unwrap();
    let read = || resource_of(&program, "owners.table").and_then(|it| std::fs::read_to_string(it).ok());
    assert_eq!(read().as_deref(), Some("packaged"));
    std::fs::write(dir.path().join("bin/owners.table"), "beside").unwrap();
    assert_eq!(read().as_deref(), Some("beside"));
}
