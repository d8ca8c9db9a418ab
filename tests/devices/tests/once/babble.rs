//! A line that never stops talking holds nobody.

use std::cell::Cell;
use std::time::Duration;

use kiosk::printer::{Before, Broken, Line, Patience, Wire};
use slip::{JobMark, Lang, PrintOutcome, Profile, Slip, prepare};

use crate::samples;

/// A line that says one thing without end, sixteen bytes a millisecond.
struct Babbler {
    says: u8,
    now: Cell<Duration>,
}

impl Line for Babbler {
    fn now(&self) -> Duration {
        self.now.get()
    }

    fn open(&mut self, _: Duration) -> Result<(), Broken> {
        Ok(())
    }

    fn close(&mut self) {}

    fn send(&mut self, _: &[u8], _: Duration) -> Result<(), Broken> {
        Ok(())
    }

    fn receive(&mut self, _: Duration) -> Result<Vec<u8>, Broken> {
        self.now.set(self.now.get() + Duration::from_millis(1));
        assert!(self.now.get() < Duration::from_hours(1), "{:#x}: it hangs", self.says);
        Ok(vec![self.says; 16])
    }

    fn bytes_per_second(&self) -> Option<u32> {
        Some(11_520)
    }

    fn can_be_half_open(&self) -> bool {
        false
    }
}

#[test]
fn a_line_that_babbles_is_given_up_in_time() {
    let profile = Profile::named("kiosk-presenter-80").unwrap();
    let job = prepare(&Slip::Ticket(samples::ticket(Lang::Zh)), &profile, JobMark::from_count(1));
    // Calm answers, paper answers, automatic ones, names, noise, mouths.
    for says in [0x12, 0x00, 0x14, 0x37, 0xff, 0x10] {
        let line = Babbler { says, now: Cell::new(Duration::ZERO) };
        let mut wire = Wire::new(line, &profile, Before::Nothing, Patience::DEFAULT);
        let longest = wire.longest_status();
        wire.status();
        assert!(wire.line().now() <= longest + Duration::from_secs(1), "{says:#x}");
        let (begin, longest) = (wire.line().now(), wire.longest(&job));
        let outcome = wire.print(&job, &mut |_| {});
        assert_ne!(outcome, PrintOutcome::Done, "{says:#x}");
        let took = wire.line().now().saturating_sub(begin);
        assert!(took <= longest + Duration::from_secs(1), "{says:#x}: {took:?}");
    }
}
