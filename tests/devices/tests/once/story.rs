//! One printer, a few slips, and what goes wrong meanwhile.

use std::collections::BTreeMap;
use std::time::Duration;

use devices::{
    CableKind, Fault, FaultKind, FontLevel, Model, Moment, Output, Receipt, Scanner, WhenFull,
};
use kiosk::printer::{Before, Line, Patience, Wire};
use slip::{
    Abilities, Completion, Job, JobMark, Lang, NotTaken, PrintOutcome, PrinterStatus, Profile,
    QrDrawing, Slip, prepare,
};

use crate::samples;
use crate::sim::SimLine;
use chance::Chance;

/// How often an idle printer is looked at before the test gives it up.
const LOOKS_MAX: u32 = 6;

/// Under these a printer answers well, and prints nothing.
const STOPPED: [FaultKind; 8] = [
    FaultKind::NoPaper,
    FaultKind::NoPaperReprint,
    FaultKind::NoPaperDiscard,
    FaultKind::CoverOpen,
    FaultKind::CutterJam,
    FaultKind::PaperJam,
    FaultKind::HeadHot,
    FaultKind::Broken,
];

/// What a printer is under a fault that stops it.
fn status_of(stopped: FaultKind) -> PrinterStatus {
    match stopped {
        FaultKind::CoverOpen => PrinterStatus::CoverOpen,
        FaultKind::CutterJam | FaultKind::PaperJam => PrinterStatus::CutterJam,
        FaultKind::HeadHot => PrinterStatus::Cooling,
        FaultKind::Broken => PrinterStatus::Broken,
        _ => PrinterStatus::NoPaper,
    }
}

/// How long a printer is left to print what it holds.
const REST: Duration = Duration::from_mins(5);

/// What came of the jobs.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) outcomes: BTreeMap<String, usize>,
}

/// Slips for each kind of printer, laid out once for all stories.
#[derive(Default)]
pub(crate) struct Jobs(BTreeMap<(u32, bool, bool, bool), Job>);

impl Jobs {
    fn of(&mut self, n: u32, profile: &Profile) -> &Job {
        let process_id = profile.abilities.process_id;
        let key = (n, profile.qr == QrDrawing::Raster, process_id, profile.presenter.is_some());
        self.0.entry(key).or_insert_with(|| {
            let mut ticket = samples::ticket(Lang::Zh);
            ticket.number = number(n);
            let job = prepare(&Slip::Ticket(ticket), profile, JobMark::from_count(n));
            let longest = job.chunks.iter().map(|it| it.bytes().len()).max();
            assert!(longest <= Some(profile.longest_command()), "{longest:?}");
            job
        })
    }
}

fn number(n: u32) -> String {
    format!("A{n:03}")
}

/// A job that was printed or tried.
struct Tried {
    number: String,
    n_bytes: usize,
    fault: Option<Fault>,
    outcome: PrintOutcome,
}

/// What happens, made by a seed.
pub(crate) struct Story {
    seed: u64,
    chance: Chance,
    profile: Profile,
    wire: Wire<SimLine>,
    cable: CableKind,
    right_baud: bool,
    n_jobs: u32,
    tried: Vec<Tried>,
    /// All that was announced so far.
    troubles: Vec<FaultKind>,
}

fn random_model(chance: &mut Chance) -> Model {
    Model {
        font: FontLevel::Gbk,
        buffer_bytes: *chance.pick(&[4_096, 16_384, 65_536]),
        when_full: *chance.pick(&[WhenFull::Stall, WhenFull::Overrun]),
        mm_per_second: *chance.pick(&[None, Some(50), Some(150), Some(250)]),
        gap_max: *chance.pick(&[None, Some(Duration::from_millis(500))]),
        scanner: *chance.pick(&[Scanner::EveryByte, Scanner::CommandStart]),
        taken_after: None,
        ..Model::of_width(384)
    }
}

