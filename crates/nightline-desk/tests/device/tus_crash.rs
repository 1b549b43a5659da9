//! The desk is killed at any moment, its disk is full, its client is slow: nothing that it acknowledged is lost, and
//! all sides come to the same end.

use std::io::Read;
use std::thread;

use nightline_protocol::{ErrorCode, Receipt};

use crate::Desk;
use crate::bundle::{bundle, large_bundle};
use crate::device::{self, Device, ticket};
use crate::upload::{Upload, noise};

#[test]
fn killed_twenty_times_in_the_middle_it_still_gets_the_whole_bundle() {
    let mut desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let number = device::number();
    let bytes = large_bundle(&number, 20 << 20);
    let receipt: Receipt = device.put(&desk, &ticket(number.clone(), &bytes)).json();
    let upload = Upload::create(&desk, &receipt.upload.unwrap().token, bytes.len() as u64);
    let mut sent = 0_u64;
    for _ in 0..20 {
        let at = upload.offset(&desk);
        let from = usize::try_from(at).unwrap();
        let part = (1 << 20).min(bytes.len() - from);
        let patch = upload.patch(at, &bytes[from..]);
        // Not to the end: the desk dies while it waits for the rest.
        let stream = (part < bytes.len() - from).then(|| patch.open(desk.address(), part));
        desk.process.kill();
        drop(stream);
        desk.process.restart().unwrap();
        let now_at = upload.offset(&desk);
        assert!(now_at >= at, "acknowledged bytes were lost: {now_at} < {at}");
        assert!(now_at <= at + part as u64);
        sent += part as u64;
    }
    assert!(sent > 0);
    finish(&desk, &upload, &bytes);
    assert!(device.receipt(&desk, &number).json::<Receipt>().bundle_complete);
    let stored = bundles(&desk);
    assert_eq!(stored.len(), 1);
    assert!(std::fs::read(&stored[0]).unwrap() == bytes, "the bundle is what was sent");
}

#[test]
fn killed_while_it_finishes_it_finishes_after_the_restart() {
    let mut desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    for _ in 0..4 {
        let number = device::number();
        let bytes = large_bundle(&number, 4 << 20);
        let receipt: Receipt = device.put(&desk, &ticket(number.clone(), &bytes)).json();
        let upload = Upload::create(&desk, &receipt.upload.unwrap().token, bytes.len() as u64);
        // All bytes are sent, the answer is not waited for.
        let stream = upload.patch(0, &bytes).open(desk.address(), bytes.len());
        desk.process.restart().unwrap();
        drop(stream);
        finish(&desk, &upload, &bytes);
        assert!(device.receipt(&desk, &number).json::<Receipt>().bundle_complete);
    }
    assert_eq!(bundles(&desk).len(), 4);
    assert_eq!(std::fs::read_dir(desk.process.data().join("spool")).unwrap().count(), 0);
}

#[test]
fn a_file_that_became_a_bundle_before_the_database_knew_is_found() {
    let mut desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let number = device::number();
    let bytes = bundle(&number);
    let receipt: Receipt = device.put(&desk, &ticket(number.clone(), &bytes)).json();
    let upload = Upload::create(&desk, &receipt.upload.unwrap().token, bytes.len() as u64);
    desk.process.kill();
    // What a kill between the two steps leaves behind.
    let id = upload.path.rsplit('/').next().unwrap();
    let folder = desk.process.data().join("bundles").join(number.as_str());
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{id}.zip")), &bytes).unwrap();
    desk.process.restart().unwrap();
    assert_eq!(upload.offset(&desk), bytes.len() as u64);
    assert!(device.receipt(&desk, &number).json::<Receipt>().bundle_complete);
}

#[test]
fn files_that_belong_to_no_upload_are_swept_away() {
    let mut desk = Desk::start(&[]);
    let orphan = desk.process.data().join("spool").join("nobody-knows-me");
    std::fs::write(&orphan, "x").unwrap();
    desk.process.restart().unwrap();
    nightline_testkit::wait::until("the orphan is gone", || !orphan.exists());
}

#[test]
fn a_whole_upload_that_is_not_what_was_announced_is_refused_and_may_be_sent_again() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let number = device::number();
    let bytes = bundle(&number);
    let receipt: Receipt = device.put(&desk, &ticket(number.clone(), &bytes)).json();
    let token = receipt.upload.unwrap().token;
    let upload = Upload::create(&desk, &token, bytes.len() as u64);
    let mut wrong = bytes.clone();
    wrong[bytes.len() / 2] ^= 1;
    upload.patch(0, &wrong).send(desk.address()).refused(460, ErrorCode::ChecksumMismatch);
    upload.head(&desk).status_is(404);
    assert!(!device.receipt(&desk, &number).json::<Receipt>().bundle_complete);
    let upload = Upload::create(&desk, &token, bytes.len() as u64);
    assert_eq!(upload.patch(0, &bytes).send(desk.address()).status, 204);
    assert!(device.receipt(&desk, &number).json::<Receipt>().bundle_complete);
}

