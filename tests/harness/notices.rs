//! Every notice that the demo hall can print, made as a visitor makes
//! it: by presses on the kiosk's core.

use catalogue::{Answers, Choose, Matter};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kiosk_core::{Effect, Msg, PageView, State, Want, Way, update, view};
use queue_api::PrinterState;
use queue_server::profile::HallFiles;
use slip::{NoticeSlip, Slip};

/// Hands every matter with every set of answers, in both languages, to
/// `each`.
///
/// # Panics
///
/// If a visitor with these answers would not get a notice.
pub fn every_notice(files: &HallFiles, mut each: impl FnMut(&Matter, &Answers, NoticeSlip)) {
    let mut visitor = Visitor::comes(files);
    for matter in &files.catalogue.matters {
        for answers in matter.combinations().expect("a matter of the demo hall has few answers") {
            for english in [false, true] {
                let slip = visitor.takes_the_notice(matter, &answers, english);
                let Some(Slip::Notice(notice)) = slip else {
                    panic!("{}: {answers:?} prints {slip:?}", matter.id)
                };
                each(matter, &answers, notice);
            }
        }
    }
}

/// 09:41 on a Wednesday in the demo hall.
const MORNING: Timestamp = Timestamp::constant(1_795_570_860, 0);

/// How long a visitor looks at the page that says what became of it, by
/// what the kiosk hears meanwhile; a slip says all of a time of whole
/// minutes.
const READING_TICKS: u32 = 12;
const TICK_SECS: i64 = 5;

/// A visitor before a kiosk that has everything.
struct Visitor {
    kiosk: State,
    now: Timestamp,
    presses: u32,
}

impl Visitor {
    fn comes(files: &HallFiles) -> Visitor {
        let now = MORNING;
        let mut visitor = Visitor { kiosk: State::new(now), now, presses: 0 };
        let zone =
            TimeZone::get(&files.profile.time_zone).expect("a loaded profile has a time zone");
        visitor.tell(Msg::HallArrived { hall: files.profile.clone(), zone });
        visitor.tell(Msg::CatalogueArrived { catalogue: files.catalogue.clone() });
        visitor.tell(Msg::PrinterChanged { state: PrinterState::Ready });
        visitor
    }

    fn tell(&mut self, msg: Msg) -> Vec<Effect> {
        update(&mut self.kiosk, msg, self.now)
    }

    /// From home to the paper, with these answers, and home again.
    fn takes_the_notice(
        &mut self,
        matter: &Matter,
        answers: &Answers,
        english: bool,
    ) -> Option<Slip> {
        if english {
            self.tell(Msg::LanguagePressed);
        }
        self.tell(Msg::WayPressed { way: Way::Papers });
        self.tell(Msg::MatterPressed { id: matter.id.clone() });
        self.tell(Msg::QuestionsPressed);
        for question in &matter.questions {
            let Some(chosen) = answers.get(&question.id) else { continue };
            // A redirect ends the questions early.
            if !matches!(view(&self.kiosk).page, PageView::Question(_)) {
                break;
            }
            for option in chosen {
                self.tell(Msg::OptionPressed { id: option.clone() });
            }
            if question.choose == Choose::Many {
                self.tell(Msg::ChosenPressed);
            }
        }
        self.presses += 1;
        let command_id =
            format!("press---{}", self.presses).parse().expect("a word and a number make an id");
        let notice_number = "N-1042".to_owned();
        let effects = self.tell(Msg::TakePressed {
            want: Want::Notice,
            command_id,
            notice_number,
            token: String::new(),
        });
        // A page that has just come takes no press yet.
        for _ in 0..READING_TICKS {
            self.now += SignedDuration::from_secs(TICK_SECS);
            self.tell(Msg::Tick);
        }
        self.tell(Msg::HomePressed);
        match effects.into_iter().next() {
            Some(Effect::Print { slip, .. }) => Some(slip),
            _ => None,
        }
    }
}
