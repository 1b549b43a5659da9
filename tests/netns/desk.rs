//! The desk's datagrams on a machine with several addresses. Starts no whole desk.

use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use nightline_desk::udp::Sockets;
use nightline_testkit::netns::Namespace;
use nightline_testkit::wait;

const PORT: u16 = 3478;
/// Longer, and the answer left from another address, which no connected socket hears.
const PATIENCE: Duration = Duration::from_millis(500);

fn serve(machine: &Namespace, everywhere: &'static str) {
    machine
        .inside(move |listening| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let sockets = Sockets::bind(SocketAddr::new(everywhere.parse().unwrap(), PORT)).await;
                listening();
                sockets.run().await;
            });
            Ok(())
        })
        .unwrap();
}

/// Whether the address answers somebody who hears that address only.
fn answers(machine: &Namespace, from: &'static str, asked: &'static str) -> bool {
    let (sender, receiver) = std::sync::mpsc::channel();
    let asking = machine.inside(move |done| {
        let socket = UdpSocket::bind(SocketAddr::new(from.parse().unwrap(), 0))?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.connect(SocketAddr::new(asked.parse().unwrap(), PORT))?;
        socket.send(b"nightline?")?;
        let mut packet = [0; 100];
        let _ = sender.send(socket.recv(&mut packet).is_ok());
        done();
        Ok(())
    });
    asking.unwrap().join().unwrap().unwrap();
    receiver.recv().unwrap()
}

#[test]
fn datagrams_are_answered_from_the_address_that_was_asked() {
    for everywhere in ["0.0.0.0", "::"] {
        let machine = Namespace::new().unwrap();
        for address in ["10.77.3.1/32", "10.77.3.2/32", "2001:db8::1/128", "2001:db8::2/128"] {
            machine.ip(&format!("address add {address} dev lo")).unwrap();
        }
        serve(&machine, everywhere);
        wait::until("an answer from the second address", || answers(&machine, "10.77.3.1", "10.77.3.2"));
        assert!(answers(&machine, "10.77.3.2", "10.77.3.1"));
        if everywhere == "::" {
            wait::until("the same of IPv6", || answers(&machine, "2001:db8::1", "2001:db8::2"));
        }
        machine.ip("address add 10.77.3.3/32 dev lo").unwrap();
        wait::until("an answer from a new address", || answers(&machine, "10.77.3.1", "10.77.3.3"));
    }
}
