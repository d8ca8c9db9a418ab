//! Appointments: what is free, make one or many, list, cancel, check in.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use jiff::civil::Date;
use queue_api::{
    Appointment, AppointmentId, AppointmentRequest, AppointmentsView, CheckInRequest, CommandId,
    ImportReply, LaneId, ProblemCode, SlotView, Ticket, TicketCommand,
};
use queue_core::{Command, Rejection, decide};
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::{Asked, At, Body};
use super::caller::Caller;
use super::problem::Refused;
use super::tickets::look_up;
use crate::engine::Refusal;
use crate::live::LiveHall;
use crate::views::appointments as views;
use crate::{commands, hash, import, secret};

/// The largest file that is read: two thousand lines and their like.
const FILE_BYTES_MAX: usize = 512 * 1024;

/// How long a file may take to come in.
const FILE_MAX: Duration = Duration::from_secs(15);

/// Codes that are tried until one is free; the second is, as a rule.
const CODES_MAX: usize = 8;

/// Faults that are told of one file.
const FAULTS_MAX: usize = 100;

type Hall = State<Arc<LiveHall>>;

/// Whose appointments.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    day: Option<Date>,
    lane: Option<LaneId>,
    #[serde(default)]
    page: usize,
}

/// Which lane and day.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    lane: LaneId,
    day: Date,
}

/// The command a file is.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    command_id: CommandId,
}

/// `GET /appointments`.
pub(super) async fn list(
    State(hall): Hall,
    caller: Caller,
    Asked(Wanted { day, lane, page }): Asked<Wanted>,
) -> Result<Json<AppointmentsView>, Refused> {
    caller.books()?;
    let now = hall.engine.published().hall();
    Ok(Json(views::list(&now, day, lane.as_ref(), page, appliance::now())))
}

/// `GET /appointments/slots`.
pub(super) async fn slots(
    State(hall): Hall,
    caller: Caller,
    Asked(Place { lane, day }): Asked<Place>,
) -> Result<Json<Vec<SlotView>>, Refused> {
    caller.staff()?;
    let now = hall.engine.published().hall();
    if !now.rules().lanes.contains_key(&lane) {
        return Err(ProblemCode::UnknownLane.into());
    }
    Ok(Json(views::slots(&now, &lane, day, appliance::now())))
}

/// `POST /appointments`: 201 the first time, 200 for the same command
/// again.
pub(super) async fn make(
    State(hall): Hall,
    caller: Caller,
    Body(request): Body<AppointmentRequest>,
) -> Result<(StatusCode, Json<Appointment>), Refused> {
    let caller = caller.books()?;
    for _ in 0..CODES_MAX {
        let command =
            commands::make_appointment(&hall.files, request.clone(), secret::appointment_code())?;
        let id = Some(request.command_id.clone());
        let done = match hall.engine.submit(id, caller.actor(), command).await {
            Err(Refusal::Rejected(Rejection::CodeTaken(_))) => continue,
            done => done?,
        };
        let status = if done.repeated { StatusCode::OK } else { StatusCode::CREATED };
        let id = done.appointment.ok_or(ProblemCode::Internal)?;
        return Ok((status, Json(known(&hall, id)?)));
    }
    Err(ProblemCode::CodeTaken.into())
}

/// `POST /appointments/{id}/cancel`.
pub(super) async fn cancel(
    State(hall): Hall,
    caller: Caller,
    At(appointment): At<AppointmentId>,
    Body(body): Body<TicketCommand>,
) -> Result<Json<Appointment>, Refused> {
    let caller = caller.books()?;
    let command = Command::CancelAppointment { appointment };
    hall.engine.submit(Some(body.command_id), caller.actor(), command).await?;
    known(&hall, appointment).map(Json)
}

/// `POST /appointments/import`: a CSV file, all of it or nothing.
pub(super) async fn import(
    State(hall): Hall,
    caller: Caller,
    Asked(Named { command_id }): Asked<Named>,
    request: Request,
) -> Result<Json<ImportReply>, Refused> {
    let caller = caller.books()?;
    let body = to_bytes(request.into_body(), FILE_BYTES_MAX);
    let text = tokio::time::timeout(FILE_MAX, body)
        .await
        .map_err(|_| ProblemCode::TooSlow)?
        .map_err(|_| ProblemCode::TooLarge)?;
    let (lines, faults) = import::read(&hall.files, &text, secret::appointment_code);
    let references: Vec<String> =
        lines.iter().filter_map(|it| it.booking.reference.clone()).collect();
    let command = Command::ImportAppointments { file: hash::of(&text), lines };
    if !faults.is_empty() {
        return Err(refused(&hall, &command, faults));
    }
    hall.engine.submit(Some(command_id), caller.actor(), command).await?;
    let now = hall.engine.published().hall();
    let appointments = references.iter().filter_map(|it| views::imported(&now, it)).collect();
    Ok(Json(ImportReply { appointments }))
}

/// Faults of the file, and what the rules say of its other lines.
fn refused(hall: &LiveHall, command: &Command, mut faults: Vec<import::LineFault>) -> Refused {
    let now = hall.engine.published().hall();
    if let Err(Rejection::LinesRefused(lines)) = decide(&now, command, appliance::now()) {
        faults.extend(lines.into_iter().map(|(line, why)| (line, why.to_string())));
    }
    faults.sort();
    faults.truncate(FAULTS_MAX);
    let lines: Vec<String> = faults.into_iter().map(|(at, why)| format!("{at}: {why}")).collect();
    Refused::because(ProblemCode::ImportRefused, lines.join("\n"))
}

/// `POST /appointments/check-in`: 201 the first time; whoever comes with
/// the code again has the same ticket, with 200.
pub(super) async fn check_in(
    State(hall): Hall,
    caller: Caller,
    Body(request): Body<CheckInRequest>,
) -> Result<(StatusCode, Json<Ticket>), Refused> {
    let caller = caller.checks_in(request.source)?;
    let (by, now) = (caller.actor(), appliance::now());
    if !hall.codes.are_tried(&by.to_string(), now) {
        return Err(ProblemCode::TooManyTries.into());
    }
    let found = hall
        .engine
        .published()
        .hall()
        .appointment_by_code(&request.code)
        .map(|it| it.appointment.id);
    let Some(appointment) = found else {
        hall.codes.was_wrong(by.to_string(), now);
        return Err(ProblemCode::UnknownAppointment.into());
    };
    let (token, source) = (secret::ticket_token(), request.source);
    let command = Command::CheckIn { appointment, token, source };
    let (status, ticket) = match hall.engine.submit(Some(request.command_id), by, command).await {
        Ok(done) if done.repeated => (StatusCode::OK, done.ticket),
        Err(Refusal::Rejected(Rejection::CheckedInBefore(ticket))) => {
            (StatusCode::OK, Some(ticket))
        }
        done => (StatusCode::CREATED, done?.ticket),
    };
    Ok((status, Json(look_up(&hall, ticket.ok_or(ProblemCode::Internal)?)?)))
}

fn known(hall: &LiveHall, id: AppointmentId) -> Result<Appointment, Refused> {
    let now = hall.engine.published().hall();
    let held = now.appointment(id).ok_or(ProblemCode::UnknownAppointment)?;
    Ok(views::appointment(&now, held, appliance::now()))
}
