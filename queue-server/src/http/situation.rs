//! A matter's questions one at a time, for whoever helps a visitor: the
//! same rules as at the kiosk, kept in one place.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use catalogue::{Answers, Choose, Matter, Text};
use queue_api::{
    Bilingual, OptionView, ProblemCode, QuestionView, SaidView, SituationRequest, SituationView,
};

use super::body::{At, Body};
use super::caller::Caller;
use super::problem::Refused;
use super::tickets::check_answers;
use crate::live::LiveHall;

/// `POST /matters/{id}/situation`: changes nothing.
pub(super) async fn next(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
    At(id): At<String>,
    Body(SituationRequest { answers }): Body<SituationRequest>,
) -> Result<Json<SituationView>, Refused> {
    caller.issues()?;
    check_answers(Some(&answers), 0)?;
    let matter = hall.files.catalogue.matter(&id).ok_or(ProblemCode::UnknownMatter)?;
    Ok(Json(situation(matter, &matter.concerning(&answers))))
}

fn situation(matter: &Matter, answers: &Answers) -> SituationView {
    let said = matter.answered(answers).into_iter().map(|it| SaidView {
        question: bilingual(&it.question.text),
        chosen: it
            .chosen
            .iter()
            .map(|it| Bilingual { zh: it.zh.clone(), en: it.en.clone() })
            .collect(),
    });
    let question = matter.next_question(answers).map(|it| QuestionView {
        id: it.id.clone(),
        text: bilingual(&it.text),
        many: it.choose == Choose::Many,
        options: it
            .options
            .iter()
            .map(|it| OptionView {
                id: it.id.clone(),
                text: Bilingual { zh: it.zh.clone(), en: it.en.clone() },
            })
            .collect(),
    });
    let (answered, of) = matter.progress(answers);
    SituationView { answers: answers.clone(), said: said.collect(), question, answered, of }
}

fn bilingual(text: &Text) -> Bilingual {
    Bilingual { zh: text.zh.clone(), en: text.en.clone() }
}
