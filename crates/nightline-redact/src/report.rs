//! Redacts a report: typed facts exactly by their class, messages and events in arguments and in words.
//! Ids, times, numbers and the schema stay as they are, so the result reads as a report again.

use std::net::IpAddr;

use nightline_types::{Event, Fact, Machine, Message, PathReport, Privacy, Report, Target, Value};

use crate::address::identifies_nobody;
use crate::automaton::is_placeholder;
use crate::json::is_replaced;
use crate::known::{is_common_account, is_common_host, split_port};
use crate::leaving::{Hits, Redacted};
use crate::pseudonym::is_bare_host;
use crate::{Class, Redactor};

impl Redactor {
    /// The report as JSON with every private value replaced. Reads as a [`Report`] again.
    pub fn redact_report(&self, report: &Report) -> Redacted {
        let mut hits = Hits::new();
        let mut report = report.clone();
        self.report(&mut report, &mut hits);
        // Maps with text as names and finite numbers always become JSON; an empty text would fail to read.
        Redacted::new(serde_json::to_string_pretty(&report).unwrap_or_default(), hits)
    }

    /// A machine's identity as JSON with every private value replaced. Reads as a [`Machine`] again.
    pub fn redact_machine(&self, machine: &Machine) -> Redacted {
        let mut hits = Hits::new();
        let mut machine = machine.clone();
        self.machine(&mut machine, &mut hits);
        Redacted::new(serde_json::to_string_pretty(&machine).unwrap_or_default(), hits)
    }

    fn report(&self, report: &mut Report, hits: &mut Hits) {
        self.message(&mut report.verdict.message, hits);
        for finding in &mut report.findings {
            self.message(&mut finding.message, hits);
            if let Some(advice) = &mut finding.advice {
                self.message(advice, hits);
            }
        }
        for check in &mut report.checks {
            if let Some(reason) = &mut check.reason {
                self.message(reason, hits);
            }
            check.facts.iter_mut().for_each(|fact| self.fact(fact, hits));
        }
        report.timeline.iter_mut().for_each(|event| self.event(event, hits));
        self.machine(&mut report.machine, hits);
        if let Some(path) = &mut report.path {
            self.path(path, hits);
        }
        if let Some(target) = &mut report.target {
            target.given = self.target(&target.given, hits);
            for failure in target.probes.iter_mut().filter_map(|probe| probe.failure.as_mut()) {
                self.message(failure, hits);
            }
        }
    }

    /// Addresses and names are replaced; whose network a hop belongs to is not private.
    fn path(&self, path: &mut PathReport, hits: &mut Hits) {
        path.target = self.typed_host(&path.target, hits);
        path.address = self.typed_ip(&path.address, hits);
        for hop in &mut path.hops {
            hop.addresses.iter_mut().for_each(|it| *it = self.typed_ip(it, hits));
            if let Some(name) = &mut hop.name {
                *name = self.typed_host(name, hits);
            }
            if let Some(owner) = &mut hop.owner {
                *owner = self.redact_known(owner, hits);
            }
            for said in hop.excused.iter_mut().chain(&mut hop.remarks) {
                self.message(said, hits);
            }
        }
        if let Some(verdict) = &mut path.verdict {
            self.message(&mut verdict.message, hits);
        }
    }

    fn fact(&self, fact: &mut Fact, hits: &mut Hits) {
        self.value(&mut fact.value, fact.privacy, hits);
    }

    fn value(&self, value: &mut Value, privacy: Privacy, hits: &mut Hits) {
        match value {
            Value::Text(text) => *text = self.typed(text, privacy, hits),
            Value::List(items) => items.iter_mut().for_each(|item| self.value(item, privacy, hits)),
            Value::Map(map) => {
                *map = std::mem::take(map)
                    .into_iter()
                    .map(|(name, mut item)| {
                        self.value(&mut item, privacy, hits);
                        (self.name(&name, privacy, hits), item)
                    })
                    .collect();
            }
            Value::Bool(_) | Value::Int(_) | Value::Float(_) => {}
        }
    }

    /// A map's name is a column's name, or a value that was used as one.
    fn name(&self, name: &str, privacy: Privacy, hits: &mut Hits) -> String {
        if privacy.is_public() { self.redact_known(name, hits) } else { self.text(name, hits) }
    }

    fn typed(&self, text: &str, privacy: Privacy, hits: &mut Hits) -> String {
        match privacy {
            Privacy::Public => self.redact_known(text, hits),
            Privacy::Ip => self.typed_ip(text, hits),
            Privacy::Mac => self.typed_mac(text, hits),
            Privacy::Host => self.typed_host(text, hits),
            Privacy::User if is_common_account(text) => text.to_owned(),
            Privacy::User => self.exact(Class::User, text, hits),
            Privacy::Serial if is_placeholder(text) => text.to_owned(),
            Privacy::Serial => self.exact(Class::Serial, text, hits),
            Privacy::Path | Privacy::Text => self.text(text, hits),
        }
    }

