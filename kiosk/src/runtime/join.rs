//! Coming in, when the server does not know this kiosk.

use kiosk_core::Msg;
use queue_api::DeviceKind;
use queue_client::Joining;

use super::{Hands, Sent};

impl Hands {
    /// Shows a code until somebody has let the kiosk in.
    pub(super) async fn join(&self) {
        let name = &self.identity.name;
        let show = |joining| {
            let code = match joining {
                Joining::Code(code) => Some(code),
                Joining::Away => None,
            };
            let msg = Msg::JoinBegan { code, name: name.clone() };
            // A screen that is so far behind will show the next one.
            let _late = self.messages.try_send(Sent::Msg(Box::new(msg))).is_err();
        };
        let token = self.client.join(DeviceKind::Kiosk, name, show).await;
        tracing::info!(name, "let in");
        if let Some(state) = &self.identity.state {
            if let Err(error) = appliance::keep_token(state, &token) {
                tracing::error!("{error:#}; the next start asks again");
            }
        } else {
            tracing::warn!("without a state folder the next start asks again");
        }
        self.tell(Msg::Joined).await;
    }
}
