//! A call reaches the board because the server says it, not because the
//! board asks: whatever the board sends passes through here and is
//! written down.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tests::hall::DemoHall;
use tests::program::Start;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// How long to wait for what must come. Reached only on failure.
const PATIENCE: Duration = Duration::from_mins(1);

/// Both directions of everything between board and server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traffic {
    asked: Arc<Mutex<Vec<u8>>>,
    told: Arc<Mutex<Vec<u8>>>,
}

impl Traffic {
    /// The first line of every request so far.
    fn requests(&self) -> Vec<String> {
        let asked = String::from_utf8_lossy(&self.asked.lock().unwrap()).into_owned();
        let lines = asked.lines().filter(|it| it.ends_with(" HTTP/1.1"));
        lines.map(|it| it.trim_end_matches(" HTTP/1.1").to_owned()).collect()
    }

    /// How many requests began so, to the end of their path.
    pub(crate) fn asked(&self, line: &str) -> usize {
        self.requests().iter().filter(|it| *it == line).count()
    }

    /// The value of this field in the last object that has the other
    /// behind it.
    pub(crate) fn last_told(&self, field: &str, behind: &str) -> String {
        let told = String::from_utf8_lossy(&self.told.lock().unwrap()).into_owned();
        let before = told.rsplit_once(behind).map(|it| it.0).unwrap_or_default();
        let value = before.rsplit(field).next().unwrap_or_default();
        value.split('"').next().unwrap_or_default().to_owned()
    }

    fn asked_bytes(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    /// How often the server has said this.
    pub(crate) fn told(&self, what: &str) -> usize {
        String::from_utf8_lossy(&self.told.lock().unwrap()).matches(what).count()
    }

    /// Waits until the server has said this so often.
    pub(crate) async fn hears(&self, what: &str, times: usize) {
        let heard = async {
            while self.told(what) < times {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, heard)
            .await
            .unwrap_or_else(|_| panic!("never heard `{what}`"));
    }
}

/// Stands between board and server; gives its own address.
pub(crate) async fn stand_between(server: String, traffic: Traffic) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((board, _)) = listener.accept().await {
            let server = TcpStream::connect(&server).await.unwrap();
            let (from_board, to_board) = board.into_split();
            let (from_server, to_server) = server.into_split();
            tokio::spawn(carry(from_board, to_server, Arc::clone(&traffic.asked)));
            tokio::spawn(carry(from_server, to_board, Arc::clone(&traffic.told)));
        }
    });
    address
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, note: Arc<Mutex<Vec<u8>>>) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut bytes).await {
        note.lock().unwrap().extend_from_slice(&bytes[..read]);
        if to.write_all(&bytes[..read]).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn a_board_asks_once_and_is_told_of_every_call() {
    let hall = DemoHall::start("push").unwrap();
    let token = hall.enrol("board", "board-1").unwrap();
    let traffic = Traffic::default();
    let server = hall.address.trim_start_matches("http://").to_owned();
    let between = stand_between(server, traffic.clone()).await;
    let picture = hall.folder().join("board.png");
    let _board = Start::ours("display-board")
        .unwrap()
        .args(["--server", &between, "--voice", "off"])
        .args(["--snapshot", picture.to_str().unwrap()])
        .env("YIMEN_TOKEN", &token)
        .logging_to(&hall.folder().join("display-board.log"))
        .unwrap();

    // Idle: two signs of life from the server, none from the board.
    traffic.hears("event: ping", 2).await;
    let mut requests = traffic.requests();
    requests.sort();
    assert_eq!(requests, ["GET /api/v1/feed?view=board", "GET /api/v1/hall"]);
    let idle = traffic.asked_bytes();

    let number = hall.issue("A").await.unwrap().number;
    hall.act("open", serde_json::json!({})).await.unwrap();
    hall.act("call-next", serde_json::json!({})).await.unwrap();
    traffic.hears(&format!("\"number\":\"{number}\""), 1).await;
    assert_eq!(traffic.asked_bytes(), idle, "the board was told without asking");
}
