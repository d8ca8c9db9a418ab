//! Calls that wait for a loudspeaker, and loudspeakers that fail.

use expect_test::expect;
use queue_api::{LoudspeakerReport, WindowProfile};

use super::*;
use crate::VolumeSpan;

impl Story {
    /// A hall in which a call is spoken until the test says that it has
    /// ended.
    fn slow() -> Story {
        Story { quick: false, ..Story::new() }
    }

    fn ends(&mut self, spoken: Spoken) {
        self.send(Msg::SpeakingEnded { loudspeaker: 0, spoken });
    }

    /// What was begun since the last look, in short.
    fn says(&mut self) -> String {
        let number =
            |it: String| it.trim_start_matches('请').split('号').next().unwrap().to_owned();
        self.said.drain(..).map(number).collect::<Vec<_>>().join(" ")
    }

    /// All that is said from here on, as each ends.
    fn says_all(&mut self) -> String {
        let mut said = self.says();
        loop {
            self.ends(Spoken::Whole);
            match self.says() {
                next if next.is_empty() => return said,
                next => said = format!("{said} {next}"),
            }
        }
    }

    fn told(&self) -> LoudspeakerReport {
        self.state.reports().remove(0)
    }

    fn in_state(&mut self, number: &str, state: TicketState) {
        let number = number.parse().unwrap();
        self.board.calls.iter_mut().find(|it| it.number == number).unwrap().state = state;
        self.board.seq += 1;
        self.arrive();
    }
}

#[test]
fn a_board_switched_on_at_noon_does_not_shout_the_morning() {
    let mut story = Story::new();
    story.called("A021", 1, 7_200).called("A022", 3, 60).called("A023", 2, 59).arrive();
    story.check(&expect!["09:41 | A023 → A02 | A022 A021 | 请带好证件原件。"]);
    story.check_said(&expect!["请A零二三号到A零二窗口办理"]);
}

#[test]
fn calls_that_come_together_are_said_oldest_first_and_once_per_window() {
    let mut story = Story::new();
    story.called("A021", 1, 9).called("C057", 3, 6).called("A022", 1, 2).arrive();
    story.check_said(&expect!["请C零五七号到A零三窗口办理; 请A零二二号到A零一窗口办理"]);
}

#[test]
fn a_view_that_comes_again_says_and_blinks_nothing() {
    let mut story = Story::new();
    story.call("A023", 2);
    story.said.clear();
    story.pass(5);
    story.arrive();
    story.check(&expect!["09:41 | A023 → A02 |  | 请带好证件原件。"]);
    story.check_said(&expect![""]);
}

#[test]
fn nothing_is_cut_off_and_the_next_call_follows() {
    let mut story = Story::slow();
    story.call("A023", 2);
    story.pass(1);
    story.call("C057", 3);
    assert_eq!(story.says(), "A零二三");
    story.pass(8);
    story.ends(Spoken::Whole);
    assert_eq!(story.says(), "C零五七");
    story.ends(Spoken::Whole);
    assert_eq!(story.says(), "", "each is said once");
}

#[test]
fn a_window_has_one_waiting_call_and_it_is_the_newest() {
    let mut story = Story::slow();
    story.call("A001", 1);
    story.call("A002", 2);
    story.call("A003", 2);
    assert_eq!(story.told().waiting, 1);
    assert_eq!(story.says_all(), "A零零一 A零零三");
}

#[test]
fn presses_while_a_call_waits_are_one_call_and_one_after_it_speaks_again() {
    let mut story = Story::slow();
    story.call("A001", 1);
    for _ in 0..3 {
        story.call("A002", 2);
    }
    assert_eq!(story.says_all(), "A零零一 A零零二");
    story.call("A002", 2);
    assert_eq!(story.says_all(), "A零零二");
}

#[test]
fn a_recall_during_its_own_call_is_said_after_it() {
    let mut story = Story::slow();
    story.call("A001", 1);
    story.call("A001", 1);
    assert_eq!(story.says(), "A零零一");
    story.ends(Spoken::Whole);
    assert_eq!(story.says(), "A零零一");
}

#[test]
fn a_call_nobody_has_heard_goes_before_a_recall_and_the_older_first() {
    let mut story = Story::slow();
    story.call("A001", 1);
    story.ends(Spoken::Whole);
    story.call("A002", 2);
    story.call("A001", 1);
    story.call("A003", 3);
    story.call("A004", 4);
    assert_eq!(story.says_all(), "A零零一 A零零二 A零零三 A零零四 A零零一");
}

#[test]
fn who_has_come_or_was_taken_back_is_not_called_any_more() {
    let mut story = Story::slow();
    for window in 1..=4 {
        story.call(&format!("A00{window}"), window);
    }
    story.in_state("A002", TicketState::Serving);
    let voided = "A003".parse().unwrap();
    story.board.calls.retain(|it| it.number != voided);
    story.board.seq += 1;
    story.arrive();
    assert_eq!(story.says_all(), "A零零一 A零零四");
}

#[test]
fn a_call_that_a_full_view_has_no_room_for_is_still_spoken() {
    let mut story = Story::slow();
    for window in 1..=16 {
        story.call(&format!("A{window:03}"), window);
        story.board.calls.truncate(queue_api::BOARD_CALLS_MAX);
    }
    story.arrive();
    assert_eq!(story.says_all().split(' ').count(), 16);
}

#[test]
fn what_waited_a_minute_is_not_spoken() {
    let mut story = Story::slow();
    story.call("A001", 1);
    story.call("A002", 2);
    story.pass(1);
    story.call("A003", 3);
    story.pass(59);
    assert_eq!(story.says_all(), "A零零一 A零零三");
}

