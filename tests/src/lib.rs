//! Nothing but tests live in this package.
