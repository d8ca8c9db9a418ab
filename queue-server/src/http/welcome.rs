//! Whether who follows a stream may still follow it. A stream is opened
//! once and lasts for hours; meanwhile a device is revoked, a session
//! ends.

use axum::http::HeaderMap;
use queue_api::BoardPlace;

use super::caller::{bearer, cookie};
use crate::access::Device;
use crate::live::LiveHall;

/// The credential a stream was opened with.
#[derive(Debug)]
pub(super) struct Welcome {
    /// None where nothing but the secret of a paper is needed.
    token: Option<String>,
    /// Of a board, which comes again when it is put elsewhere.
    hung: Option<Hung>,
    /// How often somebody had been shown the door when it was looked at
    /// last.
    n_shown_out: u64,
}

/// Where the manager had put a board when its stream was opened, if
/// anywhere.
#[derive(Debug)]
struct Hung(Option<BoardPlace>);

impl Welcome {
    /// Of who sent this head.
    pub(super) fn of(headers: &HeaderMap, hall: &LiveHall) -> Welcome {
        let token = bearer(headers).or_else(|| cookie(headers)).map(str::to_owned);
        Welcome { token, hung: None, n_shown_out: hall.access.n_shown_out() }
    }

    /// The same for a board, which is welcome where it hangs.
    pub(super) fn at(self, board: Option<&Device>) -> Welcome {
        Welcome { hung: board.map(|it| Hung(it.place.clone())), ..self }
    }

    /// Whether it still opens something, looked at only if somebody has
    /// been shown the door meanwhile: for every change of the hall.
    pub(super) fn holds(&mut self, hall: &LiveHall) -> bool {
        let n_shown_out = hall.access.n_shown_out();
        if n_shown_out == self.n_shown_out {
            return true;
        }
        self.n_shown_out = n_shown_out;
        self.is_renewed(hall)
    }

    /// Whether it still opens something: for now and then, since a
    /// session ends by itself. A stream does not keep one alive.
    pub(super) fn is_renewed(&self, hall: &LiveHall) -> bool {
        let Some(token) = &self.token else { return true };
        // While the store is busy the stream goes on.
        match &self.hung {
            Some(Hung(place)) => {
                let known = hall.access.device(token);
                known.map_or(true, |it| it.is_some_and(|it| it.place == *place))
            }
            None => hall.access.opens(token, appliance::now()).unwrap_or(true),
        }
    }
}
