//! Devices that ask to come in. One shows a code on its screen; who
//! stands before it types the code in, and so the hall knows that the
//! request is of this screen and of no other. In memory: after a restart
//! a device asks again by itself.

use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use queue_api::{DeviceId, DeviceKind, DeviceRequestView};
use tokio::sync::watch;

use crate::secret;

/// Requests that wait, in all and from one address.
const WAITING_MAX: usize = 32;
const WAITING_PER_ADDRESS_MAX: usize = 4;

/// How long a code is good, and how long an approved device may take to
/// fetch its token.
const GOOD: SignedDuration = SignedDuration::from_mins(10);

/// The same in seconds, for devices.
pub(crate) const GOOD_SECS: u32 = 600;

/// A device that asks again replaces its own request; sooner than this it
/// only makes noise.
const AGAIN: SignedDuration = SignedDuration::from_secs(2);

/// Wrong codes for one request before it is turned away.
const WRONG_MAX: u32 = 5;

/// Everybody who asks.
#[derive(Debug)]
pub(crate) struct Requests {
    waiting: Mutex<Vec<Waiting>>,
    /// Rings when one of them was decided.
    decided: watch::Sender<()>,
}

#[derive(Debug)]
struct Waiting {
    id: DeviceId,
    name: String,
    kind: DeviceKind,
    from: IpAddr,
    since: Timestamp,
    code: String,
    /// Of the secret with which the device fetches its token.
    claim: [u8; 32],
    n_wrong: u32,
    approved: bool,
}

/// What a device is told that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) id: DeviceId,
    /// For its screen.
    pub(crate) code: String,
    /// For itself.
    pub(crate) claim: String,
}

/// Where a request stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody has decided.
    Waits,
    /// It may come in, under this name.
    Approved { name: String, kind: DeviceKind },
    /// Turned away, too old, or never there.
    Gone,
}

/// What became of an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Approval {
    /// It may come in.
    Done { name: String, kind: DeviceKind },
    /// The code is not the one on its screen.
    WrongCode,
    /// There is no such request.
    Unknown,
}

impl Default for Requests {
    fn default() -> Requests {
        Requests { waiting: Mutex::default(), decided: watch::Sender::new(()) }
    }
}

impl Requests {
    /// Takes a request; none if there are too many. The same name from
    /// the same address replaces the one before, since a screen shows one
    /// code.
    pub(crate) fn ask(
        &self,
        name: String,
        kind: DeviceKind,
        from: IpAddr,
        now: Timestamp,
    ) -> Option<Asked> {
        let mut waiting = self.lock(now);
        let own = |it: &Waiting| (it.from, &it.name) == (from, &name);
        if waiting.iter().any(|it| own(it) && now.duration_since(it.since).abs() < AGAIN) {
            return None;
        }
        waiting.retain(|it| !own(it));
        let here = waiting.iter().filter(|it| it.from == from).count();
        if waiting.len() >= WAITING_MAX || here >= WAITING_PER_ADDRESS_MAX {
            return None;
        }
        let (id, code, claim) =
            (secret::device_id(), secret::enrolment_code(), secret::credential());
        waiting.push(Waiting {
            id,
            name,
            kind,
            from,
            since: now,
            code: code.clone(),
            claim: secret::fingerprint(&claim),
            n_wrong: 0,
            approved: false,
        });
        Some(Asked { id, code, claim })
    }

    /// Those that nobody has decided, oldest first. Their codes are on
    /// their screens and nowhere else.
    pub(crate) fn views(&self, now: Timestamp) -> Vec<DeviceRequestView> {
        let view = |it: &Waiting| DeviceRequestView {
            id: it.id,
            name: it.name.clone(),
            kind: it.kind,
            from: it.from.to_string(),
            since: it.since,
        };
        self.lock(now).iter().filter(|it| !it.approved).map(view).collect()
    }

    /// Lets a device in whose screen shows this code.
    pub(crate) fn approve(&self, id: DeviceId, code: &str, now: Timestamp) -> Approval {
        let mut waiting = self.lock(now);
        let Some(nth) = waiting.iter().position(|it| it.id == id && !it.approved) else {
            return Approval::Unknown;
        };
        let it = &mut waiting[nth];
        if it.code != code {
            it.n_wrong += 1;
            if it.n_wrong >= WRONG_MAX {
                waiting.remove(nth);
                self.decided.send_replace(());
            }
            return Approval::WrongCode;
        }
        (it.approved, it.since) = (true, now);
        let done = Approval::Done { name: it.name.clone(), kind: it.kind };
        self.decided.send_replace(());
        done
    }

