//! Servers with TLS: a web server with one answer, and somebody between who opens what passes, signs it anew and
//! carries it on.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use nightline_testkit::netns::Namespace;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::server::TlsStream;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::certificates::Identity;

/// What happens to an encrypted connection.
#[derive(Clone)]
pub(crate) enum Then {
    /// Every request gets this answer.
    Answer(String),
    /// It is carried to the server of that name, which is trusted by this root.
    Carry { names: BTreeMap<String, IpAddr>, root: CertificateDer<'static> },
    /// What is inside goes there as it is.
    Unwrap { to: SocketAddr },
}

/// Serves in a namespace until the test ends.
pub(crate) fn serve(namespace: &Namespace, address: SocketAddr, identity: &Identity, then: Then) {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(identity.chain(), identity.key())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    namespace
        .inside(move |listening| {
            // On this very thread: sockets belong to the namespace of the thread that makes them.
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let listener = TcpListener::bind(address).await?;
                listening();
                loop {
                    let (stream, _) = listener.accept().await?;
                    tokio::spawn(treat(acceptor.clone(), stream, then.clone()));
                }
            })
        })
        .unwrap();
}

/// A client that does not like the certificate leaves; that is its right.
async fn treat(acceptor: TlsAcceptor, stream: TcpStream, then: Then) -> io::Result<()> {
    let stream = acceptor.accept(stream).await?;
    match then {
        Then::Answer(answer) => {
            let mut stream = BufReader::new(stream);
            let mut line = String::new();
            while stream.read_line(&mut line).await? > 2 {
                line.clear();
            }
            stream.write_all(answer.as_bytes()).await?;
            stream.shutdown().await
        }
        Then::Carry { names, root } => carry(stream, &names, root).await,
        Then::Unwrap { to } => {
            let (mut client, mut server) = (stream, TcpStream::connect(to).await?);
            copy_bidirectional(&mut client, &mut server).await.map(|_| ())
        }
    }
}

async fn carry(
    mut client: TlsStream<TcpStream>,
    names: &BTreeMap<String, IpAddr>,
    root: CertificateDer<'static>,
) -> io::Result<()> {
    let name = client.get_ref().1.server_name().unwrap_or_default().to_owned();
    let address = names.get(&name).ok_or(io::ErrorKind::NotFound)?;
    let mut roots = RootCertStore::empty();
    roots.add(root).map_err(io::Error::other)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let server = TcpStream::connect((*address, 443)).await?;
    let name = ServerName::try_from(name).map_err(io::Error::other)?;
    let mut server = TlsConnector::from(Arc::new(config)).connect(name, server).await?;
    copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}
