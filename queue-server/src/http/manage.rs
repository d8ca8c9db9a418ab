//! What the hall's manager does: the day, the numbers, the windows'
//! lanes, lines on boards, stand-ins. Each is a command like any other;
//! what came of it is seen in the hall's feed.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use queue_api::{
    AssignRequest, LanesRequest, NoticeRequest, ProblemCode, StaffRole, StaffView, StandInRequest,
    TicketCommand, WindowId,
};
use queue_core::{Command, CommandId, Manage, NoticeId, StandInId};

use super::body::{At, Body};
use super::caller::Caller;
use super::problem::Refused;
use crate::live::LiveHall;

type Hall = State<Arc<LiveHall>>;
type Done = Result<StatusCode, Refused>;

/// `POST /day/close`.
pub(super) async fn close_day(
    State(hall): Hall,
    caller: Caller,
    Body(body): Body<TicketCommand>,
) -> Done {
    act(&hall, &caller, body.command_id, Manage::CloseDay).await
}

/// `POST /day/reopen`.
pub(super) async fn reopen_day(
    State(hall): Hall,
    caller: Caller,
    Body(body): Body<TicketCommand>,
) -> Done {
    act(&hall, &caller, body.command_id, Manage::ReopenDay).await
}

/// `POST /day/stop-numbers`.
pub(super) async fn stop_numbers(
    State(hall): Hall,
    caller: Caller,
    Body(LanesRequest { command_id, lanes }): Body<LanesRequest>,
) -> Done {
    act(&hall, &caller, command_id, Manage::StopNumbers { lanes }).await
}

/// `POST /day/resume-numbers`.
pub(super) async fn resume_numbers(
    State(hall): Hall,
    caller: Caller,
    Body(LanesRequest { command_id, lanes }): Body<LanesRequest>,
) -> Done {
    act(&hall, &caller, command_id, Manage::ResumeNumbers { lanes }).await
}

/// `POST /windows/{w}/lanes`.
pub(super) async fn assign(
    State(hall): Hall,
    caller: Caller,
    At(window): At<WindowId>,
    Body(AssignRequest { command_id, lanes, helps }): Body<AssignRequest>,
) -> Done {
    act(&hall, &caller, command_id, Manage::AssignWindow { window, lanes, helps }).await
}

/// `POST /notices`.
pub(super) async fn post_notice(
    State(hall): Hall,
    caller: Caller,
    Body(request): Body<NoticeRequest>,
) -> Done {
    let NoticeRequest { command_id, text, zone, from, until } = request;
    let known = |zone: &String| hall.profile().zones.iter().any(|it| it.id == *zone);
    if zone.as_ref().is_some_and(|it| !known(it)) {
        return Err(Refused::because(ProblemCode::NoticeUnfit, "there is no such zone"));
    }
    let request = queue_core::NoticeRequest { zh: text.zh, en: text.en, zone, from, until };
    act(&hall, &caller, command_id, Manage::PostNotice(request)).await
}

/// `POST /notices/{id}/remove`.
pub(super) async fn remove_notice(
    State(hall): Hall,
    caller: Caller,
    At(notice): At<u64>,
    Body(body): Body<TicketCommand>,
) -> Done {
    let notice = NoticeId(notice);
    act(&hall, &caller, body.command_id, Manage::RemoveNotice { notice }).await
}

/// `POST /stand-ins`: a clerk of the hall, at a window of it.
pub(super) async fn file_stand_in(
    State(hall): Hall,
    caller: Caller,
    Body(request): Body<StandInRequest>,
) -> Done {
    let StandInRequest { command_id, window, staff, from, to } = request;
    let is_clerk = hall.staff(&staff).is_some_and(|it| it.role == StaffRole::Clerk);
    if !is_clerk {
        return Err(Refused::because(ProblemCode::StandInUnfit, "only a clerk stands in"));
    }
    let request = queue_core::StandInRequest { window, staff, from, to };
    act(&hall, &caller, command_id, Manage::FileStandIn(request)).await
}

/// `POST /stand-ins/{id}/withdraw`.
pub(super) async fn withdraw_stand_in(
    State(hall): Hall,
    caller: Caller,
    At(stand_in): At<u64>,
    Body(body): Body<TicketCommand>,
) -> Done {
    let stand_in = StandInId(stand_in);
    act(&hall, &caller, body.command_id, Manage::WithdrawStandIn { stand_in }).await
}

/// `GET /staff`: service numbers, roles and windows; no names, no PINs.
pub(super) async fn staff(
    State(hall): Hall,
    caller: Caller,
) -> Result<Json<Vec<StaffView>>, Refused> {
    caller.reads_reports()?;
    let view = |it: &crate::profile::StaffMember| StaffView {
        id: it.id.clone(),
        role: it.role,
        window: it.window,
    };
    Ok(Json(hall.files.staff.iter().map(view).collect()))
}

async fn act(hall: &LiveHall, caller: &Caller, command_id: CommandId, act: Manage) -> Done {
    caller.manages()?;
    hall.engine.submit(Some(command_id), caller.actor(), Command::Manage(act)).await?;
    Ok(StatusCode::NO_CONTENT)
}
