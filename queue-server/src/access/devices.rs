//! Devices that the hall knows, each by a token of its own.

use anyhow::Context;
use jiff::Timestamp;
use queue_api::{BoardPlace, DeviceId, DeviceKind};
use rusqlite::{OptionalExtension, params};

use super::Access;
use crate::secret;

/// An enrolled device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    /// What requests call it.
    pub(crate) id: DeviceId,
    /// What the hall calls it.
    pub(crate) name: String,
    /// What it is for.
    pub(crate) kind: DeviceKind,
    /// Where the manager put a board.
    pub(crate) place: Option<BoardPlace>,
}

impl Access {
    /// Makes a device known under `name` and gives its token, which is
    /// stored nowhere. A name enrolled again gets a new token; the old
    /// one is void.
    pub(crate) fn enrol(
        &self,
        name: &str,
        kind: DeviceKind,
        now: Timestamp,
    ) -> anyhow::Result<String> {
        self.enrol_as(secret::device_id(), name, kind, now).context("cannot store the device")
    }

    /// The same with an id that it has already.
    pub(crate) fn enrol_as(
        &self,
        id: DeviceId,
        name: &str,
        kind: DeviceKind,
        now: Timestamp,
    ) -> rusqlite::Result<String> {
        let token = secret::credential();
        let print = secret::fingerprint(&token);
        self.connection().execute(
            // A board that comes in again hangs where it hung.
            "INSERT INTO devices (id, name, kind, fingerprint, enrolled_at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (name) DO UPDATE
             SET id = ?1, kind = ?3, fingerprint = ?4, enrolled_at = ?5",
            params![id.0, name, kind_text(kind), print, now.to_string()],
        )?;
        // Whoever had the name before.
        self.show_out();
        Ok(token)
    }

    /// The device that bears this token.
    pub(crate) fn device(&self, token: &str) -> rusqlite::Result<Option<Device>> {
        self.connection()
            .prepare_cached("SELECT id, name, kind, place FROM devices WHERE fingerprint = ?1")?
            .query_row([secret::fingerprint(token)], read_device)
            .optional()
    }

    /// Every enrolled device by name.
    pub(crate) fn devices(&self) -> rusqlite::Result<Vec<Device>> {
        self.connection()
            .prepare_cached("SELECT id, name, kind, place FROM devices ORDER BY name")?
            .query_map([], read_device)?
            .collect()
    }

    /// From now on the device's token opens nothing. Gives the device, if
    /// there was one.
    pub(crate) fn revoke(&self, id: DeviceId) -> rusqlite::Result<Option<Device>> {
        let connection = self.connection();
        let device = connection
            .prepare_cached("DELETE FROM devices WHERE id = ?1 RETURNING id, name, kind, place")?
            .query_row([id.0], read_device)
            .optional()?;
        drop(connection);
        self.show_out();
        Ok(device)
    }

    /// From now on the board shows what hangs at `place`, whatever its
    /// options say; without one they count again. Gives the board, if
    /// there is one.
    pub(crate) fn place(
        &self,
        id: DeviceId,
        place: Option<&BoardPlace>,
    ) -> rusqlite::Result<Option<Device>> {
        let place = place.map(|it| serde_json::to_string(it).expect("a place has a name"));
        let connection = self.connection();
        let board = connection
            .prepare_cached(
                "UPDATE devices SET place = ?2 WHERE id = ?1 AND kind = 'board'
                 RETURNING id, name, kind, place",
            )?
            .query_row(params![id.0, place], read_device)
            .optional()?;
        drop(connection);
        // Its feed ends, and it comes back to the new place.
        self.show_out();
        Ok(board)
    }
}

fn read_device(row: &rusqlite::Row<'_>) -> rusqlite::Result<Device> {
    let kind: String = row.get(2)?;
    let kind = match kind.as_str() {
        "board" => DeviceKind::Board,
        "program" => DeviceKind::Program,
        _ => DeviceKind::Kiosk,
    };
    // A place of a later version is none of this one's.
    let place: Option<String> = row.get(3)?;
    let place = place.and_then(|it| serde_json::from_str(&it).ok());
    Ok(Device { id: DeviceId(row.get(0)?), name: row.get(1)?, kind, place })
}

fn kind_text(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Kiosk => "kiosk",
        DeviceKind::Board => "board",
        DeviceKind::Program => "program",
    }
}
