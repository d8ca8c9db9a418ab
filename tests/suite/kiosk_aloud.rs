//! A visitor who does not see the screen: a number pad and an earphone,
//! before a real window, from home to a number.

use sound::Pack;
use tests::hall::DemoHall;
use tests::program::repository;
use voice::{DigitOne, Guidance, Language, guide};

use crate::corner::Corner;
use crate::sound_card::{SoundCard, as_played};

/// What is heard when this is said, and everything of it is.
fn said(corner: &Corner, all: &[Guidance], language: Language) -> Vec<u8> {
    let (mut pack, _) = Pack::open(&repository().join("assets/voice")).unwrap();
    let said = pack.say(|has| guide(all, language, DigitOne::Yi, has));
    assert_eq!(said.lacking, [""; 0]);
    as_played(corner.hall.folder(), &said.speech.samples)
}

fn text(text: &str) -> Guidance {
    Guidance::Text(text.to_owned())
}

#[tokio::test]
async fn a_number_is_taken_by_ear_and_number_pad() {
    let hall = DemoHall::start("kiosk-aloud").unwrap();
    let folder = hall.folder().join("kiosk");
    std::fs::create_dir_all(&folder).unwrap();
    let card = SoundCard::new(&folder);
    let pack = repository().join("assets/voice");
    let speaks = ["--sound", "heard", "--voice-pack", pack.to_str().unwrap()];
    let corner = Corner::with_devices(hall, &speaks).await;
    let kiosk = &corner.kiosk;
    let zh = |all: &[Guidance]| said(&corner, all, Language::Zh);
    kiosk.page("Home").await.unwrap();
    // Its button is there, since there is a card.
    kiosk.reads("语音").await.unwrap();
    let before = std::fs::read(&card.heard).unwrap_or_default();
    assert!(before.is_empty(), "nobody asked to hear anything");

    kiosk.screen.keys(&["KP_Multiply"]).unwrap();
    let home = [text("示范区政务服务中心"), text("按方向键选择，按确认键进入，按星号键停止语音。")];
    card.hears_last(&zh(&home)).await;
    // What the keyboard is at.
    kiosk.screen.keys(&["Down"]).unwrap();
    card.hears_last(&zh(&[text("我要取号")])).await;
    kiosk.screen.keys(&["Down"]).unwrap();
    card.hears_last(&zh(&[text("我要带什么材料")])).await;

    // A page says what it asks, once it is there.
    kiosk.screen.keys(&["Up", "Return"]).unwrap();
    kiosk.page("Find").await.unwrap();
    let asks = kiosk.reads("您要办什么事").await.unwrap();
    let helps = kiosk.reads("点一个事项").await.unwrap();
    card.hears_last(&zh(&[text(&asks), text(&helps)])).await;
    kiosk.press_by_keyboard("身份证").await.unwrap();
    kiosk.page("Guide").await.unwrap();
    card.hears_last(&zh(&[text("居民身份证申领、换领、补领")])).await;
    kiosk.press_by_keyboard("直接取号").await.unwrap();
    corner.paper(1, "取好了，请从下方拿小票").await;
    let heard = card.hears_last(&zh(&[text("取好了，请从下方拿小票")])).await;
    let number = corner.ticket(1).await.number.to_string();
    let number = zh(&[Guidance::Number(number)]);
    assert!(heard.windows(number.len()).any(|it| it == number), "the number was said");

    // The star ends it, and the next visitor hears nothing.
    kiosk.wait("the next press", |map| map.listens.then_some(())).await.unwrap();
    kiosk.screen.keys(&["KP_Multiply", "Down"]).unwrap();
    kiosk.press("回到首页").await.unwrap();
    kiosk.page("Home").await.unwrap();
    kiosk.press_by_keyboard("我要取号").await.unwrap();
    kiosk.page("Find").await.unwrap();
    assert_eq!(std::fs::read(&card.heard).unwrap().len(), heard.len());
}
