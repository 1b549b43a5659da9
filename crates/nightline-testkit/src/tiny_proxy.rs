//! A web proxy of a few lines: opens tunnels (`CONNECT`) and fetches pages by their whole address, from names and
//! addresses it is given. Reads nothing of what it carries, and asks no name server.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};

/// How a proxy treats who asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// Opens every tunnel, and fetches every page.
    #[default]
    Open,
    /// Opens tunnels to port 443 only, as most do.
    TunnelsToWeb,
    /// Forbids everything.
    Forbids,
    /// Wants a sign-in that the system does by itself.
    SystemsSignIn,
    /// Takes connections and says nothing.
    Hangs,
    /// Speaks another protocol.
    Greets,
}

/// Serves until the listener fails; `listening` is called once it is bound. Every other name is answered with 502.
///
/// # Errors
/// When the address cannot be bound.
pub fn serve(address: SocketAddr, names: &BTreeMap<String, IpAddr>, listening: &dyn Fn()) -> io::Result<()> {
    serve_as(Manner::Open, address, names, listening)
}

/// The same in a certain manner.
///
/// # Errors
/// When the address cannot be bound.
pub fn serve_as(
    manner: Manner,
    address: SocketAddr,
    names: &BTreeMap<String, IpAddr>,
    listening: &dyn Fn(),
) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    listening();
    loop {
        let (client, _) = listener.accept()?;
        let names = names.clone();
        // A client that goes away in the middle is its own business.
        std::thread::spawn(move || treat(client, manner, &names));
    }
}

fn treat(mut client: TcpStream, manner: Manner, names: &BTreeMap<String, IpAddr>) -> io::Result<()> {
    if manner == Manner::Greets {
        client.write_all(b"220 mail.test ready\r\n")?;
    }
    if matches!(manner, Manner::Greets | Manner::Hangs) {
        // Until the other side gives up.
        return io::copy(&mut client, &mut io::sink()).map(|_| ());
    }
    let mut head = Vec::new();
    let mut byte = [0_u8; 1];
    // One by one: what follows the head belongs to the other side.
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte)?;
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let Some(asked) = Asked::read(&head) else { return refuse(client, "400 Bad Request", "") };
    match manner {
        Manner::Forbids => return refuse(client, "403 Forbidden", ""),
        Manner::TunnelsToWeb if asked.page.is_none() && !asked.place.ends_with(":443") => {
            return refuse(client, "403 Forbidden", "");
        }
        Manner::SystemsSignIn => {
            let ways = "proxy-authenticate: Negotiate\r\nproxy-authenticate: NTLM\r\n";
            return refuse(client, "407 Proxy Authentication Required", ways);
        }
        _ => {}
    }
    let server = place(&asked.place, names).and_then(|it| TcpStream::connect(it).ok());
    let Some(mut server) = server else { return refuse(client, "502 Bad Gateway", "") };
    match asked.page {
        Some(request) => server.write_all(request.as_bytes())?,
        None => client.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?,
    }
    let (mut up, mut down) = ((client.try_clone()?, server.try_clone()?), (server, client));
    std::thread::spawn(move || pour(&mut up.0, &mut up.1));
    pour(&mut down.0, &mut down.1)
}

/// What a client wants.
struct Asked {
    /// `host:port`.
    place: String,
    /// The request for the server itself; absent where a tunnel is wanted.
    page: Option<String>,
}

impl Asked {
    fn read(head: &str) -> Option<Self> {
        let (line, rest) = head.split_once("\r\n")?;
        let (method, rest_of_line) = line.split_once(' ')?;
        let target = rest_of_line.split(' ').next()?;
        if method == "CONNECT" {
            return Some(Self { place: target.to_owned(), page: None });
        }
        let whole = target.strip_prefix("http://")?;
        let (host, path) = whole.split_at(whole.find('/').unwrap_or(whole.len()));
        let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        let place = if has_port { host.to_owned() } else { format!("{host}:80") };
        Some(Self {
            place,
            page: Some(format!("{method} /{} HTTP/1.1\r\n{rest}", path.trim_start_matches('/'))),
        })
    }
}

fn refuse(mut client: TcpStream, status: &str, headers: &str) -> io::Result<()> {
    client.write_all(format!("HTTP/1.1 {status}\r\n{headers}content-length: 0\r\n\r\n").as_bytes())
}

fn pour(from: &mut TcpStream, to: &mut TcpStream) -> io::Result<()> {
    io::copy(from, to)?;
    to.shutdown(std::net::Shutdown::Write)
}

fn place(label: &str, names: &BTreeMap<String, IpAddr>) -> Option<SocketAddr> {
    let (host, port) = label.rsplit_once(':')?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let address = host.parse().ok().or_else(|| names.get(host).copied())?;
    Some(SocketAddr::new(address, port.parse().ok()?))
}
