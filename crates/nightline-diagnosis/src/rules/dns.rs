//! Name resolution: asked the system's way and each resolver directly, so that every negative is seen twice.

use nightline_types::{Culprit, Grade, Outcome};

use crate::claim::{Claim, Layer, claim};
use crate::seen::Seen;

const DIRECT: &str = "dns-direct";
const SYSTEM: &str = "dns-system";
const ABSENT: &str = "dns-absent-name";
const DNSSEC: &str = "dnssec";
const INJECTED: &str = "dns-injected";
/// Significantly slow, as ChromiumOS counts it for uncached names.
const SLOW_MS: f64 = 500.0;
const BELOW: &[Layer] = &[Layer::Link, Layer::Gateway, Layer::Path, Layer::Provider];
/// One server of several may be as far away as others that are silent.
const BELOW_ONE: &[Layer] = &[Layer::Link, Layer::Gateway, Layer::Path, Layer::Provider, Layer::Between];

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    let system_failed = seen.outcome(SYSTEM) == Some(Outcome::Broken);
    match seen.number(DIRECT, "server_count") {
        None => {}
        Some(0.0) => claims.extend(no_server(seen, system_failed)),
        Some(count) => servers(seen, count, system_failed, claims),
    }
    let refused = seen.text(DNSSEC, "signed") == Some("servfail");
    if refused && seen.text(DNSSEC, "signed_unchecked") == Some("answered") {
        claims.push(
            claim(Layer::Dns, "finding-dnssec-broken", Grade::Degraded, Culprit::Dns, 0.7)
                .advice("advice-dns-slow")
                .explained_by(BELOW)
                .seen_in(DNSSEC, "signed"),
        );
    }
    if seen.flag(INJECTED, "injected") == Some(true) {
        let grade = if led_astray(seen) { Grade::Broken } else { Grade::Degraded };
        claims.push(
            claim(Layer::Interception, "finding-dns-injected", grade, Culprit::Interception, 0.85)
                .arg("name", seen.text(INJECTED, "name").unwrap_or_default())
                .advice("advice-dns-injected")
                .explained_by(BELOW)
                .seen_in(INJECTED, "injected")
                .seen_in(INJECTED, "answers"),
        );
    }
    if seen.flag(ABSENT, "forged") == Some(true) {
        claims.push(
            claim(Layer::Interception, "finding-dns-forged", Grade::Degraded, Culprit::Interception, 0.8)
                .arg("address", seen.texts(ABSENT, "forged_answers").first().copied().unwrap_or_default())
                .advice("advice-dns-forged")
                .explained_by(BELOW)
                .seen_in(ABSENT, "forged")
                .seen_in(ABSENT, "forged_answers"),
        );
    }
}

/// Somebody's answer is where the target or the desk was looked for in vain.
fn led_astray(seen: Seen<'_>) -> bool {
    let answers = seen.fact(INJECTED, "answers").map(|it| it.value.items()).unwrap_or_default();
    ["target-reach", "desk-reach"].into_iter().any(|check| {
        let name = seen.text(check, "host").is_some_and(|it| seen.text(INJECTED, "name") == Some(it));
        let address = seen.fact(check, "address").map(|it| &it.value);
        let given = address.is_some_and(|it| answers.iter().any(|answer| answer.items().contains(it)));
        name && given && seen.reached(check) == Some(false)
    })
}

fn no_server(seen: Seen<'_>, system_failed: bool) -> Option<Claim> {
    if seen.outcome(SYSTEM) == Some(Outcome::Healthy) {
        return None;
    }
    let confidence = if system_failed { 0.9 } else { 0.6 };
    let severity = if system_failed { Grade::Broken } else { Grade::Degraded };
    Some(
        claim(Layer::Dns, "finding-dns-none", severity, Culprit::Dns, confidence)
            .advice("advice-dns-none")
            .explained_by(BELOW)
            .seen_in(DIRECT, "server_count"),
    )
}

