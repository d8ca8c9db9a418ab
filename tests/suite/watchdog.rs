//! The supervisor hears that a program goes round from the loop that does
//! its work: one that hangs falls silent, and is started again
//! (`WatchdogSec` in `assets/systemd`).

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use tests::hall::{DemoHall, data};
use tests::program::{Program, Start, repository};
use tests::screen::Screen;

/// How long a word is waited for. Reached only on failure.
const PATIENCE: Duration = Duration::from_mins(1);

/// Several rounds of a loop.
const ROUNDS: Duration = Duration::from_secs(4);

/// What systemd is to a program.
struct Supervisor {
    socket: UnixDatagram,
    path: PathBuf,
}

impl Supervisor {
    fn start(name: &str) -> Supervisor {
        // The name of a socket is short.
        let path = std::env::temp_dir().join(format!("yimen-{name}-{}", std::process::id()));
        let _ = fs::remove_file(&path);
        Supervisor { socket: UnixDatagram::bind(&path).unwrap(), path }
    }

    /// What it hears next; none if nothing comes within that time.
    fn hears(&self, within: Duration) -> Option<String> {
        self.socket.set_read_timeout(Some(within)).unwrap();
        let mut word = [0; 100];
        let length = self.socket.recv(&mut word).ok()?;
        Some(String::from_utf8_lossy(&word[..length]).into_owned())
    }

    /// Forgets what was said until now.
    fn forgets(&self) {
        while self.hears(Duration::from_millis(1)).is_some() {}
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[test]
fn the_server_is_ready_when_its_door_is_open_and_its_engine_says_it_lives() {
    let supervisor = Supervisor::start("server");
    let folder = repository().join(format!("target/e2e/watchdog-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let demo = repository().join("assets/halls/demo");
    let mut server: Program = Start::ours("queue-server")
        .unwrap()
        .args(["serve", "--listen", "127.0.0.1:0", "--hall", demo.to_str().unwrap()])
        .args([Path::new("--data"), &data(&folder)])
        .env("NOTIFY_SOCKET", &supervisor.path)
        .logging_to(&folder.join("queue-server.log"))
        .unwrap();
    let mut said = vec![supervisor.hears(PATIENCE).unwrap(), supervisor.hears(PATIENCE).unwrap()];
    said.sort();
    assert_eq!(said, ["READY=1", "WATCHDOG=1"]);
    assert!(server.line().unwrap().starts_with("listening on "));
}

#[tokio::test]
async fn a_kiosk_whose_screen_hangs_falls_silent() {
    let hall = DemoHall::start("watchdog-kiosk").unwrap();
    let token = hall.enrol("kiosk", "kiosk-1").unwrap();
    let supervisor = Supervisor::start("kiosk");
    let folder = hall.folder().join("kiosk");
    fs::create_dir_all(&folder).unwrap();
    let screen = Screen::start(&folder, (1080, 1920)).unwrap();
    let (map, draft) = (folder.join("layout.json"), folder.join("layout.new"));
    let _kiosk = Start::ours("kiosk")
        .unwrap()
        .args(["--server", &hall.address, "--size", "1080x1920", "--printer"])
        .args([format!("dir:{}", folder.join("paper").display())])
        .args([Path::new("--layout-file"), &map])
        .env("YIMEN_TOKEN", &token)
        .env("DISPLAY", &screen.name)
        .env("NOTIFY_SOCKET", &supervisor.path)
        .logging_to(&folder.join("kiosk.log"))
        .unwrap();
    let mut word = supervisor.hears(PATIENCE).unwrap();
    while word != "READY=1" {
        assert_eq!(word, "WATCHDOG=1");
        word = supervisor.hears(PATIENCE).unwrap();
    }
    while !fs::read_to_string(&map).is_ok_and(|it| it.contains("\"Home\"")) {
        assert_eq!(supervisor.hears(PATIENCE).as_deref(), Some("WATCHDOG=1"));
    }
    // The loop writes the map at every change of the screen. What it now
    // writes into is read by nobody, and it waits for ever.
    mknodat(CWD, &draft, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let mut hung = false;
    for _ in 0..60 {
        screen.press((540.0, 900.0)).unwrap();
        supervisor.forgets();
        hung = supervisor.hears(ROUNDS).is_none();
        if hung {
            break;
        }
    }
    assert!(hung, "nothing is said for a loop that hangs");
    // Somebody reads, and it goes on.
    let mut map = String::new();
    File::open(&draft).unwrap().read_to_string(&mut map).unwrap();
    assert_eq!(supervisor.hears(PATIENCE).as_deref(), Some("WATCHDOG=1"));
}