    /// Turns a device away; its name, if there was one.
    pub(crate) fn turn_away(&self, id: DeviceId, now: Timestamp) -> Option<String> {
        let mut waiting = self.lock(now);
        let nth = waiting.iter().position(|it| it.id == id)?;
        let name = waiting.remove(nth).name;
        self.decided.send_replace(());
        Some(name)
    }

    /// Where the request stands whose secret this is.
    pub(crate) fn standing(&self, id: DeviceId, claim: &str, now: Timestamp) -> Standing {
        let claim = secret::fingerprint(claim);
        let waiting = self.lock(now);
        match waiting.iter().find(|it| it.id == id && it.claim == claim) {
            None => Standing::Gone,
            Some(it) if it.approved => Standing::Approved { name: it.name.clone(), kind: it.kind },
            Some(_) => Standing::Waits,
        }
    }

    /// A bell that rings when something was decided.
    pub(crate) fn decided(&self) -> watch::Receiver<()> {
        self.decided.subscribe()
    }

    fn lock(&self, now: Timestamp) -> MutexGuard<'_, Vec<Waiting>> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|it| now.duration_since(it.since).abs() < GOOD);
        waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    fn ask(requests: &Requests, name: &str) -> Option<Asked> {
        ask_at(requests, name, at(0))
    }

    fn ask_at(requests: &Requests, name: &str, now: Timestamp) -> Option<Asked> {
        requests.ask(name.to_owned(), DeviceKind::Kiosk, HERE, now)
    }

    #[test]
    fn a_device_comes_in_with_the_code_on_its_screen() {
        let requests = Requests::default();
        let asked = ask(&requests, "kiosk-1").unwrap();
        let other = ask(&requests, "kiosk-2").unwrap();
        assert_eq!(requests.standing(asked.id, &asked.claim, at(0)), Standing::Waits);
        assert_eq!(requests.standing(asked.id, &other.claim, at(0)), Standing::Gone);
        assert_eq!(requests.approve(asked.id, "x", at(1)), Approval::WrongCode);
        let (name, kind) = ("kiosk-1".to_owned(), DeviceKind::Kiosk);
        let done = Approval::Done { name: name.clone(), kind };
        assert_eq!(requests.approve(asked.id, &asked.code, at(1)), done);
        assert_eq!(requests.approve(asked.id, &asked.code, at(1)), Approval::Unknown);
        let standing = requests.standing(asked.id, &asked.claim, at(2));
        assert_eq!(standing, Standing::Approved { name, kind });
        let waiting: Vec<DeviceId> = requests.views(at(2)).iter().map(|it| it.id).collect();
        assert_eq!(waiting, [other.id]);
    }

    #[test]
    fn guessing_codes_turns_the_request_away() {
        let requests = Requests::default();
        let asked = ask(&requests, "kiosk-1").unwrap();
        for _ in 0..WRONG_MAX {
            assert_eq!(requests.approve(asked.id, "x", at(1)), Approval::WrongCode);
        }
        assert_eq!(requests.approve(asked.id, &asked.code, at(1)), Approval::Unknown);
        assert_eq!(requests.standing(asked.id, &asked.claim, at(1)), Standing::Gone);
    }

    #[test]
    fn few_may_ask_from_one_address_and_a_screen_asks_once() {
        let requests = Requests::default();
        let first = ask(&requests, "kiosk-0").unwrap();
        assert_eq!(ask(&requests, "kiosk-0"), None, "not twice in a breath");
        let again = ask_at(&requests, "kiosk-0", at(0) + AGAIN).unwrap();
        assert_eq!(requests.standing(first.id, &first.claim, at(0)), Standing::Gone);
        assert_eq!(requests.standing(again.id, &again.claim, at(0)), Standing::Waits);
        for nth in 1..WAITING_PER_ADDRESS_MAX {
            assert!(ask(&requests, &format!("kiosk-{nth}")).is_some());
        }
        assert_eq!(ask(&requests, "one-more"), None);
        assert_eq!(requests.views(at(9)).len(), WAITING_PER_ADDRESS_MAX);
        assert_eq!(requests.views(at(11)).len(), 0, "a code is good for ten minutes");
        assert_eq!(requests.turn_away(again.id, at(11)), None);
    }
}
