//! Stable names. Part of every format: never renamed, never reused.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! name_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
        #[serde(transparent)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// A name that the code knows.
            pub const fn new(name: &'static str) -> Self {
                Self(Cow::Borrowed(name))
            }

            /// A name that was read from a file or the wire.
            pub fn from_owned(name: String) -> Self {
                Self(Cow::Owned(name))
            }

            /// The name itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name_type! {
    /// Kebab-case name of a check, for example `dns-system`.
    CheckId
}
name_type! {
    /// Snake-case name of a fact within its check, for example `resolve_ms`.
    FactKey
}
name_type! {
    /// Kebab-case id of a sentence in the Fluent files, for example `finding-gateway-dead`.
    MessageId
}
