//! `[identity]` of `hall.toml`: whether kiosks ask for an identity card,
//! so that nobody holds two live tickets for one matter. Off unless a hall
//! says otherwise.

use catalogue::Document;
use queue_api::IdentityProfile;
use serde::Deserialize;

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct IdentityEntry {
    /// Whether they ask.
    pub(super) ask: bool,
    /// Whether there is no number without a card.
    required: bool,
}

/// Checks what the file says of it.
pub(super) fn check(document: &mut Document<'_>, entry: IdentityEntry) {
    if entry.required && !entry.ask {
        document.fault("identity.required", "a card that is not asked for cannot be required");
    }
}

/// As kiosks get it.
pub(super) fn profile(entry: IdentityEntry) -> Option<IdentityProfile> {
    entry.ask.then_some(IdentityProfile { required: entry.required })
}
