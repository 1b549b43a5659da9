//! What the program's edge hands in once: the home, the settings, the clock, the environment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nightline_checks::{Clock, Context};
use nightline_config::{Config, Layer, Layers, sources};
use nightline_diagnosis::Owners;
use nightline_platform::directories::{Home, HomeError};
use nightline_text::Language;
use nightline_types::{Target, Timestamp};
use url::Url;

/// The name and version that reports and bundles carry.
pub const PROGRAM: &str = concat!("nightline ", env!("CARGO_PKG_VERSION"));

/// The table of owners, beside the program or in its folder of data.
const OWNERS_FILENAME: &str = "owners.table";
/// Says another place for it.
const OWNERS_VARIABLE: &str = "NIGHTLINE_OWNERS";

/// Everything around the engine.
#[derive(Clone)]
pub struct World {
    /// Nightline's own folders.
    pub home: Home,
    /// Which value is in force, and why.
    pub config: Config,
    /// The time.
    pub clock: Clock,
    /// The process's environment, read once in main.
    pub environment: Arc<BTreeMap<String, String>>,
    /// More roots to trust, as PEM.
    pub extra_roots_path: Option<PathBuf>,
    /// The reader's language.
    pub language: Language,
}

/// What the command line says about settings.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// `--home`.
    pub home: Option<PathBuf>,
    /// `--desk`.
    pub desk: Option<String>,
    /// `--lang`.
    pub language: Option<Language>,
    /// `--ca`.
    pub extra_roots_path: Option<PathBuf>,
    /// Where machine policy lies, if not at the system's own place.
    pub policy_dir: Option<PathBuf>,
}

/// Why there is no world to work in.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// No home.
    #[error("no folder for Nightline's own files")]
    Home(#[source] HomeError),
}

impl WorldError {
    /// The folder that it is about, where there is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Home(HomeError::Prepare { path, .. } | HomeError::InUse { path }) => Some(path),
            Self::Home(HomeError::NotSaid { .. }) => None,
        }
    }
}

impl World {
    /// Reads the settings of this machine and person. Wrong settings are kept as problems in `config`.
    ///
    /// # Errors
    /// When the home folder cannot be found or made.
    pub fn open(
        settings: Settings,
        environment: BTreeMap<String, String>,
        clock: Clock,
    ) -> Result<Self, WorldError> {
        let home = home_of(&settings, &environment).map_err(WorldError::Home)?;
        home.create().map_err(WorldError::Home)?;
        Ok(Self::within(home, settings, environment, clock))
    }

    /// The same for work that keeps nothing, where the home folder cannot be found or written to: what lies there is
    /// read, and nothing is made.
    pub fn open_to_look(settings: Settings, environment: BTreeMap<String, String>, clock: Clock) -> Self {
        let home = home_of(&settings, &environment).unwrap_or_else(|_| Home::nowhere());
        Self::within(home, settings, environment, clock)
    }

    fn within(home: Home, settings: Settings, environment: BTreeMap<String, String>, clock: Clock) -> Self {
        let config = Config::merge(&layers(&settings, &environment, &home));
        let language = match config.language.value {
            nightline_config::Language::En => Language::English,
            nightline_config::Language::ZhCn => Language::SimplifiedChinese,
        };
        Self {
            home,
            config,
            clock,
            environment: Arc::new(environment),
            extra_roots_path: settings.extra_roots_path,
            language,
        }
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Whose network an address belongs to: the table that lies beside the program, or none.
    pub fn owners(&self) -> Owners {
        let path = match self.environment.get(OWNERS_VARIABLE) {
            Some(path) => Some(PathBuf::from(path)),
            None => nightline_platform::directories::resource(OWNERS_FILENAME),
        };
        let Some(path) = path else { return Owners::none() };
        // A path without owners is better than none, but somebody should learn of it.
        std::fs::read(&path).ok().and_then(Owners::read).unwrap_or_else(|| {
            tracing::warn!(path = %path.display(), "The table of owners is unreadable or damaged");
            Owners::none()
        })
    }

    /// What checks know before they start. The first target is the one that the report is about.
    pub fn context(&self, targets: &[Target]) -> Context {
        let mut important: Vec<Target> = targets.iter().skip(1).cloned().collect();
        important.extend(self.config.important_targets.value.iter().cloned());
        Context {
            clock: Arc::clone(&self.clock),
            target: targets.first().cloned(),
            important,
            stun: self.config.stun_servers.value.clone(),
            desk: self.config.desk.value.as_ref().and_then(|desk| Url::parse(&desk.origin()).ok()),
            extra_roots_path: self.extra_roots_path.clone(),
            root_dir: PathBuf::from("/"),
            environment: Arc::clone(&self.environment),
            known: Arc::default(),
        }
    }
}

fn home_of(settings: &Settings, environment: &BTreeMap<String, String>) -> Result<Home, HomeError> {
    match &settings.home {
        Some(dir) => Ok(Home::at(&absolute(dir))),
        None => Home::of_environment(environment),
    }
}

fn absolute(dir: &Path) -> PathBuf {
    std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned())
}

fn layers(settings: &Settings, environment: &BTreeMap<String, String>, home: &Home) -> Layers {
    let policy_dir = settings.policy_dir.clone().or_else(|| sources::POLICY_DIR.map(PathBuf::from));
    let managed = policy_dir.map(|dir| sources::read_policy(&dir, sources::POLICY_OWNER)).unwrap_or_default();
    let flags = Layer::flags([
        ("desk", "--desk", settings.desk.clone().map(Into::into)),
        ("language", "--lang", settings.language.map(|language| language.code().into())),
    ]);
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| environment.get(*name).filter(|value| !value.is_empty()));
    Layers {
        managed,
        flags,
        person: sources::read_person(&home.config.join(sources::PERSON_FILENAME)),
        system_language: locale.and_then(|locale| nightline_config::Language::from_locale(locale)),
    }
}
