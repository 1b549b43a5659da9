//! This very process: how it ends when a test wants it to die as a killed one does. Starts nothing.

/// Dies at once: no buffer is flushed, nothing is dropped, no exit code is chosen.
pub fn kill_self() {
    #[cfg(unix)]
    {
        // The process may not send itself a signal only inside some sandboxes; then it aborts, which is as sudden.
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    }
    std::process::abort();
}
