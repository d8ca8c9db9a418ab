//! Everything a request can reach: the running engine, the hall's files,
//! who may come in, and which devices are here now.

mod devices;

use std::sync::{Arc, OnceLock};

use queue_api::{BoardPlace, HallProfile, StaffId, StaffRole};
use tokio::sync::Semaphore;

use crate::access::{Access, Codes, Line, Papers, Pins, Requests, Setup, Strangers};
use crate::engine::Engine;
use crate::http::Boards;
use crate::identity::DayKey;
use crate::profile::{HallFiles, StaffMember};
use crate::reading::Reading;
use crate::retold::RecordReader;

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
    /// Devices that ask to come in.
    pub(crate) requests: Requests,
    /// The door for the first administrator.
    pub(crate) setup: Setup,
    /// The administrator that was made here.
    pub(crate) first_admin: OnceLock<StaffMember>,
    /// Tries of numbers that nobody has, to be noted.
    pub(crate) strangers: Strangers,
    /// Tries of PINs.
    pub(crate) pins: Arc<Pins>,
    /// Who waits for a PIN to be checked.
    pub(crate) line: Line,
    /// Tries of appointments' codes.
    pub(crate) codes: Codes,
    /// The key of the day for what is kept of identity cards.
    pub(crate) identity: DayKey,
    /// Tries of the secrets on papers.
    pub(crate) papers: Papers,
    /// Which devices are here, and how their printers are.
    pub(crate) devices: Devices,
    /// What boards show, made once for all of them.
    pub(crate) boards: Boards,
    /// The record, for other systems.
    pub(crate) record: RecordReader,
    /// Places for those who read it.
    pub(crate) event_readers: Arc<Semaphore>,
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
        self.files.staff.iter().chain(self.first_admin.get()).find(|it| it.id == *id)
    }

    /// Whether the hall has such a place: its profile may have changed
    /// since a board was put there.
    pub(crate) fn has_place(&self, place: &BoardPlace) -> bool {
        match place {
            BoardPlace::Hall => true,
            BoardPlace::Zone(zone) => self.profile().zones.iter().any(|it| it.id == *zone),
            BoardPlace::Window(window) => self.profile().windows.iter().any(|it| it.id == *window),
        }
    }

    /// Opens the door for the first administrator of a hall that has
    /// none, and tells the code where only its operator looks.
    pub(crate) fn greet_the_first(&self) {
        let staff = self.files.staff.iter().chain(self.first_admin.get());
        if staff.into_iter().any(|it| it.role == StaffRole::Admin) {
            return;
        }
        let code = self.setup.open();
        tracing::warn!(code, "this hall has no administrator: open /setup and enter the code");
    }
}
