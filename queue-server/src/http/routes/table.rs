//! The table itself. `tests/golden/routes.txt` is the same for people to
//! read; a test compares the two, and another tries every role at every
//! way of a real server.

use queue_api::ProblemCode as Code;
use queue_api::{
    Appointment, AppointmentRequest, AppointmentsView, ApproveRequest, AssignRequest, AuditPage,
    BeforeYou, CheckInRequest, DeviceAsked, DeviceReport, DeviceRequest, DeviceView, DevicesView,
    FiguresReport, ForecastReport, HallProfile, IdentityKey, ImportReply, IssueRequest,
    LanesRequest, LeaseRequest, NoticeRequest, NumberLease, PassReply, PassView, PlaceRequest,
    PrintedReport, QueueView, RateRequest, RecordReport, SessionReply, SessionRequest,
    SetupRequest, SetupView, SituationRequest, SituationView, SlotView, StaffView, StandInRequest,
    TakeInReply, TakeInRequest, Ticket, TicketCommand, TicketHistory, TicketView, TokenReply,
    TokenRequest, ToldPage, WindowCommand, WindowView,
};
use serde_json::Value;

use super::super::{
    appointments, audit, devices, events, feed, guide, identity, manage, offline, qr, reports,
    session, setup, situation, status, supervision, tickets, windows,
};
use super::Role::{Admin, Board, Clerk, Desk, Kiosk, Manager, Program, Supervisor};
use super::Who::{Anybody, ByView, Holder, Only};
use super::{Route, Who, pages};

/// Everybody whom the hall knows.
const KNOWN: Who = Only(&[Clerk, Desk, Manager, Supervisor, Admin, Kiosk, Board, Program]);
/// Whoever works here.
const STAFF: Who = Only(&[Clerk, Desk, Manager, Supervisor, Admin]);
/// Who gives numbers.
const ISSUE: Who = Only(&[Desk, Manager, Kiosk]);
/// Who gives numbers, and the clerks.
const ISSUE_OR_SERVE: Who = Only(&[Clerk, Desk, Manager, Kiosk]);
/// Who looks at single tickets.
const SEE_TICKETS: Who = Only(&[Clerk, Desk, Manager, Supervisor, Admin, Kiosk]);
/// Who makes appointments.
const BOOK: Who = Only(&[Desk, Manager]);
/// Who acts at a window.
const SERVE: Who = Only(&[Clerk, Manager]);
/// Who runs the hall.
const MANAGE: Who = Only(&[Manager]);
/// Who sees figures.
const FIGURES: Who = Only(&[Manager, Supervisor]);
/// Who reads what happens.
const READ_EVENTS: Who = Only(&[Manager, Supervisor, Program]);
/// Who lets devices in.
const LET_IN: Who = Only(&[Manager, Admin]);
/// Who looks after those who do.
const AUDIT: Who = Only(&[Supervisor, Admin]);
/// A kiosk.
const KIOSK: Who = Only(&[Kiosk]);
/// Kiosks and boards, which say how they are.
const SCREENS: Who = Only(&[Kiosk, Board]);
/// Whatever was enrolled.
const DEVICES: Who = Only(&[Kiosk, Board, Program]);

