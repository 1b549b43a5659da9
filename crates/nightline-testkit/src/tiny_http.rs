//! A web server of a few lines: one answer for everything, as a portal gives. Reads no more than the head.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener};

/// Serves the same answer to everybody until the listener fails; `listening` is called once it is bound.
///
/// # Errors
/// When the address cannot be bound.
pub fn serve(address: SocketAddr, answer: &str, listening: &dyn Fn()) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    listening();
    loop {
        let (mut stream, _) = listener.accept()?;
        let answer = answer.to_owned();
        // One thread each: a probe that only connects must not hold up the next.
        std::thread::spawn(move || {
            let mut head = Vec::new();
            let mut buffer = [0_u8; 1024];
            while !head.windows(4).any(|four| four == b"\r\n\r\n") {
                match stream.read(&mut buffer) {
                    Ok(count) if count > 0 => head.extend_from_slice(&buffer[..count]),
                    _ => return,
                }
            }
            // The client may have gone; that is its right.
            let _ = stream.write_all(answer.as_bytes());
        });
    }
}

/// An answer with a status, one header and a body.
pub fn answer(status: &str, header: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{header}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}
