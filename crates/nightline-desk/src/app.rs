//! What every handler is given: database, files, settings, clock, limits. Decides nothing.

use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};

use nightline_types::Timestamp;

use crate::db::{Db, OpenDbError};
use crate::files::Files;
use crate::limits::Limits;
use crate::secret::DeskKey;
use crate::settings::Settings;
use crate::upload::Writers;

/// Tells the time. The program's edge gives the system's clock, a test gives its own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that asks `now` each time.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// The state of the running desk. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct App {
    /// Tickets, devices, agents, audit.
    pub db: Db,
    /// Bundles, and uploads in progress.
    pub files: Files,
    /// What the desk signs for itself.
    pub key: DeskKey,
    /// What the operator decided.
    pub settings: Arc<Settings>,
    /// The time.
    pub clock: Clock,
    /// Who did how much lately.
    pub limits: Arc<Limits>,
    /// What the agents' side keeps in memory.
    pub agents: Arc<crate::agent::AgentState>,
    /// Which uploads are being written now.
    pub writers: Writers,
    /// Ports that answer UDP, once the desk serves; never set behind a proxy, which passes none of it on.
    pub udp_ports: Arc<OnceLock<Vec<u16>>>,
}

/// Why the desk cannot start on its data folder.
#[derive(Debug, thiserror::Error)]
pub enum OpenAppError {
    /// The folder or one inside it cannot be made.
    #[error("make the data folder")]
    Folder(#[source] io::Error),
    /// The store of bundles cannot be opened.
    #[error("open the store of bundles")]
    Store(#[source] object_store::Error),
    /// The desk's own key cannot be read or made.
    #[error("open the desk's key")]
    Key(#[source] io::Error),
    /// Another desk runs on the same folder; two would write into each other's uploads.
    #[error("another desk runs on this data folder")]
    InUse,
    /// The database.
    #[error("start on the data folder")]
    Db(#[source] OpenDbError),
}

/// Owns the data folder as long as the result lives; the system lets go of it also when the process is killed.
///
/// # Errors
/// [`OpenAppError::InUse`] while another desk runs on it.
pub fn alone(data_dir: &std::path::Path) -> Result<std::fs::File, OpenAppError> {
    crate::files::make_private_dir(data_dir).map_err(OpenAppError::Folder)?;
    let lock = std::fs::File::options()
        .create(true)
        .append(true)
        .open(data_dir.join("desk.lock"))
        .map_err(OpenAppError::Folder)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(std::fs::TryLockError::WouldBlock) => Err(OpenAppError::InUse),
        Err(std::fs::TryLockError::Error(error)) => Err(OpenAppError::Folder(error)),
    }
}

impl App {
    /// Opens the data folder, makes it where it is missing (readable by its owner only).
    pub async fn open(settings: Settings, clock: Clock) -> Result<Self, OpenAppError> {
        let files = Files::open(&settings.data_dir)?;
        let db = Db::open(&settings.data_dir.join("desk.sqlite")).await.map_err(OpenAppError::Db)?;
        let key = DeskKey::open(&settings.data_dir.join("desk.key")).map_err(OpenAppError::Key)?;
        let limits = Arc::new(Limits::new(settings.rates));
        Ok(Self {
            db,
            files,
            key,
            settings: Arc::new(settings),
            clock,
            limits,
            agents: Arc::default(),
            writers: Writers::default(),
            udp_ports: Arc::default(),
        })
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
