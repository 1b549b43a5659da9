//! Frames: whole, in pieces, cut off, lying and meaningless; awaited, cancelled and blocking.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use std::io::{Cursor, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use nightline_link::{
    FrameError, FrameReader, MAX_FRAME, read_frame, read_frame_blocking, write_frame, write_frame_blocking,
};
use nightline_view::{FromWindow, Request, ToWindow, VERSION};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, ReadBuf};

/// What is taken at once for a frame that is only announced.
const CHUNK: usize = 64 * 1024;

fn hello() -> FromWindow {
    FromWindow::Hello { version: VERSION }
}

fn ask() -> FromWindow {
    FromWindow::Ask { request: Request::GetHelp }
}

fn bytes_of(values: &[FromWindow]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for value in values {
        write_frame_blocking(&mut bytes, value).unwrap();
    }
    bytes
}

#[tokio::test]
async fn what_is_written_is_read_in_order_and_then_comes_the_end() {
    let mut bytes = Cursor::new(Vec::new());
    write_frame(&mut bytes, &hello()).await.unwrap();
    write_frame(&mut bytes, &ask()).await.unwrap();
    assert_eq!(bytes.get_ref(), &bytes_of(&[hello(), ask()]));
    let mut source = bytes.get_ref().as_slice();
    assert_eq!(read_frame(&mut source).await.unwrap(), Some(hello()));
    assert_eq!(read_frame(&mut source).await.unwrap(), Some(ask()));
    assert!(read_frame::<FromWindow>(&mut source).await.unwrap().is_none());
}

#[tokio::test]
async fn a_stream_split_at_any_byte_gives_the_same_frames() {
    let bytes = bytes_of(&[hello(), ask(), FromWindow::Hidden]);
    for at in 0..=bytes.len() {
        let (first, second) = bytes.split_at(at);
        let mut reader = FrameReader::new(AsyncReadExt::chain(first, second));
        let mut once = AsyncReadExt::chain(first, second);
        let mut blocking = Read::chain(first, second);
        for expected in [Some(hello()), Some(ask()), Some(FromWindow::Hidden), None] {
            assert_eq!(reader.next().await.unwrap(), expected, "split at {at}");
            assert_eq!(read_frame(&mut once).await.unwrap(), expected, "split at {at}");
            assert_eq!(read_frame_blocking(&mut blocking).unwrap(), expected, "split at {at}");
        }
    }
}