#[test]
fn a_card_that_fails_in_the_middle_has_not_spoken() {
    let mut story = Story::slow();
    story.call("A001", 1);
    story.pass(2);
    story.sound(LoudspeakerState::NoDevice);
    story.ends(Spoken::Broken);
    story.call("A002", 2);
    assert_eq!(story.says(), "A零零一", "nothing is said into the void");
    let told = story.told();
    assert_eq!((told.state, told.waiting), (LoudspeakerState::NoDevice, 2));
    assert_eq!(told.since, story.now);
    story.pass(30);
    story.sound(LoudspeakerState::Ready);
    assert_eq!(story.says_all(), "A零零一 A零零二");
}

#[test]
fn a_broken_call_is_not_said_after_its_window_went_on() {
    let mut story = Story::slow();
    story.call("A001", 1);
    story.call("A002", 1);
    story.ends(Spoken::Broken);
    assert_eq!(story.says_all(), "A零零一 A零零二");
}

#[test]
fn a_pack_that_lacks_clips_is_told_until_a_call_is_whole_again() {
    let mut story = Story::slow();
    story.call("A001", 1);
    story.ends(Spoken::Lacking);
    assert_eq!(story.told().state, LoudspeakerState::NoClips);
    story.call("A002", 2);
    assert_eq!(story.says(), "A零零一 A零零二", "the next may be whole");
    story.ends(Spoken::Whole);
    assert_eq!(story.told().state, LoudspeakerState::Ready);
}

#[test]
fn staff_see_how_many_wait_and_since_when() {
    let mut story = Story::slow();
    story.server_ahead = SignedDuration::from_secs(600);
    story.call("A001", 1);
    let first_waits = story.now + story.server_ahead;
    story.call("A002", 2);
    story.pass(3);
    story.call("A003", 3);
    let told = story.told();
    assert_eq!((told.waiting, told.oldest), (2, Some(first_waits)), "by the hall's clock");
    story.says_all();
    assert_eq!((story.told().waiting, story.told().oldest), (0, None));
}

#[test]
fn staff_are_told_only_what_is_new() {
    let mut state = State::new(settings(&[&[]]));
    let now: Timestamp = MORNING.parse().unwrap();
    let ready = Msg::SoundChanged { loudspeaker: 0, state: LoudspeakerState::Ready };
    let n_told = |effects: Vec<Effect>| {
        effects.iter().filter(|it| matches!(it, Effect::TellLoudspeakers(_))).count()
    };
    assert_eq!(n_told(update(&mut state, Msg::FeedAlive, now)), 0, "it was not heard of yet");
    assert_eq!(n_told(update(&mut state, ready.clone(), now)), 1);
    assert_eq!(n_told(update(&mut state, ready, now)), 0);
    assert_eq!(n_told(update(&mut state, Msg::FeedAlive, now)), 0);
}

#[test]
fn each_zone_has_its_loudspeaker_and_they_speak_at_once() {
    let mut story = Story { state: State::new(settings(&[&["A"], &["B", "C"]])), ..Story::slow() };
    let ready = |loudspeaker| Msg::SoundChanged { loudspeaker, state: LoudspeakerState::Ready };
    (0..2).for_each(|it| story.send(ready(it)));
    story.called("A001", 1, 0).called("B001", 2, 0).called("C001", 3, 0).arrive();
    assert_eq!(story.says(), "", "nobody knows yet which window is where");
    let mut profile = hall("…");
    for (window, zone) in [(1, "A"), (2, "B"), (3, "C")] {
        profile.windows.push(WindowProfile {
            id: WindowId(window),
            label: format!("A0{window}"),
            zone: zone.to_owned(),
            name: Bilingual { zh: String::new(), en: String::new() },
            general: false,
            lanes: Vec::new(),
        });
    }
    story.send(Msg::HallArrived { hall: Box::new(profile), time_zone: TimeZone::UTC });
    assert_eq!(story.says(), "A零零一 B零零一");
    let waiting: Vec<u32> = story.state.reports().iter().map(|it| it.waiting).collect();
    assert_eq!(waiting, [0, 1], "each counts its own");
}

#[test]
fn the_volume_follows_the_time_in_the_hall_and_at_none_nothing_is_said() {
    let span = |from: &str, to: &str, percent| VolumeSpan {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        percent,
    };
    let volume = vec![span("12:00", "13:30", 40), span("22:00", "07:00", 0)];
    for (time, percent) in [
        ("2026-11-23T03:59:00Z", Some(100)),
        ("2026-11-23T04:00:00Z", Some(40)),
        ("2026-11-23T05:30:00Z", Some(100)),
        ("2026-11-23T14:00:00Z", None),
        ("2026-11-23T22:59:00Z", None),
        ("2026-11-23T23:00:00Z", Some(100)),
    ] {
        let settings = Settings { volume: volume.clone(), ..settings(&[&[]]) };
        let mut story = Story { state: State::new(settings), ..Story::unheard() };
        story.now = time.parse().unwrap();
        story.sound(LoudspeakerState::Ready);
        story.called("A001", 1, 0);
        story.board.now = story.now;
        let view = Msg::ViewArrived(Box::new(story.board.clone()));
        let said = update(&mut story.state, view, story.now).into_iter().find_map(|it| match it {
            Effect::Say { volume_percent, .. } => Some(volume_percent),
            Effect::TellLoudspeakers(_) => None,
        });
        assert_eq!(said, percent, "{time}");
    }
}

#[test]
fn a_silent_board_says_and_tells_nothing() {
    let mut story = Story { state: State::new(settings(&[])), ..Story::new() };
    story.call("A001", 1);
    assert_eq!(story.says(), "");
    assert!(story.state.reports().is_empty());
}
