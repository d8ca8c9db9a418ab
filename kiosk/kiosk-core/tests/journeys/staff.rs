//! The staff panel: who comes in, what can be done there, and that nobody
//! is left before it.

use std::fmt::Write;

use expect_test::expect;
use kiosk_core::{Effect, Ending, Machine, Msg, PageView, Roll, StaffView, view};
use queue_api::CommandId;

use crate::story::{Kiosk, check};

/// The words of the panel's presses.
pub(crate) fn press(verb: &str, rest: &str, id: impl FnOnce() -> CommandId) -> Option<Msg> {
    Some(match verb {
        "corner" => Msg::CornerPressed,
        "enter" => Msg::EnterPressed { command_id: id() },
        "test-page" => Msg::TestPagePressed { command_id: id() },
        "new-roll" => Msg::NewRollPressed,
        "log" => Msg::LogPressed,
        "end" if rest == "restart" => Msg::EndPressed { ending: Ending::Restart },
        "end" => Msg::EndPressed { ending: Ending::Leave },
        "sure" => Msg::SurePressed,
        _ => return None,
    })
}

/// What happens there by itself.
pub(crate) fn news(verb: &str) -> Option<Msg> {
    Some(match verb {
        "pin-set" => Msg::StaffPinFound,
        "pin-right" => Msg::PinChecked { right: true },
        "pin-wrong" => Msg::PinChecked { right: false },
        "told" => Msg::MachineTold { machine: machine() },
        _ => return None,
    })
}

fn machine() -> Machine {
    Machine {
        version: "0.1.0".to_owned(),
        server: "http://192.168.1.10:8080".to_owned(),
        addresses: vec!["192.168.1.21".to_owned()],
        printer: "serial:/dev/ttyUSB0".to_owned(),
        profile: "generic-80".to_owned(),
        roll: Roll { since: None, slips: 12, mm: 1_940 },
        lines: (1..=23).map(|nth| format!("line {nth}")).collect(),
    }
}

/// What the shell is told, one line.
pub(crate) fn effect(effect: &Effect) -> Option<String> {
    Some(match effect {
        Effect::SayNoPin => "! say how a PIN is set\n".to_owned(),
        Effect::CheckPin { pin } => format!("! look at PIN {pin}\n"),
        Effect::TellMachine => "! look how the machine is\n".to_owned(),
        Effect::NewRoll => "! count the paper anew\n".to_owned(),
        Effect::End(ending) => format!("! end: {}\n", ending.word()),
        _ => return None,
    })
}

/// A page of the panel.
pub(crate) fn page(page: &StaffView) -> String {
    let mut text = String::new();
    match page {
        StaffView::Pin(it) => writeln!(
            text,
            "pin [{}] complete {}, checking {}, wrong {}, closed {} min",
            it.dots, it.complete, it.checking, it.wrong, it.closed_minutes
        ),
        StaffView::Panel(it) => {
            let facts = it.facts.iter().map(|it| format!("\n  {:?}: {}", it.label, it.text));
            writeln!(text, "panel, test page {:?}{}", it.test, facts.collect::<String>())
        }
        StaffView::Log(it) => {
            let pager = it.pager;
            writeln!(text, "log {}/{}: {}", pager.page, pager.pages, it.lines.join(" | "))
        }
        StaffView::Sure(ending) => writeln!(text, "sure? {}", ending.word()),
    }
    .unwrap();
    text
}

/// Up to the pad for the PIN.
const CORNER: &str =
    "pin-set\nat-once corner\nat-once corner\nat-once corner\nat-once corner\nat-once corner";

/// In the panel.
fn inside(then: &str) -> String {
    format!("{CORNER}\ntype 246810\nenter\npin-right\ntold\n{then}")
}

