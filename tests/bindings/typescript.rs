//! `ui/shared/src/generated/`: one file for everything the console and the report viewer read.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use nightline_desk::agent::wire;
use ts_rs::{Config, TS, TypeVisitor};

use crate::hold;

/// Every type below the ones that were asked for, by name.
struct Declarations {
    config: Config,
    seen: BTreeSet<TypeId>,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only our own types have a file of their own; texts, numbers and lists have none.
        if T::output_path().is_none() || !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let declaration = T::decl(&self.config);
        self.found.insert(T::ident(&self.config), tidy(&format!("{docs}export {declaration}\n")));
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// One line for each comment and each field, indented by depth.
fn tidy(declaration: &str) -> String {
    let declaration = declaration.replace(", };", ",\n};");
    let mut text = String::new();
    let mut depth = 0_usize;
    let mut comment: Option<Vec<&str>> = None;
    for line in declaration.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let indent = "  ".repeat(depth.saturating_sub(usize::from(line.starts_with('}'))));
        match (&mut comment, line) {
            (None, "/**") => comment = Some(Vec::new()),
            (Some(words), "*/") => {
                let _ = writeln!(text, "{indent}/** {} */", words.join(" ").trim());
                comment = None;
            }
            (Some(words), line) => words.push(line.trim_start_matches('*').trim()),
            (None, line) => {
                depth = (depth + line.matches('{').count()).saturating_sub(line.matches('}').count());
                let _ = writeln!(text, "{indent}{line}");
            }
        }
    }
    text
}

macro_rules! declare {
    ($($type:ty),* $(,)?) => {{
        let mut declarations =
            Declarations { config: Config::new(), seen: BTreeSet::new(), found: BTreeMap::new() };
        $(declarations.visit::<$type>();)*
        declarations.found
    }};
}

#[test]
fn typescript_says_what_the_types_say() {
    let found = declare![
        nightline_types::Report,
        nightline_types::Intake,
        nightline_protocol::Manifest,
        nightline_protocol::ApiError,
        nightline_protocol::DeskProfile,
        nightline_protocol::TicketDocument,
        nightline_protocol::TicketView,
        nightline_protocol::NewMessage,
        wire::SetupState,
        wire::Setup,
        wire::SignIn,
        wire::Me,
        wire::Agent,
        wire::NewAgent,
        wire::Queue,
        wire::TicketPage,
        wire::TicketChange,
        wire::Close,
        wire::AuditRow,
        wire::Device,
    ];
    let mut text = HEAD.to_owned();
    for declaration in found.values() {
        let _ = write!(text, "\n{declaration}");
    }
    hold("ui/shared/src/generated/formats.ts", &text);
    hold("ui/shared/src/generated/view.ts", &view_beside(&found));
}

const HEAD: &str =
    "// The formats of Nightline as TypeScript. Written by `cargo xtask bindings`; never edited by hand.\n";

/// What only windows read, in a file of its own; what it shares with the formats is imported.
fn view_beside(formats: &BTreeMap<String, String>) -> String {
    let mut view = declare![nightline_view::ToWindow, nightline_view::FromWindow];
    view.retain(|name, _| !formats.contains_key(name));
    let words: BTreeSet<&str> = view
        .values()
        .flat_map(|declaration| declaration.lines())
        .filter(|line| !line.trim_start().starts_with("/**"))
        .flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
        .collect();
    let imported: Vec<&str> =
        formats.keys().map(String::as_str).filter(|name| words.contains(name)).collect();
    let mut text = HEAD.to_owned();
    let _ = writeln!(text, "\nimport type {{ {} }} from \"./formats.ts\";", imported.join(", "));
    for declaration in view.values() {
        let _ = write!(text, "\n{declaration}");
    }
    text
}
