//! A hall of the imagination, for days on end: the real cores and the real
//! desk, with a disk, a network and a clock that fail on purpose, and
//! visitors and clerks who do what people do. Everything comes from one
//! seed, so that what went wrong goes wrong again.
//!
//! Reading order: `world` (what happens next), `kiosk`, `people`,
//! `bookings` and `guests` (who does it), `server`, `disk` and `store`, `check` (what must hold).

mod bookings;
mod check;
mod disk;
mod guests;
mod kiosk;
mod people;
mod server;
mod store;
mod times;
mod world;

use std::collections::VecDeque;
use std::fmt;
use std::sync::LazyLock;

use jiff::SignedDuration;
use queue_api::{CommandId, HallProfile};
use queue_core::Command;
use queue_server::profile::{self, HallFiles};

use crate::program::repository;
use world::World;

/// How long one hall lives as a rule. The longer it lives, the longer is
/// the record that each restart reads.
pub const HOURS_EACH: u64 = 2;

/// After the last fault everybody has their answer within this time.
const DRAINED_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// How many commands are asked once more after a restart.
const ASKED_AGAIN: usize = 8;

/// How many matters visitors come for.
const MATTERS: usize = 6;

struct DemoHall {
    files: HallFiles,
    /// What the board shows: calls, and of no lane how long it is, which
    /// takes a forecast for each.
    on_board: HallProfile,
}

static HALL: LazyLock<DemoHall> = LazyLock::new(|| {
    let folder = repository().join("assets/halls/demo");
    let mut files = profile::load(&folder).expect("the demo hall is without fault");
    "http://hall".clone_into(&mut files.profile.public_url);
    // A few matters do: every kiosk that starts makes its own copy.
    files.catalogue.matters.truncate(MATTERS);
    // Two hours see an appointment from its making to its end.
    let appointments = &mut files.rules.appointments;
    appointments.days_ahead_min = 0;
    appointments.slot_minutes = 10;
    appointments.early_minutes = 20;
    appointments.missed_minutes = 20;
    appointments.cancel_minutes = 15;
    let on_board = HallProfile { lanes: Vec::new(), ..files.profile.clone() };
    DemoHall { files, on_board }
});

/// What there was in a simulation.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Hours that passed in the hall.
    pub hours: u64,
    /// Things that happened.
    pub steps: u64,
    /// Numbers given.
    pub issued: u64,
    /// Tickets on paper.
    pub printed: u64,
    /// Visits that were done.
    pub finished: u64,
    /// Times the server died, some of them within a commit.
    pub crashes: u64,
    /// Times a kiosk lost its power.
    pub kiosk_failures: u64,
    /// Times a kiosk's line was cut.
    pub partitions: u64,
    /// Times the server's clock was set.
    pub clock_steps: u64,
    /// Messages that never arrived.
    pub lost: u64,
    /// Messages that arrived twice.
    pub doubled: u64,
    /// Commands that were answered from memory.
    pub repeated: u64,
    /// Calls a board spoke.
    pub spoken: u64,
    /// Numbers that kiosks gave without the server.
    pub offline: u64,
    /// Of them, those told when their day was over.
    pub late: u64,
    /// Times the server went back to an old copy of its record.
    pub restores: u64,
    /// Times a kiosk was started from a copy of another one's disk.
    pub copies: u64,
    /// Appointments made.
    pub booked: u64,
    /// Of them, those with which somebody came in time.
    pub checked_in: u64,
    /// Those given up.
    pub cancelled: u64,
    /// Those to which nobody came.
    pub missed: u64,
    /// Visitors who were called before their slot.
    pub early: u64,
    tokens: u64,
    /// Some commands that were done, old and new.
    asked: VecDeque<(CommandId, Command)>,
}

impl Figures {
    fn remember(&mut self, id: CommandId, command: Command) {
        // Old ones and new ones: each leaves its place after some time.
        if self.asked.len() == ASKED_AGAIN {
            let leaves = usize::try_from(self.repeated).unwrap_or(0) % ASKED_AGAIN;
            self.asked.remove(leaves);
        }
        self.asked.push_back((id, command));
    }

    /// Adds what there was in another simulation.
    pub fn add(&mut self, other: &Figures) {
        self.hours += other.hours;
        self.steps += other.steps;
        self.issued += other.issued;
        self.printed += other.printed;
        self.finished += other.finished;
        self.crashes += other.crashes;
        self.kiosk_failures += other.kiosk_failures;
        self.partitions += other.partitions;
        self.clock_steps += other.clock_steps;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.repeated += other.repeated;
        self.spoken += other.spoken;
        self.offline += other.offline;
        self.late += other.late;
        self.restores += other.restores;
        self.copies += other.copies;
        self.booked += other.booked;
        self.checked_in += other.checked_in;
        self.cancelled += other.cancelled;
        self.missed += other.missed;
        self.early += other.early;
    }
}

/// What went wrong, and how to see it again.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The day's seed.
    pub seed: u64,
    /// At which step.
    pub step: u64,
    /// When, in the hall.
    pub at: String,
    /// What.
    pub why: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Violation { seed, step, at, why } = self;
        write!(f, "SIM_SEED={seed}, step {step}, {at}: {why}")
    }
}

/// Lets a hall live for `hours`, then lets it come to rest.
pub fn simulate(seed: u64, hours: u64) -> Result<Figures, Violation> {
    let mut world = World::new(seed);
    let lived = live(&mut world, hours);
    lived.map_err(|why| Violation {
        seed,
        step: world.figures.steps,
        at: world.now.to_string(),
        why,
    })?;
    world.figures.hours = hours;
    Ok(world.figures)
}

fn live(world: &mut World, hours: u64) -> Result<(), String> {
    let hours = i64::try_from(hours).map_err(|it| it.to_string())?;
    let end = world.now + SignedDuration::from_hours(hours);
    world.until(end)?;
    world.mend();
    world.until(end + DRAINED_AFTER)?;
    // Somebody always asks for something; a moment comes when nobody does.
    for second in 0..DRAINED_AFTER.as_secs() {
        if world.is_drained() {
            return world.at_rest();
        }
        world.until(end + DRAINED_AFTER + SignedDuration::from_secs(second))?;
    }
    Err(format!("a minute after the last fault, {:?} still wait", world.waiting_for_answers()))
}
