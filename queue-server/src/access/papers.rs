//! Tries of the secrets on papers. A secret has 128 bits: nobody guesses
//! one. So the limit keeps noise down and shuts nobody out: who comes
//! with a right secret is answered, whatever a neighbour at the same
//! address has tried. A hall's Wi-Fi brings all its phones from one.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Wrong secrets of one address before it is told that it tries too
/// many: yesterday's pages of a full waiting area.
const WRONG_MAX: u32 = 120;

/// How long a wrong one counts.
const CLOSED: SignedDuration = SignedDuration::from_mins(15);

/// Addresses that are remembered; anybody may come with one.
const ADDRESSES_MAX: usize = 4_096;

/// Wrong secrets by where they came from, in memory.
#[derive(Debug, Default)]
pub(crate) struct Papers(Mutex<HashMap<IpAddr, (u32, Timestamp)>>);

impl Papers {
    /// One more was wrong; true if that was one too many.
    pub(crate) fn was_wrong(&self, from: IpAddr, now: Timestamp) -> bool {
        let mut wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let from = household(from);
        if wrong.len() >= ADDRESSES_MAX && !wrong.contains_key(&from) {
            wrong.retain(|_, (_, last)| !is_old(*last, now));
        }
        if wrong.len() >= ADDRESSES_MAX && !wrong.contains_key(&from) {
            // So many at once are one attack; who came first is not spared.
            wrong.clear();
        }
        let (n, last) = wrong.entry(from).or_insert((0, now));
        *n = if is_old(*last, now) { 1 } else { n.saturating_add(1) };
        *last = now;
        *n > WRONG_MAX
    }
}

/// Whoever has one address of IPv6 has the other 2^64 of its network.
fn household(from: IpAddr) -> IpAddr {
    match from {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// A clock that was set back opens the door, too.
fn is_old(last: Timestamp, now: Timestamp) -> bool {
    now.duration_since(last).abs() >= CLOSED
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn address(nth: u32) -> IpAddr {
        IpAddr::from(nth.to_be_bytes())
    }

    #[test]
    fn one_address_that_guesses_is_told_so_and_another_is_not() {
        let papers = Papers::default();
        let tries = |n: u32, from| (0..n).map(|_| papers.was_wrong(from, NOW)).last().unwrap();
        assert!(!tries(WRONG_MAX, address(1)));
        assert!(papers.was_wrong(address(1), NOW));
        assert!(!papers.was_wrong(address(2), NOW));
        assert!(!papers.was_wrong(address(1), NOW + CLOSED), "it is forgotten");
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let papers = Papers::default();
        let nth = |it: u32| format!("2001:db8:1:2::{it:x}").parse().unwrap();
        let told = (0..=WRONG_MAX).filter(|it| papers.was_wrong(nth(*it), NOW)).count();
        assert_eq!(told, 1);
        assert!(!papers.was_wrong("2001:db8:1:3::1".parse().unwrap(), NOW));
    }

    #[test]
    fn no_crowd_of_addresses_fills_the_memory() {
        let papers = Papers::default();
        for nth in 0..3 * u32::try_from(ADDRESSES_MAX).unwrap() {
            papers.was_wrong(address(nth), NOW);
        }
        assert!(papers.0.lock().unwrap().len() <= ADDRESSES_MAX);
    }
}
