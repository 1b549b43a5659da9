//! Prepares Tauri's build: the two commands that the page may use, and a folder of the page to put into the program.
//!
//! Builds no page. Where none was built yet, one stands in that says so, so that everything else still compiles.

use std::path::Path;

/// The window's page, as `npm run build` leaves it.
const DIST: &str = "../ui/app/dist";
const STAND_IN: &str = "<!doctype html><title>Nightline</title><p>The page was not built: <code>npm run build</code> in <code>ui</code>.</p>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let index = Path::new(DIST).join("index.html");
    if !index.exists() {
        std::fs::create_dir_all(DIST)?;
        std::fs::write(&index, STAND_IN)?;
    }
    println!("cargo:rerun-if-changed={DIST}");
    println!("cargo:rerun-if-changed=../icons");
    let commands = tauri_build::AppManifest::new().commands(&["ask", "listen"]);
    Ok(tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands))?)
}
