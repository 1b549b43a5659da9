//! Drives the page of a window that some program has opened, by WebDriver: reads, clicks, types, takes pictures.

use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::Value;

use crate::wait;

use super::harness::{Desktop, Program, own_address};

/// A driver and its session with the one window of a desktop.
#[derive(Debug)]
pub struct Driver {
    /// The session, for what has no word here.
    pub client: Client,
    _program: Program,
}

impl Driver {
    /// Waits until a window is there that can be driven, and begins to.
    pub async fn attach(desktop: &Desktop) -> Self {
        wait::until("a web view", || desktop.has_web_view());
        let address = own_address();
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--host={}", address.ip())).arg(format!("--port={}", address.port()));
        let program = Program::start(command.arg(format!("--target={}", desktop.inspector())));
        wait::until("the driver", || TcpStream::connect(address).is_ok());
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .connect(&format!("http://{address}"))
            .await
            .unwrap();
        Self { client, _program: program }
    }

    /// What a reader sees of the whole page.
    pub async fn text(&self) -> String {
        self.run("return document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page says this.
    pub async fn wait_for_text(&self, text: &str) {
        wait::until_async(text, async || self.text().await.contains(text)).await;
    }

    /// Clicks on the button or link with these words, once it is there.
    pub async fn click(&self, words: &str) {
        let path = format!(
            "//*[self::button or self::a or @role='button' or self::label][contains(normalize-space(.), \"{words}\")]"
        );
        wait::until_async(words, async || match self.client.find(Locator::XPath(&path)).await {
            Ok(element) => element.click().await.is_ok(),
            Err(_) => false,
        })
        .await;
    }

    /// Types into the field that this CSS selector finds, after what is in it.
    pub async fn type_into(&self, selector: &str, text: &str) {
        wait::until_async(selector, async || match self.client.find(Locator::Css(selector)).await {
            Ok(field) => field.send_keys(text).await.is_ok(),
            Err(_) => false,
        })
        .await;
    }

    /// Runs a script in the page; what it returns.
    pub async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_default()
    }

    /// Runs a script that calls its last argument when it is done; what it passes.
    pub async fn run_until_done(&self, script: &str) -> Value {
        self.client.execute_async(script, Vec::new()).await.unwrap()
    }

    /// A picture of the page, as PNG.
    pub async fn picture(&self, path: &Path) {
        std::fs::write(path, self.client.screenshot().await.unwrap()).unwrap();
    }
}
