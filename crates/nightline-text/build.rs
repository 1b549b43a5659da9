//! Rebuilds when a file of sentences appears or goes; its content is tracked by the compiler itself.

fn main() {
    println!("cargo:rerun-if-changed=locales");
}
