//! The short text behind the QR code of a list.

use super::Inquiry;
use crate::{Answers, UNSURE, demo};

fn inquiry(matter: &str, said: &[(&str, &[&str])]) -> Inquiry {
    let answer = |(question, options): &(&str, &[&str])| {
        ((*question).to_owned(), options.iter().map(|&it| it.to_owned()).collect())
    };
    Inquiry { matter: matter.to_owned(), answers: said.iter().map(answer).collect() }
}

fn read(text: &str) -> Option<Vec<Inquiry>> {
    Inquiry::read(text, demo::catalogue())
}

#[test]
fn two_matters_are_one_short_text() {
    let asked = [
        inquiry("food-operation-permit", &[("agent", &["agent"]), ("scope", &["catering"])]),
        inquiry("senior-card", &[]),
    ];
    let text = Inquiry::write(&asked);
    assert_eq!(text, "food-operation-permit~agent.agent~scope.catering~~senior-card");
    assert_eq!(read(&text).unwrap(), asked);
}

/// Whatever may be answered comes back as it was, and is written with
/// characters that an address may have.
#[test]
fn every_answer_to_every_matter_comes_back() {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_~.".contains(c);
    for matter in &demo::catalogue().matters {
        let unsure = matter.questions.iter().map(|it| (it.id.clone(), vec![UNSURE.to_owned()]));
        let unsure: Answers = unsure.collect();
        for answers in matter.combinations().unwrap().into_iter().chain([unsure]) {
            let asked = Inquiry { matter: matter.id.clone(), answers: matter.concerning(&answers) };
            let text = Inquiry::write(std::slice::from_ref(&asked));
            assert!(text.chars().all(plain), "{text}");
            assert_eq!(read(&text).as_deref(), Some([asked].as_slice()), "{text}");
        }
    }
}

#[test]
fn what_is_no_longer_asked_is_left_out() {
    let known = [inquiry("food-operation-permit", &[("scope", &["catering"])])];
    for text in [
        "food-operation-permit~scope.catering~colour.red",
        "food-operation-permit~scope.catering~agent.nobody",
        "food-operation-permit~scope.catering~agent",
        "food-operation-permit~scope.catering~",
        "food-operation-permit~scope.catering~agent.self.agent",
    ] {
        assert_eq!(read(text).as_deref(), Some(known.as_slice()), "{text}");
    }
}

#[test]
fn what_is_no_list_is_none() {
    let many = ["senior-card"; Inquiry::MATTERS_MAX + 1].join("~~");
    let long = format!("senior-card~{}", "a".repeat(2_000));
    for text in ["", "~", "~~", "unknown-matter", "senior-card~~", "老年证", &many, &long] {
        assert_eq!(read(text), None, "{text}");
    }
}
