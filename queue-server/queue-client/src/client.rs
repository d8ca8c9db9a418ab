//! One request, one answer; commands are retried with the same id until
//! they are answered or the caller's patience ends.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use queue_api::{
    CheckInRequest, DeviceReport, HallProfile, IdentityKey, IssueRequest, LeaseRequest,
    NumberLease, PassView, PrintedReport, Problem, TakeInReply, TakeInRequest, Ticket,
    TicketCommand, TicketId, TicketNumber,
};
use reqwest::header::{ETAG, IF_NONE_MATCH};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::trust::{self, Pin};

/// A hall's server is on the same network: what takes longer is away.
const CONNECT_MS_MAX: u64 = 2_000;

/// From the request to the end of the answer, for one try.
const TRY_MS_MAX: u64 = 5_000;

/// First and longest pause between two tries of one command.
const RETRY_MS: (u64, u64) = (100, 2_000);

/// A connection to one server, cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) http: reqwest::Client,
    base: String,
    /// The same for all copies: a device may get one, or another, while
    /// it runs.
    token: Arc<RwLock<Option<String>>>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Nobody answered, or the answer broke off. The command may or may
    /// not have been done: repeat it with the same id.
    #[error("the server at `{base}` cannot be reached")]
    Unreachable {
        /// The server's address.
        base: String,
        /// No try got as far as the server: nothing was done.
        unsent: bool,
        /// What the network said.
        #[source]
        source: reqwest::Error,
    },
    /// The server said no, and why.
    #[error("the server refused: {}", .0.title)]
    Refused(Box<Problem>),
    /// A fingerprint says nothing of a connection in the clear.
    #[error("`--pin` needs a server at `https://`, and `{base}` is none")]
    PinUnused {
        /// The server's address.
        base: String,
    },
    /// This machine knows nobody whom it could trust.
    #[error("this machine cannot check certificates; `--pin` names the server's own")]
    NoTrust(#[from] rustls::Error),
    /// Something answered that is not a queue server of this suite.
    #[error("status {status} with a body that is not the suite's")]
    Foreign {
        /// HTTP status.
        status: u16,
    },
}

impl ClientError {
    /// Whether the same request may succeed by itself a little later.
    pub fn passes(&self) -> bool {
        match self {
            ClientError::Unreachable { .. } => true,
            ClientError::Refused(problem) => problem.status == 503,
            ClientError::Foreign { status } => *status >= 500,
            ClientError::PinUnused { .. } | ClientError::NoTrust(_) => false,
        }
    }

    /// Whether what was asked may have been done all the same.
    pub fn may_be_done(&self) -> bool {
        match self {
            ClientError::Unreachable { unsent, .. } => !unsent,
            ClientError::Foreign { status } => *status >= 500,
            ClientError::Refused(_) | ClientError::PinUnused { .. } | ClientError::NoTrust(_) => {
                false
            }
        }
    }
}

/// A body with the tag to ask again by.
#[derive(Clone, Debug)]
pub struct Fetched<T> {
    /// What was fetched.
    pub body: T,
    /// Its entity tag, to be given back next time.
    pub etag: Option<String>,
}

impl Client {
    /// A client of the server at `base` (`http://host:port`, or
    /// `https://` and a name that this machine trusts), with the device's
    /// token.
    pub fn new(base: &str, token: Option<String>) -> Result<Client, ClientError> {
        Client::pinned(base, token, None)
    }

