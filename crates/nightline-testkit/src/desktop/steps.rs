//! What a person does in a window, and what their desktop has.

use std::io::Write as _;
use std::process::Stdio;

use fantoccini::Locator;

use crate::wait;

use super::driver::Driver;
use super::harness::{Desktop, Program};

impl Driver {
    /// Presses what this CSS selector finds, once it can be pressed.
    pub async fn press(&self, selector: &str) {
        // The driver does not scroll to what is partly in sight, and then cannot click on it.
        let scroll = format!("document.querySelector({selector:?})?.scrollIntoView({{ block: 'center' }})");
        wait::until_async(selector, async || match self.client.find(Locator::Css(selector)).await {
            Ok(element) => {
                self.run(&scroll).await;
                element.is_enabled().await.unwrap_or(false)
                    && (element.click().await.is_ok() || self.press_label(selector).await)
            }
            Err(_) => false,
        })
        .await;
    }

    /// Presses what closes the window, and with it this driver's session.
    pub async fn press_last(&self, selector: &str) {
        let it = format!("document.querySelector({selector:?})");
        let script = format!("if (!{it} || {it}.disabled) return false; {}", last(&format!("{it}.click()")));
        wait::until_async(selector, async || self.run(&script).await == true).await;
    }

    /// Closes the window from within, and with it this driver's session.
    pub async fn close_window(&self) {
        self.run(&last(&ask("{ ask: 'close-window' }"))).await;
    }

    /// Radio buttons and boxes are drawn by their labels; a person presses those.
    async fn press_label(&self, selector: &str) -> bool {
        let script = format!(
            "const it = document.querySelector({selector:?}); const label = it && it.closest('label'); \
             if (!label) return false; label.click(); return true"
        );
        self.run(&script).await == true
    }

    /// Waits until this is on the page.
    pub async fn wait_for(&self, selector: &str) {
        wait::until_async(selector, async || self.client.find(Locator::Css(selector)).await.is_ok()).await;
    }

    /// Waits until this is on the page no longer.
    pub async fn wait_until_gone(&self, selector: &str) {
        wait::until_async(selector, async || self.client.find(Locator::Css(selector)).await.is_err()).await;
    }

    /// The text of what this finds, once there is some.
    pub async fn text_of(&self, selector: &str) -> String {
        let script = format!(
            "const it = document.querySelector({selector:?}); return it ? it.textContent.trim() : ''"
        );
        let mut text = String::new();
        wait::until_async(selector, async || {
            self.run(&script).await.as_str().unwrap_or_default().clone_into(&mut text);
            !text.is_empty()
        })
        .await;
        text
    }
}

/// What the page does when the person presses something: a request of `nightline-view`, as a script.
pub fn ask(request: &str) -> String {
    format!("window.__TAURI_INTERNALS__.invoke('ask', {{ request: {request} }})")
}

/// A script that ends the page once the driver has its answer: without one the driver waits for a page that is gone.
fn last(script: &str) -> String {
    format!("setTimeout(() => {script}, 100); return true")
}

impl Desktop {
    /// Paints the whole background, so that a picture of the screen can be told from nothing.
    pub fn paint(&self, color: &str) {
        let arguments = ["-window", "root", "-size", "1280x800", &format!("xc:{color}")];
        // It paints and then complains that the root is no window of its own; the picture is what a test looks at.
        self.command("display").args(arguments).stderr(Stdio::null()).status().unwrap();
    }

    /// Paints the whole background with what no picture format makes small.
    pub fn paint_noise(&self) {
        let mut state = 1_u64;
        // The plainest picture format there is: a head and the bytes.
        let mut picture = b"P6 1280 800 255\n".to_vec();
        for _ in 0..1280 * 800 {
            // Marsaglia's xorshift.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            picture.extend_from_slice(&state.to_le_bytes()[..3]);
        }
        let path = self.home().join("noise.ppm");
        std::fs::write(&path, picture).unwrap();
        self.command("display").args(["-window", "root"]).arg(path).stderr(Stdio::null()).status().unwrap();
    }

    /// A real keyring, unlocked.
    pub fn keyring(&self) -> Program {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"password").unwrap();
        wait::until("the keyring", || {
            let mut asked = self.command("dbus-send");
            asked.args([
                "--session",
                "--dest=org.freedesktop.DBus",
                "--print-reply",
                "/org/freedesktop/DBus",
            ]);
            asked.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
            String::from_utf8_lossy(&asked.output().unwrap().stdout).contains("true")
        });
        Program { child }
    }
}
