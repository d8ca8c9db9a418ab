//! The server of a simulated hall: the real desk on the simulated disk,
//! with the requests that wait for its next commit.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use queue_api::{ProblemCode, TicketId};
use queue_core::Rejection;
use queue_server::commands::problem_of;
use queue_server::engine::{Asked, Desk, Done, Refusal};
use queue_server::journal::AppendError;
use queue_server::profile::HallFiles;

use super::disk::Disk;
use super::world::Sender;

/// What the sender of a command hears.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    /// It is done.
    Done(Done),
    /// It is refused.
    Refused(ProblemCode),
    /// It is refused, for somebody who has a ticket already.
    CheckedIn(TicketId),
}

impl Answer {
    pub(super) fn ticket(self) -> Option<TicketId> {
        match self {
            Answer::Done(done) => done.ticket,
            Answer::CheckedIn(ticket) => Some(ticket),
            Answer::Refused(_) => None,
        }
    }
}

/// Up or down.
pub(super) struct Server {
    pub(super) files: &'static HallFiles,
    pub(super) zone: TimeZone,
    pub(super) disk: Disk,
    pub(super) desk: Option<Desk<Disk>>,
    /// Came since the last commit.
    inbox: Vec<(Sender, Asked)>,
}

/// What a commit led to.
pub(super) enum Worked {
    /// Everybody is answered.
    Answered(Vec<(Sender, Asked, Answer)>),
    /// The process ended within it.
    Died,
}

impl Server {
    pub(super) fn new(files: &'static HallFiles, zone: TimeZone) -> Server {
        Server { files, zone, disk: Disk::default(), desk: None, inbox: Vec::new() }
    }

    /// From what the disk holds.
    pub(super) fn start(&mut self) {
        let rules = self.files.rules.clone();
        let rows = self.disk.rows();
        let desk = Desk::on(self.disk.clone(), rows.iter(), rules, self.zone.clone());
        self.desk = Some(desk);
    }

    /// Everything in memory is gone.
    pub(super) fn die(&mut self) {
        self.desk = None;
        self.inbox.clear();
    }

    /// Takes a request in; true if it is the first that waits.
    pub(super) fn receive(&mut self, from: Sender, asked: Asked) -> bool {
        if self.desk.is_none() {
            return false;
        }
        self.inbox.push((from, asked));
        self.inbox.len() == 1
    }

    /// Commits everything that waits, as the engine's thread does.
    pub(super) fn work(&mut self, now: Timestamp) -> Worked {
        let Some(desk) = &mut self.desk else { return Worked::Answered(Vec::new()) };
        let (senders, asked): (Vec<Sender>, Vec<Asked>) =
            std::mem::take(&mut self.inbox).into_iter().unzip();
        let answers: Vec<Answer> = match desk.take(&asked, now) {
            Ok(answers) => answers
                .into_iter()
                .map(|answer| match answer {
                    Ok(done) => Answer::Done(done),
                    Err(Refusal::Rejected(Rejection::CheckedInBefore(ticket))) => {
                        Answer::CheckedIn(ticket)
                    }
                    Err(refusal) => Answer::Refused(problem_of(&refusal)),
                })
                .collect(),
            Err(AppendError::DiskFull(_)) => {
                asked.iter().map(|_| Answer::Refused(ProblemCode::NotStored)).collect()
            }
            Err(_) => {
                self.die();
                return Worked::Died;
            }
        };
        let heard = senders.into_iter().zip(asked).zip(answers);
        Worked::Answered(heard.map(|((from, asked), answer)| (from, asked, answer)).collect())
    }
}
