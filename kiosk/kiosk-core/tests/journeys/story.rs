//! The language of the stories: one thing that happens on a line.

use catalogue::Shelf;
use expect_test::Expect;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use kiosk_core::{Effect, IssueFailure, Msg, Shape, State, Want, Way, update, view};
use queue_api::{CommandId, PrintOutcome, PrinterState, Problem, ProblemCode, TicketId};

use crate::text;
use crate::{demo, hand, staff};

/// Tells a story to a kiosk in the demo hall, and compares what comes out.
#[expect(clippy::needless_pass_by_value, reason = "`expect!` makes values")]
pub(crate) fn check(story: &str, expected: Expect) {
    expected.assert_eq(&tell(story));
}

pub(crate) fn tell(story: &str) -> String {
    let mut kiosk = Kiosk::in_the_hall();
    for line in story.lines().map(str::trim).filter(|line| !line.is_empty()) {
        kiosk.hear(line);
    }
    kiosk.told
}

/// A kiosk, its clock, and what was told so far.
pub(crate) struct Kiosk {
    pub(crate) state: State,
    pub(crate) now: Timestamp,
    n_presses: u32,
    told: String,
}

impl Kiosk {
    /// Switched on; it has heard of nobody.
    pub(crate) fn switched_on() -> Kiosk {
        let now = demo::morning();
        Kiosk { state: State::new(now), now, n_presses: 0, told: String::new() }
    }

    /// Switched on, the server answers, the printer is ready.
    pub(crate) fn in_the_hall() -> Kiosk {
        let mut kiosk = Kiosk::switched_on();
        let zone = TimeZone::fixed(Offset::constant(8));
        kiosk.receive(Msg::HallArrived { hall: demo::hall(), zone });
        kiosk.receive(Msg::CatalogueArrived { catalogue: demo::catalogue().clone() });
        kiosk.receive(Msg::BoardViewArrived { view: demo::board(true) });
        kiosk.receive(Msg::PrinterChanged { state: PrinterState::Ready });
        kiosk
    }

    pub(crate) fn receive(&mut self, msg: Msg) -> Vec<Effect> {
        update(&mut self.state, msg, self.now)
    }

    /// What was told since it was last taken.
    pub(crate) fn take_told(&mut self) -> String {
        std::mem::take(&mut self.told)
    }

    /// The day of the hall is over.
    pub(crate) fn at_midnight(&mut self) {
        self.now += SignedDuration::from_hours(16);
    }

    /// Carries out one line, and tells its effects.
    pub(crate) fn hear(&mut self, line: &str) {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "show" => self.told.push_str(&text::page(&view(&self.state))),
            "wait" => {
                for _ in 0..rest.parse::<u32>().unwrap() {
                    self.now += SignedDuration::from_secs(1);
                    self.tell(Msg::Tick);
                }
            }
            "type" => rest.chars().for_each(|key| self.tell(Msg::KeyPressed { key })),
            "at-once" => {
                let (verb, rest) = rest.split_once(' ').unwrap_or((rest, ""));
                let msg = self.message(verb, rest);
                self.tell(msg);
            }
            _ => {
                let msg = self.message(verb, rest);
                if msg.is_press() {
                    // A person reads a page before pressing on it.
                    self.now += SignedDuration::from_secs(2);
                }
                self.tell(msg);
            }
        }
    }

    fn tell(&mut self, msg: Msg) {
        for effect in self.receive(msg) {
            self.told.push_str(&text::effect(&effect));
        }
    }

    fn message(&mut self, verb: &str, rest: &str) -> Msg {
        match verb {
            "number" => Msg::WayPressed { way: Way::Number },
            "papers" => Msg::WayPressed { way: Way::Papers },
            "search" => Msg::SearchPressed,
            "erase" => Msg::ErasePressed,
            "clear" => Msg::ClearPressed,
            "shelves" => Msg::ShelvesPressed,
            "shelf" => Msg::ShelfPressed { shelf: shelf(rest) },
            "topic" => Msg::TopicPressed { id: rest.to_owned() },
            "matter" => Msg::MatterPressed { id: rest.to_owned() },
            "questions" => Msg::QuestionsPressed,
            "another" => Msg::AnotherPressed,
            "answer" => Msg::OptionPressed { id: rest.to_owned() },
            "chosen" => Msg::ChosenPressed,
            "unsure" => Msg::UnsurePressed,
            "take" => self.take(rest),
            "without-paper" => Msg::WithoutPaperPressed,
            "try-again" => Msg::TryAgainPressed,
            "reprint" => Msg::ReprintPressed { command_id: self.press() },
            "back" => Msg::BackPressed,
            "home" => Msg::HomePressed,
            "next" => Msg::NextPagePressed,
            "previous" => Msg::PreviousPagePressed,
            "language" => Msg::LanguagePressed,
            "contrast" => Msg::ContrastPressed,
            "large" => Msg::LargeTextPressed,
            "low" => Msg::LowReachPressed,
            "aloud" => Msg::AloudPressed,
            "here" => Msg::StillHerePressed,
            _ => hand::press(verb, rest, || self.press())
                .or_else(|| staff::press(verb, rest, || self.press()))
                .unwrap_or_else(|| news(verb, rest)),
        }
    }

    pub(crate) fn take(&mut self, want: &str) -> Msg {
        let want = match want {
            "number" => Want::Number,
            "notice" => Want::Notice,
            "both" => Want::Both,
            _ => panic!("`{want}` cannot be taken"),
        };
        let command_id = self.press();
        let (notice_number, token) = ("N-1042".to_owned(), "secret".to_owned());
        Msg::TakePressed { want, command_id, notice_number, token }
    }

    /// The id of the next press: `press-1`, `press-2` and so on.
    fn press(&mut self) -> CommandId {
        self.n_presses += 1;
        id(&format!("press-{}", self.n_presses))
    }
}

