//! Our client against a real `@tus/server`, `tus-js-client` against our desk, both with cuts in the middle and a
//! kill -9 of the server. Only loopback, only own folders.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "interop/parcel.rs"]
mod parcel;
#[path = "interop/process.rs"]
mod process;
#[path = "interop/ticket.rs"]
mod ticket;

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use nightline_session::{Courier, DeliveryOutcome, Which};
use nightline_testkit::{Cut, CuttingProxy, DeskProcess, wait};
use nightline_types::DeskUrl;
use sha2::{Digest, Sha256};

use parcel::{Device, sealed};
use process::{Peer, node_project};
use ticket::OpenedTicket;

/// Enough for several chunks of either client before and after each cut.
const BUNDLE_BYTES: usize = 20 << 20;
const CUTS: [Cut; 4] =
    [Cut::After(3_000_000), Cut::AnswerAfter(2_500_000), Cut::After(1_234_567), Cut::After(4_194_304)];

#[tokio::test(flavor = "multi_thread")]
async fn our_client_uploads_to_a_real_tus_server_through_cuts_and_its_death() {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("store");
    fs::create_dir(&store).unwrap();
    let (mut server, server_address) = tus_server(&store);
    let proxy = CuttingProxy::start(server_address).await.unwrap();
    proxy.plan(CUTS);
    let address: DeskUrl = format!("http://{}", proxy.address()).parse().unwrap();

    let device = Device::new(home.path());
    let parcel = sealed(home.path(), BUNDLE_BYTES);
    device.courier.outbox.put(&parcel, &address).unwrap();

    deliver_until(&device.courier, || proxy.cuts() >= 3).await;
    server.kill();
    let (_restarted, server_address) = tus_server(&store);
    proxy.set_upstream(server_address);
    deliver_until(&device.courier, || false).await;

    assert_eq!(proxy.cuts(), CUTS.len());
    let files: Vec<_> = fs::read_dir(&store).unwrap().map(|it| it.unwrap().path()).collect();
    let data: Vec<_> = files.iter().filter(|it| it.extension().is_none()).collect();
    assert_eq!(data.len(), 1, "one upload and no other: {files:?}");
    assert_eq!(digest(data[0]), digest(parcel.bundle_path()));
}

#[tokio::test(flavor = "multi_thread")]
async fn tus_js_client_uploads_to_our_desk_through_cuts_and_its_death() {
    let home = tempfile::tempdir().unwrap();
    let (proxy, mut desk) = desk_behind_a_proxy(&home.path().join("desk")).await;
    let address: DeskUrl = format!("http://{}", proxy.address()).parse().unwrap();
    let device = Device::new(home.path());
    let parcel = sealed(home.path(), BUNDLE_BYTES);
    let ticket = OpenedTicket::open(&address, &device, &parcel).await;

    proxy.plan(CUTS);
    let client = Peer::start(
        "upload.mjs",
        &[
            &address.at(&ticket.endpoint),
            &ticket.token,
            parcel.ticket().number.as_str(),
            &parcel.bundle_path().display().to_string(),
            "2097152",
        ],
    );
    wait::until("the first cuts", || proxy.cuts() >= 2);
    desk.restart().unwrap();
    client.wait_for_line("done");

    let receipt = ticket.receipt().await;
    assert!(receipt.bundle_complete, "the desk has verified the bundle");
    assert_eq!(proxy.cuts(), CUTS.len());
    assert_eq!(files_below(&home.path().join("desk/bundles")), 1, "one bundle and no other");
    assert_eq!(files_below(&home.path().join("desk/spool")), 0, "nothing half is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn our_client_uploads_to_our_desk_through_cuts_and_its_death() {
    let home = tempfile::tempdir().unwrap();
    let (proxy, mut desk) = desk_behind_a_proxy(&home.path().join("desk")).await;
    let address: DeskUrl = format!("http://{}", proxy.address()).parse().unwrap();
    let device = Device::new(home.path());
    let parcel = sealed(home.path(), BUNDLE_BYTES);
    device.courier.outbox.put(&parcel, &address).unwrap();
    proxy.plan(CUTS);
    deliver_until(&device.courier, || proxy.cuts() >= 2).await;
    desk.restart().unwrap();
    deliver_until(&device.courier, || false).await;
    assert_eq!(proxy.cuts(), CUTS.len());
    assert_eq!(files_below(&home.path().join("desk/bundles")), 1);
    assert_eq!(files_below(&home.path().join("desk/spool")), 0);
}

/// Delivers as the watch does, again and again, until the desk has everything or `enough` says so.
async fn deliver_until(courier: &Courier, enough: impl Fn() -> bool) {
    wait::until_async("the delivery", async || {
        let stop = async { wait::until_async("enough", async || enough()).await };
        let deliveries = tokio::select! {
            deliveries = courier.deliver_once(None, Which::All, Arc::new(|_| {})) => deliveries.unwrap(),
            () = stop => return true,
        };
        for delivery in &deliveries {
            let outcome = &delivery.outcome;
            let known = matches!(outcome, DeliveryOutcome::Delivered(_) | DeliveryOutcome::Queued { .. });
            assert!(known, "{outcome:?}");
        }
        enough() || deliveries.iter().all(|it| matches!(it.outcome, DeliveryOutcome::Delivered(_)))
    })
    .await;
}

/// The proxy's address is the desk's name to the outside, so it has to be known before the desk starts.
async fn desk_behind_a_proxy(data: &Path) -> (CuttingProxy, DeskProcess) {
    let proxy = CuttingProxy::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.unwrap();
    let program = DeskProcess::beside_this_test().unwrap();
    let public = format!("http://{}", proxy.address());
    let desk = DeskProcess::start(&program, data, &["--public-url", &public]).unwrap();
    proxy.set_upstream(desk.authority().parse().unwrap());
    (proxy, desk)
}

fn tus_server(store: &Path) -> (Peer, SocketAddr) {
    let peer = Peer::start("bench-peer.mjs", &["0", &store.display().to_string()]);
    let port: u16 = peer.wait_for_line("listening on ").parse().unwrap();
    (peer, SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
}

fn digest(path: &Path) -> Vec<u8> {
    Sha256::digest(fs::read(path).unwrap()).to_vec()
}

fn files_below(dir: &Path) -> usize {
    let Ok(entries) = fs::read_dir(dir) else { return 0 };
    entries.map(|it| it.unwrap().path()).map(|it| if it.is_dir() { files_below(&it) } else { 1 }).sum()
}

#[test]
fn the_node_project_is_pinned() {
    let lock = fs::read_to_string(node_project().join("package-lock.json")).unwrap();
    for pinned in ["node_modules/@tus/server", "node_modules/tus-js-client", "node_modules/@tus/file-store"] {
        assert!(lock.contains(pinned), "{pinned}");
    }
}
