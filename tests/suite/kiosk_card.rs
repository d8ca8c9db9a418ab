//! Identity cards before a real window, where the hall asks for them: one
//! live ticket for a matter, and no trace of the number anywhere.

use std::fs;
use std::path::{Path, PathBuf};

use devices::{CARD_ADDRESS, CARD_NAME, CardFault, VirtualCardReader};
use serde_json::json;
use tests::hall::DemoHall;
use tests::visitor::Map;

use crate::corner::Corner;

/// What the screen says once a slip is out.
const OUT: &str = "请从下方拿小票";

/// What the first page says while the server is away.
const AWAY: &str = "暂时连不上取号服务";

/// The number that a standard gives as its example.
const SAMPLE: &str = "11010519491231002X";

/// A hall that asks for cards, with a kiosk that has a reader.
async fn asking(name: &str, how: &str) -> (Corner, VirtualCardReader) {
    let hall = DemoHall::start_with(name, "[identity]", &format!("[identity]\n{how}")).unwrap();
    let reader = VirtualCardReader::start(&hall.folder().join("cards")).unwrap();
    let uri = reader.uri().to_owned();
    let corner =
        Corner::with_devices(hall, &["--scanner", "keyboard", "--identity-reader", &uri]).await;
    corner.kiosk.page("Home").await.unwrap();
    corner.kiosk.says("the reader is there").await.unwrap();
    (corner, reader)
}

/// From home to the press for a number.
async fn take(corner: &Corner, matter: &str) {
    corner.kiosk.press("我要取号").await.unwrap();
    corner.kiosk.press(matter).await.unwrap();
    corner.kiosk.press("直接取号").await.unwrap();
    corner.kiosk.reads("请把身份证放在读卡区").await.unwrap();
}

async fn home(corner: &Corner) {
    corner.kiosk.press("回到首页").await.unwrap();
    corner.kiosk.page("Home").await.unwrap();
}

/// Every file below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            files(&entry.path(), found);
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
}

/// The files that have this text in them, as bytes of either kind.
fn with(folder: &Path, text: &str) -> Vec<PathBuf> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    files(folder, &mut found);
    found.retain(|path| {
        // A file may go while the others are read.
        let Ok(bytes) = fs::read(path) else { return false };
        [text.as_bytes(), &wide].iter().any(|it| bytes.windows(it.len()).any(|at| at == *it))
    });
    found
}

#[tokio::test]
async fn one_card_has_one_live_ticket_for_a_matter_and_leaves_no_trace() {
    let (mut corner, reader) = asking("kiosk-card", "ask = true").await;
    take(&corner, "身份证").await;
    reader.present(SAMPLE);
    corner.paper(1, OUT).await;
    reader.take_away();
    home(&corner).await;

    // The same matter again: told which number they have, and no paper.
    take(&corner, "身份证").await;
    reader.present(SAMPLE);
    corner.kiosk.reads("您办这件事已经有号：C001").await.unwrap();
    assert_eq!(corner.printer.papers().unwrap().len(), 1);
    reader.take_away();
    home(&corner).await;

    // The rule is in the record: a restart does not forget it.
    corner.hall.kill().unwrap();
    corner.kiosk.reads(AWAY).await.unwrap();
    corner.hall.restart().unwrap();
    let back = |map: &Map| map.elements.iter().all(|it| !it.label.contains(AWAY)).then_some(());
    corner.kiosk.wait("that the server is back", back).await.unwrap();
    take(&corner, "身份证").await;
    reader.present(SAMPLE);
    corner.kiosk.reads("您办这件事已经有号：C001").await.unwrap();
    reader.take_away();
    home(&corner).await;

    // Somebody else, and the same person once the ticket is over.
    take(&corner, "身份证").await;
    reader.present("110105194912310038");
    corner.paper(2, OUT).await;
    home(&corner).await;
    let desk = corner.hall.sign_in(tests::hall::DESK).await.unwrap();
    let body = json!({ "command_id": tests::hall::command_id() });
    let reply = corner.hall.post(&desk, "tickets/1/void", &body).await.unwrap();
    reply.error_for_status().unwrap();
    take(&corner, "身份证").await;
    reader.present(SAMPLE);
    corner.paper(3, OUT).await;

    // Journal, logs, the kiosk's folder, slips and screen maps.
    let folder = corner.hall.folder().to_owned();
    for text in [SAMPLE, &SAMPLE[..17], CARD_NAME, CARD_ADDRESS, "110105194912310038"] {
        assert_eq!(with(&folder, text), Vec::<PathBuf>::new(), "`{text}` was kept");
    }
    // What is looked through has what was kept: the hash, and the slips.
    let journal = with(&folder, "\"holder\":\"");
    assert!(journal.iter().any(|it| it.ends_with("hall.db-wal") || it.ends_with("hall.db")));
    let key = fs::read_to_string(with_name(&folder, "identity.key")).unwrap();
    let key = key.lines().nth(1).unwrap().to_owned();
    let known = with(&folder, &key);
    assert_eq!(known.len(), 1, "the key lies in its file and nowhere else: {known:?}");
}

fn with_name(folder: &Path, name: &str) -> PathBuf {
    let mut found = Vec::new();
    files(folder, &mut found);
    found.into_iter().find(|it| it.ends_with(name)).unwrap()
}

#[tokio::test]
async fn whatever_is_wrong_with_card_and_reader_is_told_and_a_number_is_had() {
    let (corner, reader) = asking("kiosk-card-faults", "ask = true").await;
    take(&corner, "身份证").await;
    reader.set_fault(Some(CardFault::WrongSum));
    reader.present(SAMPLE);
    corner.kiosk.reads("这次没有读出来").await.unwrap();
    reader.set_fault(Some(CardFault::Dead));
    corner.kiosk.reads("读卡器没有反应").await.unwrap();
    reader.set_fault(None);
    corner.kiosk.reads("等您放卡").await.unwrap();
    corner.kiosk.press("不出示，直接取号").await.unwrap();
    corner.paper(1, OUT).await;
    assert_eq!(corner.kiosk.times_said("the reader is away"), 1);
    home(&corner).await;

    // Nobody is asked on this page: the reader is left alone.
    let asked = reader.n_asked();
    corner.kiosk.press("我要取号").await.unwrap();
    corner.kiosk.press("身份证").await.unwrap();
    assert_eq!(reader.n_asked(), asked);
}

#[tokio::test]
async fn where_a_card_is_required_the_desk_is_the_other_way() {
    let (corner, reader) = asking("kiosk-card-required", "ask = true\nrequired = true").await;
    take(&corner, "身份证").await;
    let map = corner.kiosk.map().unwrap();
    assert!(map.elements.iter().all(|it| it.label != "不出示，直接取号"));
    reader.set_fault(Some(CardFault::Dead));
    corner.kiosk.reads("请到咨询台取号").await.unwrap();
    reader.set_fault(None);
    reader.present(SAMPLE);
    corner.paper(1, OUT).await;
}
