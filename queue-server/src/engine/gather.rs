//! Whom a commit on a slow disk waits for.
//!
//! Whoever was just answered is often back at once, and finds the next
//! commit under way. On a disk that takes milliseconds a crowd so falls
//! apart into two halves which wait for each other. A commit that lets
//! those few come first takes all of them along. A fast disk needs none
//! of it, and one who comes alone waits for nobody.

use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::sync::mpsc::Receiver;
use tokio::time;

/// A commit that is over sooner is not worth waiting for.
const SLOW: Duration = Duration::from_millis(2);

/// The next commit may wait until so much of the last one's time has
/// passed since its end.
const SHARE: u32 = 1;

/// A thread that can wait with an eye on the time.
#[derive(Debug)]
pub(super) struct Gather {
    runtime: Runtime,
    /// Who may come, and until when.
    crowd: Option<(usize, Instant)>,
}

impl Gather {
    pub(super) fn new() -> std::io::Result<Gather> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        Ok(Gather { runtime, crowd: None })
    }

    /// At `now` so many are answered, after the disk took so long, while
    /// so many others came.
    pub(super) fn answers(&mut self, answered: usize, came: usize, took: Duration, now: Instant) {
        self.crowd = (took >= SLOW).then(|| (answered + came, now + took / SHARE));
    }

    /// Lets those of the last batch come in beside those who wait since.
    pub(super) fn wait<T>(&self, receiver: &mut Receiver<T>, waiting: &mut Vec<T>, most: usize) {
        let Some((crowd, until)) = self.crowd else { return };
        let wanted = crowd.min(most);
        let all = async {
            while waiting.len() < wanted {
                if receiver.recv_many(waiting, wanted - waiting.len()).await == 0 {
                    return;
                }
            }
        };
        // Who is late has the next commit.
        let _ = self.runtime.block_on(async { time::timeout_at(until.into(), all).await });
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use tokio::sync::mpsc::channel;

    use super::*;

    const LONG: Duration = Duration::from_mins(1);

    /// Who goes into one commit with one who waits, when so many more
    /// come by and by.
    fn together(answered: usize, came: usize, took: Duration, more: u32) -> Vec<u32> {
        let (sender, mut receiver) = channel(8);
        let mut gather = Gather::new().unwrap();
        gather.answers(answered, came, took, appliance::monotonic());
        let coming = thread::spawn(move || (1..=more).try_for_each(|it| sender.blocking_send(it)));
        let mut waiting = vec![0];
        gather.wait(&mut receiver, &mut waiting, 4);
        let _ = coming.join().unwrap();
        waiting
    }

    #[test]
    fn those_who_were_answered_come_along_and_no_others() {
        assert_eq!(together(2, 1, LONG, 5), [0, 1, 2]);
        assert_eq!(together(6, 1, LONG, 6), [0, 1, 2, 3], "the most there can be");
    }

    #[test]
    fn it_waits_for_nobody_where_it_is_not_worth_it() {
        assert_eq!(together(2, 1, Duration::from_micros(300), 5), [0], "a fast disk");
        assert_eq!(together(1, 0, LONG, 5), [0], "one who comes alone");
        assert_eq!(together(2, 1, LONG, 0), [0], "nobody can come any more");
    }

    #[test]
    fn who_does_not_come_is_not_waited_for_long() {
        let (_open, mut receiver) = channel(8);
        let mut gather = Gather::new().unwrap();
        gather.answers(2, 1, SLOW, appliance::monotonic());
        let mut waiting = vec![0];
        gather.wait(&mut receiver, &mut waiting, 4);
        assert_eq!(waiting, [0]);
    }
}
