//! Who is calling: a device by bearer token, staff by cookie or bearer
//! token. A handler names what it takes; everybody else is refused
//! before it runs.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use queue_api::{
    Class, DeviceKind, IssueRequest, ProblemCode, Source, StaffId, StaffRole, Ticket, WindowId,
};

use super::problem::Refused;
use crate::access::{Device, Session};
use crate::actor::Actor;
use crate::live::LiveHall;
use crate::views;

/// Name of the session's cookie.
pub(crate) const COOKIE: &str = "yimen_session";

/// Somebody the hall knows.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    /// A kiosk or a board.
    Device(Device),
    /// A member of staff, with what they may do.
    Staff {
        /// The session.
        session: Session,
        /// From the staff file, at the time of the call.
        role: StaffRole,
    },
}

/// What somebody is to the hall; `routes` says what each may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Serves at a window.
    Clerk,
    /// The guide desk.
    Desk,
    /// Runs the hall.
    Manager,
    /// Reads everything, changes nothing.
    Supervisor,
    /// Devices and accounts.
    Admin,
    /// Gives numbers.
    Kiosk,
    /// Shows calls.
    Board,
    /// Another system, which reads what happens.
    Program,
}

impl Role {
    /// All of them, in the order of the table.
    #[cfg(test)]
    pub(crate) const ALL: [Role; 8] = [
        Role::Clerk,
        Role::Desk,
        Role::Manager,
        Role::Supervisor,
        Role::Admin,
        Role::Kiosk,
        Role::Board,
        Role::Program,
    ];

    /// As the table and the description of the API call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::Clerk => "clerk",
            Role::Desk => "desk",
            Role::Manager => "manager",
            Role::Supervisor => "supervisor",
            Role::Admin => "admin",
            Role::Kiosk => "kiosk",
            Role::Board => "board",
            Role::Program => "program",
        }
    }
}

/// Whether a ticket is shown with its token and the address made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secret {
    /// To who prints it.
    Shown,
    /// To everybody else.
    Hidden,
}

impl Secret {
    /// The ticket as this caller sees it.
    pub(crate) fn keeps(self, ticket: Ticket) -> Ticket {
        match self {
            Secret::Shown => ticket,
            Secret::Hidden => views::without_secret(ticket),
        }
    }
}

impl Caller {
    /// What they are.
    pub(crate) fn role(&self) -> Role {
        match self {
            Caller::Device(Device { kind: DeviceKind::Kiosk, .. }) => Role::Kiosk,
            Caller::Device(Device { kind: DeviceKind::Board, .. }) => Role::Board,
            Caller::Device(Device { kind: DeviceKind::Program, .. }) => Role::Program,
            Caller::Staff { role: StaffRole::Clerk, .. } => Role::Clerk,
            Caller::Staff { role: StaffRole::Desk, .. } => Role::Desk,
            Caller::Staff { role: StaffRole::Manager, .. } => Role::Manager,
            Caller::Staff { role: StaffRole::Supervisor, .. } => Role::Supervisor,
            Caller::Staff { role: StaffRole::Admin, .. } => Role::Admin,
        }
    }

    /// As the journal keeps it.
    pub(crate) fn actor(&self) -> Actor {
        match self {
            Caller::Device(device) => Actor::Device(device.name.clone()),
            Caller::Staff { session, .. } => Actor::Staff(session.staff.clone()),
        }
    }

    /// May issue tickets and act on them: a kiosk, the guide desk, the
    /// manager.
    pub(crate) fn issues(self) -> Result<Caller, Refused> {
        match &self {
            Caller::Device(Device { kind: DeviceKind::Kiosk, .. })
            | Caller::Staff { role: StaffRole::Desk | StaffRole::Manager, .. } => Ok(self),
            _ => Err(ProblemCode::NotYours.into()),
        }
    }

    /// May issue this one. A kiosk says that it was a kiosk; the green
    /// channel is opened by a person who answers for it, and who has an
    /// appointment checks in.
    pub(crate) fn issues_this(self, request: &IssueRequest) -> Result<Caller, Refused> {
        let caller = self.issues()?;
        let theirs = match caller {
            Caller::Device(_) => request.source == Source::Kiosk && is_for_kiosks(request.class),
            Caller::Staff { .. } => true,
        };
        if theirs { Ok(caller) } else { Err(ProblemCode::NotYours.into()) }
    }

    /// May make appointments and look at them: the guide desk and the
    /// manager.
    pub(crate) fn books(self) -> Result<Caller, Refused> {
        match &self {
            Caller::Staff { role: StaffRole::Desk | StaffRole::Manager, .. } => Ok(self),
            _ => Err(ProblemCode::NotYours.into()),
        }
    }

    /// May check somebody in. A kiosk says that it was a kiosk.
    pub(crate) fn checks_in(self, source: Source) -> Result<Caller, Refused> {
        let caller = self.issues()?;
        let theirs = matches!(caller, Caller::Staff { .. }) || source == Source::Kiosk;
        if theirs { Ok(caller) } else { Err(ProblemCode::NotYours.into()) }
    }

