//! Every way in which a desk is not reached or says no, and what the person is told.

use std::path::Path;
use std::sync::Arc;

use nightline_protocol::ErrorCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::desk::{FakeDesk, Fault, refusal, url_of};
use super::{Device, NOW};
use crate::{DeliveryOutcome, OutboxError, Stage, Which};

#[tokio::test]
async fn a_stopped_desk_leaves_the_ticket_queued() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let device = Device::new();
    let (number, _) = device.queue(&url_of(address), 10);
    check_queued(&device, "offline-connect", "session-offline-connect").await;
    assert_eq!(device.stage(&number), Stage::Queued);
}

/// Only Linux can be taken off the network for one test.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_name_that_does_not_exist_is_told_apart() {
    nightline_testkit::off_the_network();
    let device = Device::new();
    device.queue(&"https://desk.invalid".parse().unwrap(), 10);
    let outcome = device.deliver_one().await.outcome;
    let DeliveryOutcome::Queued { code, .. } = &outcome else { panic!("{outcome:?}") };
    assert!(["offline-name", "offline-connect"].contains(&code.as_str()), "{outcome:?}");
}

#[tokio::test]
async fn somebody_who_is_no_desk_is_named_so() {
    for (status, body) in [(200, "<html>Welcome to Hotel"), (404, "not found"), (302, ""), (200, "{}")] {
        let (desk, device) = (FakeDesk::open().await, Device::new());
        desk.plan([Fault::Answer("GET /api/v1/profile", status, body.to_owned())]);
        device.queue(&desk.url(), 10);
        check_queued(&device, "not-a-desk", "session-not-a-desk").await;
        assert_eq!(desk.get(|room| room.log.len()), 1, "nothing more was said to it");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let endless = tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let _ = client.read(&mut [0; 4_096]).await;
            let _ = client.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n").await;
            while client.write_all(&[b' '; 65_536]).await.is_ok() {}
        }
    });
    let device = Device::new();
    device.queue(&url_of(address), 10);
    check_queued(&device, "not-a-desk", "session-not-a-desk").await;
    endless.abort();
}

#[tokio::test]
async fn garbage_on_the_wire_is_a_broken_exchange() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let garbage = tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let _ = client.read(&mut [0; 4_096]).await;
            let _ = client.write_all(b"\x15\x03\x01 220 smtp ready\r\n").await;
        }
    });
    let device = Device::new();
    device.queue(&url_of(address), 10);
    check_queued(&device, "offline-exchange", "session-offline-exchange").await;
    garbage.abort();
}

#[tokio::test]
async fn a_certificate_that_nobody_signed_is_not_trusted_until_policy_adds_it() {
    let signed = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let address = tls_desk(&signed).await;
    let desk: nightline_types::DeskUrl = format!("https://localhost:{}", address.port()).parse().unwrap();

    let device = Device::new();
    let (number, _) = device.queue(&desk, 10);
    check_queued(&device, "untrusted-issuer", "session-untrusted-issuer").await;
    assert_eq!(device.stage(&number), Stage::Queued);

    let file = device.path("extra.pem");
    std::fs::write(&file, signed.cert.pem()).unwrap();
    let mut device = device;
    device.courier.options.extra_certificates = Some(file);
    assert!(
        !matches!(code_of(&device).await.as_str(), "untrusted-issuer" | "untrusted"),
        "now it is trusted"
    );

    device.courier.options.extra_certificates = Some(Path::new("absent.pem").to_owned());
    check_queued(&device, "prepare", "session-prepare").await;
}

#[tokio::test]
async fn a_certificate_for_another_name_is_told_apart() {
    let signed = rcgen::generate_simple_self_signed(vec!["other.example".to_owned()]).unwrap();
    let address = tls_desk(&signed).await;
    let mut device = Device::new();
    let file = device.path("extra.pem");
    std::fs::write(&file, signed.cert.pem()).unwrap();
    device.courier.options.extra_certificates = Some(file);
    device.queue(&format!("https://localhost:{}", address.port()).parse().unwrap(), 10);
    check_queued(&device, "untrusted-name", "session-untrusted-name").await;
}

