//! Makes sure that the folder of the built console exists, so that a desk without it still compiles; it then serves
//! a page that says so, and that a new migration is noticed. Builds nothing.

const DIST: &str = "../../ui/desk/dist";

fn main() {
    // A missing folder would make cargo run this script, and compile the desk, every time.
    if std::fs::create_dir_all(DIST).is_err() {
        println!("cargo:warning=the folder of the console cannot be made: {DIST}");
    }
    println!("cargo:rerun-if-changed={DIST}");
    // The migrations are compiled in; a new one is no change of any source file.
    println!("cargo:rerun-if-changed=migrations");
}
