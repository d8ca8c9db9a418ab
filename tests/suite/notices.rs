//! Every notice that this catalogue can print: all matters, all answers,
//! both languages, both widths of paper. A visitor presses through the
//! real kiosk core; the bytes go to the printer that shares nothing with
//! the encoder; the paper says what the document says.

use std::collections::BTreeSet;

use catalogue::{Answers, Choose, Matter};
use devices::{Output, Receipt};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kiosk_core::{Effect, Msg, PageView, State, Want, Way, update, view};
use queue_api::PrinterState;
use queue_server::profile::{self, HallFiles};
use slip::{JobMark, NoticeSlip, Profile, Slip, plain_text, prepare};
use tests::program::repository;

/// A visitor before a kiosk that has everything.
struct Visitor {
    kiosk: State,
    now: Timestamp,
    presses: u32,
}

impl Visitor {
    fn comes(files: &HallFiles) -> Visitor {
        let now = "2026-11-25T01:41:00Z".parse().unwrap();
        let mut visitor = Visitor { kiosk: State::new(now), now, presses: 0 };
        let zone = TimeZone::get(&files.profile.time_zone).unwrap();
        visitor.tell(Msg::HallArrived { hall: files.profile.clone(), zone });
        visitor.tell(Msg::CatalogueArrived { catalogue: files.catalogue.clone() });
        visitor.tell(Msg::PrinterChanged { state: PrinterState::Ready });
        visitor
    }

    fn tell(&mut self, msg: Msg) -> Vec<Effect> {
        update(&mut self.kiosk, msg, self.now)
    }

    /// From home to the paper, with these answers, and home again.
    fn takes_the_notice(&mut self, matter: &Matter, answers: &Answers, english: bool) -> Slip {
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
        let command_id = format!("press---{}", self.presses).parse().unwrap();
        let notice_number = "N-1042".to_owned();
        let effects = self.tell(Msg::TakePressed { want: Want::Notice, command_id, notice_number });
        self.tell(Msg::HomePressed);
        match effects.into_iter().next() {
            Some(Effect::Print { slip, .. }) => slip,
            other => panic!("{}: {answers:?} prints nothing but {other:?}", matter.id),
        }
    }
}

/// The paper that a printer makes of a slip.
fn print(slip: &Slip, profile: &Profile) -> (Receipt, String) {
    let job = prepare(slip, profile, JobMark::from_count(1));
    assert_eq!(job.warnings, [], "every character has a glyph");
    let mut printer = devices::Printer::new(usize::from(profile.width_dots));
    let mut receipts = Vec::new();
    for chunk in &job.chunks {
        for output in printer.receive(chunk.bytes()) {
            if let Output::Receipt(receipt) = output {
                receipts.push(receipt);
            }
        }
    }
    let [receipt] = <[Receipt; 1]>::try_from(receipts).expect("one slip, one paper");
    (receipt, plain_text(&job.lines))
}

/// The printed lines, a rule as `slip` writes it.
fn words(receipt: &Receipt) -> String {
    let rule = |it: &str| !it.is_empty() && it.chars().all(|it| it == '-');
    let line = |it: &String| if rule(it) { "----\n".to_owned() } else { format!("{it}\n") };
    receipt.lines.iter().map(line).collect()
}

/// Numbers and identifiers of a notice: digits and what holds them
/// together.
fn numbers(notice: &NoticeSlip) -> BTreeSet<String> {
    let text = slip::normalise(&serde_json::to_string(notice).unwrap());
    let part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '/' | '.');
    text.split(|it: char| !part(it))
        .map(|it| it.trim_matches(['-', '/', '.']))
        .filter(|it| it.len() > 1 && it.bytes().all(|it| !it.is_ascii_alphabetic()))
        .map(str::to_owned)
        .collect()
}

/// Prints every notice of some matters on this paper; how many.
fn print_all(files: &HallFiles, profile: &Profile) -> usize {
    let mut visitor = Visitor::comes(files);
    let mut n_papers = 0;
    for matter in &files.catalogue.matters {
        for answers in matter.combinations().unwrap() {
            for english in [false, true] {
                let slip = visitor.takes_the_notice(matter, &answers, english);
                let Slip::Notice(notice) = &slip else { panic!("a notice was asked for") };
                let what = || format!("{} {answers:?} {}", matter.id, profile.name);
                let (receipt, meant) = print(&slip, profile);
                assert!(receipt.complete && receipt.faults.is_empty(), "{}", what());
                assert_eq!(words(&receipt), meant, "{}", what());
                for line in &receipt.lines {
                    assert!(slip::cells(line) <= profile.columns(), "{}: {line}", what());
                }
                // What leads elsewhere leaves out what is not needed.
                let complete = notice.redirects.is_empty();
                for number in numbers(notice).into_iter().filter(|_| complete) {
                    let whole = receipt.lines.iter().any(|it| it.contains(&number));
                    assert!(whole, "{}: `{number}` is split or lost", what());
                }
                n_papers += 1;
            }
        }
    }
    n_papers
}

#[test]
fn every_notice_of_the_catalogue_prints_as_it_is_meant() {
    let files = profile::load(&repository().join("assets/halls/demo")).unwrap();
    let (wide, narrow) = std::thread::scope(|scope| {
        let wide = scope.spawn(|| print_all(&files, &Profile::GENERIC_80));
        (print_all(&files, &Profile::GENERIC_58), wide.join().unwrap())
    });
    assert_eq!(wide, narrow);
    assert!(wide + narrow > 4_000, "{wide} papers of each width");
}
