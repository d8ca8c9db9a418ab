//! The server of a story: the real desk over a real journal. It can die
//! and be started again.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_api::{
    BoardView, CommandId, IssueRequest, LeaseRequest, NumberLease, OfflineTicket, PrintedReport,
    Problem, Ticket, TicketId,
};
use queue_core::{Command, Event, TicketState};
use queue_server::actor::Actor;
use queue_server::commands;
use queue_server::engine::{Asked, Desk, Done};
use queue_server::profile::HallFiles;
use queue_server::views;

use crate::program::repository;

/// The server, up or down.
pub(super) struct Server {
    pub(super) files: HallFiles,
    pub(super) zone: TimeZone,
    folder: PathBuf,
    desk: Option<Desk>,
    /// What was told already of the record.
    told_seq: u64,
    tokens: u32,
}

impl Server {
    pub(super) fn open(name: &str) -> anyhow::Result<Server> {
        let folder =
            repository().join("target/stories").join(format!("{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let mut files = queue_server::profile::load(&repository().join("assets/halls/demo"))
            .map_err(|faults| anyhow::anyhow!("the demo hall is broken: {faults:?}"))?;
        "http://hall".clone_into(&mut files.profile.public_url);
        // Only where a story says so.
        files.rules.offline.numbers = 0;
        let zone = TimeZone::get(&files.profile.time_zone)?;
        let mut server = Server { files, zone, folder, desk: None, told_seq: 0, tokens: 0 };
        server.start()?;
        Ok(server)
    }

    pub(super) fn is_up(&self) -> bool {
        self.desk.is_some()
    }

    /// From the journal alone.
    pub(super) fn start(&mut self) -> anyhow::Result<()> {
        ensure!(self.desk.is_none(), "the server is up");
        self.desk = Some(Desk::open(&self.folder, self.files.rules.clone(), self.zone.clone())?);
        Ok(())
    }

    /// Everything in memory is gone.
    pub(super) fn die(&mut self) -> anyhow::Result<()> {
        self.desk.take().context("the server is down")?;
        Ok(())
    }

    /// Does one command, or says why not.
    pub(super) fn submit(
        &mut self,
        command_id: Option<CommandId>,
        by: Actor,
        command: Command,
        now: Timestamp,
    ) -> anyhow::Result<Result<Done, Problem>> {
        let desk = self.desk.as_mut().context("the server is down")?;
        let answers = desk.take(&[Asked { command_id, by, command }], now)?;
        let answer = answers.into_iter().next().context("one command, one answer")?;
        Ok(answer.map_err(|refusal| Problem::new(commands::problem_of(&refusal))))
    }

    /// A new day may have begun.
    pub(super) fn look_at_the_clock(&mut self, now: Timestamp) -> anyhow::Result<()> {
        if let Some(desk) = &mut self.desk {
            desk.take(&[], now)?;
        }
        Ok(())
    }

    /// As `POST /tickets`.
    pub(super) fn issue(
        &mut self,
        device: &str,
        request: IssueRequest,
        now: Timestamp,
    ) -> anyhow::Result<Result<Ticket, Problem>> {
        self.tokens += 1;
        let id = request.command_id.clone();
        let (token, by) = (format!("t{}", self.tokens), Actor::Device(device.to_owned()));
        let command = match commands::issue(&self.files, request, token, &by) {
            Ok(command) => command,
            Err(code) => return Ok(Err(Problem::new(code))),
        };
        let done = match self.submit(Some(id), by, command, now)? {
            Ok(done) => done,
            Err(problem) => return Ok(Err(problem)),
        };
        Ok(Ok(self.ticket(done.ticket.context("an issued ticket has an id")?, now)?))
    }

    /// As `POST /tickets/{id}/printed`.
    pub(super) fn printed(
        &mut self,
        device: &str,
        ticket: TicketId,
        report: &PrintedReport,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let command = Command::ReportPrinted { ticket, print: report.outcome.clone() };
        let by = Actor::Device(device.to_owned());
        self.submit(Some(report.command_id.clone()), by, command, now)?
            .map_err(|problem| anyhow::anyhow!("the report was refused: {:?}", problem.code))?;
        Ok(())
    }

    /// From now on kiosks are given numbers for when they cannot ask.
    pub(super) fn lease_numbers(&mut self, numbers: u32) -> anyhow::Result<()> {
        self.files.rules.offline.numbers = numbers;
        self.desk = None;
        self.start()
    }

    /// As `POST /leases`; none if there are no numbers to give.
    pub(super) fn lease(
        &mut self,
        device: &str,
        request: LeaseRequest,
        now: Timestamp,
    ) -> anyhow::Result<Option<NumberLease>> {
        let id = request.command_id.clone();
        let token = format!("lease-of-{id}");
        let command = commands::lease(request, device, token);
        let by = Actor::Device(device.to_owned());
        let Ok(done) = self.submit(Some(id), by, command, now)? else { return Ok(None) };
        let desk = self.desk.as_ref().context("the server is down")?;
        let hall = desk.published().hall();
        let day = hall.day().context("numbers are leased on an open day")?;
        Ok(hall.lease_of(done.seq).map(|it| views::number_lease(&hall, it, day)))
    }

    /// As `POST /tickets/import`, for one ticket and a clock that is right;
    /// none if its day was over.
    pub(super) fn take_in(
        &mut self,
        device: &str,
        told: OfflineTicket,
        now: Timestamp,
    ) -> anyhow::Result<Option<TicketId>> {
        let taken = commands::take_in(&self.files, told, SignedDuration::ZERO);
        let (id, command) = taken.map_err(|code| anyhow::anyhow!("refused: {code:?}"))?;
        let done = self.submit(Some(id), Actor::Device(device.to_owned()), command, now)?;
        let done = done.map_err(|problem| anyhow::anyhow!("refused: {:?}", problem.code))?;
        Ok(done.ticket)
    }

    fn ticket(&self, id: TicketId, now: Timestamp) -> anyhow::Result<Ticket> {
        let desk = self.desk.as_ref().context("the server is down")?;
        let hall = desk.published().hall();
        let ticket = hall.ticket(id).context("an issued ticket is there")?;
        Ok(views::ticket(&hall, &self.files.profile, ticket, now))
    }

    pub(super) fn board(&self, zone: Option<&str>, now: Timestamp) -> Option<BoardView> {
        let hall = self.desk.as_ref()?.published().hall();
        Some(views::board(&hall, &self.files.profile, zone, now))
    }

    /// What the record says since last asked.
    pub(super) fn news(&mut self) -> anyhow::Result<Vec<String>> {
        let Some(desk) = &self.desk else { return Ok(Vec::new()) };
        let hall = desk.published().hall();
        let mut news = Vec::new();
        for row in desk.rows_after(self.told_seq)? {
            self.told_seq = row.entry.seq;
            let event = &row.entry.event;
            let number = event.ticket().and_then(|id| hall.ticket(id)).map(|it| it.number.clone());
            let mut words = vec![event.kind().replace('_', " ")];
            words.extend(number.map(|it| it.to_string()));
            match event {
                Event::TicketCalled { window, .. }
                | Event::WindowOpened { window, .. }
                | Event::WindowPaused { window, .. }
                | Event::WindowClosed { window } => words.push(format!("at {window}")),
                Event::DayOpened { day } | Event::DayClosed { day } => words.push(day.to_string()),
                Event::TicketPrinted { print, .. } => words.push(format!("{print:?}")),
                _ => {}
            }
            news.push(words.join(" "));
        }
        Ok(news)
    }

    /// What must hold in any story: no number twice on a day, nobody at
    /// two windows.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let Some(desk) = &self.desk else { return Ok(()) };
        let hall = desk.published().hall();
        let (mut numbers, mut at_windows) = (BTreeSet::new(), BTreeSet::new());
        for ticket in hall.tickets() {
            let number = (ticket.day, ticket.number.to_string());
            ensure!(numbers.insert(number.clone()), "{number:?} exists twice");
        }
        for ticket in hall.windows().filter_map(|(_, window)| window.ticket) {
            ensure!(at_windows.insert(ticket), "ticket {ticket} is at two windows");
            let state = hall.ticket(ticket).map(|it| it.state);
            if !matches!(state, Some(TicketState::Called | TicketState::Serving)) {
                bail!("ticket {ticket} is at a window, and {state:?}");
            }
        }
        Ok(())
    }

    /// Whether the server's record has this number.
    pub(super) fn knows(&self, number: &str) -> bool {
        let Some(desk) = &self.desk else { return true };
        desk.published().hall().tickets().any(|it| it.number.to_string() == number)
    }

    /// Read from the disk once more, the record makes the same hall.
    pub(super) fn check_record(&mut self, now: Timestamp) -> anyhow::Result<()> {
        let before = self.board(None, now);
        if self.desk.take().is_none() {
            return Ok(());
        }
        self.start()?;
        ensure!(self.board(None, now) == before, "the record makes another hall");
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // What a failed story leaves behind is evidence.
        if !std::thread::panicking() {
            self.desk = None;
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}
