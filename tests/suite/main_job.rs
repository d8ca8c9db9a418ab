//! The main job on real parts: a visitor presses what they read on a
//! real window, a real pty carries the bytes, the printer's paper is
//! read, a clerk calls in a real browser, the board is read from its
//! picture.

use catalogue::{Answers, Catalogue, Lang, Material, Matter, Notice, Workdays};
use queue_api::Ticket;
use tests::browser::Browser;
use tests::hall::{CLERK, DemoHall, PIN};
use tests::lobby::Board;
use tests::paper::{Paper, Printer};
use tests::visitor::Kiosk;

/// A portrait kiosk.
const PORTRAIT: (u32, u32) = (1080, 1920);

/// What three visitors want, and how they answer: matter, then question
/// and option in the order asked.
const VISITS: [(&str, &[(&str, &str)]); 3] = [
    ("id-card-renewal", &[("reason", "lost"), ("age", "minor"), ("temp", "no")]),
    FOOD,
    ("residence-permit", &[]),
];

/// A restaurant, applied for by an agent: papers to bring, one that can
/// follow, and some that the window looks up.
const FOOD: (&str, &[(&str, &str)]) =
    ("food-operation-permit", &[("agent", "agent"), ("scope", "catering"), ("auto", "no")]);

/// A kiosk with its printer, in a hall.
struct Corner {
    hall: DemoHall,
    kiosk: Kiosk,
    printer: Printer,
    catalogue: Catalogue,
}

async fn corner(name: &str) -> Corner {
    let hall = DemoHall::start(name).unwrap();
    let token = hall.enrol("kiosk", "kiosk-1").unwrap();
    let link = hall.folder().join("printer");
    let listen = format!("pty:{}", link.display());
    let printer = Printer::start(hall.folder(), &listen, 576).unwrap();
    let kiosk = Kiosk::start(hall.folder(), &hall.address, &token, &printer.uri, PORTRAIT).unwrap();
    let reply = hall.get(&token, "catalogue").await.unwrap();
    let catalogue = reply.error_for_status().unwrap().json().await.unwrap();
    Corner { hall, kiosk, printer, catalogue }
}

impl Corner {
    /// From home to the list of papers, answering as told and otherwise
    /// with the first option.
    async fn answer(&self, matter: &Matter, told: &[(&str, &str)]) -> Answers {
        let kiosk = &self.kiosk;
        kiosk.press("我要带什么材料").await.unwrap();
        kiosk.press("按部门找").await.unwrap();
        self.find(&matter.department.zh).await;
        self.find(&matter.name.zh).await;
        kiosk.press("看材料清单").await.unwrap();
        let mut answers = Answers::new();
        while let Some(question) = matter.next_question(&answers) {
            kiosk.reads(&question.text.zh).await.unwrap();
            let wanted = told.iter().find(|(id, _)| *id == question.id).map(|(_, option)| *option);
            let option = match wanted {
                Some(id) => question.options.iter().find(|it| it.id == id).unwrap(),
                None => &question.options[0],
            };
            kiosk.press(&option.zh).await.unwrap();
            if question.choose == catalogue::Choose::Many {
                kiosk.press("选好了").await.unwrap();
            }
            answers = matter.answer(&answers, &question.id, &[option.id.as_str()]).unwrap();
        }
        answers
    }

    /// Presses a list's button, turning pages until it is there.
    async fn find(&self, label: &str) {
        for _ in 0..10 {
            let map = self.kiosk.map().unwrap();
            if map.elements.iter().any(|it| it.role == "button" && it.label.starts_with(label)) {
                return self.kiosk.press(label).await.unwrap();
            }
            self.kiosk.press("下一页").await.unwrap();
        }
        panic!("no page has `{label}`");
    }

    /// The paper that came out last, once there are this many.
    async fn paper(&self, nth: usize) -> Paper {
        self.kiosk.reads("请从下方拿单").await.unwrap();
        let mut papers = self.printer.papers().unwrap();
        assert_eq!(papers.len(), nth, "one press, one paper");
        papers.pop().unwrap()
    }

    async fn ticket(&self, id: u64) -> Ticket {
        let token = self.hall.sign_in(CLERK).await.unwrap();
        let reply = self.hall.get(&token, &format!("tickets/{id}")).await.unwrap();
        reply.error_for_status().unwrap().json().await.unwrap()
    }
}

/// How often a paper of the list stands on the slip, as a box or as a
/// "need not bring".
fn listed(words: &str, material: &Material) -> usize {
    let name: String = material.name.zh.split_whitespace().collect();
    ["□", "·"].iter().map(|mark| words.matches(&format!("{mark}{name}")).count()).sum()
}

#[tokio::test]
async fn three_visitors_get_their_number_and_exactly_their_papers() {
    let corner = corner("main-job").await;
    for (nth, (id, told)) in (1..).zip(VISITS) {
        let matter = corner.catalogue.matter(id).unwrap().clone();
        let answers = corner.answer(&matter, told).await;
        corner.kiosk.press("打清单并取号").await.unwrap();
        let paper = corner.paper(nth).await;
        let ticket = corner.ticket(u64::try_from(nth).unwrap()).await;
        assert!(paper.complete && paper.faults.is_empty(), "{:?}", paper.faults);
        let words = paper.words();
        assert!(words.contains(&ticket.number.to_string()), "the number: {words}");
        assert!(words.contains(&matter.name.get(Lang::Zh).replace(' ', "")), "the matter: {words}");
        assert_eq!((ticket.matter.as_deref(), ticket.answers.as_ref()), (Some(id), Some(&answers)));

        let today = ticket.business_day;
        let notice = Notice::of(&matter, &answers, today, &Workdays::default(), true);
        let wanted: Vec<&str> =
            notice.papers.to_collect().map(|it| it.material.id.as_str()).collect();
        let waived: Vec<&str> =
            notice.papers.not_needed.iter().map(|it| it.material.id.as_str()).collect();
        assert!(!wanted.is_empty());
        for material in &matter.materials {
            let expected = usize::from(
                wanted.contains(&material.id.as_str()) || waived.contains(&material.id.as_str()),
            );
            assert_eq!(listed(&words, material), expected, "{} in {words}", material.name.zh);
        }
        assert!(paper.codes().unwrap().contains(&ticket.url), "{:?}", paper.codes());
        corner.kiosk.screen.picture(&format!("done-{nth}.png")).unwrap();
        corner.kiosk.press("回到首页").await.unwrap();
        corner.kiosk.page("Home").await.unwrap();
    }
}

#[tokio::test]
async fn a_press_on_the_kiosk_becomes_a_call_on_the_board() {
    let corner = corner("to-the-board").await;
    let token = corner.hall.enrol("board", "board-1").unwrap();
    let board = Board::start(corner.hall.folder(), &corner.hall.address, &token).unwrap();
    let matter = corner.catalogue.matter("food-operation-permit").unwrap().clone();
    corner.answer(&matter, FOOD.1).await;
    corner.kiosk.press("打清单并取号").await.unwrap();
    corner.paper(1).await;
    let number = corner.ticket(1).await.number.to_string();

    let browser = Browser::start().await.unwrap();
    browser.sign_in(&corner.hall.address, CLERK, PIN).await.unwrap();
    browser.press("开窗").await.unwrap();
    browser.press("叫下一位").await.unwrap();
    browser.shows("plate", &number).await.unwrap();
    board.calls(&number).await.unwrap();
}