fn random_fault(chance: &mut Chance, cable: CableKind, job_bytes: usize) -> Fault {
    let ms = |it| Duration::from_millis(it);
    let kind = match *chance.pick(FaultKind::ALL) {
        // Only a network has connections.
        FaultKind::HalfOpen if cable != CableKind::Tcp => FaultKind::Unplug,
        kind => kind,
    };
    let begins = match chance.below(5) {
        0 => Moment::Now,
        1 => Moment::AtLine(usize::try_from(chance.below(12)).unwrap()),
        2 => Moment::After(ms(chance.below(3_000))),
        _ => Moment::AtByte(usize::try_from(chance.below(job_bytes as u64)).unwrap()),
    };
    let fault = Fault::now(kind).at(begins);
    let recovers_by_itself = kind == FaultKind::HeadHot;
    // Power, paper and cables are not back within a second.
    if recovers_by_itself || !chance.once_in(3) {
        let lasts = *chance.pick(&[1_000, 3_000, 8_000, 20_000, 90_000]) + chance.below(1_000);
        return fault.lasting(ms(lasts));
    }
    fault
}

impl Story {
    pub(crate) fn of_seed(seed: u64) -> Self {
        let mut chance = Chance::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let baud = *chance.pick(&[9_600, 19_200, 38_400, 115_200]);
        let kind = match chance.below(4) {
            0 => CableKind::Usb,
            1 => CableKind::Tcp,
            _ => CableKind::Serial { baud },
        };
        let right_baud = !(matches!(kind, CableKind::Serial { .. }) && chance.once_in(20));
        let set_baud = if right_baud { baud } else { baud / 2 };
        let mut model = random_model(&mut chance);
        let qr = *chance.pick(&[QrDrawing::Native, QrDrawing::Native, QrDrawing::Raster]);
        let process_id = chance.once_in(3);
        let abilities = Abilities { process_id, ..Profile::GENERIC_58.abilities };
        let mut profile = Profile { qr, abilities, ..Profile::GENERIC_58 };
        if chance.once_in(3) {
            let mut presenter = Profile::named("kiosk-presenter-80").unwrap().presenter.unwrap();
            presenter.not_taken =
                *chance.pick(&[NotTaken::Eject, NotTaken::Retract, NotTaken::Wait]);
            profile.presenter = Some(presenter);
            model.taken_after = Some(Duration::from_millis(chance.below(8_000)));
        }
        let mut line = SimLine::new(kind, set_baud, model);
        line.busy = Duration::from_micros(*chance.pick(&[0, 0, 50, 3_000]));
        let wire = Wire::new(line, &profile, Before::PerhapsSlip, Patience::DEFAULT);
        Self {
            seed,
            chance,
            profile,
            wire,
            cable: kind,
            right_baud,
            n_jobs: 0,
            tried: Vec::new(),
            troubles: Vec::new(),
        }
    }

    pub(crate) fn run(mut self, jobs: &mut Jobs, tally: &mut Tally) {
        for _ in 0..=self.chance.below(3) {
            let fault = (!self.chance.once_in(4)).then(|| self.random_fault());
            if let Some(fault) = fault {
                self.set_fault(Some(fault));
            }
            if self.chance.once_in(2) {
                self.status();
            }
            self.print(jobs, fault);
            // Sometimes what is owed comes after the next question.
            let ms = *self.chance.pick(&[700, 9_000]);
            let pause = Duration::from_millis(self.chance.below(ms));
            self.wire.line().cable.wait(pause);
            if self.chance.once_in(2) {
                self.set_fault(None);
            }
        }
        self.set_fault(None);
        let ready = self.wait_until_ready();
        // What somebody else wrote may have made a command endless.
        let mendable = ready.can_print() || !self.has_second_writer();
        if self.right_baud && mendable {
            assert!(ready.can_print(), "{}: it stays {ready:?}", self.told());
            self.print(jobs, None);
            let last = self.tried.last().unwrap().outcome;
            assert_eq!(last, PrintOutcome::Done, "{}: the slip after", self.told());
        }
        self.judge(tally);
    }

    fn random_fault(&mut self) -> Fault {
        // An answer to an earlier question, or to nobody's, tells most
        // when the printer has stopped meanwhile.
        let strays = self.troubles.last().is_some_and(|it| {
            matches!(it, FaultKind::LateAnswer | FaultKind::Stall | FaultKind::SecondWriter)
        });
        if strays && self.chance.once_in(2) {
            return Fault::now(*self.chance.pick(&STOPPED));
        }
        // Sometimes within the slip, sometimes behind it.
        random_fault(&mut self.chance, self.cable, 700)
    }

