//! Staff before a kiosk's real window: the clock in the corner, a PIN, a
//! test page from a real printer, and the end of the program.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tests::hall::DemoHall;
use tests::program::built;

use crate::corner::Corner;

/// On the clock of a portrait.
const CLOCK: (f32, f32) = (980.0, 80.0);

/// As an operator does: the PIN on standard input.
fn set_pin(state: &Path, pin: &str) {
    let mut kiosk = Command::new(built("kiosk").unwrap())
        .args([Path::new("staff-pin"), Path::new("--state"), state])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(kiosk.stdin.take().unwrap(), "{pin}").unwrap();
    assert!(kiosk.wait().unwrap().success());
}

/// Five presses, again where the machine was too slow for them to count.
async fn open_the_pad(corner: &Corner) {
    for _ in 0..20 {
        for _ in 0..5 {
            corner.kiosk.screen.press(CLOCK).unwrap();
        }
        let pad = corner.kiosk.page("Pin");
        if tokio::time::timeout(Duration::from_secs(3), pad).await.is_ok() {
            return;
        }
    }
    panic!("five presses of the clock open nothing");
}

async fn type_pin(corner: &Corner, pin: &[&str]) {
    corner.kiosk.keys(pin).await.unwrap();
    corner.kiosk.press("确定").await.unwrap();
}

#[tokio::test]
async fn staff_print_a_test_page_and_start_the_kiosk_again() {
    let hall = DemoHall::start("kiosk-staff").unwrap();
    set_pin(&hall.folder().join("kiosk/state"), "246810");
    let listen = format!("pty:{}", hall.folder().join("printer").display());
    let corner = Corner::in_hall(hall, &listen, 576, (1080, 1920)).await;
    let kiosk = &corner.kiosk;
    kiosk.page("Home").await.unwrap();

    open_the_pad(&corner).await;
    type_pin(&corner, &["1", "3", "5", "7", "9", "0"]).await;
    kiosk.reads("密码不对").await.unwrap();
    type_pin(&corner, &["2", "4", "6", "8", "1", "0"]).await;
    kiosk.page("Staff").await.unwrap();
    kiosk.reads("已连接").await.unwrap();
    kiosk.reads(&corner.hall.address).await.unwrap();
    kiosk.reads("127.0.0.1").await.unwrap();
    kiosk.reads("0 张").await.unwrap();

    kiosk.press("打印测试页").await.unwrap();
    let paper = corner.paper(1, "测试页打好了").await;
    assert!(paper.complete && paper.faults.is_empty(), "{:?}", paper.faults);
    kiosk.reads("1 张").await.unwrap();
    kiosk.touch("换了新纸卷").await.unwrap();
    kiosk.reads("换纸").await.unwrap();
    kiosk.reads("0 张").await.unwrap();

    kiosk.press("运行记录").await.unwrap();
    kiosk.reads("a new roll of paper").await.unwrap();
    kiosk.press("返回").await.unwrap();
    kiosk.press("重新启动").await.unwrap();
    kiosk.page("StaffSure").await.unwrap();
    let words = kiosk.map().unwrap();
    assert!(words.elements.iter().all(|it| !it.label.contains("246810")));
    kiosk.touch("重新启动").await.unwrap();
    kiosk.says("staff end the program how=\"restart\"").await.unwrap();
}
