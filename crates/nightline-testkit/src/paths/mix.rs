//! Which faults there are, how often, and what else goes on that is no fault.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::chance::Chance;

/// Weights of faults, and shares of networks with each innocent oddity.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mix {
    /// Probes of each hop.
    pub rounds: u32,
    /// Weight of each fault.
    pub faults: BTreeMap<Fault, u32>,
    /// Shares of loss to choose from, in percent, for faults that lose packets.
    pub loss_pct: Vec<f64>,
    /// Share of networks with routers that answer seldom.
    pub limited: f64,
    /// Share of networks with silent hops.
    pub silent: f64,
    /// Share of networks whose packets take two ways.
    pub spread: f64,
    /// Share of networks whose answers come back another way.
    pub asymmetric: f64,
    /// Share of networks where the first hop sleeps to save power.
    pub sleepy: f64,
    /// Share of networks behind a tunnel.
    pub tunneled: f64,
    /// Share of lossy links that lose packets in bursts.
    pub bursts: f64,
    /// Share of lossy links that lose them on the way back only.
    pub backward: f64,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Nothing.
    None,
    /// Too little loss to be placed.
    SlightLoss,
    /// Between this machine and its router, or within the home.
    AtHome,
    /// Between the router and its provider, or within the provider.
    AtProvider,
    /// Between networks.
    FarAway,
    /// At the target's own access.
    AtTarget,
    /// The provider's access takes long.
    SlowAccess,
}

impl Mix {
    /// Reads a mix.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    pub(super) fn fault(&self, chance: &mut Chance) -> Fault {
        let all: u32 = self.faults.values().sum();
        let mut drawn = chance.between(1, all.max(1));
        for (fault, weight) in &self.faults {
            if drawn <= *weight {
                return *fault;
            }
            drawn -= weight;
        }
        Fault::None
    }
}
