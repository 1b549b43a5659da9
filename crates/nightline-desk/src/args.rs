//! The command line of `nightline-desk`, and what of it does not fit together.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use nightline_protocol::WhoMayOpen;
use nightline_types::DeskUrl;

use nightline_desk::settings::{DEFAULT_MAX_BUNDLE_BYTES, ProxyNet};

/// Takes tickets and bundles, and shows them in the agent console.
#[derive(Debug, Parser)]
#[command(name = "nightline-desk", version)]
pub(crate) struct Cli {
    /// The language of what is printed: en or zh-CN.
    #[arg(long, global = true, env = "NIGHTLINE_LANG")]
    pub(crate) lang: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serves devices and the console.
    Serve(Box<Serve>),
    /// Manages agents from the desk's own machine.
    #[command(subcommand)]
    Agent(AgentCommand),
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The folder that holds everything.
    #[arg(long, default_value = "nightline-desk-data")]
    pub(crate) data: PathBuf,
    /// Where to listen; port 0 takes any free port.
    #[arg(long, default_value = "127.0.0.1:7420")]
    pub(crate) listen: SocketAddr,
    /// The address that devices and browsers use.
    #[arg(long)]
    pub(crate) public_url: Option<DeskUrl>,
    /// Certificate chain, PEM.
    #[arg(long, requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Its private key, PEM.
    #[arg(long, requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    /// The address or block of the TLS proxy in front, whose X-Forwarded-For is believed.
    #[arg(long, conflicts_with = "tls_cert")]
    pub(crate) behind_proxy: Option<ProxyNet>,
    /// The organisation's name, shown to customers and agents.
    #[arg(long, default_value = "Nightline")]
    pub(crate) organisation: String,
    /// Who may open tickets.
    #[arg(long, value_enum, default_value = "anyone")]
    pub(crate) who_may_open: WhoArg,
    /// The largest bundle, in bytes.
    #[arg(long, default_value_t = DEFAULT_MAX_BUNDLE_BYTES)]
    pub(crate) max_bundle_bytes: u64,
    /// Serves only /generate_204 here, in the clear, beside TLS.
    #[arg(long)]
    pub(crate) plain_listen: Option<SocketAddr>,
    /// A DNS name of yours whose signature (DNSSEC) is good; devices test their resolvers with both names.
    #[arg(long, requires = "broken_name")]
    pub(crate) signed_name: Option<String>,
    /// A DNS name of yours whose signature is broken on purpose.
    #[arg(long, requires = "signed_name")]
    pub(crate) broken_name: Option<String>,
    /// Tickets of one device within an hour.
    #[arg(long, default_value_t = 30)]
    pub(crate) tickets_per_hour: u32,
    /// Enrolments from one address within a minute.
    #[arg(long, default_value_t = 120)]
    pub(crate) enrolments_per_minute: u32,
    /// Requests from one address within a second.
    #[arg(long, default_value_t = 500)]
    pub(crate) requests_per_second: u32,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum WhoArg {
    /// Any device that enrols.
    Anyone,
    /// Only devices that an agent has approved.
    Approved,
}

impl From<WhoArg> for WhoMayOpen {
    fn from(who: WhoArg) -> Self {
        match who {
            WhoArg::Anyone => Self::Anyone,
            WhoArg::Approved => Self::Approved,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum AgentCommand {
    /// Adds an agent; reads the password from standard input.
    Add(AddAgent),
}

#[derive(Debug, Args)]
pub(crate) struct AddAgent {
    /// The folder that holds everything.
    #[arg(long, default_value = "nightline-desk-data")]
    pub(crate) data: PathBuf,
    /// The agent's address, to sign in with.
    #[arg(long)]
    pub(crate) email: String,
    /// The agent's name, shown to customers.
    #[arg(long)]
    pub(crate) name: String,
    /// May add agents, approve devices and read the audit log.
    #[arg(long)]
    pub(crate) admin: bool,
}

impl Serve {
    /// Why these flags may not be served, as the id of a sentence.
    pub(crate) fn refusal(&self) -> Option<&'static str> {
        let protected = self.tls_cert.is_some() || self.behind_proxy.is_some();
        if !self.listen.ip().is_loopback() && !protected {
            return Some("desk-listen-needs-tls");
        }
        if (!self.listen.ip().is_loopback() || self.behind_proxy.is_some()) && self.public_url.is_none() {
            return Some("desk-needs-public-url");
        }
        if protected && self.public_url.as_ref().is_some_and(|it| !it.is_encrypted()) {
            return Some("desk-public-url-needs-https");
        }
        None
    }
}
