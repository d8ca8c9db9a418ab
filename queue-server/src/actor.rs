//! Who asked for something, as the journal keeps it: a service number or
//! the name of a device, never a person's name.

use std::fmt;

use queue_core::StaffId;
use serde::{Deserialize, Serialize};

/// `server`, `staff:1001`, `device:kiosk-1` or `visitor`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Actor {
    /// The server itself: the day turned.
    Server,
    /// Whoever holds the paper; it is not known who.
    Visitor,
    /// A member of staff.
    Staff(StaffId),
    /// A kiosk or a board.
    Device(String),
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Server => f.write_str("server"),
            Actor::Visitor => f.write_str("visitor"),
            Actor::Staff(staff) => write!(f, "staff:{staff}"),
            Actor::Device(name) => write!(f, "device:{name}"),
        }
    }
}

impl From<Actor> for String {
    fn from(actor: Actor) -> String {
        actor.to_string()
    }
}

impl TryFrom<String> for Actor {
    type Error = String;

    fn try_from(text: String) -> Result<Actor, String> {
        match text.split_once(':') {
            None if text == "server" => Ok(Actor::Server),
            None if text == "visitor" => Ok(Actor::Visitor),
            Some(("staff", staff)) => staff.parse().map(Actor::Staff).map_err(|_| bad(&text)),
            Some(("device", name)) => Ok(Actor::Device(name.to_owned())),
            _ => Err(bad(&text)),
        }
    }
}

fn bad(text: &str) -> String {
    format!("`{text}` is not an actor")
}
