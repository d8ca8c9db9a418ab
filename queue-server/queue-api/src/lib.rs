//! The words between the server and its devices and pages: requests,
//! replies, views, problems. JSON, `snake_case`, prefix `/api/v1`.
//!
//! This crate says what travels, not what happens. It may grow; what is
//! there keeps its name and meaning, others depend on it.

#![forbid(unsafe_code)]

mod appointment;
mod audit;
mod device;
mod guide;
mod hall;
mod manage;
mod offline;
mod problem;
mod report;
mod setup;
mod supervision;
mod ticket;
mod views;

pub use appointment::{
    Appointment, AppointmentCounts, AppointmentRequest, AppointmentsView, CheckInRequest,
    ImportReply, ImportedAppointment, SlotView,
};
pub use audit::{AuditEntry, AuditFact, AuditPage};
pub use device::{
    ApproveRequest, BoardPlace, DeviceAsked, DeviceId, DeviceKind, DeviceReport, DeviceRequest,
    DeviceRequestView, DevicesView, LoudspeakerReport, LoudspeakerState, PlaceRequest,
    PrinterReport, PrinterState, TokenReply, TokenRequest,
};
pub use guide::{OptionView, QuestionView, SaidView, SituationRequest, SituationView};
pub use hall::{
    Bilingual, HallProfile, IdentityKey, IdentityProfile, LaneProfile, MarkKind, PlanPlace,
    PlanProfile, PlanRect, Span, WindowProfile, ZoneProfile,
};
pub use manage::{
    AssignRequest, BoardNotice, LanesRequest, NoticeRequest, StaffView, StandIn, StandInRequest,
};
pub use offline::{
    LeaseRequest, NumberBlock, NumberLease, OfflineTicket, TakeInReply, TakeInRequest, TakenIn,
};
pub use problem::{Problem, ProblemCode};
pub use queue_core::{
    AppointmentCode, AppointmentId, AppointmentState, BadId, Class, CommandId, Holder, LaneId,
    Outcome, PrintOutcome, PriorityReason, RatingLevel, RatingReason, Source, StaffId, TicketId,
    TicketNumber, TicketState, WindowId,
};
pub use report::{By, Figures, FiguresReport, FiguresRow, ForecastReport, Per};
pub use setup::{SetupRequest, SetupView};
pub use supervision::{
    Look, Overtaker, RecordReport, RecordWalk, TicketHistory, Told, ToldPage, WhyCalled,
};
pub use ticket::{
    Answers, BeforeYou, Booked, EstimateMinutes, IssueRequest, PassReply, PassView, PrintedReport,
    Ticket, TicketCommand, WhyBefore, WindowCommand,
};
pub use views::{
    Advice, Alert, BOARD_CALLS_MAX, BoardCall, BoardView, BoardWindow, DeviceView, HallView,
    LaneView, Ping, QueueView, RateRequest, ServiceView, SessionReply, SessionRequest, StaffRole,
    TicketView, WaitingTicket, WindowFigures, WindowState, WindowView,
};