    /// May put a visitor back into the line and give a return pass: who
    /// issues, and the clerks.
    pub(crate) fn reinstates(self) -> Result<Caller, Refused> {
        match self {
            Caller::Staff { role: StaffRole::Clerk, .. } => Ok(self),
            other => other.issues(),
        }
    }

    /// May look at a ticket; whether with the secret of its paper, which
    /// only those need who may print it. A board shows calls and needs
    /// neither.
    pub(crate) fn sees_tickets(self) -> Result<Secret, Refused> {
        match self {
            Caller::Device(Device { kind: DeviceKind::Board | DeviceKind::Program, .. }) => {
                Err(ProblemCode::NotYours.into())
            }
            other => Ok(if other.issues().is_ok() { Secret::Shown } else { Secret::Hidden }),
        }
    }

    /// May act at this window: its own clerk, or the manager.
    pub(crate) fn serves_at(&self, window: WindowId) -> Result<StaffId, Refused> {
        match self {
            Caller::Staff { session, role: StaffRole::Clerk } if session.window == Some(window) => {
                Ok(session.staff.clone())
            }
            Caller::Staff { session, role: StaffRole::Manager } => Ok(session.staff.clone()),
            _ => Err(ProblemCode::NotYours.into()),
        }
    }

    /// May run the hall: its manager.
    pub(crate) fn manages(&self) -> Result<(), Refused> {
        match self {
            Caller::Staff { role: StaffRole::Manager, .. } => Ok(()),
            _ => Err(ProblemCode::NotYours.into()),
        }
    }

    /// May see figures of the hall.
    pub(crate) fn reads_reports(&self) -> Result<(), Refused> {
        match self {
            Caller::Staff { role: StaffRole::Manager | StaffRole::Supervisor, .. } => Ok(()),
            _ => Err(ProblemCode::NotYours.into()),
        }
    }

    /// Any member of staff.
    pub(crate) fn staff(&self) -> Result<(), Refused> {
        match self {
            Caller::Staff { .. } => Ok(()),
            Caller::Device(_) => Err(ProblemCode::NotYours.into()),
        }
    }

    /// A kiosk, which gives numbers by itself.
    pub(crate) fn kiosk(&self) -> Result<&Device, Refused> {
        match self {
            Caller::Device(device @ Device { kind: DeviceKind::Kiosk, .. }) => Ok(device),
            _ => Err(ProblemCode::NotYours.into()),
        }
    }

    /// Any device.
    pub(crate) fn device(&self) -> Result<&Device, Refused> {
        match self {
            Caller::Device(device) => Ok(device),
            Caller::Staff { .. } => Err(ProblemCode::NotYours.into()),
        }
    }
}

/// A kiosk gives numbers of these classes, with the server or without.
pub(crate) fn is_for_kiosks(class: Class) -> bool {
    matches!(class, Class::Ordinary | Class::Priority)
}

impl<S> FromRequestParts<S> for Caller
where
    S: Send + Sync,
    Arc<LiveHall>: FromRef<S>,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Caller, Refused> {
        if let Some(known) = parts.extensions.get::<Caller>() {
            return Ok(known.clone());
        }
        let caller = find(&Arc::<LiveHall>::from_ref(state), parts)?;
        // Looked up once, however many ask.
        parts.extensions.insert(caller.clone());
        Ok(caller)
    }
}

fn find(hall: &LiveHall, parts: &Parts) -> Result<Caller, Refused> {
    if let Some(token) = bearer(&parts.headers) {
        if let Some(device) = hall.access.device(token)? {
            return Ok(Caller::Device(device));
        }
        return staff(hall, token);
    }
    let token = cookie(&parts.headers).ok_or(ProblemCode::SignInFirst)?;
    // A cookie is sent along by the browser whoever wrote the page:
    // what changes something must come from our own pages.
    let reads = parts.method == Method::GET || parts.method == Method::HEAD;
    if !reads && from_elsewhere(&parts.headers) {
        return Err(ProblemCode::NotYours.into());
    }
    staff(hall, token)
}

fn staff(hall: &LiveHall, token: &str) -> Result<Caller, Refused> {
    let session =
        hall.access.session_in_use(token, appliance::now())?.ok_or(ProblemCode::SignInFirst)?;
    let role = hall.staff(&session.staff).ok_or(ProblemCode::SignInFirst)?.role;
    Ok(Caller::Staff { session, role })
}

/// The token of an `Authorization: Bearer` header.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// The session's cookie.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    values
        .flat_map(|it| it.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value))
}

/// Whether the browser says that another site's page made the request.
/// One that knows no `Sec-Fetch-Site` sends `Origin`, which must then be
/// the address that the request came to.
pub(super) fn from_elsewhere(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return false };
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    let from = origin.to_str().ok().and_then(|it| it.split_once("://")).map(|(_, host)| host);
    from.is_none() || from != host
}
