//! Coming in: a device without a token asks, shows a code, and waits
//! until somebody has typed it in on a staff page.

use std::time::Duration;

use queue_api::{
    DeviceAsked, DeviceKind, DeviceRequest, DeviceView, ProblemCode, TokenReply, TokenRequest,
};

use crate::client::{Client, ClientError};

/// The server holds one request for 25 seconds while nobody decides.
const WAIT_MS_MAX: u64 = 35_000;

/// Between two tries after the server was away or said no.
const PAUSE_MS: u64 = 3_000;

/// Who was turned away does not ask again at once.
const TURNED_AWAY_MS: u64 = 30_000;

/// Between two requests that wait, if the server does not hold them.
const BREATH_MS: u64 = 1_000;

/// What a device that comes in shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joining {
    /// The code that somebody types in.
    Code(String),
    /// The server cannot be reached, or takes no requests now.
    Away,
}

impl Client {
    /// Whether there is a token at all.
    pub fn has_token(&self) -> bool {
        self.token().is_some()
    }

    /// Whether the server knows this device by its token.
    pub async fn is_known(&self) -> Result<bool, ClientError> {
        match self.read::<DeviceView>(self.get("devices/me")).await {
            Ok(_) => Ok(true),
            Err(ClientError::Refused(problem)) if problem.code == ProblemCode::SignInFirst => {
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Asks to come in under this name until it may, however long that
    /// takes; `show` is told what belongs on the screen. From then on
    /// this client bears the token, which is given to be kept.
    pub async fn join(
        &self,
        kind: DeviceKind,
        name: &str,
        mut show: impl FnMut(Joining),
    ) -> String {
        let request = DeviceRequest { kind, name: name.to_owned() };
        loop {
            let asked: Result<DeviceAsked, _> =
                self.read(self.post("devices").json(&request)).await;
            let pause_ms = match asked {
                Ok(asked) => {
                    tracing::info!(name, "asks to come in; the code is on the screen");
                    show(Joining::Code(asked.code.clone()));
                    match self.fetch_token(&asked).await {
                        Fetched::Token(token) => {
                            self.bear(token.clone());
                            return token;
                        }
                        Fetched::TooOld => continue,
                        Fetched::TurnedAway => TURNED_AWAY_MS,
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot ask to come in");
                    PAUSE_MS
                }
            };
            show(Joining::Away);
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        }
    }

    /// Waits for the decision about one request.
    async fn fetch_token(&self, asked: &DeviceAsked) -> Fetched {
        let path = format!("devices/{}/token", asked.id);
        let body = TokenRequest { claim: asked.claim.clone() };
        let good = Duration::from_secs(asked.good_secs.into());
        let waits = async {
            loop {
                let request = self.post(&path).json(&body);
                let patience = Duration::from_millis(WAIT_MS_MAX);
                match self.read_within::<TokenReply>(request, patience).await {
                    Ok(TokenReply::Approved { token }) => return Fetched::Token(token),
                    Ok(TokenReply::Waiting) => {
                        tokio::time::sleep(Duration::from_millis(BREATH_MS)).await;
                    }
                    Err(ClientError::Refused(problem))
                        if problem.code == ProblemCode::UnknownDevice =>
                    {
                        return Fetched::TurnedAway;
                    }
                    // A server that is being restarted; it will have
                    // forgotten the request, and says so.
                    Err(error) => {
                        tracing::debug!(%error, "waits for the server");
                        tokio::time::sleep(Duration::from_millis(PAUSE_MS)).await;
                    }
                }
            }
        };
        // A code that is too old is replaced before the server forgets it.
        tokio::time::timeout(good.mul_f32(0.95), waits).await.unwrap_or(Fetched::TooOld)
    }
}

/// What became of one request.
enum Fetched {
    Token(String),
    TooOld,
    TurnedAway,
}
