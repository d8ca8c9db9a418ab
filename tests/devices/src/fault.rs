//! What can go wrong with the emulated printer, on demand.
//!
//! A fault has a kind, a beginning and, if wanted, an end:
//! `no-paper@200+3s` is paper that ends before byte 200 of a receipt and
//! is put in three seconds later.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use thiserror::Error;

/// A fault, when it begins and how long it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// When it begins.
    pub begins: Moment,
    /// How long it lasts once it began; until it is cleared if not told.
    pub lasts: Option<Duration>,
}

macro_rules! fault_kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $name:literal,)*) => {
        /// What can go wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum FaultKind {
            $($(#[doc = $doc])+ $kind,)*
        }

        impl FaultKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The name in the fault file, such as `no-paper`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }
        }
    };
}

fault_kinds! {
    /// The roll is near its end; it prints.
    PaperNearEnd = "paper-near-end",
    /// The roll is at its end: it holds what it has and goes on later.
    NoPaper = "no-paper",
    /// The roll is at its end, and the whole receipt is printed again
    /// when there is paper (缺纸重打).
    NoPaperReprint = "no-paper-reprint",
    /// The roll is at its end, and what comes meanwhile is thrown away.
    NoPaperDiscard = "no-paper-discard",
    /// The cover is open: it holds what it has and goes on later.
    CoverOpen = "cover-open",
    /// The cutter is stuck.
    CutterJam = "cutter-jam",
    /// The head is too hot; it rests.
    HeadHot = "head-hot",
    /// A fault that no visitor can mend.
    Broken = "broken",
    /// The paper is stuck on its way out.
    PaperJam = "paper-jam",
    /// The presenter holds a ticket that nobody takes.
    NotTaken = "not-taken",
    /// The presenter pulls the ticket back in.
    Retract = "retract",
    /// It has no power: what it held is lost.
    PowerOff = "power-off",
    /// The cable is out: what is under way is lost.
    Unplug = "unplug",
    /// The connection is dead and says nothing; a new one works.
    HalfOpen = "half-open",
    /// It takes no byte any more.
    Stall = "stall",
    /// Somebody else writes a line to it, and asks how it is.
    SecondWriter = "second-writer",
    /// It prints and never says a word.
    NoAnswer = "no-answer",
    /// Its answers come two seconds late.
    LateAnswer = "late-answer",
    /// Its answers come byte by byte, with pauses.
    SplitAnswer = "split-answer",
    /// It says everything twice.
    ExtraByte = "extra-byte",
    /// Noise comes before each answer.
    Garbage = "garbage",
}

/// When a fault begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// At once.
    Now,
    /// Before the byte at this offset of a receipt.
    AtByte(usize),
    /// When so many lines of a receipt are printed.
    AtLine(usize),
    /// So long after it was announced.
    After(Duration),
}

impl Fault {
    /// A fault that begins at once and lasts until it is cleared.
    pub fn now(kind: FaultKind) -> Self {
        Self { kind, begins: Moment::Now, lasts: None }
    }

    /// The same fault with another beginning.
    #[must_use]
    pub fn at(self, begins: Moment) -> Self {
        Self { begins, ..self }
    }

    /// The same fault with an end.
    #[must_use]
    pub fn lasting(self, lasts: Duration) -> Self {
        Self { lasts: Some(lasts), ..self }
    }
}

/// A text that names no fault.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "`{text}` is no fault: KIND[@BYTE|@line:N|@TIME][+TIME] with a TIME such as 3s or 200ms and a KIND of {kinds}"
)]
pub struct BadFault {
    text: String,
    kinds: String,
}

impl FromStr for Fault {
    type Err = BadFault;

    fn from_str(text: &str) -> Result<Self, BadFault> {
        parse(text).ok_or_else(|| {
            let names: Vec<_> = FaultKind::ALL.iter().map(|it| it.name()).collect();
            BadFault { text: text.to_owned(), kinds: names.join(", ") }
        })
    }
}

fn parse(text: &str) -> Option<Fault> {
    let (text, lasts) = match text.split_once('+') {
        Some((text, time)) => (text, Some(parse_time(time)?)),
        None => (text, None),
    };
    let (name, begins) = match text.split_once('@') {
        Some((name, moment)) => (name, parse_moment(moment)?),
        None => (text, Moment::Now),
    };
    let kind = *FaultKind::ALL.iter().find(|it| it.name() == name)?;
    Some(Fault { kind, begins, lasts })
}

fn parse_moment(text: &str) -> Option<Moment> {
    match text.strip_prefix("line:") {
        Some(line) => line.parse().ok().map(Moment::AtLine),
        None => {
            text.parse().ok().map(Moment::AtByte).or_else(|| parse_time(text).map(Moment::After))
        }
    }
}

fn parse_time(text: &str) -> Option<Duration> {
    match text.strip_suffix("ms") {
        Some(ms) => ms.parse().ok().map(Duration::from_millis),
        None => text.strip_suffix('s')?.parse().ok().map(Duration::from_secs),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        match self.begins {
            Moment::Now => {}
            Moment::AtByte(byte) => write!(f, "@{byte}")?,
            Moment::AtLine(line) => write!(f, "@line:{line}")?,
            Moment::After(time) => write!(f, "@{}ms", time.as_millis())?,
        }
        match self.lasts {
            Some(time) => write!(f, "+{}ms", time.as_millis()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_reads_back_as_it_was_written() {
        for text in [
            "no-paper",
            "cover-open@3",
            "paper-near-end",
            "no-answer",
            "stall@120",
            "head-hot@line:4+1500ms",
            "power-off@800ms+2000ms",
        ] {
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
        assert_eq!("unplug@2s+3s".parse::<Fault>().unwrap().to_string(), "unplug@2000ms+3000ms");
        for text in ["", "fire", "stall@", "stall@line:", "no-paper+3", "no-paper@x"] {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
    }
}
