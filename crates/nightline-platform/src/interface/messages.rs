//! Windows: one thread that takes messages, for the tray's hidden window and for what we want done there.
//!
//! Its queue ends with the program. Work that comes while a menu is open waits until the menu is closed.

#![expect(unsafe_code, reason = "the queue of messages has no safe crate that carries only it")]

use std::io;
use std::ptr::null_mut;
use std::sync::mpsc::{Receiver, Sender, channel};

use windows_sys::Win32::System::Threading::GetCurrentThreadId;
use windows_sys::Win32::UI::WindowsAndMessaging::{
    DispatchMessageW, GetMessageW, MSG, PM_NOREMOVE, PeekMessageW, PostThreadMessageW, TranslateMessage,
    WM_APP,
};

type Work = Box<dyn FnOnce() + Send>;

/// The thread that the system's interface is used from.
#[derive(Clone, Debug)]
pub struct Interface {
    thread_id: u32,
    work: Sender<Work>,
}

impl Interface {
    /// Starts the thread; it takes messages until the program ends.
    ///
    /// # Errors
    ///
    /// The system starts no more threads.
    pub fn start() -> io::Result<Self> {
        let (work, inbox) = channel();
        let (told, ready) = channel();
        std::thread::Builder::new().name("interface".to_owned()).spawn(move || take(&inbox, &told))?;
        let thread_id = ready.recv().map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(Self { thread_id, work })
    }

    /// Does something on that thread, after what was asked for before.
    pub fn run(&self, work: impl FnOnce() + Send + 'static) {
        if self.work.send(Box::new(work)).is_ok() {
            // SAFETY: no pointers are passed. A lost message is made up for by the next one that comes.
            unsafe { PostThreadMessageW(self.thread_id, WM_APP, 0, 0) };
        }
    }
}

fn take(inbox: &Receiver<Work>, told: &Sender<u32>) {
    let mut message = MSG::default();
    // SAFETY: `message` outlives the call. Asking makes the queue, so that nothing posted later is lost.
    unsafe { PeekMessageW(&raw mut message, null_mut(), 0, 0, PM_NOREMOVE) };
    // SAFETY: takes nothing and cannot fail.
    if told.send(unsafe { GetCurrentThreadId() }).is_err() {
        return;
    }
    // SAFETY: `message` outlives the call; no window restricts it. Neither the end (0) nor an error (-1) goes on.
    while unsafe { GetMessageW(&raw mut message, null_mut(), 0, 0) } > 0 {
        // SAFETY: the message was filled by the call above.
        unsafe { TranslateMessage(&raw const message) };
        // SAFETY: as above; it goes to a window of this thread, or nowhere.
        unsafe { DispatchMessageW(&raw const message) };
        while let Ok(work) = inbox.try_recv() {
            work();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Far more than a thread needs to take a message.
    const PATIENCE: Duration = Duration::from_secs(20);

    #[test]
    fn work_is_done_in_order_and_all_of_it_on_one_other_thread() {
        let interface = Interface::start().unwrap();
        let (done, results) = channel();
        for number in 0..3 {
            let done = done.clone();
            interface.run(move || done.send((number, std::thread::current().id())).unwrap());
        }
        let results: Vec<_> = (0..3).map(|_| results.recv_timeout(PATIENCE).unwrap()).collect();
        assert_eq!(results.iter().map(|it| it.0).collect::<Vec<_>>(), [0, 1, 2]);
        assert!(results.iter().all(|it| it.1 == results[0].1 && it.1 != std::thread::current().id()));
    }
}
