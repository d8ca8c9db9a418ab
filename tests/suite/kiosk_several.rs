//! Two matters at once, with clicks in a real window: one paper, one
//! number, and the same list on a phone.

use catalogue::{Answers, Inquiry, JointPapers, Notice, Workdays};
use serde_json::json;
use tests::browser::Browser;
use tests::paper::codes_on;

use crate::corner::Corner;

#[tokio::test]
async fn two_matters_come_on_one_paper_and_the_list_goes_on_a_phone() {
    let corner = Corner::start("kiosk-several").await;
    let kiosk = &corner.kiosk;
    let find = |id: &str| corner.catalogue.matter(id).unwrap();
    let (one, two) = (find("food-operation-permit"), find("senior-card"));
    let food = [("agent", "agent"), ("scope", "catering"), ("auto", "no")];
    let first = corner.answer(one, &food).await;
    kiosk.press("再加一件事").await.unwrap();
    kiosk.reads("再选一件事").await.unwrap();
    let second = corner.answer_more(two, &[("agent", "agent"), ("age", "65")]).await;
    kiosk.reads("2 件事，一张清单").await.unwrap();
    let asked = [(one, &first), (two, &second)]
        .map(|(matter, answers)| Inquiry { matter: matter.id.clone(), answers: answers.clone() });
    let code = format!("{}/n/{}", corner.hall.address, Inquiry::write(&asked));
    let screen = kiosk.screen.picture_at_rest("list.png").await.unwrap();
    assert_eq!(codes_on(&screen).unwrap(), [code.as_str()], "a phone reads it from the screen");
    kiosk.press("打清单并取号").await.unwrap();

    let paper = corner.paper(1, "请从下方拿单").await;
    assert!(paper.complete && paper.faults.is_empty(), "{:?}", paper.faults);
    let ticket = corner.ticket(1).await;
    assert_eq!((ticket.matter.as_ref(), ticket.answers.as_ref()), (Some(&one.id), Some(&first)));
    assert_eq!(ticket.more, ["senior-card"]);
    let notice = |matter, answers: &Answers| {
        Notice::of(matter, answers, ticket.business_day, &Workdays::default(), true)
    };
    let joint = JointPapers::of(&[notice(one, &first), notice(two, &second)]);
    let words = paper.words();
    let brought: Vec<_> = joint.bring.iter().chain(&joint.optional).chain(&joint.later).collect();
    assert!(brought.iter().any(|it| it.matters.len() == 2), "they share a paper");
    for listed in &brought {
        let material = &listed.paper.material;
        let name: String = material.name.zh.split_whitespace().collect();
        assert_eq!(words.matches(&format!("□{name}")).count(), 1, "{name} in {words}");
    }

    // The code at its foot is the same: the phone has these papers.
    let codes = paper.codes().unwrap();
    assert!(codes.contains(&code) && codes.contains(&ticket.url), "{codes:?}");
    let phone = Browser::phone("zh-CN", (390, 844)).await.unwrap();
    phone.open(&code).await.unwrap();
    phone.has("#language:not([hidden])").await.unwrap();
    for listed in &brought {
        let id = &listed.paper.material.id;
        phone.has(&format!("[data-tick=\"{id}\"]")).await.unwrap();
    }
    let boxes = phone.evaluate("return document.querySelectorAll('[data-tick]').length").await;
    assert_eq!(boxes.unwrap(), brought.len());
    phone.screenshot(&corner.hall.folder().join("phone-list.png")).await.unwrap();

    // The first matter is done, and the window has what was said to the
    // second.
    corner.hall.act("open", json!({})).await.unwrap();
    corner.hall.act("call-next", json!({})).await.unwrap();
    corner.hall.act("finish", json!({ "outcome": "done_now" })).await.unwrap();
    let ticket = corner.ticket(1).await;
    assert_eq!((ticket.matter.as_ref(), ticket.answers.as_ref()), (Some(&two.id), Some(&second)));
}
