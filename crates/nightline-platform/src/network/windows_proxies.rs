//! Windows' proxy settings and answers as texts: `host:port` for everything, or `http=host:port;https=host:port`.
//! Asks nobody.

use super::proxies::{ProxySetting, ProxySource, place, script_without_credentials, without_credentials};
use super::scripts::{DETECT, ProxyChoice};

/// What the person's settings say.
#[derive(Debug, Default)]
pub(super) struct Configured {
    pub(super) detects: bool,
    pub(super) script: Option<String>,
    pub(super) proxies: Option<String>,
    pub(super) exceptions: Option<String>,
}

/// The settings; a script that is named comes before the one that the network may name.
pub(super) fn settings(configured: &Configured) -> Vec<ProxySetting> {
    let setting = |scheme: &str, value: String| ProxySetting {
        source: ProxySource::Windows,
        scheme: scheme.to_owned(),
        value,
    };
    let script = configured.script.as_deref().map(str::trim).filter(|it| !it.is_empty());
    let mut found: Vec<ProxySetting> =
        script.map(|it| setting("pac", script_without_credentials(it))).into_iter().collect();
    found.extend(configured.detects.then(|| setting("pac", DETECT.to_owned())));
    for word in words(configured.proxies.as_deref().unwrap_or_default()) {
        match word.split_once('=') {
            None => found.push(setting("all", without_credentials(word))),
            Some((scheme @ ("http" | "https"), place)) => {
                found.push(setting(scheme, without_credentials(place)));
            }
            // For what has no proxy of its own.
            Some(("socks", place)) => {
                found.push(setting("all", format!("socks://{}", without_credentials(place))));
            }
            Some(_) => {}
        }
    }
    let exceptions: Vec<&str> = words(configured.exceptions.as_deref().unwrap_or_default()).collect();
    found.extend((!exceptions.is_empty()).then(|| setting("no", exceptions.join(","))));
    found
}

/// The proxies that a script named, in its order; Windows leaves out what comes after a `DIRECT`.
pub(super) fn choices(text: &str) -> Vec<ProxyChoice> {
    words(text)
        .map(|word| match word.split_once('=') {
            Some(("socks", proxy)) => ProxyChoice::Socks(place(proxy)),
            Some((_, proxy)) => ProxyChoice::Http(place(proxy)),
            None => ProxyChoice::Http(place(word)),
        })
        .filter(|it| it.place() != Some(""))
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| it == ';' || it.is_whitespace()).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_names_scripts_proxies_and_exceptions() {
        let configured = Configured {
            detects: true,
            script: Some("http://me:secret@wpad.corp.test/proxy.pac".to_owned()),
            proxies: Some("http=a.test:80;https=http://b.test:81;ftp=c.test:82".to_owned()),
            exceptions: Some("*.corp.test;<local>".to_owned()),
        };
        check(
            &configured,
            &[
                ("pac", "http://wpad.corp.test/proxy.pac"),
                ("pac", "wpad:"),
                ("http", "a.test:80"),
                ("https", "http://b.test:81"),
                ("no", "*.corp.test,<local>"),
            ],
        );
        let proxies = Some("p.test:3128".to_owned());
        check(&Configured { proxies, ..Configured::default() }, &[("all", "p.test:3128")]);
        let proxies = Some("socks=s.test:1080".to_owned());
        check(&Configured { proxies, ..Configured::default() }, &[("all", "socks://s.test:1080")]);
        check(&Configured { script: Some(" ".to_owned()), ..Configured::default() }, &[]);
    }

    #[test]
    fn what_a_script_said_to_windows_is_a_list() {
        let http = |place: &str| ProxyChoice::Http(place.to_owned());
        assert_eq!(
            choices("a.test:80;b.test:81 c.test:82"),
            [http("a.test:80"), http("b.test:81"), http("c.test:82")]
        );
        assert_eq!(choices("http://me:x@a.test:80/"), [http("a.test:80")]);
        assert_eq!(choices("socks=s.test:1080"), [ProxyChoice::Socks("s.test:1080".to_owned())]);
        assert_eq!(choices(" ; =;"), []);
    }

    #[track_caller]
    fn check(configured: &Configured, expected: &[(&str, &str)]) {
        let found = settings(configured);
        let found: Vec<_> = found.iter().map(|it| (it.scheme.as_str(), it.value.as_str())).collect();
        assert_eq!(found, expected);
    }
}
