//! Everything a request can reach: the running engine, the hall's files,
//! who may come in, and which devices are here now.

mod devices;

use std::sync::Arc;

use queue_api::{HallProfile, StaffId};

use crate::access::{Access, Codes, Line, Papers, Pins};
use crate::engine::Engine;
use crate::http::Boards;
use crate::profile::{HallFiles, StaffMember};
use crate::reading::Reading;

pub(crate) use devices::Devices;

/// The running hall.
#[derive(Debug)]
pub(crate) struct LiveHall {
    /// The door to the engine.
    pub(crate) engine: Engine,
    /// The record, for who asks about what was.
    pub(crate) reading: Reading,
    /// Profile, staff and catalogue, as read on start.
    pub(crate) files: HallFiles,
    /// Devices and sessions.
    pub(crate) access: Access,
    /// Tries of PINs.
    pub(crate) pins: Arc<Pins>,
    /// Who waits for a PIN to be checked.
    pub(crate) line: Line,
    /// Tries of appointments' codes.
    pub(crate) codes: Codes,
    /// Tries of the secrets on papers.
    pub(crate) papers: Papers,
    /// Which devices are here, and how their printers are.
    pub(crate) devices: Devices,
    /// What boards show, made once for all of them.
    pub(crate) boards: Boards,
    /// The catalogue as it goes out, made once.
    pub(crate) catalogue_json: bytes::Bytes,
}

impl LiveHall {
    /// The profile every screen shows.
    pub(crate) fn profile(&self) -> &HallProfile {
        &self.files.profile
    }

    /// A member of staff.
    pub(crate) fn staff(&self, id: &StaffId) -> Option<&StaffMember> {
        self.files.staff.iter().find(|it| it.id == *id)
    }
}
