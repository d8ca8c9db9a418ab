//! Numbers that a kiosk may give by itself.

use serde::{Deserialize, Serialize};

use crate::ids::{CommandId, LaneId, TicketNumber};

/// Numbers of one business day that one kiosk may give by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// 128 random bits: what the lease is known by, in this journal and
    /// in no other.
    pub token: String,
    /// The kiosk.
    pub device: String,
    /// The numbers, one block for a lane.
    pub blocks: Vec<Block>,
}

/// Numbers of a lane that follow each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The lane.
    pub lane: LaneId,
    /// The first of them.
    pub first: u32,
    /// How many.
    pub count: u32,
}

impl Block {
    /// Whether this is one of them.
    pub fn holds(&self, number: &TicketNumber) -> bool {
        let behind = number.count.checked_sub(self.first);
        self.lane == number.lane && behind.is_some_and(|it| it < self.count)
    }
}

/// What a number was given on while the server could not be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offline {
    /// The lease it is from.
    pub lease: String,
    /// The command by which the server was asked for it in vain: should
    /// that one arrive after all, this is its answer.
    pub asked_as: CommandId,
}