#[tokio::test]
async fn a_wrong_clock_costs_no_ticket() {
    for ahead in [3_600_000, -86_400_000] {
        let (desk, device) = (FakeDesk::open().await, Device::new());
        desk.set(|room| room.ahead_ms = ahead);
        device.queue(&desk.url(), 10);
        let outcome = device.deliver_one().await.outcome;
        assert!(matches!(outcome, DeliveryOutcome::Delivered(_)), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_desk_that_disagrees_with_its_own_clock_is_named() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.plan([skew(), skew()]);
    device.queue(&desk.url(), 10);
    check_queued(&device, "clock-skew", "session-clock-skew").await;
}

#[tokio::test]
async fn what_passes_by_itself_stays_queued() {
    check_refusal(ErrorCode::NotApproved, "session-refused-not-approved", true).await;
    check_refusal(ErrorCode::TooManyRequests, "session-refused-too-many", true).await;
    check_refusal(ErrorCode::DeskFull, "session-refused-desk-full", true).await;
    check_refusal(ErrorCode::Internal, "session-desk-trouble", true).await;
    check_refusal(ErrorCode::Unknown, "session-refused-unknown", true).await;
}

#[tokio::test]
async fn what_stays_a_refusal_waits_for_the_person() {
    check_refusal(ErrorCode::BadRequest, "session-refused-bad-request", false).await;
    check_refusal(ErrorCode::Forbidden, "session-refused-forbidden", false).await;
    check_refusal(ErrorCode::Conflict, "session-refused-conflict", false).await;
    check_refusal(ErrorCode::TooLarge, "session-refused-too-large", false).await;
    check_refusal(ErrorCode::NumberTaken, "session-refused-number-taken", false).await;
}

#[tokio::test]
async fn a_bundle_that_changed_on_this_disk_is_not_sent() {
    for change in [b"other".as_slice(), b"longer than ten bytes"] {
        let (desk, device) = (FakeDesk::open().await, Device::new());
        let (number, _) = device.queue(&desk.url(), 5);
        std::fs::write(device.item(&number).join("bundle.zip"), change).unwrap();
        let outcome = device.deliver_one().await.outcome;
        assert!(
            matches!(&outcome, DeliveryOutcome::Unreadable(OutboxError::BundleDamaged { .. })),
            "{outcome:?}"
        );
        assert_eq!(outcome.message().id.as_str(), "session-bundle-damaged-here", "the desk is not blamed");
        assert_eq!(device.stage(&number), Stage::Refused);
        assert_eq!(desk.get(|room| room.created), 0);
    }
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let (number, _) = device.queue(&desk.url(), 5);
    std::fs::remove_file(device.item(&number).join("bundle.zip")).unwrap();
    let outcome = device.deliver_one().await.outcome;
    assert!(
        matches!(&outcome, DeliveryOutcome::Unreadable(OutboxError::BundleDamaged { .. })),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_bundle_over_the_limit_is_refused_before_a_byte_of_it_is_sent() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.set(|room| room.max_bundle = Some(99));
    device.queue(&desk.url(), 100);
    let outcome = device.deliver_one().await.outcome;
    assert!(
        matches!(&outcome, DeliveryOutcome::Refused(it) if it.code == ErrorCode::TooLarge),
        "{outcome:?}"
    );
    assert_eq!(desk.get(|room| (room.tickets.len(), room.created)), (0, 0));
}

#[tokio::test]
async fn a_forgotten_token_is_asked_for_again() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.plan([Fault::Answer("PUT", 401, refusal(ErrorCode::SignInRequired))]);
    device.queue(&desk.url(), 10);
    assert!(matches!(device.deliver_one().await.outcome, DeliveryOutcome::Delivered(_)));
    let enrolled = desk.get(|room| room.log.iter().filter(|it| *it == "POST /api/v1/devices").count());
    assert_eq!(enrolled, 2);
}

#[tokio::test]
async fn a_grant_that_leads_elsewhere_is_not_followed() {
    for endpoint in ["https://evil.example/", "//evil.example/x", "uploads"] {
        let (desk, device) = (FakeDesk::open().await, Device::new());
        let number = super::ticket(&[]).number;
        let receipt = serde_json::json!({"number": number, "received_at": NOW, "response_due": NOW,
            "bundle_complete": false, "upload": {"endpoint": endpoint, "token": "u1"}});
        desk.plan([Fault::Answer("PUT", 200, receipt.to_string())]);
        device.queue(&desk.url(), 10);
        check_queued(&device, "not-a-desk", "session-not-a-desk").await;
    }
}

#[tokio::test]
async fn a_refused_message_is_set_aside_and_the_ticket_goes_on() {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    let (number, _) = device.queue(&desk.url(), 10);
    let message = nightline_protocol::NewMessage { id: "m1".to_owned(), text: "x".to_owned() };
    device.courier.outbox.queue_message(&number, &message, NOW).unwrap();
    desk.plan([Fault::Answer("POST /api/v1/tickets", 400, refusal(ErrorCode::BadRequest))]);
    // The fault stands first in line, so it is met by the message and by nothing before it.
    let delivery = device.deliver_one().await;
    assert!(matches!(delivery.outcome, DeliveryOutcome::Delivered(_)));
    assert_eq!(delivery.refused_messages[0].0, "m1");
    assert!(device.deliver(Which::All).await.is_empty());
}

fn skew() -> Fault {
    Fault::Answer("POST /api/v1/devices", 400, refusal(ErrorCode::ClockSkew))
}

/// Speaks TLS and then says nothing that is HTTP.
async fn tls_desk(signed: &rcgen::CertifiedKey<rcgen::KeyPair>) -> std::net::SocketAddr {
    let key = rustls::pki_types::PrivateKeyDer::try_from(signed.signing_key.serialize_der()).unwrap();
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![signed.cert.der().clone()], key)
            .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            if let Ok(mut client) = acceptor.accept(client).await {
                let _ = client.read(&mut [0; 4_096]).await;
            }
        }
    });
    address
}

