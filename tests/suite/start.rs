//! A server that can't start says why in words an operator can act on,
//! and touches nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tests::hall::{DemoHall, data};
use tests::program::{built, repository};

/// Runs the server where it must fail, and gives its last words. One
/// that starts all the same is ended after a while.
fn last_words(args: &[&str]) -> String {
    let server = built("queue-server").unwrap();
    let output: Output = Command::new("timeout").arg("60").arg(server).args(args).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "it started");
    let text = String::from_utf8(output.stderr).unwrap();
    let words: Vec<&str> =
        text.lines().skip_while(|it| !it.starts_with("queue-server: ")).collect();
    words.join("\n")
}

fn scratch(name: &str) -> PathBuf {
    let path = repository().join("target/e2e").join(format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/halls/demo");

#[test]
fn a_taken_port_is_one_line_with_the_cause() {
    let holder = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = holder.local_addr().unwrap().to_string();
    let dir = scratch("taken-port");
    let said = last_words(&["serve", "--hall", DEMO, "--data", text(&dir), "--listen", &address]);
    assert_eq!(
        said,
        format!("queue-server: cannot listen on {address}: Address already in use (os error 98)")
    );
}

#[test]
fn a_data_folder_that_cannot_be_written_is_one_line_with_the_cause() {
    // Not a matter of rights, which root has not: a file stands there.
    let path = scratch("no-folder").join("data");
    fs::write(&path, "not a folder").unwrap();
    let said =
        last_words(&["serve", "--hall", DEMO, "--data", text(&path), "--listen", "127.0.0.1:0"]);
    let expected = format!(
        "queue-server: the data folder `{}` cannot be written: File exists (os error 17)",
        path.display()
    );
    assert_eq!(said, expected);
}

#[test]
fn a_broken_hall_file_is_named_with_its_line() {
    let dir = scratch("broken-hall");
    let copied = Command::new("cp").args(["-r", DEMO, text(&dir.join("hall"))]).status().unwrap();
    assert!(copied.success());
    let path = dir.join("hall/hall.toml");
    let good = fs::read_to_string(&path).unwrap();
    let line = good.lines().position(|it| it.starts_with("time_zone")).unwrap() + 1;
    fs::write(&path, good.replacen("Asia/Shanghai", "Asia/Atlantis", 1)).unwrap();
    let (hall, data) = (dir.join("hall"), dir.join("data"));
    let said = last_words(&[
        "serve",
        "--hall",
        text(&hall),
        "--data",
        text(&data),
        "--listen",
        "127.0.0.1:0",
    ]);
    assert!(
        said.contains(&format!("hall.toml:{line}: ")) && said.contains("Asia/Atlantis"),
        "{said}"
    );
    assert!(!data.join("hall.db").exists(), "nothing was written");
}

#[tokio::test]
async fn a_damaged_database_is_refused_and_left_as_it_is() {
    let mut hall = DemoHall::start("damaged").unwrap();
    for _ in 0..50 {
        hall.issue("A").await.unwrap();
    }
    hall.stop().unwrap();
    let folder = data(hall.folder());
    let path = folder.join("hall.db");
    let mut bytes = fs::read(&path).unwrap();
    // The last one: earlier copies may lie in space that SQLite has freed.
    let middle = bytes.windows(9).rposition(|it| it == b"\"A\",\"clas").unwrap();
    bytes[middle..middle + 16].fill(b'x');
    fs::write(&path, &bytes).unwrap();
    let said =
        last_words(&["serve", "--hall", DEMO, "--data", text(&folder), "--listen", "127.0.0.1:0"]);
    assert!(said.contains("is damaged and was left as it is"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
    let verify = Command::new(built("queue-server").unwrap())
        .args(["verify", "--data", text(&folder)])
        .output()
        .unwrap();
    assert_eq!(verify.status.code(), Some(1));
}

#[test]
fn demo_pins_are_not_served_to_other_machines() {
    let dir = scratch("demo-pins");
    let said =
        last_words(&["serve", "--hall", DEMO, "--data", text(&dir), "--listen", "0.0.0.0:0"]);
    assert!(said.contains("--allow-demo-pins"), "{said}");
}
