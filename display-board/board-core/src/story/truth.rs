//! What is true on a board: after lost connections, late starts, other
//! days and other journals, and on two boards at once.

use std::collections::VecDeque;

use super::*;
use crate::View;

impl Story {
    /// How a number on the board stands now; the view is not sent yet.
    fn becomes(&mut self, number: &str, state: TicketState) {
        let number = number.parse().unwrap();
        self.board.calls.iter_mut().find(|it| it.number == number).unwrap().state = state;
        self.board.seq += 1;
    }

    /// The server shows a number no longer; the view is not sent yet.
    fn leaves(&mut self, number: &str) {
        let number = number.parse().unwrap();
        self.board.calls.retain(|it| it.number != number);
        self.board.seq += 1;
    }
}

#[test]
fn a_recall_moves_to_the_top_blinks_and_is_said_again_but_never_doubles() {
    let mut story = Story::new();
    story.call("A023", 2);
    story.pass(20);
    story.call("C057", 3);
    story.pass(20);
    story.said.clear();
    story.call("A023", 2);
    story.check(&expect!["09:41 | A023* → A02 | C057 | 请带好证件原件。"]);
    story.check_said(&expect!["请A零二三号到A零二窗口办理"]);
}

#[test]
fn the_newest_call_stays_when_its_visitor_has_been_served() {
    let mut story = Story::new();
    story.call("A022", 1);
    story.pass(20);
    story.call("A023", 2);
    story.becomes("A022", TicketState::Finished);
    story.becomes("A023", TicketState::Serving);
    story.arrive();
    story.pass(300);
    story.becomes("A023", TicketState::Finished);
    story.arrive();
    story.check(&expect!["09:46 | A023 → A02 | A022 | 请带好证件原件。"]);
}

#[test]
fn who_was_passed_over_or_waits_again_is_not_shown_as_called_until_the_next_call() {
    let mut story = Story::new();
    story.call("A022", 1);
    story.pass(20);
    story.call("A023", 2);
    story.pass(90);
    story.said.clear();
    // The server leaves out who did not come.
    story.leaves("A023");
    story.arrive();
    story.check(&expect!["09:42 | A022 → A01 |  | 请带好证件原件。"]);
    // Put back in line at the kiosk: the call is that of before.
    story.called("A023", 2, 110).becomes("A023", TicketState::Waiting);
    story.arrive();
    story.check(&expect!["09:42 | A022 → A01 |  | 请带好证件原件。"]);
    story.becomes("A022", TicketState::Waiting);
    story.arrive();
    story.check(&expect!["09:42 | NobodyCalled |  | 请带好证件原件。"]);
    story.check_said(&expect![""]);
    story.call("A023", 1);
    story.check(&expect!["09:42 | A023* → A01 |  | 请带好证件原件。"]);
    story.check_said(&expect!["请A零二三号到A零一窗口办理"]);
}

#[test]
fn a_server_restart_shorter_than_the_silence_shows_nothing_and_says_nothing_twice() {
    let mut story = Story::new();
    story.call("A023", 2);
    story.send(Msg::FeedLost);
    story.pass(11);
    story.check(&expect!["09:41 | A023 → A02 |  | 请带好证件原件。"]);
    story.arrive();
    story.pass(5);
    story.call("A024", 2);
    story.check_said(&expect!["请A零二三号到A零二窗口办理; 请A零二四号到A零二窗口办理"]);
}

#[test]
fn a_silent_feed_is_said_calmly_with_its_time_and_the_last_view_stays() {
    let mut story = Story::new();
    story.call("A023", 2);
    story.pass(11);
    story.check(&expect!["09:41 | A023 → A02 |  | 请带好证件原件。"]);
    story.pass(1);
    story.check(&expect!["09:41 | A023 → A02 |  | blind since 09:41"]);
    story.pass(3_600);
    story.check(&expect!["10:41 | A023 → A02 |  | blind since 09:41"]);
    story.send(Msg::FeedAlive);
    story.check(&expect!["10:41 | A023 → A02 |  | 请带好证件原件。"]);
}

#[test]
fn a_clock_set_back_does_not_hide_a_broken_feed() {
    let mut story = Story::new();
    story.call("A023", 2);
    story.pass(-600);
    story.check(&expect!["09:31 | A023 → A02 |  | 请带好证件原件。"]);
    story.send(Msg::FeedLost);
    story.check(&expect!["09:31 | A023 → A02 |  | blind since 09:41"]);
}

