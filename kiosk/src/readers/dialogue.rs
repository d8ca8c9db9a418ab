//! What is said with an identity-card reader, over any line.

use std::time::Duration;

use zeroize::Zeroizing;

use super::sdt::{Answer, Answers, Request};
use crate::printer::{Broken, Line};

/// A reader that is asked whether a card lies there answers at once.
const FIND: Duration = Duration::from_millis(700);

/// A card is read within a second or two.
const READ: Duration = Duration::from_secs(3);

/// Pieces of an old answer that are passed over before a question.
const OLD_PIECES_MAX: usize = 16;

/// Why a reader did not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unheard {
    /// The line is gone.
    Gone,
    /// No answer came, or none that adds up.
    Nothing,
}

/// Whether a card lies there.
pub fn find(line: &mut impl Line) -> Result<bool, Unheard> {
    ask(line, Request::Find, FIND).map(|it| it.is_found())
}

/// The number on the card that was found; none if it cannot be read.
pub fn read(line: &mut impl Line) -> Result<Option<Zeroizing<String>>, Unheard> {
    let selected = unless_garbled(ask(line, Request::Select, READ))?;
    if !selected.is_some_and(|it| it.is_done()) {
        return Ok(None);
    }
    let answer = unless_garbled(ask(line, Request::Read, READ))?;
    Ok(answer.and_then(|it| it.number()))
}

/// A card that was moved gives half an answer.
fn unless_garbled(answer: Result<Answer, Unheard>) -> Result<Option<Answer>, Unheard> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(Unheard::Nothing) => Ok(None),
        Err(Unheard::Gone) => Err(Unheard::Gone),
    }
}

fn ask(line: &mut impl Line, request: Request, patience: Duration) -> Result<Answer, Unheard> {
    for _ in 0..OLD_PIECES_MAX {
        if Zeroizing::new(line.receive(line.now()).map_err(unheard)?).is_empty() {
            break;
        }
    }
    let deadline = line.now() + patience;
    line.send(&request.bytes(), deadline).map_err(unheard)?;
    let mut answers = Answers::default();
    while line.now() < deadline {
        let bytes = Zeroizing::new(line.receive(deadline).map_err(unheard)?);
        if let Some(heard) = bytes.iter().find_map(|it| answers.hear(*it)) {
            return heard.map_err(|_| Unheard::Nothing);
        }
    }
    Err(Unheard::Nothing)
}

fn unheard(broken: Broken) -> Unheard {
    match broken {
        Broken::Gone => Unheard::Gone,
        Broken::TimedOut => Unheard::Nothing,
    }
}
