//! A hall with days behind it: lived on the real desk with the demo
//! hall's rules, minute by minute, from one seed. For whoever looks at
//! figures and at the record.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use chance::Chance;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_api::Class;
use queue_core::{
    Command, Grant, Outcome, Source, TicketId, TicketRequest, TicketState, WindowAct, WindowId,
};
use queue_server::actor::Actor;
use queue_server::engine::{Asked, Desk};
use queue_server::profile::{self, HallFiles};

use crate::program::repository;

/// A working day, in minutes from nine.
const MINUTES: i64 = 420;

/// What services come to, the more frequent more often.
const OUTCOMES: [Outcome; 8] = [
    Outcome::DoneNow,
    Outcome::DoneNow,
    Outcome::Accepted,
    Outcome::Accepted,
    Outcome::Correction,
    Outcome::Consult,
    Outcome::Collected,
    Outcome::Declined,
];

/// What visitors think, the more frequent more often.
const LEVELS: [u8; 8] = [5, 5, 5, 4, 4, 3, 2, 1];

/// Lives so many days in an empty data folder, the last of them
/// yesterday; gives that day.
pub fn live(data: &Path, days: i64, seed: u64) -> anyhow::Result<jiff::civil::Date> {
    fs::create_dir_all(data)?;
    let files = profile::load(&repository().join("assets/halls/demo"));
    let files = files.ok().context("the demo hall can be read")?;
    let zone = TimeZone::get(&files.profile.time_zone)?;
    let mut desk = Desk::open(data, files.rules.clone(), zone.clone())?;
    // The file was made just now.
    let now = Timestamp::try_from(fs::metadata(data.join("hall.db"))?.modified()?)?;
    let yesterday = zone.to_datetime(now).date().yesterday()?;
    let mut chance = Chance::new(seed);
    for back in (0..days).rev() {
        let day = yesterday.checked_sub(jiff::Span::new().days(back))?;
        let nine = day.at(9, 0, 0, 0).to_zoned(zone.clone())?.timestamp();
        let mut hall = Past { desk: &mut desk, files: &files, chance: &mut chance, now: nine };
        hall.open()?;
        for minute in 0..MINUTES {
            hall.now = nine + SignedDuration::from_mins(minute);
            hall.minute(minute)?;
        }
    }
    Ok(yesterday)
}

struct Past<'a> {
    desk: &'a mut Desk,
    files: &'a HallFiles,
    chance: &'a mut Chance,
    now: Timestamp,
}

impl Past<'_> {
    fn open(&mut self) -> anyhow::Result<()> {
        for window in self.windows() {
            let staff = format!("100{window}").parse()?;
            let done = self.take(&staff_of(window), at(window, WindowAct::Open { staff }))?;
            ensure!(done, "a window opens in the morning");
        }
        Ok(())
    }

    fn windows(&self) -> Vec<WindowId> {
        self.files.profile.windows.iter().map(|it| it.id).take(8).collect()
    }

    fn minute(&mut self, minute: i64) -> anyhow::Result<()> {
        // More come in the morning, and nobody in the last half hour.
        let most = if minute < 150 { 3 } else { 2 };
        if minute < MINUTES - 30 {
            for _ in 0..self.chance.below(most) {
                self.issue()?;
            }
        }
        for window in self.windows() {
            self.serve(window)?;
        }
        Ok(())
    }

    fn issue(&mut self) -> anyhow::Result<()> {
        let matters = &self.files.catalogue.matters;
        let matter = self.chance.pick(matters);
        let (lane, matter) = (matter.lane.parse()?, matter.id.clone());
        let green = self.chance.once_in(40);
        let grant = Grant { by: "2001".parse()?, reason: "重点项目".to_owned() };
        let request = TicketRequest {
            source: Source::Desk,
            matter: Some(matter),
            class: if green { Class::Green } else { Class::Ordinary },
            grant: green.then_some(grant),
            ..TicketRequest::at_kiosk(lane, format!("secret-{}", self.chance.number()))
        };
        self.take("2001", Command::IssueTicket(request)).map(drop)
    }

    /// One step at a window, if it is time for one.
    fn serve(&mut self, window: WindowId) -> anyhow::Result<()> {
        let staff = staff_of(window);
        let visitor = self.visitor(window);
        let act = match visitor.map(|(_, state)| state) {
            None if self.chance.once_in(60) => return self.call_by_number(window, &staff),
            None => WindowAct::CallNext,
            Some(TicketState::Called) if self.chance.once_in(12) => {
                WindowAct::NoShow { ticket: None }
            }
            Some(TicketState::Called) => WindowAct::Arrive { ticket: None },
            Some(_) if self.chance.once_in(9) => {
                let outcome = *self.chance.pick(&OUTCOMES);
                WindowAct::Finish { ticket: None, outcome }
            }
            Some(_) => return Ok(()),
        };
        let finished = matches!(act, WindowAct::Finish { .. });
        let done = self.take(&staff, at(window, act))?;
        match visitor {
            Some((ticket, _)) if finished && done && self.chance.once_in(3) => self.rate(ticket),
            _ => Ok(()),
        }
    }

    /// Some say at once what they think.
    fn rate(&mut self, ticket: TicketId) -> anyhow::Result<()> {
        let level = (*self.chance.pick(&LEVELS)).try_into()?;
        let command = Command::RateService { ticket, service: 1, level, reasons: [].into() };
        let asked = Asked { command_id: None, by: Actor::Visitor, command };
        let answers = self.desk.take(&[asked], self.now)?;
        ensure!(answers.iter().all(Result::is_ok), "a service that has just ended is rated");
        Ok(())
    }

    fn call_by_number(&mut self, window: WindowId, staff: &str) -> anyhow::Result<()> {
        let waiting: Vec<TicketId> = {
            let hall = self.desk.published().hall();
            let waits = hall.tickets().filter(|it| it.state == TicketState::Waiting);
            waits.map(|it| it.id).collect()
        };
        if waiting.is_empty() {
            return Ok(());
        }
        let ticket = *self.chance.pick(&waiting);
        let why = "赶火车".to_owned();
        self.take(staff, at(window, WindowAct::Call { ticket, why })).map(drop)
    }

    fn visitor(&self, window: WindowId) -> Option<(TicketId, TicketState)> {
        let hall = self.desk.published().hall();
        let ticket = hall.window(window).ticket?;
        hall.ticket(ticket).map(|it| (ticket, it.state))
    }

    /// Whether the rules allowed it.
    fn take(&mut self, staff: &str, command: Command) -> anyhow::Result<bool> {
        let by = Actor::Staff(staff.parse()?);
        let answers = self.desk.take(&[Asked { command_id: None, by, command }], self.now)?;
        Ok(answers.iter().all(Result::is_ok))
    }
}

fn staff_of(window: WindowId) -> String {
    format!("100{window}")
}

fn at(window: WindowId, act: WindowAct) -> Command {
    Command::AtWindow { window, act }
}
