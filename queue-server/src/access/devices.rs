//! Devices that the hall knows, each by a token of its own.

use anyhow::Context;
use jiff::Timestamp;
use queue_api::{DeviceId, DeviceKind};
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
            "INSERT OR REPLACE INTO devices (id, name, kind, fingerprint, enrolled_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id.0, name, kind_text(kind), print, now.to_string()],
        )?;
        // Whoever had the name before.
        self.show_out();
        Ok(token)
    }

    /// The device that bears this token.
    pub(crate) fn device(&self, token: &str) -> rusqlite::Result<Option<Device>> {
        self.connection()
            .prepare_cached("SELECT id, name, kind FROM devices WHERE fingerprint = ?1")?
            .query_row([secret::fingerprint(token)], read_device)
            .optional()
    }

    /// Every enrolled device by name.
    pub(crate) fn devices(&self) -> rusqlite::Result<Vec<Device>> {
        self.connection()
            .prepare_cached("SELECT id, name, kind FROM devices ORDER BY name")?
            .query_map([], read_device)?
            .collect()
    }

    /// From now on the device's token opens nothing. Gives the device, if
    /// there was one.
    pub(crate) fn revoke(&self, id: DeviceId) -> rusqlite::Result<Option<Device>> {
        let connection = self.connection();
        let device = connection
            .prepare_cached("DELETE FROM devices WHERE id = ?1 RETURNING id, name, kind")?
            .query_row([id.0], read_device)
            .optional()?;
        drop(connection);
        self.show_out();
        Ok(device)
    }
}

fn read_device(row: &rusqlite::Row<'_>) -> rusqlite::Result<Device> {
    let kind: String = row.get(2)?;
    let kind = match kind.as_str() {
        "board" => DeviceKind::Board,
        "program" => DeviceKind::Program,
        _ => DeviceKind::Kiosk,
    };
    Ok(Device { id: DeviceId(row.get(0)?), name: row.get(1)?, kind })
}

fn kind_text(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Kiosk => "kiosk",
        DeviceKind::Board => "board",
        DeviceKind::Program => "program",
    }
}
