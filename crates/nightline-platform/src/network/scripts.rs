//! Has the operating system run a proxy script (PAC), as the machine's own programs do. Runs none itself, and gives
//! the script no more of an address than scheme, host and port.

#[cfg(target_os = "macos")]
mod cf_network;
#[cfg(target_os = "linux")]
mod pac_runner;
#[cfg(windows)]
mod winhttp;

use std::collections::BTreeMap;
use std::time::Duration;

#[cfg(target_os = "macos")]
pub(super) use cf_network::configured;
#[cfg(windows)]
pub(super) use winhttp::configured;

/// The value of a setting that leaves it to the network to name a script (WPAD).
pub const DETECT: &str = "wpad:";

/// One way that a script names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyChoice {
    /// Without a proxy.
    Direct,
    /// A proxy that is asked in the clear, as `host:port`.
    Http(String),
    /// A proxy that is asked over TLS, as `host:port`.
    Https(String),
    /// A SOCKS proxy, as `host:port`.
    Socks(String),
}

impl ProxyChoice {
    /// Its kind in kebab-case, for facts.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Http(_) => "http",
            Self::Https(_) => "https",
            Self::Socks(_) => "socks",
        }
    }

    /// The proxy, as `host:port`.
    pub fn place(&self) -> Option<&str> {
        match self {
            Self::Direct => None,
            Self::Http(place) | Self::Https(place) | Self::Socks(place) => Some(place),
        }
    }
}

/// What a script says about one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptAnswer {
    /// In the order in which programs try them; at least one.
    pub choices: Vec<ProxyChoice>,
    /// Who ran it: `pacrunner`, `winhttp` or `cfnetwork`.
    pub by: &'static str,
}

/// Why nobody knows what a script says.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// Nothing on this machine runs scripts for its programs.
    #[error("nothing here runs proxy scripts")]
    NoRunner,
    /// Whoever runs it did not answer in time.
    #[error("the proxy script did not answer in time")]
    Slow,
    /// Whoever runs it says that it fails, or cannot be had.
    #[error("the proxy script fails")]
    Fails,
}

/// What the script at an address, or the one that the network names ([`DETECT`]), says about a URL. `environment` is
/// the process's, read in main. Takes no longer than `limit`.
///
/// # Errors
/// When nobody can run it, it takes too long, or it fails.
pub async fn run_script(
    script: &str,
    url: &str,
    environment: &BTreeMap<String, String>,
    limit: Duration,
) -> Result<ScriptAnswer, ScriptError> {
    ask(script, url, environment, limit, false).await
}

/// The same about another URL, once [`run_script`] has shown that somebody runs scripts.
///
/// # Errors
/// As there.
pub async fn run_script_again(
    script: &str,
    url: &str,
    environment: &BTreeMap<String, String>,
    limit: Duration,
) -> Result<ScriptAnswer, ScriptError> {
    ask(script, url, environment, limit, true).await
}

async fn ask(
    script: &str,
    url: &str,
    environment: &BTreeMap<String, String>,
    limit: Duration,
    is_proven: bool,
) -> Result<ScriptAnswer, ScriptError> {
    #[cfg(target_os = "linux")]
    let (by, running) = ("pacrunner", pac_runner::run(script, url, environment, limit, is_proven));
    #[cfg(windows)]
    let (by, running) = ("winhttp", winhttp::run(script, url, limit));
    #[cfg(target_os = "macos")]
    let (by, running) = ("cfnetwork", cf_network::run(script, url, limit));
    #[cfg(not(target_os = "linux"))]
    let _ = (environment, is_proven);
    let choices = match tokio::time::timeout(limit, running).await {
        Ok(choices) => choices?,
        Err(_) => return Err(ScriptError::Slow),
    };
    if choices.is_empty() { Err(ScriptError::Fails) } else { Ok(ScriptAnswer { choices, by }) }
}

/// Runs what blocks in a thread of its own: what hangs in there must not hold up the others, nor the end of the
/// program. The receiver fails if the thread panics.
#[cfg(not(target_os = "linux"))]
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ScriptError> {
    let (tell, told) = tokio::sync::oneshot::channel();
    let started = std::thread::Builder::new().name("proxy-script".to_owned()).spawn(move || {
        // Nobody waits any more once the time is over.
        let _ = tell.send(work());
    });
    started.map_err(|_| ScriptError::NoRunner)?;
    told.await.map_err(|_| ScriptError::Fails)
}

#[cfg(windows)]
#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    /// Under Wine too, the system fetches the script and runs it.
    #[tokio::test]
    async fn windows_says_what_its_settings_and_scripts_say() {
        assert!(configured().is_some_and(|it| it.script.is_none() && it.proxies.is_none()));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let script = format!("http://{}/proxy.pac", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for mut client in listener.incoming().flatten() {
                let _ = client.read(&mut [0; 4_096]);
                let page = r#"function FindProxyForURL(url, host) { return "PROXY p.test:3128"; }"#;
                let _ = write!(client, "HTTP/1.0 200 OK\r\ncontent-length: {}\r\n\r\n{page}", page.len());
            }
        });
        let answer =
            run_script(&script, "https://desk.test/", &BTreeMap::new(), Duration::from_secs(30)).await;
        let named = [ProxyChoice::Http("p.test:3128".to_owned())];
        assert!(
            matches!(&answer, Ok(answer) if answer.choices == named && answer.by == "winhttp"),
            "{answer:?}"
        );
    }
}
