//! Every file that a person wrote, read once.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use crate::lexer::{Lexed, lex, without_tests};
use crate::workspace::root;

/// Folders of the checkout that hold our files. Anything else in the top folder is a tool's.
const OURS: &[&str] = &["crates", "tests", "ui", "docs", "icons", ".ci", ".cargo", "src-tauri"];
/// Folders inside those that tools fill.
const NOT_OURS: &[&str] =
    &["target", "node_modules", "dist", "dist-fake", "test-results", "playwright-report"];

/// A file's path from the top, with forward slashes, and its text.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A Rust file, taken apart.
pub(crate) struct RustFile {
    pub(crate) path: String,
    pub(crate) text: String,
    /// Without comments and texts.
    pub(crate) code: String,
    /// Without what only tests compile, too; empty for a test file.
    pub(crate) product: String,
    pub(crate) literals: Vec<(usize, String)>,
    /// Whether only tests compile it.
    pub(crate) is_test: bool,
}

impl File {
    /// Whether its name ends so.
    pub(crate) fn is(&self, extension: &str) -> bool {
        self.path.ends_with(extension)
    }

    /// Whether a generator wrote it.
    pub(crate) fn is_generated(&self) -> bool {
        self.path.contains("/generated/")
    }

    /// Whether it holds tests and nothing else.
    pub(crate) fn is_test(&self) -> bool {
        is_test_path(&self.path)
    }
}

/// All text files, in the order of their paths.
pub(crate) fn files() -> &'static [File] {
    static FILES: OnceLock<Vec<File>> = OnceLock::new();
    FILES.get_or_init(|| {
        let root = root();
        let mut found = Vec::new();
        for name in OURS {
            walk(&root, &root.join(name), &mut found);
        }
        for entry in std::fs::read_dir(&root).expect("the top folder can be read").flatten() {
            if entry.path().is_file() {
                read(&root, &entry.path(), &mut found);
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found
    })
}

/// All Rust files.
pub(crate) fn rust_files() -> &'static [RustFile] {
    static FILES: OnceLock<Vec<RustFile>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut test_modules = BTreeSet::new();
        let mut found = Vec::new();
        for file in files().iter().filter(|it| it.is(".rs")) {
            let Lexed { code, literals } = lex(&file.text);
            let (product, modules) = without_tests(&code);
            let (dir, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
            let module_dir = match name {
                "mod.rs" | "lib.rs" | "main.rs" => dir.to_owned(),
                name => format!("{dir}/{}", name.trim_end_matches(".rs")),
            };
            for module in modules {
                test_modules.insert(format!("{module_dir}/{module}.rs"));
                test_modules.insert(format!("{module_dir}/{module}/mod.rs"));
            }
            let (path, text) = (file.path.clone(), file.text.clone());
            found.push(RustFile { is_test: is_test_path(&path), path, text, code, product, literals });
        }
        for file in &mut found {
            file.is_test |= test_modules.contains(&file.path);
            if file.is_test {
                file.product.clear();
            }
        }
        found
    })
}

/// Whether something lies at this path of the checkout.
pub(crate) fn exists(path: &str) -> bool {
    root().join(path).exists()
}

fn is_test_path(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.starts_with("tests/")
        || path.starts_with("crates/nightline-testkit/")
        || path.contains("/tests/")
        || name == "tests.rs"
        || name.ends_with("_tests.rs")
        || name.contains(".test.")
        || name.contains(".spec.")
}

fn walk(root: &Path, dir: &Path, found: &mut Vec<File>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for path in entries.flatten().map(|it| it.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !NOT_OURS.contains(&name.as_str()) {
                walk(root, &path, found);
            }
        } else {
            read(root, &path, found);
        }
    }
}

fn read(root: &Path, path: &Path, found: &mut Vec<File>) {
    if let Ok(text) = std::fs::read_to_string(path) {
        let path = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        found.push(File { path, text: text.replace("\r\n", "\n") });
    }
}
