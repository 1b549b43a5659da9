//! A web proxy of a few lines: opens tunnels (`CONNECT`) to names and addresses it is given. Reads nothing of what it
//! carries, and asks no name server.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};

/// Serves until the listener fails; `listening` is called once it is bound. Every other name is answered with 502.
///
/// # Errors
/// When the address cannot be bound.
pub fn serve(address: SocketAddr, names: &BTreeMap<String, IpAddr>, listening: &dyn Fn()) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    listening();
    loop {
        let (client, _) = listener.accept()?;
        let names = names.clone();
        // A client that goes away in the middle is its own business.
        std::thread::spawn(move || carry(client, &names));
    }
}

fn carry(mut client: TcpStream, names: &BTreeMap<String, IpAddr>) -> io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0_u8; 1];
    // One by one: what follows the head belongs to the other side.
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte)?;
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let wanted =
        head.strip_prefix("CONNECT ").and_then(|it| it.split(' ').next()).and_then(|it| place(it, names));
    let Some(server) = wanted.and_then(|it| TcpStream::connect(it).ok()) else {
        return client.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
    };
    client.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
    let (mut up, mut down) = ((client.try_clone()?, server.try_clone()?), (server, client));
    std::thread::spawn(move || pour(&mut up.0, &mut up.1));
    pour(&mut down.0, &mut down.1)
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
