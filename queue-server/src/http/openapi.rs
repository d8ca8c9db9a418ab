//! The description of the API (`OpenAPI` 3.1), made from the table of
//! routes and the types of the wire. It says nothing by hand that the
//! code could say.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use bytes::Bytes;
use queue_api::{Problem, ProblemCode, TicketNumber};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::routes::{Content, Route, Who, routes};
use super::windows::Verb;

/// Made once; it is the same for everybody.
static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| document().to_string().into());

/// `GET /openapi.json`.
pub(super) async fn show() -> impl IntoResponse {
    let headers: [(HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
    (headers, DOCUMENT.clone())
}

/// The whole description.
pub(super) fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|it| {
        it.definitions_path = "/components/schemas".into();
        it.meta_schema = None;
    });
    let mut shapes = settings.into_generator();
    // Not reached through any route's own shapes.
    shapes.subschema_for::<Problem>();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for route in routes() {
        let method = route.method.as_str().to_ascii_lowercase();
        paths.entry(route.path).or_default().insert(method, operation(&route, &mut shapes));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Yimen",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The queue of a government service hall. Refusals are problem+json \
                (RFC 9457) with a stable `code`. Commands bear a `command_id`: the same id always \
                has the same answer, so a client may always ask again.",
        },
        "paths": paths,
        "components": {
            "schemas": shapes.take_definitions(true),
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer" },
                "cookie": { "type": "apiKey", "in": "cookie", "name": super::caller::COOKIE },
            },
        },
    })
}

fn operation(route: &Route, shapes: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "operationId": operation_id(route),
        "description": route.words,
        "x-who": who(route.who),
        "responses": responses(route, shapes),
    });
    let parameters = parameters(route, shapes);
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if let Some(body) = route.body {
        operation["requestBody"] = json!({ "required": true, "content": content(body, shapes) });
    }
    operation["security"] = match route.who {
        Who::Only(_) => json!([{ "bearer": [] }, { "cookie": [] }]),
        Who::ByView => json!([{}, { "bearer": [] }, { "cookie": [] }]),
        Who::Anybody | Who::Holder => json!([]),
    };
    operation
}

/// `post_tickets_id_void`: unique, since method and path are.
fn operation_id(route: &Route) -> String {
    let path = route.path.trim_start_matches("/api/v1").replace(['{', '}'], "");
    let path = path.replace(['/', '-', '.'], "_");
    format!("{}{path}", route.method.as_str().to_ascii_lowercase())
}

/// Whom the table lets in, in words that a program can read.
pub(super) fn who(who: Who) -> Value {
    match who {
        Who::Anybody => json!(["anybody"]),
        Who::Holder => json!(["holder"]),
        Who::ByView => json!(["by-view"]),
        Who::Only(roles) => roles.iter().map(|it| it.name()).collect(),
    }
}

/// The parts of the path, then those of the query.
fn parameters(route: &Route, shapes: &mut SchemaGenerator) -> Vec<Value> {
    let named = route.path.split('/').filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = named
        .map(|name| {
            json!({ "name": name, "in": "path", "required": true, "schema": path_part(name, shapes) })
        })
        .collect();
    let Some(query) = route.query else { return parameters };
    let schema = resolved(query(shapes).to_value(), shapes);
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        let required = required.contains(&name.as_str());
        let schema = present(schema.clone());
        parameters
            .push(json!({ "name": name, "in": "query", "required": required, "schema": schema }));
    }
    parameters
}

/// The definition that a reference leads to.
fn resolved(schema: Value, shapes: &SchemaGenerator) -> Value {
    let Some(name) = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next()) else {
        return schema;
    };
    shapes.definitions().get(name).cloned().unwrap_or(schema)
}

/// A query has a value or leaves it out; there is no `null` in one.
fn present(mut schema: Value) -> Value {
    if let Some(kinds) = schema["type"].as_array() {
        let kind = kinds.iter().find(|it| *it != "null").cloned();
        schema["type"] = kind.unwrap_or(Value::Null);
    }
    let other =
        schema["anyOf"].as_array().and_then(|any| any.iter().find(|it| it["type"] != "null"));
    other.cloned().unwrap_or(schema)
}

/// What may stand at a variable part of a path.
fn path_part(name: &str, shapes: &mut SchemaGenerator) -> Value {
    match name {
        "id" => json!({ "type": "integer", "format": "uint64", "minimum": 0 }),
        "window" => {
            json!({ "type": "integer", "format": "uint16", "minimum": 0, "maximum": 65_535 })
        }
        "number" => shapes.subschema_for::<TicketNumber>().to_value(),
        "verb" => shapes.subschema_for::<Verb>().to_value(),
        _ => json!({ "type": "string", "minLength": 1 }),
    }
}

fn responses(route: &Route, shapes: &mut SchemaGenerator) -> Value {
    let mut responses = Map::new();
    for (status, bears) in &route.gives {
        let response =
            responses.entry(status.to_string()).or_insert_with(|| json!({ "description": "done" }));
        let Some(bears) = bears else { continue };
        if let (Some(all), Value::Object(one)) =
            (response["content"].as_object_mut(), content(*bears, shapes))
        {
            all.extend(one);
        } else {
            response["content"] = content(*bears, shapes);
        }
    }
    let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for code in refusals(route) {
        let codes = by_status.entry(code.status()).or_default();
        if !codes.contains(&code.code()) {
            codes.push(code.code());
        }
    }
    for (status, codes) in by_status {
        let schema = json!({
            "allOf": [{ "$ref": "#/components/schemas/Problem" }],
            "properties": { "code": { "enum": codes } },
        });
        let refusal = json!({ "application/problem+json": { "schema": schema } });
        let response = responses
            .entry(status.to_string())
            .or_insert_with(|| json!({ "description": codes.join(", "), "content": {} }));
        if let (Some(all), Value::Object(refusal)) = (response["content"].as_object_mut(), refusal)
        {
            all.extend(refusal);
        }
    }
    responses.into()
}

/// Every refusal that somebody may be told who comes this way.
fn refusals(route: &Route) -> Vec<ProblemCode> {
    let mut codes = route.refuses.clone();
    // The store of devices and sessions may be busy or broken.
    if matches!(route.who, Who::Only(_) | Who::ByView) {
        codes.extend([ProblemCode::SignInFirst, ProblemCode::NotYours, ProblemCode::Busy]);
    }
    if route.body.is_some() {
        codes.extend([ProblemCode::Malformed, ProblemCode::TooLarge, ProblemCode::TooSlow]);
    }
    if route.query.is_some() || route.path.contains('{') {
        codes.push(ProblemCode::Malformed);
    }
    codes.push(ProblemCode::Internal);
    codes
}

fn content(content: Content, shapes: &mut SchemaGenerator) -> Value {
    match content {
        Content::Json(shape) => {
            json!({ "application/json": { "schema": shape(shapes).to_value() } })
        }
        // OpenAPI 3.1 has no word for the events of a stream; the shape
        // of their data stands beside.
        Content::Events(shape) => json!({
            "text/event-stream": {
                "schema": { "type": "string" },
                "x-event-data": shape(shapes).to_value(),
            },
        }),
        Content::Text(kind) => json!({ kind: { "schema": { "type": "string" } } }),
    }
}