#[tokio::test]
async fn a_stream_cut_at_any_byte_is_an_end_or_truncated_never_a_value_made_up() {
    let bytes = bytes_of(&[hello(), ask()]);
    let boundaries = [0, bytes_of(&[hello()]).len(), bytes.len()];
    for at in 0..=bytes.len() {
        let mut reader = FrameReader::new(&bytes[..at]);
        let (mut once, mut blocking) = (&bytes[..at], &bytes[..at]);
        let whole = boundaries.iter().skip(1).filter(|it| **it <= at).count();
        for _ in 0..whole {
            assert!(reader.next::<FromWindow>().await.unwrap().is_some());
            assert!(read_frame::<FromWindow>(&mut once).await.unwrap().is_some());
            assert!(read_frame_blocking::<FromWindow>(&mut blocking).unwrap().is_some());
        }
        let ends = [
            reader.next::<FromWindow>().await,
            read_frame::<FromWindow>(&mut once).await,
            read_frame_blocking::<FromWindow>(&mut blocking),
        ];
        for end in ends {
            match end {
                Ok(None) => assert!(boundaries.contains(&at), "cut at {at}"),
                Err(FrameError::Truncated) => assert!(!boundaries.contains(&at), "cut at {at}"),
                other => panic!("cut at {at}: {other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_reader_that_is_cancelled_at_any_byte_loses_nothing() {
    let bytes = bytes_of(&[hello(), ask()]);
    for at in 0..bytes.len() {
        let (mut writer, source) = tokio::io::duplex(bytes.len());
        let mut reader = FrameReader::new(source);
        let mut found = Vec::new();
        writer.write_all(&bytes[..at]).await.unwrap();
        loop {
            tokio::select! {
                biased;
                frame = reader.next::<FromWindow>() => found.push(frame.unwrap().unwrap()),
                () = std::future::ready(()) => break,
            }
        }
        writer.write_all(&bytes[at..]).await.unwrap();
        drop(writer);
        while let Some(frame) = reader.next().await.unwrap() {
            found.push(frame);
        }
        assert_eq!(found, [hello(), ask()], "cancelled at {at}");
    }
}

#[tokio::test]
async fn a_length_above_the_limit_is_refused_and_nothing_of_it_is_read() {
    for length in [MAX_FRAME + 1, u32::MAX as usize] {
        let mut bytes = u32::try_from(length).unwrap().to_be_bytes().to_vec();
        bytes.extend_from_slice(b"{}");
        check_too_long(FrameReader::new(bytes.as_slice()).next::<FromWindow>().await);
        check_too_long(read_frame::<FromWindow>(&mut bytes.as_slice()).await);
        check_too_long(read_frame_blocking::<FromWindow>(&mut bytes.as_slice()));
    }
    // Someone who speaks another protocol altogether.
    check_too_long(read_frame::<FromWindow>(&mut b"GET / HTTP/1.1\r\n\r\n".as_slice()).await);
}

#[track_caller]
fn check_too_long(outcome: Result<Option<FromWindow>, FrameError>) {
    assert!(matches!(outcome, Err(FrameError::TooLong { limit: MAX_FRAME })), "{outcome:?}");
}

#[tokio::test]
async fn memory_is_taken_for_what_has_arrived_and_not_for_what_is_announced() {
    let head = u32::try_from(MAX_FRAME).unwrap().to_be_bytes();
    let liar = || Liar { head: head.to_vec() };
    let truncated = |it| assert!(matches!(it, Err(FrameError::Truncated)), "{it:?}");
    truncated(FrameReader::new(liar()).next::<FromWindow>().await);
    truncated(read_frame::<FromWindow>(&mut liar()).await);
    truncated(read_frame_blocking::<FromWindow>(&mut liar()));
}

/// Announces a frame, sends none of it, and notices how much room was made for it.
struct Liar {
    head: Vec<u8>,
}

impl Liar {
    fn give(&mut self, room: usize) -> Vec<u8> {
        assert!(room <= CHUNK, "{room} bytes were taken for nothing");
        let given = self.head.len().min(room);
        self.head.drain(..given).collect()
    }
}

impl Read for Liar {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let given = self.give(room.len());
        room[..given.len()].copy_from_slice(&given);
        Ok(given.len())
    }
}

impl AsyncRead for Liar {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        room: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let given = self.give(room.remaining());
        room.put_slice(&given);
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_frame_that_means_nothing_is_said_and_the_next_one_is_read() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for body in ["", "\u{1}\u{2}", "{\"kind\":\"unheard-of\"}", "{\"kind\":\"hello\"}", "[1", deep.as_str()] {
        let mut bytes = u32::try_from(body.len()).unwrap().to_be_bytes().to_vec();
        bytes.extend_from_slice(body.as_bytes());
        bytes.extend(bytes_of(&[hello()]));
        let mut reader = FrameReader::new(bytes.as_slice());
        let (mut once, mut blocking) = (bytes.as_slice(), bytes.as_slice());
        check_meaningless(reader.next().await);
        check_meaningless(read_frame(&mut once).await);
        check_meaningless(read_frame_blocking(&mut blocking));
        assert_eq!(reader.next().await.unwrap(), Some(hello()));
        assert_eq!(read_frame(&mut once).await.unwrap(), Some(hello()));
        assert_eq!(read_frame_blocking(&mut blocking).unwrap(), Some(hello()));
    }
}

#[track_caller]
fn check_meaningless(outcome: Result<Option<FromWindow>, FrameError>) {
    assert!(matches!(outcome, Err(FrameError::NotUnderstood(_))), "{outcome:?}");
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_refused_before_a_byte_of_it_is_written() {
    let picture = |size| ToWindow::Picture { id: "p1".to_owned(), revision: 1, data: "A".repeat(size) };
    let mut written = Cursor::new(Vec::new());
    let refused = write_frame(&mut written, &picture(MAX_FRAME)).await;
    assert!(matches!(refused, Err(FrameError::TooLong { .. })), "{refused:?}");
    assert!(written.get_ref().is_empty());
    write_frame(&mut written, &picture(MAX_FRAME - 1_000)).await.unwrap();
    let read: Option<ToWindow> = read_frame(&mut written.get_ref().as_slice()).await.unwrap();
    assert_eq!(read, Some(picture(MAX_FRAME - 1_000)));
}
