//! `on-desktop`: what `cargo xtask` cannot do itself without compiling a browser driver first. Puts the real programs
//! on a desktop of its own and answers as JSON on its output: `figures` measures them, `picture` takes their picture.
//!
//! Judges nothing and talks to loopback only. Stops with what it waited for where something is not as it should be.

#[cfg(target_os = "linux")]
mod app;
#[cfg(target_os = "linux")]
mod figures;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(target_os = "linux")]
mod picture;
#[cfg(target_os = "linux")]
mod words;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    let mut words = std::env::args().skip(1);
    let job = words.next().unwrap_or_default();
    let words = words::Words::of(words);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime starts on a machine that compiles");
    match job.as_str() {
        "figures" => runtime.block_on(figures::run(&words)),
        "picture" => runtime.block_on(picture::run(&words)),
        _ => return std::process::ExitCode::from(2),
    }
    std::process::ExitCode::SUCCESS
}

#[cfg(not(target_os = "linux"))]
fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(2)
}