#[test]
fn ages_come_from_the_hall_s_clock_not_from_the_board_s() {
    for ahead_secs in [-3_600, 3_600] {
        let mut story = Story::new();
        story.server_ahead = SignedDuration::from_secs(ahead_secs);
        story.called("A022", 1, 90).called("A023", 2, 1).arrive();
        story.check(&expect!["09:41 | A023* → A02 | A022 | 请带好证件原件。"]);
        story.check_said(&expect!["请A零二三号到A零二窗口办理"]);
    }
}

#[test]
fn another_journal_starts_from_nothing() {
    let mut story = Story::new();
    story.call("A023", 2);
    story.said.clear();
    story.board.seq = 3;
    story.board.calls.clear();
    story.call("A001", 1);
    story.check(&expect!["09:41 | A001* → A01 |  | 请带好证件原件。"]);
    story.check_said(&expect!["请A零零一号到A零一窗口办理"]);
}

#[test]
fn another_journal_is_known_though_it_has_come_as_far() {
    let mut story = Story::new();
    story.call("A023", 2);
    story.pass(20);
    story.call("A024", 1);
    story.said.clear();
    story.send(Msg::FeedLost);
    // A copy was put back: since then it has other calls at the same
    // places, and has come farther than what this board knew.
    story.board.seq -= 2;
    story.board.calls.clear();
    story.pass(30);
    story.called("B007", 3, 30).called("A023", 1, 2).arrive();
    story.check(&expect!["09:41 | A023* → A01 | B007 | 请带好证件原件。"]);
    story.check_said(&expect!["请B零零七号到A零三窗口办理; 请A零二三号到A零一窗口办理"]);
}