    fn has_second_writer(&self) -> bool {
        let faults = self.tried.iter().filter_map(|it| it.fault);
        faults.into_iter().any(|it| it.kind == FaultKind::SecondWriter)
    }

    fn told(&self) -> String {
        let jobs: Vec<_> = self
            .tried
            .iter()
            .map(|it| {
                let fault = it.fault.map(|it| it.to_string()).unwrap_or_default();
                format!("{} under `{fault}` {:?}", it.number, it.outcome)
            })
            .collect();
        format!("ONCE_SEED={}: {}", self.seed, jobs.join(", "))
    }

    fn set_fault(&mut self, fault: Option<Fault>) {
        self.troubles.extend(fault.map(|it| it.kind));
        self.wire.line().cable.handle(|it| it.set_fault(fault));
    }

    /// What goes wrong now, and whether something is still to come.
    fn trouble(&mut self) -> (Option<FaultKind>, bool) {
        let printer = self.wire.line().cable.printer();
        (printer.fault(), printer.is_well())
    }

    /// How long a call took, without the time that the machine itself
    /// was busy.
    fn took(&mut self, begin: Duration) -> Duration {
        let line = self.wire.line();
        let busy = std::mem::take(&mut line.was_busy);
        line.now().saturating_sub(begin).saturating_sub(busy)
    }

    fn status(&mut self) -> PrinterStatus {
        let begin = self.wire.line().now();
        let before = self.trouble();
        let status = self.wire.status();
        let after = self.trouble();
        let took = self.took(begin);
        assert!(took <= self.longest_status(), "{}: a look took {took:?}", self.told());
        if self.right_baud && before == after {
            self.check_truth(status, before.0);
        }
        status
    }

    /// A look is not better than the printer is. What exactly is wrong
    /// may be missed only where answers were lost.
    fn check_truth(&mut self, status: PrinterStatus, trouble: Option<FaultKind>) {
        let told = format!("{}: {status:?} under {trouble:?}", self.told());
        let stopped = trouble.is_some_and(|it| STOPPED.contains(&it));
        assert!(!(stopped && status.can_print()), "{told}");
        let answers_well = self.troubles.iter().all(|it| STOPPED.contains(it));
        let Some(truth) = trouble.filter(|_| answers_well).map(status_of) else { return };
        let jammed = status == PrinterStatus::PaperJam && self.profile.presenter.is_some();
        assert!(status == truth || (jammed && truth == PrinterStatus::CutterJam), "{told}");
    }

    /// Looks at the printer as an idle kiosk does.
    fn wait_until_ready(&mut self) -> PrinterStatus {
        let mut status = self.status();
        for _ in 0..LOOKS_MAX {
            if status.can_print() {
                break;
            }
            self.wire.line().cable.wait(Patience::DEFAULT.idle);
            status = self.status();
        }
        status
    }

    fn print(&mut self, jobs: &mut Jobs, fault: Option<Fault>) {
        self.n_jobs += 1;
        let number = number(self.n_jobs);
        let job = jobs.of(self.n_jobs, &self.profile);
        let question = match job.completion {
            Completion::Silent => 0,
            Completion::PaperReply | Completion::ProcessId(_) => {
                job.chunks.last().unwrap().bytes().len()
            }
        };
        self.wire.line().sent.clear();
        let begin = self.wire.line().now();
        let before = self.trouble();
        let outcome = self.wire.print(job, &mut |_| {});
        let stopped = before.0.is_some_and(|it| STOPPED.contains(&it)) && before == self.trouble();
        let took = self.took(begin);
        let n_begun = self.times_begun(job);
        let n_bytes = job.n_bytes() - question;
        self.tried.push(Tried { number, n_bytes, fault, outcome });
        let told = self.told();
        assert!(took <= self.longest(job), "{told}: took {took:?}");
        let (least, most) = match outcome {
            PrintOutcome::Done => (1, 1),
            PrintOutcome::NotStarted { .. } => (0, 0),
            // Of a long command only a part may have gone.
            PrintOutcome::Unknown => (0, 1),
        };
        assert!((least..=most).contains(&n_begun), "{told}: begun {n_begun} times");
        let sent = !matches!(outcome, PrintOutcome::NotStarted { .. });
        assert!(!(self.right_baud && stopped && sent), "{told}: it had stopped before");
    }

