//! Fills the sentences of a whole report, so that its JSON reads without our files.

use nightline_types::Report;

use crate::Texts;

/// Puts the reader's language into every message of a report.
pub fn fill_report(report: &mut Report, texts: &Texts) {
    texts.fill(&mut report.verdict.message);
    for finding in &mut report.findings {
        texts.fill(&mut finding.message);
        if let Some(advice) = &mut finding.advice {
            texts.fill(advice);
        }
    }
    for check in &mut report.checks {
        if let Some(reason) = &mut check.reason {
            texts.fill(reason);
        }
    }
    for event in &mut report.timeline {
        texts.fill(&mut event.message);
    }
    for withheld in report.machine.withheld.values_mut() {
        texts.fill(&mut withheld.reason);
    }
    for probe in report.target.iter_mut().flat_map(|target| &mut target.probes) {
        if let Some(failure) = &mut probe.failure {
            texts.fill(failure);
        }
    }
}
