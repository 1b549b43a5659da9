//! Proxy settings of the environment, and of GNOME, Windows or macOS. Uses none of them and runs no PAC script.

use std::collections::BTreeMap;
use std::time::Duration;

use super::scripts::DETECT;
use crate::command::Command;
use crate::source::{Source, SourceState};

/// `gsettings` reads a file; more than this means a hung session bus.
const GSETTINGS_LIMIT: Duration = Duration::from_secs(2);

/// All proxy settings that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    /// The settings, environment first.
    pub settings: Vec<ProxySetting>,
    /// Where we looked.
    pub sources: Vec<Source>,
}

/// One proxy setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxySetting {
    /// Where it was found.
    pub source: ProxySource,
    /// For which URLs: `http`, `https`, `all`; `no` lists exceptions; `pac` is a script's address, or
    /// [`DETECT`].
    pub scheme: String,
    /// The proxy, the exceptions or the script's address; user names and passwords are left out.
    pub value: String,
}

/// Where a proxy setting was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxySource {
    /// A variable of the process's environment.
    Environment,
    /// The GNOME desktop's settings.
    Gnome,
    /// The person's settings in Windows.
    Windows,
    /// The settings of macOS.
    Macos,
}

impl ProxySource {
    /// In kebab-case, for facts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Gnome => "gnome",
            Self::Windows => "windows",
            Self::Macos => "macos",
        }
    }
}

/// The proxy settings. `environment` is the process's, read in main; GNOME is asked only inside a session that has a
/// session bus.
pub async fn proxies(environment: &BTreeMap<String, String>) -> Proxies {
    let mut found = Proxies { settings: of_environment(environment), sources: Vec::new() };
    found.sources.push(Source::new("environment", SourceState::Read));
    #[cfg(windows)]
    match super::scripts::configured() {
        Some(configured) => {
            found.settings.extend(super::windows_proxies::settings(&configured));
            found.sources.push(Source::new("winhttp", SourceState::Read));
        }
        None => found.sources.push(Source::new("winhttp", SourceState::Absent)),
    }
    #[cfg(target_os = "macos")]
    {
        found.settings.extend(super::scripts::configured());
        found.sources.push(Source::new("cfnetwork", SourceState::Read));
    }
    if !environment.contains_key("DBUS_SESSION_BUS_ADDRESS") {
        return found;
    }
    let command =
        Command::new("gsettings", GSETTINGS_LIMIT).args(["list-recursively", "org.gnome.system.proxy"]);
    let state = match command.run().await {
        Ok(ran) if ran.succeeded() => {
            found.settings.extend(of_gnome(&ran.text()));
            SourceState::Read
        }
        // The desktop's schema is not installed.
        Ok(_) | Err(crate::command::CommandError::NotInstalled { .. }) => SourceState::Absent,
        Err(error) => SourceState::Failed(nightline_types::chain(&error)),
    };
    found.sources.push(Source::new("gsettings", state));
    found
}

/// The small letters win over the capitals, as in curl; `HTTP_PROXY` in capitals is ignored there, and shown here,
/// because other programs use it.
fn of_environment(environment: &BTreeMap<String, String>) -> Vec<ProxySetting> {
    let setting = |scheme: &str| {
        let name = format!("{scheme}_proxy");
        let value = environment.get(&name).or_else(|| environment.get(&name.to_ascii_uppercase()))?;
        let value = if scheme == "no" { value.clone() } else { without_credentials(value) };
        (!value.is_empty()).then(|| ProxySetting {
            source: ProxySource::Environment,
            scheme: scheme.to_owned(),
            value,
        })
    };
    ["http", "https", "all", "no"].into_iter().filter_map(setting).collect()
}

/// Lines of `gsettings list-recursively`: schema, key, value in GVariant text.
fn of_gnome(text: &str) -> Vec<ProxySetting> {
    let value = |schema: &str, key: &str| {
        let start = format!("{schema} {key} ");
        let line = text.lines().find_map(|line| line.strip_prefix(start.as_str()))?;
        let value = line.trim().trim_matches('\'').to_owned();
        (!value.is_empty()).then_some(value)
    };
    let setting = |scheme: &str, value: String| ProxySetting {
        source: ProxySource::Gnome,
        scheme: scheme.to_owned(),
        value,
    };
    const ROOT: &str = "org.gnome.system.proxy";
    match value(ROOT, "mode").as_deref() {
        Some("auto") => {
            let script = value(ROOT, "autoconfig-url").unwrap_or_else(|| DETECT.to_owned());
            vec![setting("pac", script_without_credentials(&script))]
        }
        Some("manual") => {
            // What has no proxy of its own goes through the one for SOCKS, as GLib does it.
            let kinds = [("http", "http", ""), ("https", "https", ""), ("socks", "all", "socks://")];
            let named = kinds.into_iter().filter_map(|(kind, scheme, start)| {
                let schema = format!("{ROOT}.{kind}");
                let host = value(&schema, "host")?;
                let port = value(&schema, "port").unwrap_or_default();
                Some(setting(scheme, without_credentials(&format!("{start}{host}:{port}"))))
            });
            let exceptions = value(ROOT, "ignore-hosts").map(|it| texts(&it)).filter(|it| !it.is_empty());
            named.chain(exceptions.map(|it| setting("no", it.join(",")))).collect()
        }
        _ => Vec::new(),
    }
}

