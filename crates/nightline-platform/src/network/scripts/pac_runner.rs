//! GLib's service for scripts on the session bus, which runs them for GNOME's programs. The bus starts it.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

use zbus::Connection;

use super::super::proxies::place;
use super::{DETECT, ProxyChoice, ScriptError};
use crate::bus;

const SERVICE: &str = "org.gtk.GLib.PACRunner";
const PATH: &str = "/org/gtk/GLib/PACRunner";
/// A script of our own that never says "direct". Nobody can have this name (RFC 6761, 6.4).
const CONTROL: &str = r#"function FindProxyForURL(url, host) { return "PROXY nightline.invalid:9"; }"#;

pub(super) async fn run(
    script: &str,
    url: &str,
    environment: &BTreeMap<String, String>,
    limit: Duration,
    is_proven: bool,
) -> Result<Vec<ProxyChoice>, ScriptError> {
    let bus = match bus::session(environment, limit).await {
        Ok(bus) => bus,
        Err(bus::NoBus::NoAnswer) => return Err(ScriptError::Slow),
        Err(_) => return Err(ScriptError::NoRunner),
    };
    let script = if script == DETECT { "" } else { script };
    let choices = lookup(&bus, script, url).await?;
    // Where the part that runs scripts is not installed, the service says "direct" to everything.
    let is_direct = !choices.is_empty() && choices.iter().all(|it| *it == ProxyChoice::Direct);
    if is_direct && !is_proven && !runs_scripts(&bus, url).await? {
        return Err(ScriptError::NoRunner);
    }
    Ok(choices)
}

async fn lookup(bus: &Connection, script: &str, url: &str) -> Result<Vec<ProxyChoice>, ScriptError> {
    let answer = bus.call_method(Some(SERVICE), PATH, Some(SERVICE), "Lookup", &(script, url)).await;
    let answer = answer.map_err(|error| match error {
        error if bus::is_nobody(&error) => ScriptError::NoRunner,
        zbus::Error::InputOutput(_) => ScriptError::Slow,
        _ => ScriptError::Fails,
    })?;
    let answer: Vec<String> = answer.body().deserialize().map_err(|_| ScriptError::Fails)?;
    Ok(read(&answer))
}

async fn runs_scripts(bus: &Connection, url: &str) -> Result<bool, ScriptError> {
    let control = tempfile::Builder::new().prefix("nightline-").suffix(".pac").tempfile();
    let Ok(mut control) = control else { return Ok(false) };
    if control.write_all(CONTROL.as_bytes()).is_err() {
        return Ok(false);
    }
    let choices = lookup(bus, &format!("file://{}", control.path().display()), url).await?;
    Ok(choices.iter().any(|it| *it != ProxyChoice::Direct))
}

/// `http://host:port`, `socks5://host:port`, `direct://`. One SOCKS proxy comes once for each version it may have.
fn read(answer: &[String]) -> Vec<ProxyChoice> {
    let mut choices: Vec<ProxyChoice> = answer.iter().filter_map(|it| choice(it)).collect();
    choices.dedup();
    choices
}

fn choice(text: &str) -> Option<ProxyChoice> {
    let (scheme, _) = text.split_once("://")?;
    let place = place(text);
    match scheme {
        "direct" => Some(ProxyChoice::Direct),
        _ if place.is_empty() => None,
        "http" => Some(ProxyChoice::Http(place)),
        "https" => Some(ProxyChoice::Https(place)),
        "socks" | "socks4" | "socks4a" | "socks5" => Some(ProxyChoice::Socks(place)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_services_answer_is_a_list_of_ways_in_their_order() {
        let http = |place: &str| ProxyChoice::Http(place.to_owned());
        let socks = |place: &str| ProxyChoice::Socks(place.to_owned());
        check(&["direct://"], &[ProxyChoice::Direct]);
        // As `PROXY 10.1.2.3:3128; SOCKS 10.1.2.4:1080; DIRECT` came from the real one.
        let real = [
            "http://10.1.2.3:3128",
            "socks5://10.1.2.4:1080",
            "socks4a://10.1.2.4:1080",
            "socks4://10.1.2.4:1080",
            "direct://",
        ];
        check(&real, &[http("10.1.2.3:3128"), socks("10.1.2.4:1080"), ProxyChoice::Direct]);
        check(
            &["http://[::1]:3", "https://p.test:443/"],
            &[http("[::1]:3"), ProxyChoice::Https("p.test:443".into())],
        );
        check(
            &["http://me:secret@p.test:1", "http://me:s/@/t@p.test:2"],
            &[http("p.test:1"), http("p.test:2")],
        );
        check(&["", "http://", "nonsense", "gopher://p.test:70"], &[]);
    }

    #[track_caller]
    fn check(answer: &[&str], expected: &[ProxyChoice]) {
        let answer: Vec<String> = answer.iter().map(|&it| it.to_owned()).collect();
        assert_eq!(read(&answer), expected);
    }
}