#[test]
fn a_new_day_begins_with_an_empty_board() {
    let mut story = Story::new();
    story.call("A023", 2);
    story.pass(8 * 3_600);
    story.board.business_day = None;
    story.board.calls.clear();
    story.arrive();
    story.check(&expect!["17:41 | AfterDay |  | 请带好证件原件。"]);
    story.pass(15 * 3_600);
    story.arrive();
    story.check(&expect![[r#"08:41 | BeforeDay |  | 请带好证件原件。"#]]);
    story.board.business_day = Some("2026-11-24".parse().unwrap());
    story.call("A001", 2);
    story.check(&expect!["08:41 | A001* → A02 |  | 请带好证件原件。"]);
}

#[test]
fn a_board_that_never_heard_anything_is_starting_and_not_blind() {
    let mut story = Story::unheard();
    story.check(&expect!["09:41 | Starting |  | "]);
    story.send(Msg::FeedLost);
    story.pass(60);
    story.check(&expect!["09:42 | Starting |  | "]);
}

#[test]
fn a_day_that_changed_while_the_board_was_cut_off_is_the_new_day() {
    let mut story = Story::new();
    story.call("A087", 2);
    story.call("B020", 1);
    story.said.clear();
    story.pass(8 * 3_600);
    story.send(Msg::FeedLost);
    story.pass(16 * 3_600);
    story.board.business_day = Some("2026-11-24".parse().unwrap());
    story.board.calls.clear();
    story.called("A001", 1, 700).called("A002", 2, 30).arrive();
    story.check(&expect!["09:41 | A002 → A02 | A001 | 请带好证件原件。"]);
    story.check_said(&expect!["请A零零二号到A零二窗口办理"]);
}

#[test]
fn after_a_lost_connection_all_that_holds_is_shown_and_the_last_minute_is_said() {
    let mut story = Story::new();
    story.called("A021", 1, 20).called("C057", 3, 10).arrive();
    story.said.clear();
    story.send(Msg::FeedLost);
    story.pass(300);
    story.check(&expect!["09:46 | C057 → A03 | A021 | blind since 09:41"]);
    story.becomes("A021", TicketState::Finished);
    story.called("A022", 1, 250).called("C057", 3, 61).called("B001", 2, 60);
    story.called("B002", 4, 59).called("A023", 5, 4).arrive();
    story.check(&expect!["09:46 | A023 → A05 | B002 B001 C057 A022 A021 | 请带好证件原件。"]);
    story.check_said(&expect!["请B零零二号到A零四窗口办理; 请A零二三号到A零五窗口办理"]);
    story.arrive();
    story.check_said(&expect![""]);
}

#[test]
fn in_whatever_order_its_parts_start_a_board_shows_and_says_the_same() {
    let mut parts: VecDeque<usize> = (0..4).collect();
    let mut n_orders = 0;
    orders(&mut parts, &mut Vec::new(), &mut |order| {
        let mut story = Story::unheard();
        story.called("A021", 1, 600).called("A022", 2, 20);
        for part in order {
            match part {
                0 => story.send(Msg::FeedLost),
                1 => story.sound(LoudspeakerState::Ready),
                2 => story.send(Msg::HallArrived {
                    hall: Box::new(hall("请带好证件原件。")),
                    time_zone: TimeZone::fixed(offset(8)),
                }),
                _ => story.arrive(),
            }
            story.pass(1);
        }
        story.check(&expect!["09:41 | A022 → A02 | A021 | 请带好证件原件。"]);
        story.check_said(&expect!["请A零二二号到A零二窗口办理"]);
        n_orders += 1;
    });
    assert_eq!(n_orders, 24);
}

/// Every order of what is left, behind what is placed.
fn orders(left: &mut VecDeque<usize>, placed: &mut Vec<usize>, seen: &mut dyn FnMut(&[usize])) {
    if left.is_empty() {
        return seen(placed);
    }
    for _ in 0..left.len() {
        placed.extend(left.pop_front());
        orders(left, placed, seen);
        left.extend(placed.pop());
    }
}

/// What a board heard that missed nothing, when, and what it then showed.
type Heard = (Timestamp, BoardView, View);

/// Two minutes of a hall, view by view.
fn two_minutes() -> (Story, Vec<Heard>) {
    let mut story = Story::new();
    let steps: [fn(&mut Story); 14] = [
        |it| it.arrive(),
        |it| it.call("A021", 1),
        |it| it.call("C057", 3),
        |it| it.call("A021", 1),
        |it| it.becomes("C057", TicketState::Serving),
        |it| it.leaves("A021"),
        |it| it.call("A022", 1),
        |it| it.board.waiting = 11,
        |it| it.call("B001", 2),
        |it| it.becomes("C057", TicketState::Finished),
        |it| it.call("C058", 3),
        |it| it.leaves("C058"),
        |it| it.call("A023", 4),
        |it| it.leaves("A023"),
    ];
    let mut heard = Vec::new();
    for step in steps {
        story.pass(9);
        step(&mut story);
        story.arrive();
        heard.push((story.now, story.board.clone(), view(&story.state, story.now)));
    }
    (story, heard)
}

/// Whether all of this was also said there, in that order.
fn is_part_of(said: &[String], all: &[String]) -> bool {
    let mut all = all.iter();
    said.iter().all(|it| all.any(|other| other == it))
}

#[test]
fn whichever_views_a_board_misses_at_the_next_it_shows_what_the_others_show() {
    let (whole, views) = two_minutes();
    for missed in 0..1_u32 << views.len() {
        let mut other = Story::new();
        for (nth, (at, board, shown)) in views.iter().enumerate() {
            other.now = *at;
            if missed >> nth & 1 == 1 {
                other.send(Msg::FeedLost);
                continue;
            }
            other.send(Msg::ViewArrived(Box::new(board.clone())));
            assert_eq!(view(&other.state, *at), *shown, "{missed:b}, view {nth}");
        }
        assert!(is_part_of(&other.said, &whole.said), "{missed:b}: {:?}", other.said);
    }
}

#[test]
fn however_late_views_come_two_boards_end_alike_and_say_nothing_else() {
    let (mut whole, views) = two_minutes();
    whole.pass(30);
    whole.send(Msg::FeedAlive);
    for late in 0..1_u32 << views.len() {
        let mut other = Story::new();
        for (nth, (at, board, _)) in views.iter().enumerate() {
            // As late as a feed can be before it counts as lost; none
            // comes before the one it follows.
            let late_secs = if late >> nth & 1 == 1 { 11 } else { 0 };
            other.now = other.now.max(*at + SignedDuration::from_secs(late_secs));
            other.send(Msg::ViewArrived(Box::new(board.clone())));
        }
        other.now = whole.now;
        other.send(Msg::FeedAlive);
        assert_eq!(view(&other.state, other.now), view(&whole.state, whole.now), "{late:b}");
        assert_eq!(other.said, whole.said, "{late:b}");
    }
}
