//! A desk behind a certificate that nobody vouches for.

use serde_json::json;

use crate::cli::Device;
use nightline_testkit::DeskProcess;

/// B-022: nothing is sent to a desk with an untrusted certificate; the ticket waits, and goes once the certificate
/// is trusted by `--ca`.
#[test]
fn an_untrusted_certificate_keeps_the_ticket_here() {
    let device = Device::new();
    let key = rcgen::KeyPair::generate().unwrap();
    let names = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
    let certificate = rcgen::CertificateParams::new(names).unwrap().self_signed(&key).unwrap();
    let cert = device.file("desk.pem", certificate.pem().as_bytes()).display().to_string();
    let key = device.file("desk.key", key.serialize_pem().as_bytes()).display().to_string();
    let data = tempfile::tempdir().unwrap();
    let program = DeskProcess::beside_this_test().unwrap();
    let desk = DeskProcess::start(&program, data.path(), &["--tls-cert", &cert, "--tls-key", &key]).unwrap();
    assert!(desk.url().starts_with("https://"), "{}", desk.url());
    let intake = device.intake(json!({}));
    let help = ["get-help", "--desk", desk.url(), "--yes", "--intake", &intake, "--json"];
    let ended = device.run(&help).ended_with(5);
    assert_eq!(ended.json()["state"], "queued");
    assert!(ended.err.contains("certificate"), "{}", ended.err);
    let sent = device.run(&["outbox", "send", "--ca", &cert, "--json"]).ended_with(0).json();
    assert_eq!(sent["tickets"], json!([]));
}
