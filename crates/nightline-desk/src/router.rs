//! Puts the router together from the rows: the guard of each route, limits and headers of all.
//!
//! There is no other place where a path is added, apart from the console's pages, which everyone may load.

use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use nightline_protocol::ErrorCode;
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::App;
use crate::error::ApiFailure;
use crate::peer::Peer;
use crate::route::{self, Route, Who};
use crate::{agent, device, upload};

/// The longest any handler but an upload or a download may take. Clients give up at about 30 s.
const HANDLER_TIMEOUT: Duration = Duration::from_secs(25);

/// The desk's router. Serve it with the peer's address as connect info.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for Route { path, who, handler, .. } in route::all() {
        router = router
            .route(path, handler.route_layer(middleware::from_fn_with_state((app.clone(), who), guard)));
    }
    router
        .fallback(agent::fallback)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(app.clone(), every_request))
        .layer(CatchPanicLayer::custom(panicked))
        .with_state(app)
}

async fn method_not_allowed() -> ApiFailure {
    ApiFailure::bad_request("this path does not take this method").with_status(StatusCode::METHOD_NOT_ALLOWED)
}

fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    ApiFailure::new(ErrorCode::Internal, "the desk could not do that; its log says why").into_response()
}

/// Checks who asks, by the row's column, and tells the handler.
async fn guard(State((app, who)): State<(App, Who)>, mut request: Request, next: Next) -> Response {
    let allowed = match who {
        Who::Public => Ok(()),
        Who::Device => device::authenticate(&app, request.headers()).await.map(|device| {
            request.extensions_mut().insert(device);
        }),
        Who::UploadToken => upload::authenticate(&app, request.headers()).await.map(|right| {
            request.extensions_mut().insert(right);
        }),
        Who::Agent | Who::Admin => {
            match agent::authenticate(&app, request.method(), request.uri(), request.headers()).await {
                Ok(agent) if who == Who::Admin && !agent.admin => {
                    Err(ApiFailure::new(ErrorCode::Forbidden, "only administrators may do this"))
                }
                Ok(agent) => {
                    request.extensions_mut().insert(agent);
                    Ok(())
                }
                Err(failure) => Err(failure),
            }
        }
    };
    match allowed {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

/// What holds for every request: the rate of one address, a time limit, the headers that browsers obey.
async fn every_request(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let peer = Peer::of(&app, &request);
    let streams = is_stream(&request);
    let answer = match app.limits.requests.take(peer.address, app.now()) {
        Err(failure) => failure.into_response(),
        Ok(()) => {
            request.extensions_mut().insert(peer);
            if streams {
                next.run(request).await
            } else {
                tokio::time::timeout(HANDLER_TIMEOUT, next.run(request)).await.unwrap_or_else(|_| {
                    ApiFailure::new(ErrorCode::Internal, "the desk took too long")
                        .with_status(StatusCode::GATEWAY_TIMEOUT)
                        .into_response()
                })
            }
        }
    };
    with_security_headers(answer, app.settings.is_encrypted())
}

/// Uploads have limits of their own: an idle time and a lifetime.
fn is_stream(request: &Request) -> bool {
    request.uri().path().starts_with(upload::PATH)
        && matches!(*request.method(), Method::PATCH | Method::POST)
}

fn with_security_headers(mut answer: Response, encrypted: bool) -> Response {
    let headers = answer.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if encrypted {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    answer
}
