//! Every way into the server: the method, the path, who may come that
//! way, what is asked and what is answered.
//!
//! The router is built from this table and so is the description of the
//! API, so that neither can know a way that the other does not. Who may
//! not come is refused before the handler runs; a handler only looks at
//! what the table cannot see, such as whose window it is.

mod pages;
mod table;

use axum::Router;
use axum::extract::{FromRequestParts, Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use queue_api::ProblemCode;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::Shared;
use super::caller::{Caller, Role};
use super::problem::Refused;

pub(super) use table::routes;

/// Describes a type of the wire.
pub(super) type Shape = fn(&mut SchemaGenerator) -> Schema;

/// Who may come that way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Anybody on the hall's network.
    Anybody,
    /// Who knows the secret that the path holds.
    Holder,
    /// It depends on the view that is asked for.
    ByView,
    /// These and no others.
    Only(&'static [Role]),
}

/// What is sent along or comes back.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content {
    /// JSON of this shape.
    Json(Shape),
    /// A stream of events whose data has this shape.
    Events(Shape),
    /// Text of this media type.
    Text(&'static str),
}

/// One way into the server.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) who: Who,
    /// What it is for, in a sentence.
    pub(super) words: &'static str,
    /// What the query holds.
    pub(super) query: Option<Shape>,
    /// What the body holds.
    pub(super) body: Option<Content>,
    /// Answers that are no refusal: the status, and what it bears.
    pub(super) gives: Vec<(u16, Option<Content>)>,
    /// Refusals, beside those that follow from the rest.
    pub(super) refuses: Vec<ProblemCode>,
    answer: MethodRouter<Shared>,
}

/// What every command may be told.
const COMMAND: &[ProblemCode] =
    &[ProblemCode::CommandReused, ProblemCode::Busy, ProblemCode::NotStored];

impl Route {
    fn new<H, T>(
        (method, filter): (Method, MethodFilter),
        path: &'static str,
        who: Who,
        handler: H,
    ) -> Route
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        Route {
            method,
            path,
            who,
            words: "",
            query: None,
            body: None,
            gives: Vec::new(),
            refuses: Vec::new(),
            answer: on(filter, handler),
        }
    }

    /// A way that only looks.
    fn get<H, T>(path: &'static str, who: Who, handler: H) -> Route
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        Route::new((Method::GET, MethodFilter::GET), path, who, handler)
    }

    /// A way that may change something.
    fn post<H, T>(path: &'static str, who: Who, handler: H) -> Route
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        Route::new((Method::POST, MethodFilter::POST), path, who, handler)
    }

    /// A way to end something.
    fn delete<H, T>(path: &'static str, who: Who, handler: H) -> Route
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        Route::new((Method::DELETE, MethodFilter::DELETE), path, who, handler)
    }

    fn says(self, words: &'static str) -> Route {
        Route { words, ..self }
    }

    fn query<Q: JsonSchema>(self) -> Route {
        Route { query: Some(SchemaGenerator::subschema_for::<Q>), ..self }
    }

    fn body<B: JsonSchema>(self) -> Route {
        let shape = SchemaGenerator::subschema_for::<B>;
        Route { body: Some(Content::Json(shape)), ..self }
    }

    fn text_body(self, kind: &'static str) -> Route {
        Route { body: Some(Content::Text(kind)), ..self }
    }

    fn gives<T: JsonSchema>(self, status: u16) -> Route {
        self.answers(status, Some(Content::Json(SchemaGenerator::subschema_for::<T>)))
    }

    fn streams<T: JsonSchema>(self) -> Route {
        self.answers(200, Some(Content::Events(SchemaGenerator::subschema_for::<T>)))
    }

    fn text(self, kind: &'static str) -> Route {
        self.answers(200, Some(Content::Text(kind)))
    }

    fn nothing(self, status: u16) -> Route {
        self.answers(status, None)
    }

    fn answers(mut self, status: u16, content: Option<Content>) -> Route {
        self.gives.push((status, content));
        self
    }

    fn refuses(mut self, codes: &[ProblemCode]) -> Route {
        self.refuses.extend_from_slice(codes);
        self
    }

    /// It is a command: it may come again, and is stored.
    fn command(self) -> Route {
        self.refuses(COMMAND)
    }

    /// Whether somebody of this role may come.
    #[cfg(test)]
    pub(super) fn lets_in(&self, role: Option<Role>) -> bool {
        match self.who {
            Who::Anybody | Who::Holder | Who::ByView => true,
            Who::Only(roles) => role.is_some_and(|role| roles.contains(&role)),
        }
    }
}

/// The table as a router.
pub(super) fn build(shared: &Shared) -> Router<Shared> {
    routes().into_iter().fold(Router::new(), |router, route| {
        let answer = match route.who {
            Who::Anybody | Who::Holder | Who::ByView => route.answer,
            Who::Only(roles) => {
                let door = Door { shared: shared.clone(), roles };
                route.answer.route_layer(from_fn_with_state(door, let_in))
            }
        };
        router.route(route.path, answer)
    })
}

/// What stands before a handler.
#[derive(Clone)]
struct Door {
    shared: Shared,
    roles: &'static [Role],
}

async fn let_in(
    State(door): State<Door>,
    request: Request,
    next: Next,
) -> Result<Response, Refused> {
    let (mut parts, body) = request.into_parts();
    let caller = Caller::from_request_parts(&mut parts, &door.shared).await?;
    if !door.roles.contains(&caller.role()) {
        return Err(ProblemCode::NotYours.into());
    }
    Ok(next.run(Request::from_parts(parts, body)).await)
}

#[cfg(test)]
mod tests;
