//! One row for every route: method, path, who may, what goes in and out. The router, the OpenAPI document and the
//! test that walks all routes are made from these rows, so none of them can forget a route.

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::app::App;

/// Who may call a route. The router checks it before the handler runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anyone.
    Public,
    /// A device with a token; the handler is given [`crate::device::Device`] as an extension.
    Device,
    /// The holder of an upload's token; the handler is given [`crate::upload::UploadRight`].
    UploadToken,
    /// A signed-in agent; the handler is given [`crate::agent::SignedIn`].
    Agent,
    /// A signed-in agent who is an administrator.
    Admin,
}

type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// One route of the desk.
#[derive(Clone)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path as axum writes it: `/api/v1/tickets/{number}`.
    pub path: &'static str,
    /// Who may.
    pub who: Who,
    /// One line for the OpenAPI document.
    pub about: &'static str,
    /// The request's JSON body.
    pub request: Option<SchemaOf>,
    /// The JSON body of a success.
    pub response: Option<SchemaOf>,
    /// The handler.
    pub handler: MethodRouter<App>,
}

impl Route {
    /// `GET`. A HEAD to the same path is answered too.
    pub fn get<H, T>(path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::of(Method::GET, MethodFilter::GET, path, who, handler)
    }

    /// `POST`.
    pub fn post<H, T>(path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::of(Method::POST, MethodFilter::POST, path, who, handler)
    }

    /// `PUT`.
    pub fn put<H, T>(path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::of(Method::PUT, MethodFilter::PUT, path, who, handler)
    }

    /// `PATCH`.
    pub fn patch<H, T>(path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::of(Method::PATCH, MethodFilter::PATCH, path, who, handler)
    }

    /// `DELETE`.
    pub fn delete<H, T>(path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::of(Method::DELETE, MethodFilter::DELETE, path, who, handler)
    }

    /// `HEAD`, where there is no `GET`.
    pub fn head<H, T>(path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::of(Method::HEAD, MethodFilter::HEAD, path, who, handler)
    }

    /// `OPTIONS`.
    pub fn options<H, T>(path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::of(Method::OPTIONS, MethodFilter::OPTIONS, path, who, handler)
    }

    fn of<H, T>(method: Method, filter: MethodFilter, path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self { method, path, who, about: "", request: None, response: None, handler: on(filter, handler) }
    }

    /// The JSON body it takes.
    #[must_use]
    pub fn takes<B: JsonSchema>(mut self) -> Self {
        self.request = Some(|generator| generator.subschema_for::<B>());
        self
    }

    /// The JSON body it answers.
    #[must_use]
    pub fn answers<B: JsonSchema>(mut self) -> Self {
        self.response = Some(|generator| generator.subschema_for::<B>());
        self
    }

    /// One line that says what it is for.
    #[must_use]
    pub fn about(mut self, about: &'static str) -> Self {
        self.about = about;
        self
    }
}

/// All routes of the desk.
pub fn all() -> Vec<Route> {
    let mut routes = crate::outside::routes();
    routes.extend(crate::device::routes());
    routes.extend(crate::ticket::routes());
    routes.extend(crate::upload::routes());
    routes.extend(crate::openapi::routes());
    routes.extend(crate::agent::routes());
    routes
}
