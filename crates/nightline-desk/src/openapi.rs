//! `/api/openapi.json`: the routes as an OpenAPI 3.1 document, made from the rows.

use axum::Json;
use nightline_protocol::ApiError;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::route::{self, Route, Who};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/api/openapi.json", Who::Public, document_json).about("This document.")]
}

async fn document_json() -> Json<Value> {
    Json(document(&route::all()))
}

/// The OpenAPI document of `routes`.
pub fn document(routes: &[Route]) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    let mut generator = settings.into_generator();
    let failure = generator.subschema_for::<ApiError>();
    let mut paths = Map::new();
    for route in routes {
        let mut operation = json!({
            "summary": route.about,
            "security": security(route.who),
            "responses": { "default": { "description": "A refusal.", "content": json_content(&failure) } },
        });
        operation["responses"]["2XX"] = match route.response {
            Some(schema) => {
                json!({ "description": "Done.", "content": json_content(&schema(&mut generator)) })
            }
            None => json!({ "description": "Done." }),
        };
        if let Some(schema) = route.request {
            operation["requestBody"] =
                json!({ "required": true, "content": json_content(&schema(&mut generator)) });
        }
        let parameters = parameters(route.path);
        if !parameters.is_empty() {
            operation["parameters"] = Value::Array(parameters);
        }
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method.as_str().to_lowercase()] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Nightline desk", "version": env!("CARGO_PKG_VERSION") },
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": {
                "device": { "type": "http", "scheme": "bearer", "description": "From POST /api/v1/devices/token." },
                "upload": { "type": "http", "scheme": "bearer", "description": "From a ticket's receipt." },
                "agent": { "type": "apiKey", "in": "cookie", "name": "__Host-nightline",
                           "description": "From POST /api/agent/v1/sign-in; unsafe methods also need X-Nightline-Csrf." },
            },
        },
    })
}

fn json_content(schema: &schemars::Schema) -> Value {
    json!({ "application/json": { "schema": schema } })
}

fn security(who: Who) -> Value {
    match who {
        Who::Public => json!([]),
        Who::Device => json!([{ "device": [] }]),
        Who::UploadToken => json!([{ "upload": [] }]),
        Who::Agent | Who::Admin => json!([{ "agent": [] }]),
    }
}

fn parameters(path: &str) -> Vec<Value> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| {
            json!({ "name": name.trim_start_matches('*'), "in": "path", "required": true,
                    "schema": { "type": "string" } })
        })
        .collect()
}
