//! Sizes and heads: a file is short, and its first lines say what it is.

use crate::none;
use crate::source::{File, files};

/// Half of all files are at most this long, nine in ten below the second, none above the third.
/// Chosen below what admired projects of this kind have, because a file grows where nothing says stop.
const MEDIAN: usize = 150;
const NINE_IN_TEN: usize = 400;
const LONGEST: usize = 600;
/// Tables of cases and generated code may be longer: nobody reads them from top to bottom.
const LONGEST_TEST: usize = 1_000;
/// A head says more than a name.
const SHORTEST_HEAD: usize = 20;

fn is_code(file: &File) -> bool {
    [".rs", ".ts", ".svelte", ".mjs", ".js"].iter().any(|it| file.is(it))
}

#[test]
fn files_stay_short() {
    let mut sizes: Vec<(usize, &str)> = Vec::new();
    let mut problems = Vec::new();
    for file in files().iter().filter(|it| is_code(it)) {
        let lines = file.text.lines().count();
        let limit = if file.is_test() || file.is_generated() { LONGEST_TEST } else { LONGEST };
        if lines > limit {
            problems.push(format!("{} has {lines} lines, the limit is {limit}: split it by idea", file.path));
        }
        if !file.is_generated() {
            sizes.push((lines, &file.path));
        }
    }
    sizes.sort_unstable();
    let median = sizes[sizes.len() / 2].0;
    let (ninth, path) = sizes[sizes.len() * 9 / 10];
    if median > MEDIAN {
        problems.push(format!("half of the files are longer than {median} lines, the budget is {MEDIAN}"));
    }
    if ninth >= NINE_IN_TEN {
        problems.push(format!("one file in ten has {ninth} lines or more ({path} is the first of them)"));
    }
    none("file sizes", problems);
}

#[test]
fn every_file_begins_with_what_it_is() {
    let code = files().iter().filter(|it| is_code(it) && !it.text.trim().is_empty());
    let problems = code.filter(|it| head(it).len() < SHORTEST_HEAD).map(|it| it.path.clone()).collect();
    none("files without a head that says what they are and what they refuse to do", problems);
}

/// The text of the comment that a file begins with.
fn head(file: &File) -> String {
    let text = file.text.trim_start_matches('\u{feff}');
    let text = if text.starts_with("#!/") { text.split_once('\n').map_or("", |it| it.1) } else { text };
    let text = text.trim_start();
    if file.is(".rs") {
        return lines_of_comment(text, "//!");
    }
    // A component's head may stand above its script or as the script's first words.
    let text = match text.strip_prefix("<script") {
        Some(rest) => rest.split_once('>').map_or("", |it| it.1).trim_start(),
        None => text,
    };
    for (open, close) in [("<!--", "-->"), ("/*", "*/")] {
        if let Some(rest) = text.strip_prefix(open) {
            return rest.split(close).next().unwrap_or_default().trim().to_owned();
        }
    }
    lines_of_comment(text, "//")
}

fn lines_of_comment(text: &str, mark: &str) -> String {
    let lines = text.lines().map_while(|it| it.strip_prefix(mark));
    lines.map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}

#[test]
fn heads_are_seen_in_every_kind_of_file() {
    check("a.rs", "//! What it is.\n//! And not.\n\nuse x;", "What it is. And not.");
    check("a.rs", "// What it is.\n", "");
    check("a.ts", "/* What it is. */\nimport x", "What it is.");
    check("a.svelte", "<script lang=\"ts\">\n  // What it is.\n  let x", "What it is.");
    check("a.svelte", "<!-- What it is. -->\n<script>", "What it is.");
    check("a.svelte", "<div>", "");
}

#[track_caller]
fn check(path: &str, text: &str, expected: &str) {
    assert_eq!(head(&File { path: path.to_owned(), text: text.to_owned() }), expected);
}