/// Every way into the server.
pub(in crate::http) fn routes() -> Vec<Route> {
    [
        about_the_hall(),
        about_coming_in(),
        about_what_happens(),
        about_tickets(),
        about_one_ticket(),
        about_papers(),
        about_appointments(),
        about_windows(),
        about_the_day(),
        about_the_record(),
        about_devices(),
        pages::pages(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn about_the_hall() -> Vec<Route> {
    vec![
        Route::get("/api/v1/hall", KNOWN, guide::hall)
            .says("The hall's profile: zones, windows, lanes, hours.")
            .gives::<HallProfile>(200),
        Route::get("/api/v1/catalogue", KNOWN, guide::catalogue)
            .says("All published matters. `ETag` and `If-None-Match` as in RFC 9110.")
            .gives::<Value>(200)
            .nothing(304),
        Route::get("/api/v1/catalogue/search", KNOWN, guide::search)
            .says("Ids of the matters that fit what somebody typed, best first.")
            .query::<guide::Typed>()
            .gives::<Vec<String>>(200)
            .refuses(&[Code::TextTooLong]),
        Route::get("/api/v1/staff", FIGURES, manage::staff)
            .says("Service numbers, roles and windows of who works here.")
            .gives::<Vec<StaffView>>(200),
    ]
}

fn about_coming_in() -> Vec<Route> {
    vec![
        Route::post("/api/v1/session", Anybody, session::sign_in)
            .says("Signs in: a cookie for pages, a bearer token for programs.")
            .body::<SessionRequest>()
            .gives::<SessionReply>(201)
            .refuses(&[Code::WrongPin, Code::TooManyTries, Code::TextTooLong, Code::NotYours])
            .refuses(&[Code::UnknownWindow, Code::Busy, Code::NotStored]),
        Route::get("/api/v1/session", STAFF, session::show)
            .says("Who is signed in. The token is left empty.")
            .gives::<SessionReply>(200),
        Route::delete("/api/v1/session", Anybody, session::sign_out)
            .says("Signs out.")
            .nothing(204)
            .refuses(&[Code::Busy, Code::NotStored]),
        Route::delete("/api/v1/sessions", STAFF, session::sign_out_everywhere)
            .says("Ends every session of a number: one's own, or anybody's for manager and admin.")
            .query::<session::Whose>()
            .nothing(204),
        Route::get("/api/v1/audit", AUDIT, audit::show)
            .says("Who came in and who let whom in, the newest first.")
            .query::<audit::Query>()
            .gives::<AuditPage>(200),
        Route::get("/api/v1/setup", Anybody, setup::show)
            .says("Whether the first administrator may make an account.")
            .gives::<SetupView>(200),
        Route::post("/api/v1/setup", Anybody, setup::make)
            .says("Makes the first administrator, with the code that the server's log tells.")
            .body::<SetupRequest>()
            .nothing(201)
            .refuses(&[Code::SetupOver, Code::StaffKnown, Code::WrongCode, Code::WeakPin])
            .refuses(&[Code::TextTooLong, Code::Busy, Code::NotStored]),
    ]
}

fn about_what_happens() -> Vec<Route> {
    vec![
        Route::get("/api/v1/reports/forecasts", FIGURES, reports::forecasts)
            .says("How good the forecasts on tickets have been, lane by lane.")
            .gives::<Vec<ForecastReport>>(200),
        Route::get("/api/v1/events", READ_EVENTS, events::follow)
            .says(
                "What happens, as it is written down, as server-sent events: `event: entry` with \
                 its sequence as `id`, `event: ping`, and `event: gap` where entries are kept no \
                 longer. `after` or `Last-Event-ID` says what the reader has. Without the secrets \
                 of papers, passes, leases and appointments.",
            )
            .query::<events::Query>()
            .streams::<Value>(),
        Route::get("/api/v1/reports/figures", FIGURES, reports::figures)
            .says("Figures of days, as JSON a page at a time or as a table all at once.")
            .query::<reports::Asking>()
            .gives::<FiguresReport>(200)
            .text("text/csv")
            .text("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .refuses(&[Code::NotStored]),
        Route::get("/api/v1/feed", ByView, feed::feed)
            .says(
                "Whole views, pushed as server-sent events: `event: view` with the journal \
                 sequence as `id`, and `event: ping`. `view=board` is for whoever the hall knows, \
                 `window` and `hall` for staff, `ticket` for the holder of its `token`.",
            )
            .query::<feed::Query>()
            .streams::<feed::AnyView>()
            .refuses(&[Code::SignInFirst, Code::NotYours, Code::TextTooLong, Code::Busy])
            .refuses(&[Code::UnknownWindow, Code::UnknownTicket, Code::NotFound]),
    ]
}

fn about_tickets() -> Vec<Route> {
    vec![
        Route::get("/api/v1/tickets", SEE_TICKETS, tickets::find)
            .says("A ticket of today, by its number or by the secret of its paper.")
            .query::<tickets::Wanted>()
            .gives::<Ticket>(200)
            .refuses(&[Code::UnknownTicket]),
        Route::post("/api/v1/tickets", ISSUE, tickets::issue)
            .says("Gives a number: 201 the first time, 200 for the same command again.")
            .body::<IssueRequest>()
            .gives::<Ticket>(201)
            .gives::<Ticket>(200)
            .command()
            .refuses(&[Code::UnknownMatter, Code::UnknownLane, Code::LaneOrMatter])
            .refuses(&[Code::LaneNotOfMatter, Code::TextTooLong, Code::DayClosed])
            .refuses(&[Code::LaneClosed, Code::LastTicketGiven, Code::QuotaReached])
            .refuses(&[Code::NumbersStopped])
            .refuses(&[Code::GrantMissing, Code::PassInvalid]),
        Route::post("/api/v1/tickets/import", KIOSK, offline::import)
            .says("Takes in what a kiosk gave by itself; each is taken or refused for itself.")
            .body::<TakeInRequest>()
            .gives::<TakeInReply>(200),
        Route::post("/api/v1/leases", KIOSK, offline::lease)
            .says("Numbers that a kiosk may give by itself today.")
            .body::<LeaseRequest>()
            .gives::<NumberLease>(201)
            .gives::<NumberLease>(200)
            .command()
            .refuses(&[Code::NothingToLease, Code::DayClosed, Code::UnknownLane]),
        Route::get("/api/v1/identity-key", KIOSK, identity::key)
            .says(
                "The key of today for `holder`, where the hall asks for identity cards. It is kept \
                 in memory only, and worthless tomorrow.",
            )
            .gives::<IdentityKey>(200)
            .refuses(&[Code::NotFound, Code::DayClosed, Code::NotStored]),
    ]
}

fn about_one_ticket() -> Vec<Route> {
    vec![
        Route::get("/api/v1/tickets/{id}", SEE_TICKETS, tickets::show)
            .says("A ticket; the secret of its paper only for those who print it.")
            .gives::<Ticket>(200)
            .refuses(&[Code::UnknownTicket]),
        Route::get("/api/v1/tickets/{id}/before", SEE_TICKETS, tickets::before)
            .says("Who is called earlier, and why.")
            .gives::<Vec<BeforeYou>>(200)
            .refuses(&[Code::UnknownTicket]),
        Route::post("/api/v1/tickets/{id}/printed", ISSUE, tickets::printed)
            .says("What became of a ticket's paper.")
            .body::<PrintedReport>()
            .gives::<Ticket>(200)
            .command()
            .refuses(&[Code::UnknownTicket, Code::TextTooLong]),
        Route::post("/api/v1/tickets/{id}/void", ISSUE, tickets::void)
            .says("Gives a number up.")
            .body::<TicketCommand>()
            .gives::<Ticket>(200)
            .command()
            .refuses(&[Code::UnknownTicket, Code::NotWaiting]),
        Route::post("/api/v1/tickets/{id}/reinstate", ISSUE_OR_SERVE, tickets::reinstate)
            .says("Puts a visitor who was passed over back into the line.")
            .body::<TicketCommand>()
            .gives::<Ticket>(200)
            .command()
            .refuses(&[Code::UnknownTicket, Code::NotNoShow])
            .refuses(&[Code::ReinstatedBefore, Code::TooLate]),
        Route::post("/api/v1/tickets/{id}/pass", ISSUE_OR_SERVE, tickets::pass)
            .says("A return pass: its holder comes back without queueing.")
            .body::<TicketCommand>()
            .gives::<PassReply>(200)
            .command()
            .refuses(&[Code::UnknownTicket, Code::DayClosed, Code::PassGivenBefore])
            .refuses(&[Code::PassInvalid]),
        Route::get("/api/v1/tickets/{id}/pass", ISSUE_OR_SERVE, tickets::pass_given)
            .says("The return pass that was given, to print it again.")
            .gives::<PassReply>(200)
            .refuses(&[Code::PassInvalid]),
        Route::get("/api/v1/tickets/{id}/pass.svg", ISSUE_OR_SERVE, qr::pass)
            .says("The QR of the return pass as a picture.")
            .text("image/svg+xml")
            .refuses(&[Code::PassInvalid, Code::TextTooLong]),
        Route::get("/api/v1/tickets/{id}/qr.svg", ISSUE, qr::ticket)
            .says("The QR of the ticket's page as a picture, for who prints it.")
            .text("image/svg+xml")
            .refuses(&[Code::UnknownTicket, Code::TextTooLong]),
        Route::post("/api/v1/matters/{id}/situation", ISSUE, situation::next)
            .says(
                "A matter's questions, one at a time: what was said so far, and what is asked next. \
                 Changes nothing.",
            )
            .body::<SituationRequest>()
            .gives::<SituationView>(200)
            .refuses(&[Code::UnknownMatter]),
        Route::get("/api/v1/tickets/{id}/papers", SEE_TICKETS, guide::papers)
            .says("What applies to the visitor in the matter of their ticket.")
            .gives::<Value>(200)
            .refuses(&[Code::UnknownTicket, Code::UnknownMatter]),
    ]
}

/// For whoever holds a paper, and for what it is worth.
fn about_papers() -> Vec<Route> {
    vec![
        Route::get("/api/v1/passes", ISSUE, tickets::pass_held)
            .says("What a return pass is worth, by its secret, and whether it was used today.")
            .query::<tickets::Held>()
            .gives::<PassView>(200)
            .refuses(&[Code::PassInvalid]),
        Route::get("/api/v1/status/{token}", Holder, status::show)
            .says("Where the visitor stands, for whoever holds the paper.")
            .gives::<TicketView>(200)
            .refuses(&[Code::UnknownTicket, Code::TooManyTries]),
        Route::post("/api/v1/status/{token}/leave", Holder, status::leave)
            .says("The visitor gives the number up.")
            .body::<TicketCommand>()
            .gives::<TicketView>(200)
            .command()
            .refuses(&[Code::UnknownTicket, Code::TooManyTries, Code::NotWaiting]),
        Route::post("/api/v1/status/{token}/rate", Holder, status::rate)
            .says("The visitor rates a service.")
            .body::<RateRequest>()
            .gives::<TicketView>(200)
            .command()
            .refuses(&[Code::UnknownTicket, Code::TooManyTries, Code::NothingToRate])
            .refuses(&[Code::RatedBefore, Code::RatingOver, Code::ReasonOfOtherLevel]),
    ]
}

fn about_appointments() -> Vec<Route> {
    vec![
        Route::get("/api/v1/appointments", BOOK, appointments::list)
            .says("Appointments by day and lane, in pages.")
            .query::<appointments::Wanted>()
            .gives::<AppointmentsView>(200),
        Route::post("/api/v1/appointments", BOOK, appointments::make)
            .says("Makes an appointment: 201 the first time, 200 for the same command again.")
            .body::<AppointmentRequest>()
            .gives::<Appointment>(201)
            .gives::<Appointment>(200)
            .command()
            .refuses(&[Code::UnknownMatter, Code::UnknownLane, Code::LaneOrMatter])
            .refuses(&[Code::LaneNotOfMatter, Code::DayClosed, Code::DayNotBookable])
            .refuses(&[Code::NoSlot, Code::SlotFull, Code::CodeTaken]),
        Route::get("/api/v1/appointments/slots", STAFF, appointments::slots)
            .says("The slots of a lane and day, and what is free in them.")
            .query::<appointments::Place>()
            .gives::<Vec<SlotView>>(200)
            .refuses(&[Code::UnknownLane]),
        Route::post("/api/v1/appointments/check-in", ISSUE, appointments::check_in)
            .says("Makes an appointment a ticket; the same code again gives the same ticket.")
            .body::<CheckInRequest>()
            .gives::<Ticket>(201)
            .gives::<Ticket>(200)
            .command()
            .refuses(&[Code::UnknownAppointment, Code::TooManyTries, Code::NotBooked])
            .refuses(&[Code::CheckInEarly, Code::AppointmentMissed, Code::DayClosed])
            .refuses(&[Code::LaneClosed, Code::UnknownLane, Code::UnknownTicket])
            .refuses(&[Code::NumbersStopped]),
        Route::post("/api/v1/appointments/import", BOOK, appointments::import)
            .says("A CSV file of appointments booked elsewhere: all of it or nothing.")
            .query::<appointments::Named>()
            .text_body("text/csv")
            .gives::<ImportReply>(200)
            .command()
            .refuses(&[Code::ImportRefused, Code::DayClosed]),
        Route::post("/api/v1/appointments/{id}/cancel", BOOK, appointments::cancel)
            .says("Gives an appointment up.")
            .body::<TicketCommand>()
            .gives::<Appointment>(200)
            .command()
            .refuses(&[Code::UnknownAppointment, Code::NotBooked, Code::CancelTooLate]),
    ]
}

fn about_windows() -> Vec<Route> {
    vec![
        Route::get("/api/v1/queue", STAFF, windows::queue)
            .says("Everybody who waits.")
            .gives::<QueueView>(200),
        Route::get("/api/v1/windows/{window}", STAFF, windows::show)
            .says("A window as its clerk sees it.")
            .gives::<WindowView>(200)
            .refuses(&[Code::UnknownWindow]),
        Route::post("/api/v1/windows/{window}/{verb}", SERVE, windows::act)
            .says("Acts at a window: its own clerk, or the manager. The reply is the whole window.")
            .body::<WindowCommand>()
            .gives::<WindowView>(200)
            .command()
            .refuses(&[Code::UnknownWindow, Code::UnknownTicket, Code::UnknownLane])
            .refuses(&[Code::LaneOrWindow, Code::TextTooLong, Code::ReasonMissing])
            .refuses(&[Code::DayClosed, Code::WindowNotOpen, Code::WindowAlreadyOpen])
            .refuses(&[Code::WindowBusy, Code::WindowIdle, Code::OtherTicket])
            .refuses(&[Code::AlreadyArrived, Code::NobodyWaiting, Code::NotWaiting])
            .refuses(&[Code::TooSoon, Code::NotParkedHere]),
    ]
}

/// A command of the manager's; what came of it is seen in the feed.
fn managed(route: Route) -> Route {
    route
        .nothing(204)
        .command()
        .refuses(&[Code::UnknownLane, Code::UnknownWindow, Code::DayClosed, Code::DayOpen])
        .refuses(&[Code::NothingToChange])
}

fn about_the_day() -> Vec<Route> {
    vec![
        managed(
            Route::post("/api/v1/windows/{window}/lanes", MANAGE, manage::assign)
                .says("What a window serves for the rest of the day.")
                .body::<AssignRequest>(),
        ),
        managed(
            Route::post("/api/v1/day/close", MANAGE, manage::close_day)
                .says("Ends the day.")
                .body::<TicketCommand>(),
        ),
        managed(
            Route::post("/api/v1/day/reopen", MANAGE, manage::reopen_day)
                .says("Goes on with a day that was ended too early.")
                .body::<TicketCommand>(),
        ),
        managed(
            Route::post("/api/v1/day/stop-numbers", MANAGE, manage::stop_numbers)
                .says("No more numbers of these lanes today.")
                .body::<LanesRequest>(),
        ),
        managed(
            Route::post("/api/v1/day/resume-numbers", MANAGE, manage::resume_numbers)
                .says("Numbers of these lanes again.")
                .body::<LanesRequest>(),
        ),
        managed(
            Route::post("/api/v1/notices", MANAGE, manage::post_notice)
                .says("A line for the boards.")
                .body::<NoticeRequest>()
                .refuses(&[Code::NoticeUnfit, Code::NoticesFull]),
        ),
        managed(
            Route::post("/api/v1/notices/{id}/remove", MANAGE, manage::remove_notice)
                .says("Takes a line off the boards.")
                .body::<TicketCommand>()
                .refuses(&[Code::UnknownNotice]),
        ),
        managed(
            Route::post("/api/v1/stand-ins", MANAGE, manage::file_stand_in)
                .says("Somebody sits at another's window for some days.")
                .body::<StandInRequest>()
                .refuses(&[Code::StandInUnfit, Code::StandInClash]),
        ),
        managed(
            Route::post("/api/v1/stand-ins/{id}/withdraw", MANAGE, manage::withdraw_stand_in)
                .says("They do not.")
                .body::<TicketCommand>()
                .refuses(&[Code::UnknownStandIn]),
        ),
    ]
}

fn about_the_record() -> Vec<Route> {
    vec![
        Route::get("/api/v1/supervision/events", FIGURES, supervision::events)
            .says("What happened on a day, the newest first, in pages.")
            .query::<supervision::Asking>()
            .gives::<ToldPage>(200),
        Route::get("/api/v1/supervision/tickets/{number}", FIGURES, supervision::ticket)
            .says("All that happened with a number of a day.")
            .query::<supervision::OfDay>()
            .gives::<TicketHistory>(200)
            .refuses(&[Code::UnknownTicket]),
        Route::get("/api/v1/supervision/record", FIGURES, supervision::record)
            .says("Whether the record is sound, as far as it was looked at.")
            .gives::<RecordReport>(200),
        Route::post("/api/v1/supervision/record/walk", FIGURES, supervision::walk)
            .says("Walks through all of the record.")
            .gives::<RecordReport>(202),
    ]
}

fn about_devices() -> Vec<Route> {
    vec![
        Route::get("/api/v1/devices", LET_IN, devices::list)
            .says("Devices that are enrolled, and those that ask to come in.")
            .gives::<DevicesView>(200),
        Route::post("/api/v1/devices", Anybody, devices::ask)
            .says("A kiosk or a board asks to come in; it shows the code of the reply.")
            .body::<DeviceRequest>()
            .gives::<DeviceAsked>(201)
            .refuses(&[Code::TooManyRequests, Code::TextTooLong]),
        Route::post("/api/v1/devices/{id}/token", Holder, devices::token)
            .says("Waits until somebody has decided; the holder of the claim gets the token.")
            .body::<TokenRequest>()
            .gives::<TokenReply>(200)
            .refuses(&[Code::UnknownDevice, Code::Busy, Code::NotStored]),
        Route::post("/api/v1/devices/{id}/approve", LET_IN, devices::approve)
            .says("Lets the device in whose screen shows this code.")
            .body::<ApproveRequest>()
            .nothing(204)
            .refuses(&[Code::UnknownDevice, Code::WrongCode]),
        Route::post("/api/v1/devices/{id}/place", LET_IN, devices::place)
            .says("Puts a board somewhere: in the hall, in a zone, over a window.")
            .body::<PlaceRequest>()
            .nothing(204)
            .refuses(&[Code::UnknownDevice, Code::NotStored]),
        Route::post("/api/v1/devices/{id}/revoke", LET_IN, devices::revoke)
            .says("Makes a device's token void at once, or turns its request away.")
            .nothing(204)
            .refuses(&[Code::UnknownDevice, Code::NotStored]),
        Route::get("/api/v1/devices/me", DEVICES, devices::me)
            .says("Who the device is here.")
            .gives::<DeviceView>(200),
        Route::post("/api/v1/devices/me/report", SCREENS, devices::report)
            .says("How the device is; a board has no printer.")
            .body::<DeviceReport>()
            .nothing(204),
    ]
}