    fn travel_time(&mut self, n_bytes: usize) -> Duration {
        let n_bytes = u32::try_from(n_bytes).unwrap();
        let speed = self.wire.line().bytes_per_second();
        speed.map_or(Duration::ZERO, |it| Duration::from_secs(1) * n_bytes / it)
    }

    /// The longest that a look may take, reckoned apart from the code
    /// that must keep it.
    fn longest_status(&mut self) -> Duration {
        let Patience { connect, answer, progress, .. } = Patience::DEFAULT;
        let zeros = self.travel_time(self.profile.longest_command());
        2 * (connect + 4 * answer + zeros) + progress
    }

    /// The longest that printing a job may take.
    fn longest(&mut self, job: &Job) -> Duration {
        let Patience { progress, hold, .. } = Patience::DEFAULT;
        let mouth = self.profile.presenter.as_ref().map_or(Duration::ZERO, |it| {
            Duration::from_secs(u64::from(it.take_secs)) + 2 * progress
        });
        let sending = self.travel_time(job.n_bytes()) * 3 / 2 + 2 * progress + hold;
        self.longest_status() + mouth + sending
    }

    /// How many times the head of the job was sent.
    fn times_begun(&mut self, job: &Job) -> usize {
        let head = &job.chunks[0].bytes()[..8];
        self.wire.line().sent.windows(head.len()).filter(|it| *it == head).count()
    }

    fn judge(mut self, tally: &mut Tally) {
        self.wire.line().cable.wait(REST);
        let mut torn = Vec::new();
        self.wire.line().cable.handle(|it| {
            torn.extend(it.switch_off());
            Vec::<Output>::new()
        });
        let mut paper = self.wire.line().cable.receipts().to_vec();
        paper.extend(torn);
        for tried in &self.tried {
            let of_job: Vec<_> =
                paper.iter().filter(|it| it.lines.contains(&tried.number)).collect();
            let n_whole = of_job.iter().filter(|it| tried.is_whole(it)).count();
            let told = format!("{} of {}: {:?}", tried.number, self.told(), summary(&of_job));
            match tried.outcome {
                // What somebody else wrote into it is nobody's to mend.
                PrintOutcome::Done if self.has_second_writer() => assert!(n_whole <= 1, "{told}"),
                PrintOutcome::Done => assert_eq!(n_whole, 1, "{told}"),
                PrintOutcome::NotStarted { .. } => assert_eq!(of_job.len(), 0, "{told}"),
                PrintOutcome::Unknown => assert!(n_whole <= 1, "{told}"),
            }
            // A printer that begins anew tears off what it had, each time.
            let most = 1 + self.tried.iter().filter(|it| it.is_reprinted()).count();
            assert!(of_job.len() <= most, "{told}: {} pieces", of_job.len());
            let outcome = match tried.outcome {
                PrintOutcome::Unknown if n_whole == 1 => "Unknown, on paper".to_owned(),
                other => format!("{other:?}"),
            };
            *tally.outcomes.entry(outcome).or_default() += 1;
            if tried.fault.is_none() && self.tried.iter().all(|it| it.fault.is_none()) {
                let done = tried.outcome == PrintOutcome::Done;
                assert_eq!(done, self.right_baud, "{told}: nothing was wrong");
            }
        }
    }
}

/// What a person would say of the papers.
fn summary(papers: &[&Receipt]) -> Vec<String> {
    let say = |it: &&Receipt| {
        let n_lines = it.lines.len();
        format!("{} bytes, {n_lines} lines, whole {}, {:?}", it.bytes, it.complete, it.faults)
    };
    papers.iter().map(say).collect()
}

impl Tried {
    /// Whether a receipt is this slip, all of it and nothing else.
    fn is_whole(&self, receipt: &Receipt) -> bool {
        receipt.complete && receipt.bytes == self.n_bytes && receipt.faults.is_empty()
    }

    /// Whether the printer itself may print it again.
    fn is_reprinted(&self) -> bool {
        self.fault.is_some_and(|it| it.kind == FaultKind::NoPaperReprint)
    }
}
