//! Identity cards: the reader is told when to read, and the key of the day
//! is fetched and forgotten. It lies in memory only.

use std::time::Duration;

use kiosk_core::Msg;
use queue_api::CommandId;

use super::{Hands, TRIES_MAX, pause};
use crate::readers::HolderKey;

/// How long the key is asked for at a time.
const PATIENCE: Duration = Duration::from_secs(5);

impl Hands {
    pub(super) fn read_card(&self, press: CommandId) {
        if let Some(reader) = &self.card_reader {
            reader.read(press);
        }
    }

    pub(super) fn let_card_go(&self) {
        if let Some(reader) = &self.card_reader {
            reader.let_go();
        }
    }

    pub(super) fn forget_identity_key(&self) {
        if let Some(reader) = &self.card_reader {
            reader.set_key(None);
        }
    }

    pub(super) async fn fetch_identity_key(self) {
        let Some(reader) = &self.card_reader else { return };
        for _ in 0..TRIES_MAX {
            match self.client.identity_key(PATIENCE).await {
                Ok(key) => {
                    let day = key.business_day;
                    reader.set_key(HolderKey::read(&key));
                    return self.tell(Msg::IdentityKeyArrived { day }).await;
                }
                Err(error) => tracing::warn!(%error, "the key for identity cards is not here yet"),
            }
            pause().await;
        }
    }
}
