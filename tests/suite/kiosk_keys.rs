//! The whole way to the list by keyboard alone, before a real window: no
//! finger ever touches the screen.

use catalogue::{Answers, Notice, Workdays};

use crate::corner::Corner;

#[tokio::test]
async fn what_to_bring_is_asked_and_printed_by_keyboard_alone() {
    let corner = Corner::start("kiosk-keys").await;
    let kiosk = &corner.kiosk;
    kiosk.page("Home").await.unwrap();
    kiosk.press_by_keyboard("我要带什么材料").await.unwrap();
    kiosk.page("Find").await.unwrap();
    kiosk.press_by_keyboard("食品许可").await.unwrap();
    kiosk.page("Guide").await.unwrap();
    kiosk.press_by_keyboard("看材料清单").await.unwrap();

    // Each answer bears a digit, which is its key.
    let matter = corner.catalogue.matter("food-operation-permit").unwrap();
    let mut answers = Answers::new();
    for (question, option) in [("agent", "agent"), ("scope", "catering"), ("auto", "no")] {
        let asked = matter.next_question(&answers).unwrap();
        assert_eq!(asked.id, question);
        kiosk.reads(&asked.text.zh).await.unwrap();
        let nth = asked.options.iter().position(|it| it.id == option).unwrap() + 1;
        kiosk.screen.keys(&[&nth.to_string()]).unwrap();
        answers = matter.answer(&answers, question, &[option]).unwrap();
    }
    kiosk.page("Papers").await.unwrap();
    kiosk.press_by_keyboard("只打清单").await.unwrap();
    let paper = corner.paper(1, "清单打好了，请从下方拿").await;
    assert!(paper.complete && paper.faults.is_empty(), "{:?}", paper.faults);
    let words = paper.words();
    let today = jiff::civil::date(2026, 1, 1);
    let notice = Notice::of(matter, &answers, today, &Workdays::default(), true);
    for listed in notice.papers.to_collect() {
        let name: String = listed.material.name.zh.split_whitespace().collect();
        assert!(words.contains(&format!("□{name}")), "{name} in {words}");
    }

    // The code at its foot leads to the same list on a phone.
    let code = paper.codes().unwrap().remove(0);
    assert!(code.starts_with(&corner.hall.address), "{code}");
    let page = reqwest::get(&code).await.unwrap().error_for_status().unwrap().text().await.unwrap();
    for listed in notice.papers.to_collect() {
        let tick = format!("data-tick=\"{}\"", listed.material.id);
        assert_eq!(page.matches(&tick).count(), 1, "{tick}");
    }
    kiosk.press_by_keyboard("回到首页").await.unwrap();
    kiosk.page("Home").await.unwrap();
}