#[test]
fn a_slow_client_holds_nobody_else_up() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let slow: Vec<_> = (0..20)
        .map(|_| {
            let bytes = noise(100_000);
            let (_, token) = device.open(&desk, &bytes);
            let upload = Upload::create(&desk, &token, 100_000);
            upload.patch(0, &bytes).open(desk.address(), 10)
        })
        .collect();
    let number = device::number();
    let bytes = bundle(&number);
    let receipt: Receipt = device.put(&desk, &ticket(number.clone(), &bytes)).json();
    let upload = Upload::create(&desk, &receipt.upload.unwrap().token, bytes.len() as u64);
    finish(&desk, &upload, &bytes);
    drop(slow);
}

#[test]
fn a_client_that_never_ends_its_head_is_sent_away() {
    let desk = Desk::start(&[]);
    let mut stream = std::net::TcpStream::connect(desk.address()).unwrap();
    std::io::Write::write_all(&mut stream, b"GET /api/v1/time HTTP/1.1\r\nHost: x\r\nX-Slow: ").unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).unwrap();
    let mut rest = Vec::new();
    // Ends because the desk closes; a read that times out is an error.
    stream.read_to_end(&mut rest).unwrap();
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said_so_and_costs_nothing_that_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_disk) = crate::disk::Small::mount(folder.path(), 64 << 20) else {
        panic!("this test mounts a small disk and needs to be root, as the test command is");
    };
    let desk = Desk { process: Desk::on(folder.path(), &[]), _folder: tempfile::tempdir().unwrap() };
    let device = Device::enrol(&desk);
    // Too large for the disk: refused before a byte is sent.
    let large = ticket(device::number(), &noise(60 << 20));
    device.put(&desk, &large).refused(507, ErrorCode::DeskFull);
    // The disk fills after the upload was made.
    let bytes = noise(30 << 20);
    let (_, token) = device.open(&desk, &bytes);
    let upload = Upload::create(&desk, &token, bytes.len() as u64);
    let filler = folder.path().join("filler");
    let left = 10 << 20;
    std::fs::write(&filler, noise(usize::try_from(free(folder.path())).unwrap() - left)).unwrap();
    let answer = upload.patch(0, &bytes).send(desk.address());
    answer.refused(507, ErrorCode::DeskFull);
    crate::upload::creation(&token, bytes.len() as u64)
        .send(desk.address())
        .refused(507, ErrorCode::DeskFull);
    std::fs::remove_file(&filler).unwrap();
    let at = upload.offset(&desk);
    assert!(at > 0 && at <= left as u64, "{at}");
    let from = usize::try_from(at).unwrap();
    let end = from + (5 << 20);
    assert_eq!(upload.patch(at, &bytes[from..end]).send(desk.address()).status, 204);
}

#[cfg(target_os = "linux")]
fn free(path: &std::path::Path) -> u64 {
    let space = rustix::fs::statvfs(path).unwrap();
    space.f_bavail * space.f_frsize
}

/// Does what every client does: asks where it is, and goes on from there.
#[track_caller]
fn finish(desk: &Desk, upload: &Upload, bytes: &[u8]) {
    for _ in 0..50 {
        let at = usize::try_from(upload.offset(desk)).unwrap();
        if at == bytes.len() {
            return;
        }
        let end = (at + (4 << 20)).min(bytes.len());
        let answer = upload.checked(at as u64, &bytes[at..end]).send(desk.address());
        assert!(matches!(answer.status, 204 | 409 | 423), "{}", String::from_utf8_lossy(&answer.body));
    }
    panic!("it does not come to an end");
}

fn bundles(desk: &Desk) -> Vec<std::path::PathBuf> {
    let folders = std::fs::read_dir(desk.process.data().join("bundles")).unwrap();
    folders
        .flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect()
}

/// Two threads write the same upload at the same time; the file is none of both mixed.
#[test]
fn two_writers_of_one_upload_take_turns() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let number = device::number();
    let bytes = large_bundle(&number, 8 << 20);
    let receipt: Receipt = device.put(&desk, &ticket(number.clone(), &bytes)).json();
    let upload = Upload::create(&desk, &receipt.upload.unwrap().token, bytes.len() as u64);
    let address = desk.address();
    thread::scope(|scope| {
        for _ in 0..2 {
            let (upload, bytes) = (&upload, &bytes);
            scope.spawn(move || {
                let answer = upload.patch(0, bytes).send(address);
                assert!(matches!(answer.status, 204 | 409 | 423 | 408), "{}", answer.status);
            });
        }
    });
    finish(&desk, &upload, &bytes);
    assert!(device.receipt(&desk, &number).json::<Receipt>().bundle_complete);
}
