//! The list that is asked for again and again: whole once, then one small request each time.

use std::sync::Arc;

use ed25519_dalek::SigningKey;
use nightline_protocol::{ErrorCode, TicketBrief, TicketNumber, TicketStatus};
use nightline_types::Severity;

use super::desk::{FakeDesk, Fault, refusal};
use super::{Key, NOW};
use crate::{CallError, ClientOptions, DeskClient};

fn client(desk: &FakeDesk) -> DeskClient {
    let key = Arc::new(Key(SigningKey::from_bytes(&[7; 32])));
    DeskClient::new(desk.url(), key, Arc::new(|| NOW), &ClientOptions::default()).unwrap()
}

fn brief(messages: u32) -> TicketBrief {
    TicketBrief {
        number: TicketNumber::from_random([3; 8]),
        status: TicketStatus::Open,
        closed_by: None,
        severity: Severity::P2,
        owner: Some("Ann".to_owned()),
        response_due: None,
        bundle_complete: true,
        messages,
        from_agents: messages,
        attachments: 0,
        last_message_at: Some(NOW),
    }
}

#[tokio::test]
async fn an_unchanged_list_is_not_sent_again() {
    let desk = FakeDesk::open().await;
    let client = client(&desk);
    desk.set(|room| room.briefs = vec![brief(1)]);
    let first = client.tickets().await.unwrap();
    assert_eq!(first[..], [brief(1)]);
    let before = desk.get(|room| room.log.len());
    for _ in 0..3 {
        assert!(Arc::ptr_eq(&first, &client.tickets().await.unwrap()));
    }
    assert_eq!(desk.get(|room| (room.log.len() - before, room.briefs_sent)), (3, 1));
    desk.set(|room| room.briefs = vec![brief(2)]);
    assert_eq!(client.tickets().await.unwrap()[..], [brief(2)]);
    assert_eq!(desk.get(|room| room.briefs_sent), 2);
}

#[tokio::test]
async fn a_forgotten_token_is_asked_for_anew_and_trouble_is_told() {
    let desk = FakeDesk::open().await;
    let client = client(&desk);
    desk.set(|room| room.briefs = vec![brief(1)]);
    client.tickets().await.unwrap();
    desk.plan([Fault::Answer("GET /api/v1/ticket-briefs", 401, refusal(ErrorCode::SignInRequired))]);
    assert_eq!(client.tickets().await.unwrap()[..], [brief(1)]);
    desk.plan([Fault::Answer("GET /api/v1/ticket-briefs", 404, refusal(ErrorCode::NotFound))]);
    let error = client.tickets().await.unwrap_err();
    assert_eq!(error.refusal(), Some(ErrorCode::NotFound), "a desk of an earlier version");
    desk.plan([Fault::Answer("GET /api/v1/ticket-briefs", 304, String::new())]);
    assert_eq!(client.tickets().await.unwrap()[..], [brief(1)], "what was known stays known");
    desk.plan([Fault::Answer("GET /api/v1/ticket-briefs", 200, "<html>".to_owned())]);
    assert!(matches!(client.tickets().await.unwrap_err(), CallError::NotADesk(_)));
}