fn servers(seen: Seen<'_>, count: f64, system_failed: bool, claims: &mut Vec<Claim>) {
    let answered = seen.number(DIRECT, "answered_count").unwrap_or_default();
    if answered < 1.0 {
        claims.extend(all_dead(seen, system_failed));
        return;
    }
    let silent = silent_servers(seen);
    if answered < count && !silent.is_empty() {
        claims.push(
            claim(Layer::Dns, "finding-dns-partly", Grade::Degraded, Culprit::Dns, 0.8)
                .arg("servers", silent)
                .advice("advice-dns-partly")
                .explained_by(BELOW_ONE)
                .seen_in(DIRECT, "answered_count"),
        );
    }
    let tcp_only = seen.texts(DIRECT, "tcp_only");
    if !tcp_only.is_empty() {
        let severity = if system_failed { Grade::Broken } else { Grade::Degraded };
        claims.push(
            claim(Layer::Dns, "finding-dns-tcp-only", severity, Culprit::Dns, 0.8)
                .arg("servers", tcp_only.join(", "))
                .advice("advice-dns-tcp-only")
                .explained_by(BELOW)
                .seen_in(DIRECT, "tcp_only")
                .seen_by(SYSTEM),
        );
    } else if system_failed && seen.text(SYSTEM, "error") != Some("not-found") && !only_names_fail(seen) {
        claims.push(
            claim(Layer::Dns, "finding-dns-system", Grade::Broken, Culprit::Dns, 0.7)
                .advice("advice-dns-system")
                .explained_by(BELOW)
                .seen_in(SYSTEM, "error")
                .seen_in(DIRECT, "answered_count"),
        );
    }
    if let Some(ms) = seen.number(DIRECT, "fastest_ms").filter(|ms| *ms > SLOW_MS) {
        let system_slow = seen.number(SYSTEM, "resolve_ms").is_some_and(|ms| ms > SLOW_MS);
        claims.push(
            claim(
                Layer::Dns,
                "finding-dns-slow",
                Grade::Degraded,
                Culprit::Dns,
                if system_slow { 0.8 } else { 0.5 },
            )
            .arg("ms", ms.round())
            .advice("advice-dns-slow")
            .explained_by(BELOW)
            .seen_in(DIRECT, "fastest_ms"),
        );
    }
}

/// Whether every name that failed here is one that the servers themselves find nothing for, while they work.
fn only_names_fail(seen: Seen<'_>) -> bool {
    let told: Vec<&str> = ["failing_names", "denied_names", "empty_names"]
        .into_iter()
        .flat_map(|key| seen.texts(DIRECT, key))
        .collect();
    let failed = seen.texts(SYSTEM, "failed_names");
    !failed.is_empty() && failed.iter().all(|it| told.contains(it))
}

/// No configured resolver answers: by UDP and by TCP, and the system's own way fails or had nothing to ask.
fn all_dead(seen: Seen<'_>, system_failed: bool) -> Option<Claim> {
    if seen.outcome(SYSTEM) == Some(Outcome::Healthy) {
        return None;
    }
    let confidence = if system_failed { 0.95 } else { 0.8 };
    let refused = seen.texts(DIRECT, "refused");
    let failing = seen.texts(DIRECT, "servfail");
    let silent = silent_servers(seen);
    let (id, key, servers) = if !silent.is_empty() {
        ("finding-dns-dead", "timed_out", silent)
    } else if !refused.is_empty() {
        ("finding-dns-refused", "refused", refused.join(", "))
    } else {
        ("finding-dns-failing", "servfail", failing.join(", "))
    };
    Some(
        claim(Layer::Dns, id, Grade::Broken, Culprit::Dns, confidence)
            .arg("servers", servers)
            .advice("advice-dns-dead")
            .explained_by(BELOW)
            .seen_in(DIRECT, key)
            .seen_by(SYSTEM),
    )
}

fn silent_servers(seen: Seen<'_>) -> String {
    let mut silent = seen.texts(DIRECT, "timed_out");
    silent.extend(seen.texts(DIRECT, "unreachable"));
    silent.join(", ")
}