    /// An address, alone or with a prefix length or a zone.
    fn typed_ip(&self, text: &str, hits: &mut Hits) -> String {
        let cut = text.find(['/', '%']).unwrap_or(text.len());
        let (bare, rest) = text.split_at(cut);
        if self.is_withdrawn(bare) {
            return format!("{}{rest}", self.exact(Class::Host, bare, hits));
        }
        match bare.parse::<IpAddr>() {
            Ok(address) if identifies_nobody(address) || self.is_readable(bare) => text.to_owned(),
            Ok(address) => {
                let class = if address.is_ipv4() { Class::Ipv4 } else { Class::Ipv6 };
                format!("{}{rest}", self.exact(class, bare, hits))
            }
            Err(_) => self.text(text, hits),
        }
    }

    fn typed_mac(&self, text: &str, hits: &mut Hits) -> String {
        let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
        let joined = text.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'-' | b'.'));
        if joined && matches!(digits, 12 | 16) {
            self.exact(Class::Mac, text, hits)
        } else {
            self.text(text, hits)
        }
    }

    /// A host, alone or with a port, which is not private unless the person took its host back.
    fn typed_host(&self, text: &str, hits: &mut Hits) -> String {
        let (host, port) = split_port(text);
        if self.is_withdrawn(host) {
            return self.exact(Class::Host, host, hits);
        }
        if !port.is_empty() {
            return format!("{}{port}", self.typed_host(host, hits));
        }
        if text.parse::<IpAddr>().is_ok() {
            return self.typed_ip(text, hits);
        }
        if matches!(text.to_lowercase().as_str(), "localhost" | "localhost.localdomain") {
            return text.to_owned();
        }
        self.exact(Class::Host, text, hits)
    }

    fn message(&self, message: &mut Message, hits: &mut Hits) {
        for value in message.args.values_mut() {
            self.value(value, Privacy::Text, hits);
        }
        message.text = self.text(&message.text, hits);
    }

    fn event(&self, event: &mut Event, hits: &mut Hits) {
        if event.privacy.is_public() {
            event.message.args.values_mut().for_each(|value| self.value(value, Privacy::Public, hits));
            event.message.text = self.redact_known(&event.message.text, hits);
            return;
        }
        // The arguments may hold values of this kind beside plain ones, so forms are looked for, and the named class
        // decides only where forms cannot.
        let privacy = match event.privacy {
            Privacy::Host | Privacy::User | Privacy::Serial => event.privacy,
            _ => Privacy::Text,
        };
        let plain: Vec<String> =
            event.message.args.values().filter_map(Value::as_str).map(str::to_owned).collect();
        event.message.args.values_mut().for_each(|value| self.value(value, privacy, hits));
        let hidden: Vec<String> =
            event.message.args.values().filter_map(Value::as_str).map(str::to_owned).collect();
        let mut text = std::mem::take(&mut event.message.text);
        // The sentence mentions the same values; a value of two letters would tear words apart.
        for (from, to) in plain.iter().zip(&hidden).filter(|(from, to)| from != to && from.len() > 2) {
            text = text.replace(from.as_str(), to);
        }
        event.message.text = self.text(&text, hits);
    }

    fn machine(&self, machine: &mut Machine, hits: &mut Hits) {
        let mut replace = |slot: &mut Option<String>, privacy: Privacy| {
            if let Some(text) = slot {
                *text = self.typed(text, privacy, hits);
            }
        };
        replace(&mut machine.host_name, Privacy::Host);
        replace(&mut machine.user_name, Privacy::User);
        replace(&mut machine.serial, Privacy::Serial);
        replace(&mut machine.asset_tag, Privacy::Serial);
        replace(&mut machine.cloud_instance, Privacy::Serial);
        for slot in [&mut machine.os, &mut machine.os_build, &mut machine.model, &mut machine.manufacturer] {
            replace(slot, Privacy::Public);
        }
        machine.withheld.values_mut().for_each(|it| self.message(&mut it.reason, hits));
    }

    /// A target that the person disclosed stays; another becomes a name that is still a target.
    pub fn redact_target(&self, target: &Target) -> (Target, Hits) {
        let mut hits = Hits::new();
        let target = self.target(target, &mut hits);
        (target, hits)
    }

    fn target(&self, target: &Target, hits: &mut Hits) -> Target {
        let host = target.host();
        let withdrawn = self.is_withdrawn(host);
        let nobody = !withdrawn && host.parse::<IpAddr>().is_ok_and(identifies_nobody);
        if self.is_readable(host) || is_bare_host(host) || is_replaced(host) || nobody {
            return target.clone();
        }
        *hits.entry(Class::Host).or_default() += 1;
        let bare = if is_common_host(host) && !withdrawn {
            host.to_owned()
        } else {
            self.pseudonyms.bare_host(host)
        };
        let text = match (target.scheme(), target.port()) {
            (Some(scheme), Some(port)) => format!("{scheme}://{bare}:{port}/"),
            (Some(scheme), None) => format!("{scheme}://{bare}/"),
            (None, Some(port)) => format!("{bare}:{port}"),
            (None, None) => bare,
        };
        // A bare host with a port is always a target; what is not would be nobody's.
        text.parse().unwrap_or_else(|_| target.clone())
    }
}
