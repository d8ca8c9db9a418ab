//! Which questions a printer answers, for the person who installs it.
//!
//! Questions only: nothing here prints or decides what an answer means
//! to a person. Each is waited for briefly, so a dead line is told in
//! seconds.

use std::time::Duration;

use slip::{Mouth, Presenter, PrinterStatus, Profile, Query, RealTimeReplies, Reply, ReplyReader};

use super::line::{Broken, Line};

/// How long the first answers are waited for. A printer that was just
/// switched on takes its time.
const FIRST_ANSWER: Duration = Duration::from_millis(1500);

/// How long the others are waited for: many printers know not all.
const NEXT_ANSWER: Duration = Duration::from_millis(700);

/// An answer is whole when nothing comes for so long.
const QUIET: Duration = Duration::from_millis(120);

/// The most bytes of an answer that are looked at.
const ANSWER_BYTES_MAX: usize = 512;

/// The mark by which a printer is to name what it has printed.
const MARK: [u8; 4] = *b"TEST";

/// What a printer answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// What `DLE EOT 1…4` say together, if all are answered.
    pub status: Option<PrinterStatus>,
    /// Whether `GS r 1` is answered; not asked of a printer that stopped.
    pub paper: bool,
    /// The maker (`GS I 66`).
    pub maker: Option<String>,
    /// The model (`GS I 67`), or its number (`GS I 1`).
    pub model: Option<String>,
    /// What a presenter says, if there is one.
    pub mouth: Option<Mouth>,
    /// Whether `GS ( H` is answered, if it was asked.
    pub process_id: Option<bool>,
    /// Whether bytes came that mean nothing, as at a wrong speed.
    pub noise: bool,
}

impl Survey {
    /// Asks a printer over an open line. `GS ( H` is asked if the named
    /// profile has it, or else the one that the answers propose.
    pub fn take<L: Line>(line: &mut L, named: Option<&Profile>) -> Result<Self, Broken> {
        let mut asker = Asker { line, answer: FIRST_ANSWER };
        let mut survey = Self::default();
        let replies = asker.real_time_replies(&mut survey.noise)?;
        survey.status = replies.map(RealTimeReplies::status);
        if survey.status.is_some_and(|it| !it.can_print()) {
            // What waits behind a stopped printer is not answered.
            return Ok(survey);
        }
        let replies = asker.replies(&[0x1d, b'r', 1], None)?;
        survey.paper = replies.iter().any(|it| matches!(it, Reply::Paper { .. }));
        if survey.is_silent() {
            return Ok(survey);
        }
        asker.answer = NEXT_ANSWER;
        (survey.maker, survey.model) = asker.names()?;
        let own = named.and_then(|it| it.presenter.clone());
        survey.mouth = asker.mouth(own.or_else(shipped_presenter))?;
        let asks_marks = match named {
            Some(profile) => profile.abilities.process_id,
            None => Profile::named(survey.closest(false)).is_some_and(|it| it.abilities.process_id),
        };
        if asks_marks {
            survey.process_id = Some(asker.names_jobs()?);
        }
        // A printer that did not know a question has it on its line.
        asker.line.send(&[0x1b, b'@'], asker.line.now() + NEXT_ANSWER)?;
        Ok(survey)
    }

    /// Whether it answered nothing at all.
    pub fn is_silent(&self) -> bool {
        self.status.is_none() && !self.paper
    }

    /// The shipped profile that suits best; the width cannot be asked.
    pub fn closest(&self, narrow: bool) -> &'static str {
        let name = [&self.maker, &self.model].into_iter().flatten().cloned();
        let name = name.collect::<Vec<_>>().join(" ").to_uppercase();
        let is_any = |words: &[&str]| words.iter().any(|it| name.contains(it));
        if self.mouth.is_some() {
            "kiosk-presenter-80"
        } else if is_any(&["EPSON", "TM-"]) {
            "epson-tm-cn"
        } else if is_any(&["XPRINTER", "XP-", "GPRINTER", "GP-", "POS-80", "POS80"]) {
            "xprinter-80"
        } else if narrow {
            "generic-58"
        } else {
            "generic-80"
        }
    }
}