#[test]
fn five_presses_of_the_clock_and_a_pin_open_the_panel() {
    check(
        &format!(
            "{CORNER}\nshow\ntype 24x6810\nshow\nenter\nshow\npin-right\ntold\nshow\nlanguage\nshow"
        ),
        expect![[r#"
            == 09:41 Zh
            pin [] complete false, checking false, wrong false, closed 0 min
            == 09:41 Zh
            pin [●●●●●●] complete true, checking false, wrong false, closed 0 min
            ! look at PIN 246810
            == 09:41 Zh
            pin [] complete false, checking true, wrong false, closed 0 min
            ! look how the machine is
            == 09:41 Zh
            panel, test page None
              Printer: 正常，11月23日 09:41 起
              Roll: 12 张，约 1.9 米
              Server: 已连接，11月23日 09:41 起，最近一次回答 11月23日 09:41　http://192.168.1.10:8080
              Numbers: 0 个
              Addresses: 192.168.1.21
              Version: 0.1.0
            == 09:41 En
            panel, test page None
              Printer: Ready since 23 Nov 09:41
              Roll: 12 slips, about 1.9 m
              Server: Connected since 23 Nov 09:41, last answer 23 Nov 09:41　http://192.168.1.10:8080
              Numbers: 0 left
              Addresses: 192.168.1.21
              Version: 0.1.0
        "#]],
    );
}

#[test]
fn four_presses_or_slow_ones_or_a_kiosk_without_a_pin_open_nothing() {
    check(
        "at-once corner\nat-once corner\nat-once corner\nat-once corner\nat-once corner\nshow
         pin-set\nat-once corner\nat-once corner\nat-once corner\nat-once corner\nwait 4\nat-once corner\nshow
         corner\ncorner\ncorner\ncorner\ncorner\ncorner\nshow",
        expect![[r#"
            ! say how a PIN is set
            == 09:41 Zh
            home: 8 waiting, last 16:45, connected true, numbers true, printer None
              A 市场监管 [5 人] [20–30 分]
              C 公安户政 [] [不用等]
              E 不动产登记 [3 人] []
            == 09:41 Zh
            home: 8 waiting, last 16:45, connected true, numbers true, printer None
              A 市场监管 [5 人] [20–30 分]
              C 公安户政 [] [不用等]
              E 不动产登记 [3 人] []
            == 09:41 Zh
            home: 8 waiting, last 16:45, connected true, numbers true, printer None
              A 市场监管 [5 人] [20–30 分]
              C 公安户政 [] [不用等]
              E 不动产登记 [3 人] []
        "#]],
    );
}

#[test]
fn five_wrong_pins_close_the_pad_for_a_quarter_of_an_hour() {
    let wrong = "type 111111\nenter\npin-wrong\n".repeat(5);
    check(
        &format!("{CORNER}\n{wrong}show\ntype 246810\nenter\nshow"),
        expect![[r#"
            ! look at PIN 111111
            ! look at PIN 111111
            ! look at PIN 111111
            ! look at PIN 111111
            ! look at PIN 111111
            == 09:41 Zh
            pin [] complete false, checking false, wrong true, closed 15 min
            == 09:41 Zh
            pin [] complete false, checking false, wrong false, closed 15 min
        "#]],
    );
    let mut kiosk = Kiosk::in_the_hall();
    let minutes = |kiosk: &Kiosk| match view(&kiosk.state).page {
        PageView::Staff(StaffView::Pin(it)) => Some(it.closed_minutes),
        _ => None,
    };
    for line in CORNER.lines().chain(wrong.lines()) {
        kiosk.hear(line);
    }
    assert_eq!(minutes(&kiosk), Some(15));
    // Leaving and coming again is no way round it.
    kiosk.hear("wait 600");
    assert_eq!(minutes(&kiosk), None, "nobody is left before the pad");
    CORNER.lines().for_each(|line| kiosk.hear(line));
    assert_eq!(minutes(&kiosk), Some(5));
    kiosk.hear("wait 301");
    CORNER.lines().for_each(|line| kiosk.hear(line));
    assert_eq!(minutes(&kiosk), Some(0));
    "type 246810\nenter\npin-right".lines().for_each(|line| kiosk.hear(line));
    assert!(matches!(view(&kiosk.state).page, PageView::Staff(StaffView::Panel(_))));
}

#[test]
fn what_staff_do_at_the_kiosk() {
    check(
        &inside(
            "test-page\ntest-page\nshow\nprinted press-2 done\nnew-roll\nlog\nshow\nnext\nnext\nshow\nback
             end restart\nshow\nback\nend leave\nsure",
        ),
        expect![[r#"
            ! look at PIN 246810
            ! look how the machine is
            ! print press-2-: test page
            == 09:41 Zh
            panel, test page Coming
              Printer: 正常，11月23日 09:41 起
              Roll: 12 张，约 1.9 米
              Server: 已连接，11月23日 09:41 起，最近一次回答 11月23日 09:41　http://192.168.1.10:8080
              Numbers: 0 个
              Addresses: 192.168.1.21
              Version: 0.1.0
            ! look how the machine is
            ! count the paper anew
            ! look how the machine is
            == 09:41 Zh
            log 1/3: line 23 | line 22 | line 21 | line 20 | line 19 | line 18 | line 17 | line 16 | line 15 | line 14
            == 09:41 Zh
            log 3/3: line 3 | line 2 | line 1
            == 09:41 Zh
            sure? restart
            ! end: leave
        "#]],
    );
}

#[test]
fn after_a_minute_the_panel_is_gone_without_a_question() {
    check(
        &inside("wait 59\nlost\nshow\nwait 1\nshow"),
        expect![[r#"
        ! look at PIN 246810
        ! look how the machine is
        == 09:42 Zh
        panel, test page None
          Printer: 正常，11月23日 09:41 起
          Roll: 12 张，约 1.9 米
          Server: 连不上，11月23日 09:42 起，最近一次回答 11月23日 09:41　http://192.168.1.10:8080
          Numbers: 0 个
          Addresses: 192.168.1.21
          Version: 0.1.0
        == 09:42 Zh
        home: 8 waiting, last 16:45, connected false, numbers true, printer None
    "#]],
    );
}

#[test]
fn the_panel_opens_before_the_hall_is_known_and_ends_a_visit() {
    let mut kiosk = Kiosk::switched_on();
    inside("").lines().filter(|it| !it.is_empty()).for_each(|line| kiosk.hear(line));
    assert!(matches!(view(&kiosk.state).page, PageView::Staff(StaffView::Panel(_))));
    kiosk.hear("home");
    assert_eq!(view(&kiosk.state).page, PageView::Starting);

    let mut kiosk = Kiosk::in_the_hall();
    for line in "language\nnumber\nmatter food-operation-permit".lines().chain(CORNER.lines()) {
        kiosk.hear(line);
    }
    assert!(matches!(view(&kiosk.state).page, PageView::Staff(StaffView::Pin(_))));
    kiosk.hear("home");
    assert_eq!(view(&kiosk.state).lang, catalogue::Lang::Zh, "nothing of the visit is left");
}
