//! Devices: they enrol with a key of their own, and show themselves with short-lived tokens.
//!
//! A device is a key and nothing else: no name, no owner, no address is stored.

mod enrol;
mod statement;
mod token;

pub(crate) use token::bearer;
pub use token::{Device, authenticate};

use nightline_protocol::{Enrolled, Enrolment, TokenGrant, TokenRequest};

use crate::route::{Route, Who};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::post("/api/v1/devices", Who::Public, enrol::enrol)
            .takes::<Enrolment>()
            .answers::<Enrolled>()
            .about("Enrols a device's key; the same key again answers the same."),
        Route::post("/api/v1/devices/token", Who::Public, token::grant)
            .takes::<TokenRequest>()
            .answers::<TokenGrant>()
            .about("A bearer token for a device that signs for it."),
    ]
}