/// The texts of a list in GVariant text: `['a', 'b']`, and `@as []` if there is none.
fn texts(list: &str) -> Vec<String> {
    let inside = list.split_once('[').and_then(|(_, it)| it.rsplit_once(']')).map_or("", |(it, _)| it);
    let texts = inside.split(',').map(|it| it.trim().trim_matches(['\'', '"']).to_owned());
    texts.filter(|it| !it.is_empty()).collect()
}

/// Everything between `//` and the last `@` is a name and a password. There is no path, so a slash may be part of them.
pub(super) fn without_credentials(proxy: &str) -> String {
    cut(proxy, |rest| rest.len())
}

/// Everything between `//` and the last `@` before the path is a name and a password.
pub(super) fn script_without_credentials(script: &str) -> String {
    cut(script, |rest| rest.find('/').unwrap_or(rest.len()))
}

fn cut(address: &str, end: impl Fn(&str) -> usize) -> String {
    let start = address.find("://").map_or(0, |at| at + 3);
    let (scheme, rest) = address.split_at(start);
    let place = rest.get(..end(rest)).and_then(|it| it.rfind('@')).map_or(0, |at| at + 1);
    format!("{scheme}{}", rest.get(place..).unwrap_or_default())
}

/// A proxy's `host:port` alone. There is no path, so a slash may be part of a password.
#[cfg(any(target_os = "linux", windows, test))]
pub(super) fn place(proxy: &str) -> String {
    let place = without_credentials(proxy);
    place.split_once("://").map_or(place.as_str(), |(_, rest)| rest).trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environments_proxies_lose_their_passwords() {
        let environment = [
            ("https_proxy", "http://me:p@s/s@proxy.example:3128/"),
            ("HTTP_PROXY", "proxy.example:3128"),
            ("no_proxy", "localhost,10.0.0.0/8"),
            ("all_proxy", ""),
        ];
        let environment = environment.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        let found: Vec<_> =
            of_environment(&environment).into_iter().map(|it| (it.scheme, it.value)).collect();
        let expected = [
            ("http", "proxy.example:3128"),
            ("https", "http://proxy.example:3128/"),
            ("no", "localhost,10.0.0.0/8"),
        ];
        assert_eq!(found, expected.map(|(scheme, value)| (scheme.to_owned(), value.to_owned())));
    }

    #[test]
    fn gnome_names_a_script_or_proxies_or_nothing() {
        let manual = "org.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy.http host 'p.example'\n\
                      org.gnome.system.proxy.http port 8080\norg.gnome.system.proxy.https host ''\n";
        check(manual, &[("http", "p.example:8080")]);
        let all = "org.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy.socks host 's.example'\n\
                   org.gnome.system.proxy.socks port 1080\n\
                   org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1']\n";
        check(all, &[("all", "socks://s.example:1080"), ("no", "localhost,127.0.0.0/8,::1")]);
        check(
            &manual.replace("mode", "ignore-hosts @as []\norg.gnome.system.proxy mode"),
            &[("http", "p.example:8080")],
        );
        let auto = "org.gnome.system.proxy mode 'auto'\n\
                    org.gnome.system.proxy autoconfig-url 'http://me:pass@wpad/w@.dat'\n";
        check(auto, &[("pac", "http://wpad/w@.dat")]);
        let detected = "org.gnome.system.proxy mode 'auto'\norg.gnome.system.proxy autoconfig-url ''\n";
        check(detected, &[("pac", "wpad:")]);
        check("org.gnome.system.proxy mode 'none'\norg.gnome.system.proxy.http host 'old'\n", &[]);
        check("", &[]);
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = of_gnome(text);
        let found: Vec<_> = found.iter().map(|it| (it.scheme.as_str(), it.value.as_str())).collect();
        assert_eq!(found, expected);
    }
}
