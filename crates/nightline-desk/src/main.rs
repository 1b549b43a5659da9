//! The program `nightline-desk`: reads flags, prints what an operator needs, and gives exit codes.
//!
//! The edge of the desk: the only place that asks the clock, the environment and the terminal.

mod args;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use nightline_desk::app::{App, Clock};
use nightline_desk::serve::{Listen, serve};
use nightline_desk::settings::{Rates, Settings};
use nightline_desk::{agent, log, setup};
use nightline_text::{Language, Texts};
use nightline_types::{Message, Timestamp, chain};
use zeroize::Zeroizing;

use args::{AddAgent, AgentCommand, Cli, Command, Serve};

/// DESIGN: 2 is usage, 3 a wrong input, 1 anything else.
const EXIT_USAGE: u8 = 2;
/// A password in standard input is one line; more is not a password.
const MAX_PASSWORD_BYTES: u64 = 1_024;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let language = cli.lang.as_deref().map_or(Language::English, Language::of_locale);
    let texts = Texts::new(language);
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("Another crypto provider was there first");
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&texts, "desk-failed", &chain(&error), 1),
    };
    runtime.block_on(async {
        match cli.command {
            Command::Serve(flags) => run(*flags, &texts).await,
            Command::Agent(AgentCommand::Add(flags)) => add(flags, &texts).await,
        }
    })
}

async fn run(flags: Serve, texts: &Texts) -> ExitCode {
    if let Some(refusal) = flags.refusal() {
        let message = Message::new(refusal).arg("address", flags.listen.to_string());
        return say(&texts.say(&message), EXIT_USAGE);
    }
    let listen = Listen {
        address: flags.listen,
        tls: flags.tls_cert.clone().zip(flags.tls_key.clone()),
        plain: flags.plain_listen,
    };
    let settings = settings(flags, texts.language());
    let public_url = settings.public_url.clone();
    let scheme = if settings.tls { "https" } else { "http" };
    let filter = environment("NIGHTLINE_LOG");
    let logs_dir = settings.data_dir.join("logs");
    let _alone = match nightline_desk::app::alone(&settings.data_dir) {
        Ok(lock) => lock,
        Err(error) => return fail(texts, "desk-in-use", &chain(&error), 1),
    };
    let app = match App::open(settings, clock()).await {
        Ok(app) => app,
        Err(error) => return fail(texts, "desk-failed", &chain(&error), 1),
    };
    let _log = match log::start(&logs_dir, filter.as_deref()) {
        Ok(guard) => guard,
        Err(error) => return fail(texts, "desk-failed", &chain(&error), 1),
    };
    let link = match setup::offer(&app.db).await {
        Ok(link) => link,
        Err(error) => return fail(texts, "desk-failed", &chain(&error), 1),
    };
    let stop = stopped();
    let ready = |address: std::net::SocketAddr| {
        let here = format!("{scheme}://{address}");
        print(&format!("listening on {here}"));
        if let Some(token) = link {
            let base = public_url.map_or(here, |it| it.origin());
            let message = Message::new("desk-setup-link").arg("link", format!("{base}/setup#token={token}"));
            print(&texts.say(&message));
        }
    };
    match serve(app, listen, ready, stop).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(texts, "desk-failed", &chain(&error), 1),
    }
}

fn settings(flags: Serve, language: Language) -> Settings {
    Settings {
        data_dir: flags.data,
        organisation: flags.organisation,
        public_url: flags.public_url,
        tls: flags.tls_cert.is_some(),
        proxy: flags.behind_proxy,
        signed_name: flags.signed_name.clone(),
        broken_name: flags.broken_name.clone(),
        who_may_open: flags.who_may_open.into(),
        max_bundle_bytes: flags.max_bundle_bytes,
        rates: Rates {
            tickets_per_hour: flags.tickets_per_hour,
            enrolments_per_minute: flags.enrolments_per_minute,
            requests_per_second: flags.requests_per_second,
        },
        language,
    }
}

async fn add(flags: AddAgent, texts: &Texts) -> ExitCode {
    let Some(password) = password_from_stdin() else {
        return say(&texts.plain("desk-password-missing"), EXIT_USAGE);
    };
    let app = match App::open(Settings::loopback(flags.data), clock()).await {
        Ok(app) => app,
        Err(error) => return fail(texts, "desk-failed", &chain(&error), 1),
    };
    let new = agent::wire::NewAgent {
        email: flags.email,
        name: flags.name,
        password: password.as_str().to_owned(),
        admin: flags.admin,
    };
    match agent::add(&app, new).await {
        Ok(agent) => {
            print(
                &texts
                    .say(&Message::new("desk-agent-added").arg("name", agent.name).arg("email", agent.email)),
            );
            app.db.close().await;
            ExitCode::SUCCESS
        }
        Err(failure) => fail(texts, "desk-agent-refused", failure.detail(), EXIT_USAGE),
    }
}

fn password_from_stdin() -> Option<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::new());
    let mut input = std::io::Read::take(std::io::stdin().lock(), MAX_PASSWORD_BYTES);
    std::io::BufRead::read_line(&mut std::io::BufReader::new(&mut input), &mut line).ok()?;
    let password = line.trim_end_matches(['\r', '\n']);
    (!password.is_empty()).then(|| Zeroizing::new(password.to_owned()))
}

/// Ctrl-C, or what a supervisor sends. Listens from the call on, not from the first poll: a signal that comes
/// right after the ready line must not be missed.
#[cfg(unix)]
fn stopped() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        match signals {
            (Ok(mut interrupt), Ok(mut terminate)) => {
                tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
            }
            _ => std::future::pending().await,
        }
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
async fn stopped() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program's edge: the one place that asks the system's clock"
)]
fn clock() -> Clock {
    Clock::new(|| Timestamp::from(std::time::SystemTime::now()))
}

#[expect(clippy::disallowed_methods, reason = "the program's edge: the one place that reads the environment")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// To standard output, at once; a closed pipe is not our failure.
fn print(line: &str) {
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        tracing::debug!("Nobody reads standard output");
    }
}

fn say(sentence: &str, code: u8) -> ExitCode {
    if writeln!(std::io::stderr().lock(), "{sentence}").is_err() {
        tracing::debug!("Nobody reads standard error");
    }
    ExitCode::from(code)
}

fn fail(texts: &Texts, id: &'static str, detail: &str, code: u8) -> ExitCode {
    say(&texts.say(&Message::new(id).arg("detail", detail.to_owned())), code)
}
