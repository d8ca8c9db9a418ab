//! Codes held to a scanner before a real window: one at a serial line
//! that is unplugged meanwhile, and one that types while a question is on
//! the screen.

use devices::VirtualScanner;
use tests::hall::DemoHall;

use crate::corner::Corner;

/// What the screen says once a slip is out.
const OUT: &str = "请从下方拿小票";

/// What is sold in every shop.
const EAN: &str = "6901234567892";

async fn home(corner: &Corner) {
    corner.kiosk.press("回到首页").await.unwrap();
    corner.kiosk.page("Home").await.unwrap();
}

/// The code of a slip of this visitor's.
async fn slip(corner: &Corner) -> String {
    corner.kiosk.page("Home").await.unwrap();
    corner.kiosk.press("我要取号").await.unwrap();
    corner.kiosk.press("身份证").await.unwrap();
    corner.kiosk.press("直接取号").await.unwrap();
    let slip = corner.paper(1, OUT).await.codes().unwrap().remove(0);
    home(corner).await;
    slip
}

#[tokio::test]
async fn a_serial_scanner_is_found_again_and_reads_a_slip() {
    let hall = DemoHall::start("kiosk-serial-scanner").unwrap();
    let mut scanner = VirtualScanner::start(&hall.folder().join("scanner"), 9_600, "\r\n").unwrap();
    let uri = scanner.uri().to_owned();
    let corner = Corner::with_devices(hall, &["--scanner", &uri]).await;
    let kiosk = &corner.kiosk;
    let slip = slip(&corner).await;

    scanner.show(&slip);
    kiosk.page("Standing").await.unwrap();
    kiosk.reads("居民身份证").await.unwrap();
    home(&corner).await;

    // What is sold is no booking: nobody's code was tried.
    scanner.show(EAN);
    kiosk.reads("这个码认不出来").await.unwrap();
    home(&corner).await;

    scanner.unplug();
    kiosk.says("the line broke off").await.unwrap();
    kiosk.says("cause=\"No such file").await.unwrap();
    scanner.plug().unwrap();
    let back = async {
        while kiosk.times_said("the reader is there") < 2 {
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(1), back).await.unwrap();
    scanner.show(&slip);
    kiosk.page("Standing").await.unwrap();
    assert_eq!(kiosk.times_said("the reader is away"), 2, "a line for each cause, no flood");
}

#[tokio::test]
async fn a_code_typed_by_a_scanner_answers_no_question() {
    let corner = Corner::start("kiosk-wedge").await;
    let kiosk = &corner.kiosk;
    kiosk.page("Home").await.unwrap();
    let matter = corner.catalogue.matter("food-operation-permit").unwrap();
    kiosk.press("我要带什么材料").await.unwrap();
    corner.open(matter).await;
    kiosk.press("看材料清单").await.unwrap();
    let question = matter.next_question(&catalogue::Answers::new()).unwrap();
    kiosk.reads(&question.text.zh).await.unwrap();

    // Digits of the options, and then the key that ends a line.
    kiosk.scan("1111111111111").unwrap();
    // A key of a person's, which comes behind all of them, is taken.
    kiosk.screen.key("1").unwrap();
    let answered =
        matter.answer(&catalogue::Answers::new(), &question.id, &[question.options[0].id.as_str()]);
    let answers = answered.unwrap();
    let second = matter.next_question(&answers).unwrap();
    kiosk.reads(&second.text.zh).await.unwrap();
    let map = kiosk.page("Question").await.unwrap();
    assert!(map.elements.iter().any(|it| it.label == second.text.zh), "one answer, not fourteen");
}
