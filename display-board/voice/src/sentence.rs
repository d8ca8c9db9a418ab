//! One sentence, put together from what a pack has.

use crate::words::{zh_digit_value, zh_number};
use crate::{DigitOne, Plan, Repertoire, Step, WindowName};

/// Windows up to here may have a clip of their own.
const WHOLE_WINDOW_MAX: u16 = 99;

/// A sentence in the making, and made.
#[derive(Clone, Debug)]
pub(crate) struct Sentence<'a> {
    folder: &'static str,
    has: &'a Repertoire,
    steps: Vec<Step>,
    /// What nothing stands in for.
    lacking: Vec<String>,
}

impl<'a> Sentence<'a> {
    pub(crate) fn new(folder: &'static str, has: &'a Repertoire) -> Sentence<'a> {
        Sentence { folder, has, steps: Vec::new(), lacking: Vec::new() }
    }

    /// The sentence, or what it lacks.
    pub(crate) fn plan(self) -> Plan {
        let steps = if self.lacking.is_empty() { self.steps } else { Vec::new() };
        Plan { steps, lacking: self.lacking }
    }

    pub(crate) fn pause(&mut self, ms: u32) {
        self.steps.push(Step::Pause(ms));
    }

    /// A clip without which the sentence is wrong.
    pub(crate) fn clip(&mut self, name: &str) {
        if !self.may(name) {
            self.lacking.push(self.full(name));
        }
    }

    /// A clip without which it is shorter.
    pub(crate) fn ornament(&mut self, name: &str) {
        self.may(name);
    }

    /// Takes the clip if it is there.
    fn may(&mut self, name: &str) -> bool {
        let full = self.full(name);
        let there = self.has.has(&full);
        if there {
            self.steps.push(Step::Clip(full));
        }
        there
    }

    fn has(&self, name: &str) -> bool {
        self.has.has(&self.full(name))
    }

    fn full(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    /// A letter by its name.
    pub(crate) fn letter(&mut self, letter: char) {
        self.clip(&format!("l_{letter}"));
    }

    /// Digits one by one. Two in a clip flow better than one; an odd one
    /// stands last.
    pub(crate) fn digits(&mut self, digits: &str) {
        let pairs = if self.folder == "zh" { "d" } else { "n" };
        let mut rest = digits;
        while !rest.is_empty() {
            let (pair, after) = rest.split_at(rest.len().min(2));
            if pair.len() < 2 || !self.may(&format!("{pairs}_{pair}")) {
                pair.chars().for_each(|it| self.clip(&format!("d_{it}")));
            }
            rest = after;
        }
    }

    /// What is painted over a window: letters and digits. What nobody
    /// says (a hyphen) is left out.
    pub(crate) fn label(&mut self, label: &str) {
        let mut rest = label;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            if end > 0 {
                self.digits(&rest[..end]);
                rest = &rest[end..];
                continue;
            }
            if first.is_ascii_alphabetic() {
                self.letter(first.to_ascii_uppercase());
            }
            rest = &rest[first.len_utf8()..];
        }
    }

    /// 请A.
    pub(crate) fn zh_please(&mut self, letter: char) {
        if !self.may(&format!("qing_{letter}")) {
            self.ornament("p_qing");
            self.letter(letter);
        }
    }

    /// The digits with 号 at their end.
    pub(crate) fn zh_number(&mut self, digits: &str, one: DigitOne) {
        let yao = one == DigitOne::Yao && digits.contains('1') && self.has("p_yao");
        if yao {
            for digit in digits.chars() {
                self.clip(&if digit == '1' { "p_yao".to_owned() } else { format!("d_{digit}") });
            }
        } else if self.may(&format!("n_{digits}")) {
            return;
        } else {
            self.digits(digits);
        }
        self.clip("p_hao");
    }

    /// 到3号窗口办理.
    pub(crate) fn zh_window(&mut self, window: &WindowName) {
        match window {
            WindowName::Numbered(number @ ..=WHOLE_WINDOW_MAX)
                if self.may(&format!("w_{number}")) => {}
            WindowName::Numbered(number) => {
                self.ornament("p_dao");
                zh_number(*number).chars().for_each(|it| self.zh_character(it));
                if !self.may("p_haochuangkou") {
                    self.clip("p_hao");
                    self.ornament("p_chuangkou");
                }
                self.ornament("p_banli");
            }
            WindowName::Labelled(label) => {
                self.ornament("p_dao");
                self.label(label);
                self.clip("p_chuangkou");
                self.ornament("p_banli");
            }
        }
    }

    /// One character of a cardinal.
    fn zh_character(&mut self, character: char) {
        match character {
            '百' => self.clip("p_bai"),
            '十' => self.clip("p_shi"),
            digit => {
                let digit = zh_digit_value(digit);
                self.clip(&format!("d_{digit}"));
            }
        }
    }

    /// "ticket A".
    pub(crate) fn en_ticket(&mut self, letter: char) {
        if !self.may(&format!("t_{letter}")) {
            self.ornament("p_ticket");
            self.letter(letter);
        }
    }

    /// "please go to counter three". A counter above 99 goes on from the
    /// sentence of its first digit: "please go to counter one" "one two".
    pub(crate) fn en_window(&mut self, window: &WindowName) {
        match window {
            WindowName::Numbered(number @ ..=WHOLE_WINDOW_MAX)
                if self.may(&format!("w_{number}")) => {}
            WindowName::Numbered(number) => {
                let digits = number.to_string();
                let (first, rest) = digits.split_at(1);
                if *number > WHOLE_WINDOW_MAX && self.may(&format!("w_{first}")) {
                    self.digits(rest);
                } else {
                    self.ornament("p_counter");
                    self.digits(&digits);
                }
            }
            // Where the pack has no "please go to counter" on its own,
            // the label after the pause is what the wall says.
            WindowName::Labelled(label) => {
                self.ornament("p_counter");
                self.label(label);
            }
        }
    }
}
