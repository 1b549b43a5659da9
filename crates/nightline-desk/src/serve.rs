//! Serves the router: listener, TLS, the limits of a connection, an orderly end.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use hyper_util::rt::TokioTimer;

use crate::app::App;
use crate::first_byte::FirstByte;
use crate::router::router;
use crate::{jobs, outside, udp};

/// A client that has not sent its request's head by then is no client of ours (Slowloris).
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// Requests in progress may end within this time after the desk was told to stop; uploads resume later anyway.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);
/// Uploads and downloads share a connection with small requests; more at once is no browser and no Nightline.
const HTTP2_STREAMS: u32 = 64;
/// The head of a request; cookies and a token need under 2 KiB.
const MAX_HEADER_BYTES: usize = 32 * 1024;

/// Where to listen, and with which certificate.
#[derive(Clone, Debug)]
pub struct Listen {
    /// The address; port 0 takes any free port.
    pub address: SocketAddr,
    /// Certificate chain and key, PEM files.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Serves nothing but the 204 page in the clear, for the captive portal check beside TLS.
    pub plain: Option<SocketAddr>,
}

/// Why serving does not begin or ends.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not this machine's.
    #[error("listen on {address}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// The certificate or its key.
    #[error("read the certificate `{cert}` and its key")]
    Certificate {
        /// The certificate's file.
        cert: PathBuf,
        /// What is wrong with it.
        #[source]
        source: io::Error,
    },
    /// The listener broke.
    #[error("serve")]
    Serve(#[source] io::Error),
}

/// Serves `app` until `stop` ends; calls `ready` with the address once connections are taken.
pub async fn serve(
    app: App,
    listen: Listen,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let (listener, address) = bind(listen.address)?;
    let handle = Handle::new();
    let mut tasks = tokio::task::JoinSet::new();
    let sockets = udp::Sockets::bind(address).await;
    if app.settings.proxy.is_none() {
        // Set once: an app is served once.
        let _set = app.udp_ports.set(sockets.ports());
    }
    tasks.spawn(sockets.run());
    tasks.spawn(jobs::run(app.clone()));
    if let Some(plain) = listen.plain {
        let (listener, _) = bind(plain)?;
        let pages = Router::new().route("/generate_204", axum::routing::get(outside::generate_204));
        let mut server = axum_server::from_tcp(listener)
            .map_err(ServeError::Serve)?
            .acceptor(FirstByte)
            .handle(handle.clone());
        limit(&mut server);
        tasks.spawn(async move {
            if let Err(error) = server.serve(pages.into_make_service()).await {
                tracing::error!(cause = %error, "The plain listener ended");
            }
        });
    }
    let make_service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let serving = match listen.tls {
        Some((cert, key)) => {
            let tls = RustlsConfig::from_pem_file(&cert, &key)
                .await
                .map_err(|source| ServeError::Certificate { cert, source })?;
            let mut server = axum_server::from_tcp_rustls(listener, tls)
                .map_err(ServeError::Serve)?
                .map(|tls| tls.acceptor(FirstByte))
                .handle(handle.clone());
            limit(&mut server);
            tokio::spawn(async move { server.serve(make_service).await })
        }
        None => {
            let mut server = axum_server::from_tcp(listener)
                .map_err(ServeError::Serve)?
                .acceptor(FirstByte)
                .handle(handle.clone());
            limit(&mut server);
            tokio::spawn(async move { server.serve(make_service).await })
        }
    };
    ready(address);
    let mut serving = std::pin::pin!(serving);
    let ended = tokio::select! {
        ended = &mut serving => ended,
        () = stop => {
            handle.graceful_shutdown(Some(STOP_TIMEOUT));
            serving.await
        }
    };
    tasks.shutdown().await;
    app.db.close().await;
    ended.map_err(io::Error::other).and_then(|it| it).map_err(ServeError::Serve)
}

fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let failed = |source| ServeError::Bind { address, source };
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

fn limit<A: axum_server::Address, Acceptor>(server: &mut axum_server::Server<A, Acceptor>) {
    let builder = server.http_builder();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .max_buf_size(MAX_HEADER_BYTES * 4);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(HTTP2_STREAMS)
        .max_header_list_size(u32::try_from(MAX_HEADER_BYTES).unwrap_or(u32::MAX))
        .keep_alive_interval(HEADER_TIMEOUT * 2)
        .keep_alive_timeout(HEADER_TIMEOUT);
}