    /// The same, which believes this certificate and no other.
    pub fn pinned(
        base: &str,
        token: Option<String>,
        pin: Option<Pin>,
    ) -> Result<Client, ClientError> {
        let base = base.trim_end_matches('/').to_owned();
        if pin.is_some() && !base.starts_with("https:") {
            return Err(ClientError::PinUnused { base });
        }
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_millis(CONNECT_MS_MAX))
            .tcp_nodelay(true)
            .no_proxy()
            .tls_backend_preconfigured(trust::config(&base, pin)?)
            .build()
            .map_err(|source| ClientError::Unreachable {
                base: base.clone(),
                unsent: true,
                source,
            })?;
        Ok(Client { http, base, token: Arc::new(RwLock::new(token)) })
    }

    /// `GET /hall`.
    pub async fn hall(&self) -> Result<HallProfile, ClientError> {
        self.read(self.get("hall")).await
    }

    /// `GET /catalogue`; none if the server's is still the one with
    /// `etag`. `T` is the catalogue's own type, which this crate does
    /// not know.
    pub async fn catalogue<T: DeserializeOwned>(
        &self,
        etag: Option<&str>,
    ) -> Result<Option<Fetched<T>>, ClientError> {
        let mut request = self.get("catalogue");
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let response = self.send(request).await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        let etag = response.headers().get(ETAG).and_then(|it| it.to_str().ok()).map(str::to_owned);
        Ok(Some(Fetched { body: self.body(response).await?, etag }))
    }

    /// `POST /tickets`, repeated with the same command id for at most
    /// `patience`. One command id is one ticket however often it is sent.
    pub async fn issue_ticket(
        &self,
        request: &IssueRequest,
        patience: Duration,
    ) -> Result<Ticket, ClientError> {
        self.command("tickets", request, patience).await
    }

    /// `POST /tickets/{id}/printed`.
    pub async fn report_printed(
        &self,
        ticket: TicketId,
        report: &PrintedReport,
        patience: Duration,
    ) -> Result<Ticket, ClientError> {
        self.command(&format!("tickets/{ticket}/printed"), report, patience).await
    }

    /// `GET /identity-key`: the key of today for identity cards.
    pub async fn identity_key(&self, patience: Duration) -> Result<IdentityKey, ClientError> {
        self.look("identity-key", patience).await
    }

    /// `GET /tickets?number=`: a ticket of today by its number.
    pub async fn ticket_by_number(
        &self,
        number: &TicketNumber,
        patience: Duration,
    ) -> Result<Ticket, ClientError> {
        self.look(&format!("tickets?number={number}"), patience).await
    }

    /// `GET /tickets?token=`: a ticket of today by the secret of its
    /// paper, whose characters need no disguise in an address.
    pub async fn ticket_by_token(
        &self,
        token: &str,
        patience: Duration,
    ) -> Result<Ticket, ClientError> {
        self.look(&format!("tickets?token={token}"), patience).await
    }

    /// `GET /passes?token=`: what a return pass is worth.
    pub async fn pass(&self, token: &str, patience: Duration) -> Result<PassView, ClientError> {
        self.look(&format!("passes?token={token}"), patience).await
    }

    /// `POST /tickets/{id}/reinstate`.
    pub async fn reinstate(
        &self,
        ticket: TicketId,
        command: &TicketCommand,
        patience: Duration,
    ) -> Result<Ticket, ClientError> {
        self.command(&format!("tickets/{ticket}/reinstate"), command, patience).await
    }

    /// `POST /appointments/check-in`.
    pub async fn check_in(
        &self,
        request: &CheckInRequest,
        patience: Duration,
    ) -> Result<Ticket, ClientError> {
        self.command("appointments/check-in", request, patience).await
    }

    /// `POST /leases`.
    pub async fn lease(
        &self,
        request: &LeaseRequest,
        patience: Duration,
    ) -> Result<NumberLease, ClientError> {
        self.command("leases", request, patience).await
    }

    /// `POST /tickets/import`.
    pub async fn import(
        &self,
        request: &TakeInRequest,
        patience: Duration,
    ) -> Result<TakeInReply, ClientError> {
        self.command("tickets/import", request, patience).await
    }

    /// `POST /devices/me/report`.
    pub async fn report_device(&self, report: &DeviceReport) -> Result<(), ClientError> {
        let request = self.post("devices/me/report").json(report);
        self.send(request).await.map(|_| ())
    }

    async fn command<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        patience: Duration,
    ) -> Result<T, ClientError> {
        let once = || async { self.read(self.post(path).json(body)).await };
        again(once, patience).await
    }

    /// Looks until there is an answer. What is looked for may be a secret,
    /// so no log has it.
    async fn look<T: DeserializeOwned>(
        &self,
        path: &str,
        patience: Duration,
    ) -> Result<T, ClientError> {
        let once = || async { self.read(self.get(path)).await };
        again(once, patience).await
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.with_token(self.http.get(format!("{}/api/v1/{path}", self.base)))
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.with_token(self.http.post(format!("{}/api/v1/{path}", self.base)))
    }

    fn with_token(&self, request: RequestBuilder) -> RequestBuilder {
        match self.token() {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) fn token(&self) -> Option<String> {
        self.token.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on all copies of this client bear this token.
    pub(crate) fn bear(&self, token: String) {
        *self.token.write().unwrap_or_else(PoisonError::into_inner) = Some(token);
    }

    pub(crate) async fn read<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<T, ClientError> {
        self.read_within(request, Duration::from_millis(TRY_MS_MAX)).await
    }

    pub(crate) async fn read_within<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        patience: Duration,
    ) -> Result<T, ClientError> {
        let response = self.send_within(request, patience).await?;
        self.body(response).await
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, ClientError> {
        self.send_within(request, Duration::from_millis(TRY_MS_MAX)).await
    }

    async fn send_within(
        &self,
        request: RequestBuilder,
        patience: Duration,
    ) -> Result<Response, ClientError> {
        let request = request.timeout(patience);
        let response = request.send().await.map_err(|source| self.unreachable(source))?;
        self.refusal(response).await
    }

    /// The response if it is a success or "not modified".
    pub(crate) async fn refusal(&self, response: Response) -> Result<Response, ClientError> {
        let status = response.status();
        if status.is_success() || status == StatusCode::NOT_MODIFIED {
            return Ok(response);
        }
        match response.json::<Problem>().await {
            Ok(problem) => Err(ClientError::Refused(Box::new(problem))),
            Err(_) => Err(ClientError::Foreign { status: status.as_u16() }),
        }
    }

    async fn body<T: DeserializeOwned>(&self, response: Response) -> Result<T, ClientError> {
        let status = response.status().as_u16();
        let bytes = response.bytes().await.map_err(|source| self.unreachable(source))?;
        serde_json::from_slice(&bytes).map_err(|_| ClientError::Foreign { status })
    }

    pub(crate) fn unreachable(&self, source: reqwest::Error) -> ClientError {
        let (base, unsent) = (self.base.clone(), source.is_connect());
        ClientError::Unreachable { base, unsent, source: source.without_url() }
    }
}

/// Tries until there is an answer that trying again would not change, for
/// at most `patience`. What one try may have done, all of them may.
async fn again<T, F: Future<Output = Result<T, ClientError>>>(
    once: impl FnMut() -> F,
    patience: Duration,
) -> Result<T, ClientError> {
    let mut may_be_done = false;
    let tried = once
        .retry(
            ExponentialBuilder::default()
                .with_min_delay(Duration::from_millis(RETRY_MS.0))
                .with_max_delay(Duration::from_millis(RETRY_MS.1))
                .with_total_delay(Some(patience))
                .without_max_times(),
        )
        .when(ClientError::passes)
        .notify(|error, pause| {
            may_be_done |= error.may_be_done();
            tracing::debug!(%error, ?pause, "will try again");
        })
        .await;
    tried.map_err(|error| match error {
        ClientError::Unreachable { base, unsent, source } => {
            ClientError::Unreachable { base, unsent: unsent && !may_be_done, source }
        }
        other => other,
    })
}
