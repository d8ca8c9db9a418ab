//! Asking, answering, going back.

use expect_test::expect;

use crate::{Answers, Matter, NONE, UNSURE, demo};

fn matter(id: &str) -> &'static Matter {
    demo::catalogue().matter(id).unwrap()
}

/// Answers questions as they come: `agent=self place=rent`.
#[track_caller]
fn say(matter: &Matter, said: &str) -> Answers {
    said.split_whitespace().fold(Answers::new(), |answers, one| {
        let (question, options) = one.split_once('=').unwrap();
        assert_eq!(matter.next_question(&answers).unwrap().id, question);
        let chosen: Vec<&str> = options.split('+').collect();
        matter.answer(&answers, question, &chosen).unwrap()
    })
}

fn next(matter: &Matter, answers: &Answers) -> Option<String> {
    matter.next_question(answers).map(|it| it.id.clone())
}

#[test]
fn questions_come_in_order_until_all_is_said() {
    let matter = matter("company-registration");
    let answers = say(matter, "agent=self holders=person+company place=rent home=no prior=no");
    assert_eq!(next(matter, &answers), None);
    let said: Vec<String> = matter.answered(&answers).iter().map(|it| it.words().zh).collect();
    expect!["本人（本单位人员）办理 / 自然人、企业、单位 / 租赁房屋 / 不是住宅 / 没有"]
        .assert_eq(&said.join(" / "));
}

#[test]
fn a_question_that_does_not_concern_the_visitor_is_skipped() {
    let matter = matter("food-operation-permit");
    let after = |said: &str| next(matter, &say(matter, said));
    assert_eq!(after("agent=self scope=catering"), Some("auto".to_owned()));
    assert_eq!(after("agent=self scope=canteen"), None);
    assert_eq!(matter.progress(&say(matter, "agent=self")), (1, 3));
    assert_eq!(matter.progress(&say(matter, "agent=self scope=canteen")), (2, 2));
}

#[test]
fn asking_ends_as_soon_as_the_visitor_is_sent_elsewhere() {
    let matter = matter("construction-permit");
    let small = say(matter, "agent=self size=small");
    assert_eq!(next(matter, &small), None);
    let normal = matter.answer(&small, "size", &["normal"]).unwrap();
    assert!(next(matter, &normal).is_some());
}

#[test]
fn asking_goes_on_after_a_redirect_that_does_not_stop() {
    let matter = matter("teacher-qualification");
    let first = &matter.questions[0];
    assert!(matter.redirects.iter().all(|it| !it.stop));
    let answers = matter.answer(&Answers::new(), &first.id, &[&first.options[0].id]).unwrap();
    assert_eq!(next(matter, &answers), Some(matter.questions[1].id.clone()));
}

#[test]
fn unsure_goes_on_to_the_next_question() {
    let matter = matter("food-operation-permit");
    let answers = say(matter, "agent=self scope=unsure");
    // Nobody is sent elsewhere for not being sure.
    assert_eq!(next(matter, &answers), Some("auto".to_owned()));
    assert_eq!(matter.answered(&answers)[1].words().zh, "不清楚");
}

#[test]
fn another_answer_drops_what_no_longer_concerns_the_visitor() {
    let matter = matter("food-operation-permit");
    let answers = say(matter, "agent=self scope=catering auto=no");
    let changed = matter.answer(&answers, "scope", &["farm"]).unwrap();
    assert_eq!(changed.keys().collect::<Vec<_>>(), ["agent", "scope"]);
    let sooner = matter.answer(&answers, "agent", &["agent"]).unwrap();
    assert_eq!(sooner.len(), 3);
}

#[test]
fn one_step_back_forgets_the_last_answer_only() {
    let matter = matter("company-registration");
    let answers = say(matter, "agent=self holders=person place=rent");
    let back = matter.step_back(&answers);
    assert_eq!(next(matter, &back), Some("place".to_owned()));
    assert_eq!(matter.step_back(&matter.step_back(&back)), Answers::new());
    assert_eq!(matter.step_back(&Answers::new()), Answers::new());
}

#[test]
fn what_is_no_answer_is_refused_with_the_reason() {
    let matter = matter("company-registration");
    let refused = |question: &str, chosen: &[&str]| {
        matter.answer(&Answers::new(), question, chosen).unwrap_err().to_string()
    };
    expect!["matter `company-registration` has no question `colour`"]
        .assert_eq(&refused("colour", &["red"]));
    expect!["`self, agent` is no answer to question `agent`"]
        .assert_eq(&refused("agent", &["self", "agent"]));
    expect!["`` is no answer to question `holders`"].assert_eq(&refused("holders", &[]));
}

#[test]
fn none_and_unsure_stand_alone() {
    let matter = matter("realty-transfer");
    let party = matter.questions.iter().find(|it| it.id == "party").unwrap();
    let mut chosen: Vec<String> = Vec::new();
    let mut press = |id: &str| {
        chosen = party.toggle(&chosen, id);
        chosen.join("+")
    };
    assert_eq!(press("spouse"), "spouse");
    assert_eq!(press("minor"), "spouse+minor");
    assert_eq!(press("spouse"), "minor");
    assert_eq!(press(NONE), "none");
    assert_eq!(press("agent"), "agent");
    assert_eq!(press(UNSURE), "unsure");
    assert_eq!(press(UNSURE), "");
    assert_eq!(press("agent"), "agent");
    let one = matter.questions.iter().find(|it| it.choose == crate::Choose::One).unwrap();
    assert_eq!(one.toggle(&["a".to_owned()], "b"), ["b"]);
}

#[test]
fn every_way_of_answering_comes_to_an_end() {
    for matter in &demo::catalogue().matters {
        for whole in matter.combinations().unwrap() {
            let mut answers = Answers::new();
            for _ in 0..=matter.questions.len() {
                let Some(question) = matter.next_question(&answers) else { break };
                let chosen: Vec<&str> = whole[&question.id].iter().map(String::as_str).collect();
                answers = matter.answer(&answers, &question.id, &chosen).unwrap();
            }
            assert_eq!(next(matter, &answers), None, "{} {whole:?}", matter.id);
            assert_eq!(matter.concerning(&whole), answers);
        }
    }
}
