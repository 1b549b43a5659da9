//! Whether there is a screen to open a window on, asked in a way that can be answered with no.

/// Makes the screen ready. `false`: there is none. Has to be called first of all that draws, by the first thread.
#[cfg(target_os = "linux")]
pub(crate) fn prepare() -> bool {
    // With some drivers the web view's newer way to the screen shows an empty window. Whoever set it knows better.
    let _ = gtk::glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", false);
    gtk::init().is_ok()
}

/// Windows and macOS have a screen wherever they have a session.
#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() -> bool {
    true
}
