//! macOS: the first thread belongs to the system's interface, and the program runs beside it.
//!
//! The program has no window and no place in the Dock. It ends when what runs beside it does.

use std::io;

use dispatch2::DispatchQueue;
use objc2::MainThreadMarker;
use objc2_app_kit::{
    NSApplication, NSApplicationActivationPolicy, NSEvent, NSEventModifierFlags, NSEventType,
};
use objc2_foundation::NSPoint;

/// The thread that the system's interface is used from.
#[derive(Clone, Debug)]
pub struct Interface;

impl Interface {
    /// The first thread, which is there already.
    ///
    /// # Errors
    ///
    /// None on this system.
    pub fn start() -> io::Result<Self> {
        Ok(Self)
    }

    /// Does something on that thread, after what was asked for before.
    pub fn run(&self, work: impl FnOnce() + Send + 'static) {
        DispatchQueue::main().exec_async(work);
    }
}

/// Runs the program on a thread of its own while this one, the first, takes what the system sends.
pub(super) fn beside<T: Send + 'static>(program: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let first = MainThreadMarker::new()?;
    let application = NSApplication::sharedApplication(first);
    application.setActivationPolicy(NSApplicationActivationPolicy::Accessory);
    let started = std::thread::Builder::new().name("program".to_owned()).spawn(move || {
        // Told from `Drop`, so that a panic ends the program, too.
        let _ended = Ended;
        program()
    });
    let running = started.ok()?;
    application.run();
    running.join().ok()
}

/// Ends the first thread's loop when dropped.
struct Ended;

impl Drop for Ended {
    fn drop(&mut self) {
        DispatchQueue::main().exec_async(|| {
            let Some(first) = MainThreadMarker::new() else { return };
            let application = NSApplication::sharedApplication(first);
            application.stop(None);
            // The loop looks whether it was stopped only after an event.
            let event = NSEvent::otherEventWithType_location_modifierFlags_timestamp_windowNumber_context_subtype_data1_data2(
                NSEventType::ApplicationDefined,
                NSPoint::ZERO,
                NSEventModifierFlags::empty(),
                0.0,
                0,
                None,
                0,
                0,
                0,
            );
            if let Some(event) = event {
                application.postEvent_atStart(&event, true);
            }
        });
    }
}