async fn code_of(device: &Device) -> String {
    match device.deliver_one().await.outcome {
        DeliveryOutcome::Queued { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

async fn check_queued(device: &Device, code: &str, message: &str) {
    let outcome = device.deliver_one().await.outcome;
    let DeliveryOutcome::Queued { code: found, reason, .. } = &outcome else { panic!("{code}: {outcome:?}") };
    assert_eq!((found.as_str(), reason.id.as_str()), (code, message), "{outcome:?}");
}

async fn check_refusal(code: ErrorCode, message: &str, passes: bool) {
    let (desk, device) = (FakeDesk::open().await, Device::new());
    desk.plan([Fault::Answer("PUT", 403, refusal(code))]);
    let (number, _) = device.queue(&desk.url(), 10);
    let outcome = device.deliver_one().await.outcome;
    assert_eq!(outcome.message().id.as_str(), message, "{outcome:?}");
    assert_eq!(matches!(outcome, DeliveryOutcome::Queued { .. }), passes, "{outcome:?}");
    assert_eq!(matches!(outcome, DeliveryOutcome::NumberTaken), code == ErrorCode::NumberTaken);
    assert_eq!(device.stage(&number) == Stage::Refused, !passes);
    assert_eq!(device.deliver(Which::Due).await.is_empty(), !passes, "a refusal is not repeated by itself");
    assert!(super::exists(&device.item(&number), "bundle.zip"), "nothing is thrown away");
    assert!(
        matches!(device.deliver_one().await.outcome, DeliveryOutcome::Delivered(_)),
        "the person may try again"
    );
}