/// Whether something at the other end says how it is, asked once.
pub(super) fn is_heard<L: Line>(line: &mut L) -> Result<bool, Broken> {
    let mut asker = Asker { line, answer: NEXT_ANSWER };
    let bytes = asker.ask(&Query::Printer.bytes())?;
    Ok(bytes.iter().any(|it| it & 0x93 == 0x12))
}

fn shipped_presenter() -> Option<Presenter> {
    Profile::names().filter_map(Profile::named).find_map(|it| it.presenter)
}

/// Puts one question at a time.
struct Asker<'a, L> {
    line: &'a mut L,
    /// How long an answer is waited for.
    answer: Duration,
}

impl<L: Line> Asker<'_, L> {
    /// What comes after a question, until it is quiet.
    fn ask(&mut self, question: &[u8]) -> Result<Vec<u8>, Broken> {
        let begin = self.line.now();
        while self.line.now() < begin + QUIET && !self.line.receive(begin)?.is_empty() {}
        let deadline = begin + self.answer;
        self.line.send(question, deadline)?;
        let mut answer = self.line.receive(deadline)?;
        let mut heard = !answer.is_empty();
        while heard && answer.len() < ANSWER_BYTES_MAX {
            let more = self.line.receive(self.line.now() + QUIET)?;
            heard = !more.is_empty();
            answer.extend(more);
        }
        Ok(answer)
    }

    fn replies(
        &mut self,
        question: &[u8],
        presenter: Option<Presenter>,
    ) -> Result<Vec<Reply>, Broken> {
        let mut reader = ReplyReader::of(presenter);
        reader.push(&self.ask(question)?);
        Ok(std::iter::from_fn(|| reader.next_reply()).collect())
    }

    fn real_time_replies(&mut self, noise: &mut bool) -> Result<Option<RealTimeReplies>, Broken> {
        let mut answers = [0; 4];
        for (query, answer) in Query::ALL.into_iter().zip(&mut answers) {
            let bytes = self.ask(&query.bytes())?;
            let Some(&byte) = bytes.iter().find(|it| **it & 0x93 == 0x12) else {
                *noise = !bytes.is_empty();
                return Ok(None);
            };
            *answer = byte;
        }
        let [printer, offline, error, paper] = answers;
        Ok(Some(RealTimeReplies { printer, offline, error, paper }))
    }

    /// Maker and model. A printer that knows no names may have a number.
    fn names(&mut self) -> Result<(Option<String>, Option<String>), Broken> {
        let [maker, model] = [66, 67].map(|n| self.ask(&[0x1d, b'I', n]));
        let (maker, model) = (name(&maker?), name(&model?));
        if model.is_some() {
            return Ok((maker, model));
        }
        let number = self.ask(&[0x1d, b'I', 1])?;
        Ok((maker, number.first().map(|it| format!("number 0x{it:02x}"))))
    }

    fn mouth(&mut self, presenter: Option<Presenter>) -> Result<Option<Mouth>, Broken> {
        let Some(recipe) = presenter else { return Ok(None) };
        let replies = self.replies(&recipe.query.clone(), Some(recipe))?;
        Ok(replies.into_iter().find_map(|it| match it {
            Reply::Mouth(mouth) => Some(mouth),
            _ => None,
        }))
    }

    fn names_jobs(&mut self) -> Result<bool, Broken> {
        let [a, b, c, d] = MARK;
        let question = [0x1d, b'(', b'H', 6, 0, 0x30, 0x30, a, b, c, d];
        Ok(self.replies(&question, None)?.contains(&Reply::Printed(MARK)))
    }
}

/// A name as `GS I` gives it: `_`, the letters, a zero.
fn name(answer: &[u8]) -> Option<String> {
    let begin = answer.iter().position(|it| *it == b'_')? + 1;
    let letters = answer[begin..].split(|it| *it == 0).next()?;
    let is_name = !letters.is_empty() && letters.iter().all(|it| (0x20..0x7f).contains(it));
    is_name.then(|| letters.iter().map(|it| char::from(*it)).collect())
}