/// What happens without anybody pressing.
fn news(verb: &str, rest: &str) -> Msg {
    match verb {
        "asks-in" => {
            let code = (!rest.is_empty()).then(|| rest.to_owned());
            Msg::JoinBegan { code, name: "kiosk-1".to_owned() }
        }
        "let-in" => Msg::Joined,
        "lost" => Msg::ServerLost,
        "found" => Msg::BoardViewArrived { view: demo::board(true) },
        "closed" => Msg::BoardViewArrived { view: demo::board(false) },
        "sound" => Msg::SoundChanged { ready: rest == "ready" },
        "landscape" => Msg::ScreenChanged { shape: Shape::Landscape },
        "printer" => Msg::PrinterChanged { state: printer(rest) },
        "leased" => Msg::LeaseArrived { lease: demo::lease(rest) },
        "kept" => Msg::OfflineKept { command_id: id(rest) },
        "not-kept" => Msg::OfflineNotKept { command_id: id(rest) },
        "taken-in" => Msg::TakenIn { command_id: id(rest), ticket: TicketId(23) },
        "issued" => Msg::TicketIssued { command_id: id(rest), ticket: demo::ticket() },
        "unreachable" => {
            Msg::IssueFailed { command_id: id(rest), failure: IssueFailure::Unreachable }
        }
        "refused" => {
            let problem = Box::new(Problem::new(ProblemCode::DayClosed));
            Msg::IssueFailed { command_id: id(rest), failure: IssueFailure::Refused(problem) }
        }
        "printed" => {
            let (job, outcome) = rest.split_once(' ').unwrap();
            Msg::Printed { job: id(job), outcome: outcome_of(outcome) }
        }
        _ => hand::news(verb, rest)
            .or_else(|| staff::news(verb))
            .unwrap_or_else(|| panic!("`{verb}` is no word of the stories")),
    }
}

fn id(text: &str) -> CommandId {
    // Ids of stories are shorter than real ones.
    format!("{text:-<8}").parse().unwrap()
}

fn printer(text: &str) -> PrinterState {
    match text {
        "ready" => PrinterState::Ready,
        "near_end" => PrinterState::NearEnd,
        "no_paper" => PrinterState::NoPaper,
        "cover_open" => PrinterState::CoverOpen,
        "not_taken" => PrinterState::NotTaken,
        "fault" => PrinterState::Fault,
        "away" => PrinterState::Away,
        _ => panic!("`{text}` is no state of a printer"),
    }
}

fn outcome_of(text: &str) -> PrintOutcome {
    match text {
        "done" => PrintOutcome::Done,
        "unknown" => PrintOutcome::Unknown,
        reason => PrintOutcome::NotStarted { reason: reason.to_owned() },
    }
}

fn shelf(name: &str) -> Shelf {
    match name {
        "life" => Shelf::Life,
        "business" => Shelf::Business,
        "department" => Shelf::Department,
        other => panic!("no shelf is `{other}`"),
    }
}
