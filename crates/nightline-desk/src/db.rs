//! The database: SQLite with one writer and several readers.
//!
//! Refuses to begin a write any other way than `BEGIN IMMEDIATE`: a transaction that reads first and writes later
//! fails at once with "busy" when another one came between, and no timeout helps.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Sqlite, SqliteConnection, Transaction};

/// A writer that waits longer than this stands behind something broken, and its client has given up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Waiting for the one writer or a free reader; as long as a client waits for an answer.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// Each reader is a thread and about 2 MB of cache; queries take far less than a millisecond.
const READERS: u32 = 4;

/// The desk's database. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Db {
    writer: SqlitePool,
    readers: SqlitePool,
}

/// A write transaction. It is undone unless [`Transaction::commit`] is called.
pub type Write = Transaction<'static, Sqlite>;

/// Why the database does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenDbError {
    /// The file cannot be made.
    #[error("make the database's file")]
    File(#[source] std::io::Error),
    /// The file cannot be opened as a database.
    #[error("open the database")]
    Open(#[source] sqlx::Error),
    /// Its tables cannot be brought to this program's version.
    #[error("migrate the database")]
    Migrate(#[source] sqlx::migrate::MigrateError),
}

impl Db {
    /// Opens `path`, makes it where it is missing, and brings its tables up to date.
    pub async fn open(path: &Path) -> Result<Self, OpenDbError> {
        // SQLite gives its journal the same rights.
        crate::files::make_private_file(path).map_err(OpenDbError::File)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged ticket survives a power cut: every commit is synced.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .optimize_on_close(false, None);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options.clone())
            .await
            .map_err(OpenDbError::Open)?;
        sqlx::migrate!("./migrations").run(&writer).await.map_err(OpenDbError::Migrate)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await
            .map_err(OpenDbError::Open)?;
        Ok(Self { writer, readers })
    }

    /// For queries that only read: `.fetch_one(db.read())`.
    pub fn read(&self) -> &SqlitePool {
        &self.readers
    }

    /// Begins a write. There is one at a time; keep it short and await nothing but the database inside.
    pub async fn write(&self) -> Result<Write, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// Closes all connections, so that the journal is folded into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// The connection of a write, for functions that take part in it.
pub fn connection(tx: &mut Write) -> &mut SqliteConnection {
    tx
}

/// Whether the disk is full (SQLite's result code 13).
pub fn is_full(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|it| it.code()).is_some_and(|code| code == "13")
}
