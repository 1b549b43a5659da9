//! Rebuilds when a file of sentences appears or goes; its content is tracked by the compiler itself.

#![expect(clippy::print_stdout, reason = "cargo reads build scripts on standard output")]

fn main() {
    println!("cargo:rerun-if-changed=locales");
}
