//! A desk of the demo's own: started on loopback, set up over its own one-time link, ended with the demo.
//!
//! Uses only what every desk offers to everybody: its output and its HTTP API.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::ending;
use crate::failure::Failure;
use crate::{http, shell};

/// A desk makes its database and listens in well under a second; a busy machine may need a few.
const START_LIMIT: Duration = Duration::from_secs(60);
/// Closing files and answering what is under way takes a moment; a desk that needs longer is killed.
const STOP_LIMIT: Duration = Duration::from_secs(10);
const API: &str = "/api/agent/v1";

/// A running desk.
pub(crate) struct Desk {
    child: Child,
    port: u16,
    setup_token: String,
}

/// How an agent signs in.
pub(crate) struct SignIn {
    pub(crate) email: String,
    pub(crate) password: String,
}

/// An agent's session.
pub(crate) struct Session {
    port: u16,
    cookie: String,
    csrf: String,
}

impl Desk {
    /// Starts a desk on a free port with its data in `data_dir`; its output goes to `desk.log` there.
    pub(crate) fn start(program: &Path, data_dir: &Path) -> Result<Self, Failure> {
        Self::start_at(program, data_dir, 0)
    }

    /// The same on a given port; 0 is any free one.
    pub(crate) fn start_at(program: &Path, data_dir: &Path, port: u16) -> Result<Self, Failure> {
        let log_path = data_dir.join("desk.log");
        let log = std::fs::File::create(&log_path)
            .map_err(Failure::io(format!("create {}", log_path.display())))?;
        let mut command = shell::command(&program.to_string_lossy(), ["serve", "--listen"]);
        command.arg(format!("127.0.0.1:{port}")).args(["--organisation", "Demo desk", "--data"]);
        command.arg(data_dir.join("desk")).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(Failure::io("start the desk"))?;
        let (found, link) = mpsc::channel();
        if let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) {
            follow(out, log.try_clone().ok(), found.clone());
            follow(err, Some(log), found);
        }
        let mut desk = Self { child, port: 0, setup_token: String::new() };
        let Ok(link) = link.recv_timeout(START_LIMIT) else {
            desk.stop();
            let said = std::fs::read_to_string(&log_path).unwrap_or_default();
            return Err(Failure::answer("the desk", format!("printed no set-up link; it said:\n{said}")));
        };
        (desk.port, desk.setup_token) = link;
        Ok(desk)
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Makes the first agent with the printed link's token, and signs in.
    pub(crate) fn set_up(&self, agent: &SignIn) -> Result<Session, Failure> {
        let body = json!({
            "token": self.setup_token, "email": agent.email, "name": "Demo agent", "password": agent.password,
        });
        let answer = http::request(self.port, "POST", &format!("{API}/setup"), &[], &body.to_string())?;
        if answer.status >= 300 {
            return Err(Failure::answer("the desk's set-up", format!("{}: {}", answer.status, answer.body)));
        }
        let body = json!({ "email": agent.email, "password": agent.password });
        let answer = http::request(self.port, "POST", &format!("{API}/sign-in"), &[], &body.to_string())?;
        let me: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        match (answer.header("set-cookie").and_then(|it| it.split(';').next()), me["csrf"].as_str()) {
            (Some(cookie), Some(csrf)) => {
                Ok(Session { port: self.port, cookie: cookie.to_owned(), csrf: csrf.to_owned() })
            }
            _ => Err(Failure::answer("the desk's sign-in", format!("{}: {}", answer.status, answer.body))),
        }
    }

    /// The process, to wait for it or to signal it.
    pub(crate) fn has_ended(&mut self) -> bool {
        ending::has_ended(&mut self.child)
    }

    /// The desk's process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end, then makes it end.
    pub(crate) fn stop(&mut self) {
        ending::end(&mut self.child, STOP_LIMIT);
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Session {
    /// What `GET path` answers, as JSON.
    pub(crate) fn get(&self, path: &str) -> Result<Value, Failure> {
        let headers = [("cookie", self.cookie.as_str())];
        self.json("GET", path, http::request(self.port, "GET", &format!("{API}{path}"), &headers, "")?)
    }

    /// Sends JSON.
    pub(crate) fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value, Failure> {
        let headers = [("cookie", self.cookie.as_str()), ("x-nightline-csrf", self.csrf.as_str())];
        let answer = http::request(self.port, method, &format!("{API}{path}"), &headers, &body.to_string())?;
        self.json(method, path, answer)
    }

    fn json(&self, method: &str, path: &str, answer: http::Answer) -> Result<Value, Failure> {
        if answer.status >= 300 {
            return Err(Failure::answer(
                format!("{method} {path}"),
                format!("{}: {}", answer.status, answer.body),
            ));
        }
        Ok(serde_json::from_str(&answer.body).unwrap_or_default())
    }
}

/// Copies output to the log and looks for the set-up link in it, until the desk ends.
fn follow(
    output: impl Read + Send + 'static,
    mut log: Option<std::fs::File>,
    found: mpsc::Sender<(u16, String)>,
) {
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines() {
            let Ok(line) = line else { break };
            if let Some(log) = &mut log {
                let _ = writeln!(log, "{line}");
            }
            if let Some(link) = setup_link(&line) {
                let _ = found.send(link);
            }
        }
    });
}

/// Port and token of `http://127.0.0.1:PORT/setup#token=TOKEN` anywhere in a line.
fn setup_link(line: &str) -> Option<(u16, String)> {
    let (before, after) = line.split_once("/setup#token=")?;
    let port = before.rsplit(':').next()?.parse().ok()?;
    let token: String =
        after.chars().take_while(|it| it.is_ascii_alphanumeric() || "-_".contains(*it)).collect();
    (!token.is_empty()).then_some((port, token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_link_in_a_sentence_and_nothing_elsewhere() {
        let line = "Open http://127.0.0.1:40123/setup#token=aB3-_x. It works once.";
        assert_eq!(setup_link(line), Some((40123, "aB3-_x".to_owned())));
        assert_eq!(setup_link("Listening on http://127.0.0.1:40123/"), None);
        assert_eq!(setup_link("http://127.0.0.1:40123/setup#token="), None);
    }
}
