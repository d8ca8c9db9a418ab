//! A ticket's whole life at the real server's door: priority and green,
//! who is before whom, by number, set aside, sent on, put back, and
//! coming back another day.

use queue_api::{
    BeforeYou, ForecastReport, PassReply, ProblemCode, Ticket, TicketState, WhyBefore, WindowId,
    WindowView,
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::hall::{DESK, DemoHall, command_id};

/// The clerk of this window.
fn clerk(window: u16) -> String {
    format!("{}", 1000 + window)
}

struct Hall {
    hall: DemoHall,
    desk: String,
}

impl Hall {
    async fn start(name: &str) -> Hall {
        let hall = DemoHall::start(name).unwrap();
        let desk = hall.sign_in(DESK).await.unwrap();
        Hall { hall, desk }
    }

    async fn post(&self, token: &str, path: &str, mut body: Value) -> (StatusCode, Value) {
        body["command_id"] = json!(command_id());
        let reply = self.hall.post(token, path, &body).await.unwrap();
        (reply.status(), reply.json().await.unwrap())
    }

    /// A number from the desk, for lane C.
    async fn issue(&self, more: Value) -> (StatusCode, Value) {
        let mut body = json!({"lane": "C", "class": "ordinary", "source": "desk"});
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        self.post(&self.desk, "tickets", body).await
    }

    async fn ordinary(&self) -> Ticket {
        serde_json::from_value(self.issue(json!({})).await.1).unwrap()
    }

    async fn act(&self, token: &str, window: u16, verb: &str, body: Value) -> WindowView {
        let (status, view) = self.post(token, &format!("windows/{window}/{verb}"), body).await;
        assert_eq!(status, StatusCode::OK, "{verb}: {view}");
        serde_json::from_value(view).unwrap()
    }

    async fn open(&self, window: u16) -> String {
        let token = self.hall.sign_in(&clerk(window)).await.unwrap();
        self.act(&token, window, "open", json!({})).await;
        token
    }
}

fn number(view: &WindowView) -> String {
    view.ticket.as_ref().map_or_else(String::new, |it| it.number.to_string())
}

fn code(reply: &Value) -> ProblemCode {
    serde_json::from_value(reply["code"].clone()).unwrap()
}

#[tokio::test]
async fn the_green_channel_is_opened_by_a_person_with_a_reason() {
    let hall = Hall::start("green").await;
    let (status, reply) = hall.issue(json!({"class": "green"})).await;
    assert_eq!(
        (status, code(&reply)),
        (StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::GrantMissing)
    );
    let (status, _) = hall.issue(json!({"class": "green", "grant": "重点项目"})).await;
    assert_eq!(status, StatusCode::CREATED);
    let kiosk = hall.hall.enrol("kiosk", "kiosk-green").unwrap();
    let body = json!({"lane": "C", "class": "green", "source": "kiosk", "grant": "x"});
    let (status, reply) = hall.post(&kiosk, "tickets", body).await;
    assert_eq!((status, code(&reply)), (StatusCode::FORBIDDEN, ProblemCode::NotYours));
}

#[tokio::test]
async fn who_is_before_me_and_why_is_answered() {
    let hall = Hall::start("before").await;
    let first = hall.ordinary().await;
    let (_, elder) = hall.issue(json!({"class": "priority", "priority": "elder"})).await;
    let last = hall.ordinary().await;
    let path = format!("tickets/{}/before", last.id);
    let before: Vec<BeforeYou> =
        hall.hall.get(&hall.desk, &path).await.unwrap().json().await.unwrap();
    assert_eq!(u32::try_from(before.len()).unwrap(), last.ahead);
    let numbers: Vec<String> = before.iter().map(|it| it.number.to_string()).collect();
    assert!(numbers.contains(&first.number.to_string()));
    assert!(numbers.contains(&elder["number"].as_str().unwrap().to_owned()));
    assert!(before.iter().all(|it| it.why == WhyBefore::CameEarlier), "{before:?}");
    assert_eq!(elder["priority"], "elder");
}

#[tokio::test]
async fn a_clerk_sets_aside_sends_on_and_calls_by_number() {
    let hall = Hall::start("life").await;
    let (five, eight) = (hall.open(5).await, hall.open(8).await);
    let (first, second, third) =
        (hall.ordinary().await, hall.ordinary().await, hall.ordinary().await);
    assert_eq!(number(&hall.act(&five, 5, "call-next", json!({})).await), "C001");
    let view = hall.act(&five, 5, "park", json!({"ticket": first.id})).await;
    assert_eq!((number(&view), view.parked.len()), (String::new(), 1));
    // Out of turn only with a reason.
    let (status, reply) = hall.post(&five, "windows/5/call", json!({"ticket": third.id})).await;
    assert_eq!(
        (status, code(&reply)),
        (StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::ReasonMissing)
    );
    let why = json!({"ticket": third.id, "reason": "赶火车"});
    assert_eq!(number(&hall.act(&five, 5, "call", why).await), "C003");
    // On to the neighbour, with a note.
    let to = json!({"ticket": third.id, "to_window": 8, "note": "缺授权书"});
    hall.act(&five, 5, "transfer", to).await;
    let view = hall.act(&eight, 8, "call-next", json!({})).await;
    assert_eq!(number(&view), "C002", "who came earlier goes first at any window");
    hall.act(&eight, 8, "finish", json!({"ticket": second.id})).await;
    let view = hall.act(&eight, 8, "call-next", json!({})).await;
    assert_eq!(number(&view), "C003");
    assert_eq!(view.ticket.unwrap().note.as_deref(), Some("缺授权书"));
    let view = hall.act(&five, 5, "resume", json!({"ticket": first.id})).await;
    assert_eq!((number(&view), view.parked.len()), ("C001".to_owned(), 0));
    let (status, reply) =
        hall.post(&five, "windows/5/transfer", json!({"to_lane": "A", "to_window": 8})).await;
    assert_eq!(
        (status, code(&reply)),
        (StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::LaneOrWindow)
    );
}

#[tokio::test]
async fn what_was_forecast_is_compared_with_what_happened() {
    let hall = Hall::start("forecasts").await;
    let five = hall.open(5).await;
    for _ in 0..2 {
        hall.ordinary().await;
    }
    hall.act(&five, 5, "call-next", json!({})).await;
    // A clerk has no business with it.
    let reply = hall.hall.get(&five, "reports/forecasts").await.unwrap();
    assert_eq!(reply.status(), StatusCode::FORBIDDEN);
    let manager = hall.hall.sign_in("3001").await.unwrap();
    let reply = hall.hall.get(&manager, "reports/forecasts").await.unwrap();
    let reports: Vec<ForecastReport> = reply.json().await.unwrap();
    let of = |lane: &str| reports.iter().find(|it| it.lane.as_str() == lane).unwrap();
    assert_eq!((of("C").tickets, of("A").tickets), (1, 0), "one was called");
    assert!(of("C").within_percent <= 100 && of("C").mean_absolute_error_s >= 0);
}

#[tokio::test]
async fn who_did_not_come_is_put_back_once_and_comes_back_with_a_pass() {
    let hall = Hall::start("back").await;
    let five = hall.open(5).await;
    let ticket = hall.ordinary().await;
    let reinstate = format!("tickets/{}/reinstate", ticket.id);
    let passed_over = async || {
        hall.act(&five, 5, "call-next", json!({})).await;
        hall.act(&five, 5, "no-show", json!({"ticket": ticket.id})).await;
        hall.post(&five, &reinstate, json!({})).await
    };
    let (status, back) = passed_over().await;
    assert_eq!((status, &back["state"]), (StatusCode::OK, &json!(TicketState::Waiting)));
    let (status, reply) = passed_over().await;
    assert_eq!((status, code(&reply)), (StatusCode::CONFLICT, ProblemCode::ReinstatedBefore));
    // A pass, the same for a command that is repeated.
    let path = format!("tickets/{}/pass", ticket.id);
    let body = json!({"command_id": command_id()});
    let mut passes = Vec::new();
    for _ in 0..2 {
        let reply = hall.hall.post(&five, &path, &body).await.unwrap();
        passes.push(reply.json::<PassReply>().await.unwrap());
    }
    assert_eq!(passes[0], passes[1]);
    assert!(passes[0].until > ticket.business_day);
    // It works after a restart, and once.
    let waiting = hall.ordinary().await;
    let mut hall = hall;
    hall.hall.kill().unwrap();
    hall.hall.restart().unwrap();
    let pass = json!({"pass": passes[0].token});
    let (status, again) = hall.issue(pass.clone()).await;
    assert_eq!(status, StatusCode::CREATED, "{again}");
    assert_eq!(again["ahead"], 0, "before {} who waits already", waiting.number);
    let (status, reply) = hall.issue(pass).await;
    assert_eq!((status, code(&reply)), (StatusCode::CONFLICT, ProblemCode::PassInvalid));
    let view = hall.act(&five, 5, "call-next", json!({})).await;
    assert_eq!(view.ticket.unwrap().number.to_string(), again["number"].as_str().unwrap());
    assert_eq!(view.id, WindowId(5));
}
