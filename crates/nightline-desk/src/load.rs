//! As much as the line carries, for the one check that fills it: bytes that mean nothing, out and in. Limited in time,
//! in size, in how many at once and in how often for each address, because anybody may ask.

use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use futures_util::stream;
use tokio::sync::mpsc;
use tokio::time::Instant;

use nightline_protocol::ErrorCode;

use crate::app::App;
use crate::error::ApiFailure;
use crate::peer::Peer;

/// A check takes three seconds each way.
const LONGEST: Duration = Duration::from_secs(6);
/// A sixth of a gigabit for that long: a check makes six connections.
const MOST_BYTES: usize = 128 * 1024 * 1024;
/// Pieces that wait for somebody who reads slowly.
const AHEAD: usize = 4;
static PIECE: Bytes = Bytes::from_static(&[0x55; 64 * 1024]);

/// `GET /api/v1/load`.
pub(crate) async fn give(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
) -> Result<Response, ApiFailure> {
    let permit = admit(&app, peer)?;
    let (sender, mut pieces) = mpsc::channel(AHEAD);
    // A task of its own: somebody who does not read holds nothing longer than somebody who does.
    tokio::spawn(async move {
        let giving = async {
            for _ in 0..MOST_BYTES / PIECE.len() {
                if sender.send(Ok::<_, std::convert::Infallible>(PIECE.clone())).await.is_err() {
                    break;
                }
            }
        };
        let _ended = tokio::time::timeout(LONGEST, giving).await;
        drop(permit);
    });
    let pieces = stream::poll_fn(move |context| pieces.poll_recv(context));
    let headers = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// `POST /api/v1/load`.
pub(crate) async fn take(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    request: Request,
) -> Result<StatusCode, ApiFailure> {
    let _permit = admit(&app, peer)?;
    let mut body = request.into_body().into_data_stream();
    let mut taken = 0;
    let until = Instant::now() + LONGEST;
    while let Ok(Some(Ok(piece))) = tokio::time::timeout_at(until, body.next()).await {
        taken += piece.len();
        if taken > MOST_BYTES {
            break;
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// One customer's: whoever has an address of IPv6 has a network full of them.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits((address.to_bits() >> 64) << 64).into(),
    }
}

fn admit(app: &App, peer: Peer) -> Result<tokio::sync::OwnedSemaphorePermit, ApiFailure> {
    app.limits.loads.take(network(peer.address), app.now())?;
    let busy = || ApiFailure::new(ErrorCode::TooManyRequests, "others measure now; try again in a minute");
    app.limits.loading.clone().try_acquire_owned().map_err(|_| busy())
}
