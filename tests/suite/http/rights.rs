//! Every role tries every way into the server, and gets in exactly where
//! the table that people read says so.

use std::fs;

use queue_api::{Problem, ProblemCode};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use tests::hall::{CLERK, DESK, DemoHall};
use tests::program::repository;

/// A line of the table.
struct Way {
    method: Method,
    path: String,
    who: Vec<String>,
}

fn table() -> Vec<Way> {
    let text = fs::read_to_string(repository().join("tests/golden/routes.txt")).unwrap();
    let lines = text.lines().filter(|it| !it.starts_with('#'));
    let mut ways: Vec<Way> = lines
        .map(|line| {
            let (way, who) = line.split_once(" | ").unwrap();
            let (method, path) = way.split_once(' ').unwrap();
            let who = who.split(' ').map(str::to_owned).collect();
            Way { method: method.parse().unwrap(), path: path.to_owned(), who }
        })
        .collect();
    // Whoever signs out is nobody afterwards.
    ways.sort_by_key(|it| it.method == Method::DELETE);
    ways
}

/// Somewhere that the way leads to.
fn place(path: &str) -> String {
    path.replace("{window}", "1").replace("{verb}", "open").replace("{id}", "1")
}

/// The refusal of who may not come, if it is one.
async fn refusal(
    http: &Client,
    way: &Way,
    address: &str,
    token: Option<&str>,
) -> Option<ProblemCode> {
    let mut request = http.request(way.method.clone(), format!("{address}{}", place(&way.path)));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    if way.method == Method::POST {
        request = request.json(&json!({}));
    }
    let reply = request.send().await.unwrap();
    if !matches!(reply.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return None;
    }
    Some(reply.json::<Problem>().await.unwrap().code)
}

#[tokio::test]
async fn every_role_gets_in_exactly_where_the_table_says() {
    let hall = DemoHall::start("rights").unwrap();
    let http = Client::builder().redirect(Policy::none()).build().unwrap();
    let staff = [
        ("clerk", CLERK),
        ("desk", DESK),
        ("manager", "3001"),
        ("supervisor", "4001"),
        ("admin", "9001"),
    ];
    let mut callers = vec![("nobody", None), ("a stranger", Some("guessed".to_owned()))];
    for (role, number) in staff {
        callers.push((role, Some(hall.sign_in(number).await.unwrap())));
    }
    for role in ["kiosk", "board", "program"] {
        callers.push((role, Some(hall.enrol(role, &format!("{role}-1")).unwrap())));
    }
    let ways = table();
    for (role, token) in &callers {
        for way in &ways {
            // Which view is whose is tried below.
            if way.who == ["by-view"] {
                continue;
            }
            let open = way.who == ["anybody"] || way.who == ["holder"];
            let known = ways.iter().any(|it| it.who.iter().any(|it| it == role));
            let expected = match () {
                () if open || way.who.iter().any(|it| it == role) => None,
                () if known => Some(ProblemCode::NotYours),
                () => Some(ProblemCode::SignInFirst),
            };
            let mut token = token.clone();
            if way.method == Method::DELETE
                && let Some((_, number)) = staff.iter().find(|(it, _)| it == role)
            {
                token = Some(hall.sign_in(number).await.unwrap());
            }
            let found = refusal(&http, way, &hall.address, token.as_deref()).await;
            assert_eq!(found, expected, "{role}: {} {}", way.method, way.path);
        }
    }
}

#[tokio::test]
async fn a_view_is_for_those_whose_it_is() {
    let hall = DemoHall::start("views").unwrap();
    let http = Client::new();
    let clerk = hall.sign_in(CLERK).await.unwrap();
    let board = hall.enrol("board", "board-1").unwrap();
    let ticket = hall.issue("A").await.unwrap();
    let of_ticket = format!("view=ticket&token={}", ticket.token);
    let (ok, who, no) = (StatusCode::OK, StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN);
    for (view, nobody, by_board, by_clerk) in [
        ("view=board", who, ok, ok),
        ("view=window&window=1", who, no, ok),
        ("view=hall", who, no, ok),
        (of_ticket.as_str(), ok, ok, ok),
    ] {
        let feed = || http.get(hall.url(&format!("feed?{view}")));
        assert_eq!(feed().send().await.unwrap().status(), nobody, "nobody: {view}");
        let reply = feed().bearer_auth(&board).send().await.unwrap();
        assert_eq!(reply.status(), by_board, "a board: {view}");
        let reply = feed().bearer_auth(&clerk).send().await.unwrap();
        assert_eq!(reply.status(), by_clerk, "a clerk: {view}");
    }
}

#[tokio::test]
async fn the_holder_of_a_paper_sees_their_own_ticket_and_nothing_else() {
    let hall = DemoHall::start("holder").unwrap();
    let http = Client::new();
    let ticket = hall.issue("A").await.unwrap();
    let status = |token: &str| http.get(hall.url(&format!("status/{token}")));
    let page = |token: &str| http.get(format!("{}/t/{token}", hall.address));
    assert_eq!(status(&ticket.token).send().await.unwrap().status(), StatusCode::OK);
    assert_eq!(page(&ticket.token).send().await.unwrap().status(), StatusCode::OK);
    assert_eq!(status("guessed").send().await.unwrap().status(), StatusCode::NOT_FOUND);
    assert_eq!(page("guessed").send().await.unwrap().status(), StatusCode::NOT_FOUND);
    // A paper's secret is no credential.
    for path in ["queue", "tickets/1", "hall", "windows/1"] {
        let reply = http.get(hall.url(path)).bearer_auth(&ticket.token).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::UNAUTHORIZED, "{path}");
    }
}

/// Every reference in a document, by where it leads.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(to) = fields.get("$ref").and_then(Value::as_str) {
                found.push(to.to_owned());
            }
            fields.values().for_each(|it| references(it, found));
        }
        Value::Array(items) => items.iter().for_each(|it| references(it, found)),
        _ => {}
    }
}

#[tokio::test]
async fn the_description_is_of_the_ways_in_the_table_and_of_no_others() {
    let hall = DemoHall::start("described").unwrap();
    let reply = Client::new().get(hall.url("openapi.json")).send().await.unwrap();
    let document: Value = reply.json().await.unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let mut described = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let who: Vec<&str> =
                operation["x-who"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            described.push(format!("{} {path} | {}", method.to_uppercase(), who.join(" ")));
            let answers = operation["responses"].as_object().unwrap();
            assert!(answers.keys().any(|it| it.starts_with(['2', '3'])), "{method} {path}");
            let guarded = answers.contains_key("401") && answers.contains_key("403");
            let open = ["anybody", "holder"].iter().any(|it| who.contains(it));
            assert!(guarded || open, "{method} {path} says who may not come");
        }
    }
    let mut table: Vec<String> = table()
        .iter()
        .map(|it| format!("{} {} | {}", it.method, it.path, it.who.join(" ")))
        .collect();
    described.sort();
    table.sort();
    assert_eq!(described, table);
    let mut leads_to = Vec::new();
    references(&document, &mut leads_to);
    assert!(leads_to.len() > 100);
    for to in leads_to {
        let pointer = to.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{to} leads nowhere");
    }
}
