//! `docs/formats/*.schema.json`: what other programs may rely on in our documents.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};

use crate::hold;

#[test]
fn schemas_say_what_the_types_say() {
    check::<nightline_types::Report>("report");
    check::<nightline_types::Intake>("intake");
    check::<nightline_types::PathReport>("path");
    check::<nightline_protocol::TicketDocument>("ticket");
    check::<nightline_protocol::Manifest>("bundle-manifest");
    check::<nightline_protocol::DeskProfile>("desk-profile");
}

#[track_caller]
fn check<T: JsonSchema>(name: &str) {
    // A document is described as it is written: what a reader may leave out is a matter of `required`.
    let settings = SchemaSettings::draft2020_12();
    let schema = SchemaGenerator::new(settings).into_root_schema_for::<T>();
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    text.push('\n');
    hold(&format!("docs/formats/{name}.schema.json"), &text);
}
