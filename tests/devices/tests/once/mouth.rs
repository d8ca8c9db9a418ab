//! A slip that hangs in the mouth of a presenter, and the one after it.

use std::time::Duration;

use devices::{CableKind, Fault, FaultKind, Model};
use kiosk::printer::{Before, Line, Patience, Wire};
use slip::{Job, JobMark, Lang, NotTaken, PrintOutcome, PrinterStatus, Profile, Slip, prepare};

use crate::samples;
use crate::sim::SimLine;

/// How long a slip may hang.
const TAKE: Duration = Duration::from_secs(20);

struct Rig {
    profile: Profile,
    wire: Wire<SimLine>,
    n_jobs: u32,
    seen: Vec<PrinterStatus>,
}

impl Rig {
    /// A presenter whose slips are taken after two seconds.
    fn new(not_taken: NotTaken) -> Self {
        let mut profile = Profile::named("kiosk-presenter-80").unwrap();
        let presenter = profile.presenter.as_mut().unwrap();
        (presenter.take_secs, presenter.not_taken) = (20, not_taken);
        let taken_after = Some(Duration::from_secs(2));
        let model = Model { taken_after, ..Model::of_width(576) };
        let line = SimLine::new(CableKind::Usb, 0, model);
        let wire = Wire::new(line, &profile, Before::Nothing, Patience::DEFAULT);
        Self { profile, wire, n_jobs: 0, seen: Vec::new() }
    }

    fn fault(&mut self, kind: FaultKind) {
        self.wire.line().cable.handle(|it| it.set_fault(Some(Fault::now(kind))));
    }

    fn help(&mut self) {
        self.wire.line().cable.handle(|it| it.set_fault(None));
    }

    fn wait(&mut self, time: Duration) {
        self.wire.line().cable.wait(time);
    }

    fn job(&mut self) -> Job {
        self.n_jobs += 1;
        let mut ticket = samples::ticket(Lang::Zh);
        ticket.number = format!("A{:03}", self.n_jobs);
        prepare(&Slip::Ticket(ticket), &self.profile, JobMark::from_count(self.n_jobs))
    }

    /// Prints the next ticket: what became of it and how long it took.
    fn print(&mut self) -> (PrintOutcome, Duration) {
        let job = self.job();
        let (begin, seen) = (self.wire.line().now(), &mut self.seen);
        seen.clear();
        let outcome = self.wire.print(&job, &mut |it| seen.push(it));
        (outcome, self.wire.line().now().saturating_sub(begin))
    }

    /// How many tickets left the mouth, and how many of them inwards.
    fn tickets(&mut self) -> (usize, usize) {
        let receipts = self.wire.line().cable.receipts();
        assert!(receipts.iter().all(|it| it.faults.is_empty() && it.complete), "{receipts:?}");
        (receipts.len(), receipts.iter().filter(|it| it.retracted).count())
    }
}

#[test]
fn a_slip_that_hangs_for_a_moment_is_no_trouble() {
    let mut rig = Rig::new(NotTaken::Eject);
    assert_eq!(rig.print().0, PrintOutcome::Done);
    assert_eq!(rig.wire.status(), PrinterStatus::Ready, "it hangs and was just handed out");
    // Who prints again at once waits until it is taken, no longer.
    let (outcome, took) = rig.print();
    assert_eq!(outcome, PrintOutcome::Done);
    assert!(took < Duration::from_secs(3), "{took:?}");
    assert_eq!(rig.seen[..2], [PrinterStatus::NotTaken, PrinterStatus::Ready]);
}

#[test]
fn a_slip_that_nobody_takes_is_told_and_moved_by_the_recipe() {
    for (not_taken, retracted) in [(NotTaken::Eject, 0), (NotTaken::Retract, 1)] {
        let mut rig = Rig::new(not_taken);
        rig.fault(FaultKind::NotTaken);
        assert_eq!(rig.print().0, PrintOutcome::Done, "it came out, once");
        rig.wait(TAKE.saturating_sub(Duration::from_secs(1)));
        assert_eq!(rig.wire.status(), PrinterStatus::Ready);
        assert_eq!(rig.tickets(), (0, 0));
        rig.wait(Duration::from_secs(1));
        assert_eq!(rig.wire.status(), PrinterStatus::NotTaken);
        assert_eq!(rig.wire.status(), PrinterStatus::Ready, "the mouth is free again");
        assert_eq!(rig.tickets(), (1, retracted));
        assert_eq!(rig.print().0, PrintOutcome::Done);
    }
}

#[test]
fn whoever_forgot_their_slip_has_their_time_before_the_next_one() {
    let mut rig = Rig::new(NotTaken::Eject);
    rig.fault(FaultKind::NotTaken);
    assert_eq!(rig.print().0, PrintOutcome::Done);
    rig.wait(Duration::from_secs(5));
    let (outcome, took) = rig.print();
    assert_eq!(outcome, PrintOutcome::Done);
    assert!(took + Duration::from_secs(6) > TAKE && took < TAKE, "{took:?}");
    assert_eq!(rig.tickets(), (1, 0));
}

#[test]
fn where_nothing_is_moved_the_next_slip_is_not_begun() {
    let mut rig = Rig::new(NotTaken::Wait);
    rig.fault(FaultKind::NotTaken);
    assert_eq!(rig.print().0, PrintOutcome::Done);
    rig.wait(TAKE * 2);
    let not_taken = PrintOutcome::NotStarted { reason: PrinterStatus::NotTaken };
    assert_eq!(rig.print().0, not_taken);
    assert_eq!(rig.wire.status(), PrinterStatus::NotTaken);
    rig.help();
    rig.wait(Duration::from_secs(1));
    assert_eq!(rig.wire.status(), PrinterStatus::Ready);
    assert_eq!(rig.tickets(), (1, 0));
}

#[test]
fn troubles_are_called_what_they_are() {
    for (fault, status) in [
        (FaultKind::PaperJam, PrinterStatus::PaperJam),
        (FaultKind::CutterJam, PrinterStatus::CutterJam),
        (FaultKind::HeadHot, PrinterStatus::Cooling),
        (FaultKind::Broken, PrinterStatus::Broken),
        (FaultKind::CoverOpen, PrinterStatus::CoverOpen),
        (FaultKind::NoPaper, PrinterStatus::NoPaper),
    ] {
        let mut rig = Rig::new(NotTaken::Eject);
        rig.fault(fault);
        assert_eq!(rig.wire.status(), status);
        assert_eq!(rig.print().0, PrintOutcome::NotStarted { reason: status });
    }
}

#[test]
fn a_jam_on_the_way_out_leaves_the_slip_unknown() {
    let mut rig = Rig::new(NotTaken::Eject);
    let n_bytes = rig.job().n_bytes();
    rig.n_jobs = 0;
    // Cut, and stuck before it is handed out: the last command but the
    // question.
    let jam = format!("paper-jam@{}", n_bytes - 4);
    rig.wire.line().cable.handle(|it| it.set_fault(Some(jam.parse().unwrap())));
    assert_eq!(rig.print().0, PrintOutcome::Unknown);
    assert_eq!(rig.seen.last(), Some(&PrinterStatus::PaperJam));
}
