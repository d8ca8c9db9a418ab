//! What the secret of a paper opens, and what it does not.

use queue_api::{ProblemCode, TicketState, TicketView};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tests::hall::{DemoHall, command_id};

use crate::http::problem;

/// Wrong secrets of one address before it is told that it tries too many.
const WRONG_MAX: usize = 120;

fn leave(hall: &DemoHall, token: &str, command_id: &str) -> RequestBuilder {
    let body = json!({ "command_id": command_id });
    Client::new().post(hall.url(&format!("status/{token}/leave"))).json(&body)
}

fn rate(hall: &DemoHall, token: &str, rating: Value) -> RequestBuilder {
    let mut body = rating;
    body["command_id"] = json!(command_id());
    Client::new().post(hall.url(&format!("status/{token}/rate"))).json(&body)
}

#[tokio::test]
async fn a_guessed_secret_opens_nothing_and_guessing_ends_but_holders_get_in() {
    let hall = DemoHall::start("phone-door").unwrap();
    let ticket = hall.issue("A").await.unwrap();
    let near = format!("{}x", &ticket.token[..ticket.token.len() - 1]);
    let http = Client::new();
    let doors = |token: &str| {
        [
            http.get(hall.url(&format!("status/{token}"))),
            http.get(hall.url(&format!("feed?view=ticket&token={token}"))),
            leave(&hall, token, &command_id()),
            rate(&hall, token, json!({ "service": 1, "level": 5 })),
        ]
    };
    for (nth, request) in doors("guessed").into_iter().chain(doors(&near)).enumerate() {
        assert_eq!(problem(request).await, ProblemCode::UnknownTicket, "case {nth}");
    }
    for page in [format!("t/{near}"), format!("t/{near}/notice")] {
        let reply = reqwest::get(format!("{}/{page}", hall.address)).await.unwrap();
        assert_eq!(reply.status(), StatusCode::NOT_FOUND);
        assert!(reply.text().await.unwrap().contains("没有找到这个号"));
    }
    for _ in 10..WRONG_MAX {
        assert_eq!(problem(http.get(hall.url("status/x"))).await, ProblemCode::UnknownTicket);
    }
    for request in doors("guessed") {
        assert_eq!(problem(request).await, ProblemCode::TooManyTries);
    }
    let page = reqwest::get(format!("{}/t/guessed", hall.address)).await.unwrap();
    assert_eq!(page.status(), StatusCode::TOO_MANY_REQUESTS);
    let own = http.get(hall.url(&format!("status/{}", ticket.token))).send().await.unwrap();
    assert_eq!(own.status(), StatusCode::OK, "a neighbour's tries shut nobody out");
}

#[tokio::test]
async fn a_page_is_its_holder_s_alone() {
    let hall = DemoHall::start("phone-door").unwrap();
    let other = hall.issue("A").await.unwrap();
    let ticket = hall.issue("A").await.unwrap();
    let reply = reqwest::get(&ticket.url).await.unwrap();
    let headers = reply.headers().clone();
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert_eq!(headers["cache-control"], "no-store");
    assert!(!headers.contains_key("set-cookie"));
    let page = reply.text().await.unwrap();
    let status = reqwest::get(hall.url(&format!("status/{}", ticket.token))).await.unwrap();
    assert_eq!(status.headers()["cache-control"], "no-store");
    let status = status.text().await.unwrap();
    for text in [page, status] {
        assert!(text.contains(&ticket.number.to_string()));
        assert!(!text.contains(&other.number.to_string()) && !text.contains(&other.token));
    }
    leave(&hall, &ticket.token, &command_id()).send().await.unwrap().error_for_status().unwrap();
    let log = std::fs::read_to_string(hall.folder().join("queue-server.log")).unwrap();
    assert!(log.contains("ticket_voided") && !log.contains(&ticket.token), "{log}");
}

#[tokio::test]
async fn leaving_is_done_once_and_not_any_more_at_the_window() {
    let hall = DemoHall::start("phone-door").unwrap();
    let called = hall.issue("A").await.unwrap();
    let served = hall.issue("A").await.unwrap();
    hall.act("open", json!({})).await.unwrap();
    hall.act("call-next", json!({})).await.unwrap();
    let id = command_id();
    for _ in 0..2 {
        let view: TicketView =
            leave(&hall, &called.token, &id).send().await.unwrap().json().await.unwrap();
        assert_eq!(view.state, TicketState::Void);
    }
    assert_eq!(problem(leave(&hall, &called.token, &command_id())).await, ProblemCode::NotWaiting);
    // The window is free at once.
    assert_eq!(hall.window(1).await.unwrap().ticket, None);
    hall.act("call-next", json!({})).await.unwrap();
    hall.act("arrive", json!({})).await.unwrap();
    assert_eq!(
        problem(leave(&hall, &served.token, &command_id())).await,
        ProblemCode::AlreadyArrived
    );
    let reused = leave(&hall, &served.token, &id);
    assert_eq!(problem(reused).await, ProblemCode::CommandReused);
}

#[tokio::test]
async fn only_a_service_that_ended_is_rated_and_in_the_national_codes() {
    let hall = DemoHall::start("phone-door").unwrap();
    let token = hall.issue("A").await.unwrap().token;
    let case = |rating: Value| problem(rate(&hall, &token, rating));
    assert_eq!(case(json!({ "service": 1, "level": 5 })).await, ProblemCode::NothingToRate);
    hall.act("open", json!({})).await.unwrap();
    hall.act("call-next", json!({})).await.unwrap();
    hall.act("finish", json!({})).await.unwrap();
    for (rating, refused) in [
        (json!({ "service": 2, "level": 5 }), ProblemCode::NothingToRate),
        (json!({ "service": 1, "level": 6 }), ProblemCode::Malformed),
        (json!({ "service": 1, "level": 5, "reasons": [306] }), ProblemCode::Malformed),
        (json!({ "service": 1, "level": 5, "reasons": [408] }), ProblemCode::ReasonOfOtherLevel),
        (json!({ "service": 1 }), ProblemCode::Malformed),
    ] {
        assert_eq!(case(rating.clone()).await, refused, "{rating}");
    }
    let rating = json!({ "service": 1, "level": 1, "reasons": [109, 113] });
    let view: TicketView =
        rate(&hall, &token, rating.clone()).send().await.unwrap().json().await.unwrap();
    assert!(view.services[0].rated);
    assert_eq!(case(rating).await, ProblemCode::RatedBefore);
}
