//! TCP connections, one address after another, with the different ways of failing kept apart.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use tokio::net::TcpStream;

/// Between two attempts: the next address starts while the first still tries (RFC 8305, 8).
const ATTEMPT_DELAY: Duration = Duration::from_millis(250);
/// More addresses than this of one name are not tried: a browser would not either.
const MOST_ATTEMPTS: usize = 6;

/// A connection that came up.
#[derive(Debug)]
pub struct Connected {
    /// The connection.
    pub stream: TcpStream,
    /// Which address answered.
    pub peer: SocketAddr,
    /// How long the handshake took.
    pub took: Duration,
}

/// How a connection failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum ConnectError {
    /// The other side answered: nothing listens there, or a firewall says so in its name.
    #[error("the connection was refused")]
    Refused,
    /// It was cut while it came up.
    #[error("the connection was reset")]
    Reset,
    /// A router, or the last one before the host, said that there is no way.
    #[error("the host cannot be reached")]
    Unreachable,
    /// This machine has no way there.
    #[error("there is no route there")]
    NoRoute,
    /// A local firewall or policy forbids it.
    #[error("this machine may not connect there")]
    NotAllowed,
    /// No answer within the limit.
    #[error("no answer in time")]
    TimedOut,
    /// Something else of the system.
    #[error("the system could not connect")]
    System,
}

impl ConnectError {
    /// Kebab-case, as in facts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Reset => "reset",
            Self::Unreachable => "unreachable",
            Self::NoRoute => "no-route",
            Self::NotAllowed => "not-allowed",
            Self::TimedOut => "timeout",
            Self::System => "system",
        }
    }
}

impl From<&io::Error> for ConnectError {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::Refused,
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
                Self::Reset
            }
            io::ErrorKind::HostUnreachable => Self::Unreachable,
            io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::AddrNotAvailable
            | io::ErrorKind::NetworkDown => Self::NoRoute,
            io::ErrorKind::PermissionDenied => Self::NotAllowed,
            io::ErrorKind::TimedOut => Self::TimedOut,
            _ => Self::System,
        }
    }
}

/// Connects to one address.
pub async fn connect_one(peer: SocketAddr, limit: Duration) -> Result<Connected, ConnectError> {
    let started = Instant::now();
    match tokio::time::timeout(limit, TcpStream::connect(peer)).await {
        Ok(Ok(stream)) => Ok(Connected { stream, peer, took: started.elapsed() }),
        Ok(Err(error)) => Err(ConnectError::from(&error)),
        Err(_) => Err(ConnectError::TimedOut),
    }
}

/// Connects to whichever address answers first; later ones start a little later. Of several failures the one that
/// says most is kept: a refusal says more than silence.
pub async fn connect(addresses: &[IpAddr], port: u16, limit: Duration) -> Result<Connected, ConnectError> {
    let mut attempts = tokio::task::JoinSet::new();
    for (index, address) in (0_u32..).zip(addresses.iter().take(MOST_ATTEMPTS)) {
        let peer = SocketAddr::new(*address, port);
        attempts.spawn(async move {
            tokio::time::sleep(ATTEMPT_DELAY * index).await;
            connect_one(peer, limit).await
        });
    }
    let mut failure: Option<ConnectError> = None;
    while let Some(ended) = attempts.join_next().await {
        match ended.unwrap_or(Err(ConnectError::System)) {
            Ok(connected) => return Ok(connected),
            Err(error) => failure = Some(failure.map_or(error, |before| before.min(error))),
        }
    }
    Err(failure.unwrap_or(ConnectError::NoRoute))
}
