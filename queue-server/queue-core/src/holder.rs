//! Who holds a ticket, where a hall allows one live ticket for a matter:
//! a keyed hash of the number on an identity card, and nothing else. The
//! key is made for the day and destroyed with it, outside of this crate;
//! then nobody can tell any more whose hash it was.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::command::TicketRequest;
use crate::hall::{Hall, Ticket};
use crate::ids::{BadId, text_schema};
use crate::rejection::Rejection;

/// Hex digits of a hash: HMAC-SHA-256.
const HEX_DIGITS: usize = 64;

/// A person as far as a hall may know: the same for the same card on the
/// same day, and nobody's on any other.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Holder(Box<str>);

text_schema!(Holder, "^[0-9a-f]{64}$");

impl Holder {
    /// The hash in hex.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Not in a log: with the day's key somebody could try all numbers.
impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holder(…)")
    }
}

impl FromStr for Holder {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Holder, BadId> {
        let hex = |it: u8| matches!(it, b'0'..=b'9' | b'a'..=b'f');
        let fits = text.len() == HEX_DIGITS && text.bytes().all(hex);
        if fits { Ok(Holder(text.into())) } else { Err(BadId::Holder) }
    }
}

impl From<[u8; 32]> for Holder {
    fn from(hash: [u8; 32]) -> Holder {
        let mut hex = String::with_capacity(HEX_DIGITS);
        for byte in hash {
            let _ = write!(hex, "{byte:02x}");
        }
        Holder(hex.into())
    }
}

impl TryFrom<String> for Holder {
    type Error = BadId;

    fn try_from(text: String) -> Result<Holder, BadId> {
        text.parse()
    }
}

impl From<Holder> for String {
    fn from(it: Holder) -> String {
        it.0.into()
    }
}

/// Whoever has a live ticket for a matter gets no second one. Where no
/// matter was named it is the lane that counts.
pub(crate) fn one_live_ticket(hall: &Hall, request: &TicketRequest) -> Result<(), Rejection> {
    let Some(holder) = request.holder.as_ref().filter(|_| hall.rules().one_live_ticket) else {
        return Ok(());
    };
    let same = |it: &&Ticket| {
        it.is_live() && it.holder.as_ref() == Some(holder) && is_for_the_same(it, request)
    };
    let held = hall.tickets().find(same);
    held.map_or(Ok(()), |it| Err(Rejection::HasTicket(it.number.clone())))
}

fn is_for_the_same(ticket: &Ticket, request: &TicketRequest) -> bool {
    if ticket.matter.is_none() && request.matter.is_none() {
        return ticket.lane == request.lane;
    }
    let more = |it: &crate::event::Errand| it.matter.clone();
    let on_it: Vec<String> =
        ticket.matter.iter().cloned().chain(ticket.more.iter().map(more)).collect();
    let mut wanted = request.matter.iter().cloned().chain(request.more.iter().map(more));
    wanted.any(|it| on_it.contains(&it))
}
