//! A disk that is full and then is not: what can't be stored is told so,
//! what can be read is read, and nobody has to start the server again.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use queue_api::{Problem, ProblemCode, SessionReply};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::json;
use tests::hall::{CLERK, DESK, PIN, command_id};
use tests::program::{Program, Start, built, repository};

/// Size of the disk: a hall's first tickets and a little.
const SMALL: &str = "size=8m";

/// Size of a disk on which the server keeps a reserve.
const LARGE: &str = "size=220m";

/// Mounts a disk that only this server sees, and becomes the server.
const SCRIPT: &str = r#"mount -t tmpfs -o "$1" tmpfs "$2" && exec "$3" serve --listen 127.0.0.1:0 --hall "$4" --data "$2""#;

/// A server on a small disk of its own, and the disk seen from here.
/// None where a user may not have a name space; there the engine's own
/// test, to which SQLite says that the disk is full, has to do.
fn start(disk: &str) -> Option<(Program, String, PathBuf)> {
    let may = Command::new("unshare").args(["--map-root-user", "--mount", "true"]).output();
    if !may.is_ok_and(|it| it.status.success()) {
        return None;
    }
    let folder =
        repository().join("target/e2e").join(format!("disk-{disk}-{}", std::process::id()));
    let data = folder.join("data");
    fs::create_dir_all(&data).unwrap();
    let mut server = Start::theirs("unshare")
        .args(["--map-root-user", "--mount", "sh", "-e", "-c", SCRIPT, "sh", disk])
        .args([data.as_path(), &built("queue-server").unwrap()])
        .args([repository().join("assets/halls/demo")])
        .logging_to(&folder.join("queue-server.log"))
        .unwrap();
    let line = server.line().unwrap();
    let address = line.strip_prefix("listening on ").unwrap().to_owned();
    let root = PathBuf::from(format!("/proc/{}/root", server.id()));
    let disk = root.join(data.canonicalize().unwrap().strip_prefix("/").unwrap());
    Some((server, address, disk))
}

/// Takes what is free, to the last byte.
fn fill(ballast: &Path) {
    let mut file = File::create(ballast).unwrap();
    for size in [64 * 1024, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
}

async fn refused(reply: Response) -> ProblemCode {
    assert_eq!(reply.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(reply.headers().contains_key("retry-after"));
    reply.json::<Problem>().await.unwrap().code
}

async fn send(request: RequestBuilder) -> Response {
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_full_disk_is_told_and_when_there_is_room_again_all_goes_on() {
    let Some((_server, address, folder)) = start(SMALL) else { return };
    let http = Client::new();
    let api = |path: &str| format!("{address}/api/v1/{path}");
    let sign_in =
        |staff: &str| http.post(api("session")).json(&json!({ "staff": staff, "pin": PIN }));
    let desk: SessionReply = send(sign_in(DESK)).await.json().await.unwrap();
    let issue = || {
        let body = json!({
            "command_id": command_id(), "lane": "A", "class": "ordinary", "source": "desk",
        });
        http.post(api("tickets")).bearer_auth(&desk.token).json(&body)
    };
    let ready = || http.get(format!("{address}/readyz"));
    assert_eq!(send(issue()).await.status(), StatusCode::CREATED);
    assert_eq!(send(ready()).await.status(), StatusCode::OK);

    let ballast = folder.join("ballast");
    fill(&ballast);
    let last = issue();
    let again = last.try_clone().unwrap();
    assert_eq!(refused(send(last).await).await, ProblemCode::NotStored);
    assert_eq!(refused(send(sign_in(CLERK)).await).await, ProblemCode::NotStored);
    let out = send(http.delete(api("session")).bearer_auth(&desk.token)).await;
    assert!(out.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(refused(out).await, ProblemCode::NotStored);
    let unready = send(ready()).await;
    assert_eq!(unready.status(), StatusCode::SERVICE_UNAVAILABLE);
    let problem: Problem = unready.json().await.unwrap();
    assert!(problem.detail.unwrap().contains("disk is full"));
    let queue = http.get(api("queue")).bearer_auth(&desk.token);
    assert_eq!(send(queue).await.status(), StatusCode::OK, "what is there can be read");

    fs::remove_file(&ballast).unwrap();
    assert_eq!(send(again).await.status(), StatusCode::CREATED, "the same command, once more");
    assert_eq!(send(ready()).await.status(), StatusCode::OK);
    assert_eq!(send(sign_in(CLERK)).await.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn a_hall_with_a_reserve_goes_on_when_the_disk_is_full() {
    let Some((_server, address, folder)) = start(LARGE) else { return };
    let http = Client::new();
    let api = |path: &str| format!("{address}/api/v1/{path}");
    let sign_in = http.post(api("session")).json(&json!({ "staff": DESK, "pin": PIN }));
    let desk: SessionReply = send(sign_in).await.json().await.unwrap();
    let issue = || {
        let body = json!({
            "command_id": command_id(), "lane": "A", "class": "ordinary", "source": "desk",
        });
        http.post(api("tickets")).bearer_auth(&desk.token).json(&body)
    };
    let ready = || http.get(format!("{address}/readyz"));
    let reserve = folder.join("hall.reserve");
    assert!(reserve.exists(), "it was made on the first start");
    let ballast = folder.join("ballast");
    fill(&ballast);
    for _ in 0..200 {
        assert_eq!(send(issue()).await.status(), StatusCode::CREATED, "numbers go on");
    }
    assert!(!reserve.exists());
    let problem: Problem = send(ready()).await.json().await.unwrap();
    assert_eq!(problem.code, ProblemCode::Attention);
    assert!(problem.detail.unwrap().contains("its reserve is in use"));

    fs::remove_file(&ballast).unwrap();
    assert_eq!(send(issue()).await.status(), StatusCode::CREATED);
    assert!(reserve.exists(), "and is kept again");
    assert_eq!(send(ready()).await.status(), StatusCode::OK);
}
