//! The main job on real parts: a visitor presses what they read on a
//! real window, a real pty carries the bytes, the printer's paper is
//! read, a clerk calls in a real browser, the board is read from its
//! picture.

use catalogue::{Lang, Material, Notice, Workdays};
use tests::browser::Browser;
use tests::hall::{CLERK, PIN};
use tests::lobby::Board;

use crate::corner::Corner;

/// What the screen says once ticket and notice are out.
const BOTH: &str = "请从下方拿单";

/// What three visitors want, and how they answer: matter, then question
/// and option in the order asked.
const VISITS: [(&str, &[(&str, &str)]); 3] = [
    ("id-card-renewal", &[("reason", "lost"), ("age", "minor"), ("temp", "no")]),
    FOOD,
    ("residence-permit", &[]),
];

/// A restaurant, applied for by an agent: papers to bring, one that can
/// follow, and some that the window looks up.
const FOOD: (&str, &[(&str, &str)]) =
    ("food-operation-permit", &[("agent", "agent"), ("scope", "catering"), ("auto", "no")]);

/// How often a paper of the list stands on the slip, as a box or as a
/// "need not bring".
fn listed(words: &str, material: &Material) -> usize {
    let name: String = material.name.zh.split_whitespace().collect();
    ["□", "·"].iter().map(|mark| words.matches(&format!("{mark}{name}")).count()).sum()
}

#[tokio::test]
async fn three_visitors_get_their_number_and_exactly_their_papers() {
    let corner = Corner::start("main-job").await;
    for (nth, (id, told)) in (1..).zip(VISITS) {
        let matter = corner.catalogue.matter(id).unwrap().clone();
        let answers = corner.answer(&matter, told).await;
        corner.kiosk.press("打清单并取号").await.unwrap();
        let paper = corner.paper(nth, BOTH).await;
        let ticket = corner.ticket(u64::try_from(nth).unwrap()).await;
        assert!(paper.complete && paper.faults.is_empty(), "{:?}", paper.faults);
        let words = paper.words();
        assert!(words.contains(&ticket.number.to_string()), "the number: {words}");
        assert!(words.contains(&matter.name.get(Lang::Zh).replace(' ', "")), "the matter: {words}");
        assert_eq!((ticket.matter.as_deref(), ticket.answers.as_ref()), (Some(id), Some(&answers)));

        let today = ticket.business_day;
        let notice = Notice::of(&matter, &answers, today, &Workdays::default(), true);
        let wanted: Vec<&str> =
            notice.papers.to_collect().map(|it| it.material.id.as_str()).collect();
        let waived: Vec<&str> =
            notice.papers.not_needed.iter().map(|it| it.material.id.as_str()).collect();
        assert!(!wanted.is_empty());
        for material in &matter.materials {
            let expected = usize::from(
                wanted.contains(&material.id.as_str()) || waived.contains(&material.id.as_str()),
            );
            assert_eq!(listed(&words, material), expected, "{} in {words}", material.name.zh);
        }
        assert!(paper.codes().unwrap().contains(&ticket.url), "{:?}", paper.codes());
        corner.kiosk.screen.picture(&format!("done-{nth}.png")).unwrap();
        corner.kiosk.press("回到首页").await.unwrap();
        corner.kiosk.page("Home").await.unwrap();
    }
}

#[tokio::test]
async fn a_press_on_the_kiosk_becomes_a_call_on_the_board() {
    let corner = Corner::start("to-the-board").await;
    let token = corner.hall.enrol("board", "board-1").unwrap();
    let board = Board::start(corner.hall.folder(), &corner.hall.address, &token).unwrap();
    let matter = corner.catalogue.matter("food-operation-permit").unwrap().clone();
    corner.answer(&matter, FOOD.1).await;
    corner.kiosk.press("打清单并取号").await.unwrap();
    corner.paper(1, BOTH).await;
    let number = corner.ticket(1).await.number.to_string();

    let browser = Browser::start().await.unwrap();
    browser.sign_in(&corner.hall.address, CLERK, PIN).await.unwrap();
    browser.press("开窗").await.unwrap();
    browser.press("叫下一位").await.unwrap();
    browser.shows("plate", &number).await.unwrap();
    board.calls(&number).await.unwrap();
}
