//! A kiosk with its printer in a hall, and a visitor who finds their way
//! by what they read.

use catalogue::{Answers, Catalogue, Matter};
use queue_api::Ticket;
use tests::hall::{DESK, DemoHall};
use tests::paper::{Paper, Printer};
use tests::visitor::Kiosk;

/// A kiosk with its printer, in a hall.
pub(crate) struct Corner {
    pub(crate) hall: DemoHall,
    pub(crate) kiosk: Kiosk,
    pub(crate) printer: Printer,
    pub(crate) catalogue: Catalogue,
}

impl Corner {
    /// A portrait kiosk with an 80 mm printer on a serial line.
    pub(crate) async fn start(name: &str) -> Corner {
        let hall = DemoHall::start(name).unwrap();
        let listen = format!("pty:{}", hall.folder().join("printer").display());
        Corner::in_hall(hall, &listen, 576, (1080, 1920)).await
    }

    /// A portrait kiosk with these devices beside its printer.
    pub(crate) async fn with_devices(hall: DemoHall, devices: &[&str]) -> Corner {
        let listen = format!("pty:{}", hall.folder().join("printer").display());
        let token = hall.enrol("kiosk", "kiosk-1").unwrap();
        let printer = Printer::start(hall.folder(), &listen, 576).unwrap();
        let (folder, size) = (hall.folder(), (1080, 1920));
        let kiosk =
            Kiosk::start_with(folder, &hall.address, &token, &printer.uri, size, devices).unwrap();
        let reply = hall.get(&token, "catalogue").await.unwrap();
        let catalogue = reply.error_for_status().unwrap().json().await.unwrap();
        Corner { hall, kiosk, printer, catalogue }
    }

    /// A kiosk of this size; its printer listens there and has paper of
    /// so many dots.
    pub(crate) async fn in_hall(
        hall: DemoHall,
        listen: &str,
        dots: u32,
        size: (u32, u32),
    ) -> Corner {
        let token = hall.enrol("kiosk", "kiosk-1").unwrap();
        let printer = Printer::start(hall.folder(), listen, dots).unwrap();
        let kiosk = Kiosk::start(hall.folder(), &hall.address, &token, &printer.uri, size).unwrap();
        let reply = hall.get(&token, "catalogue").await.unwrap();
        let catalogue = reply.error_for_status().unwrap().json().await.unwrap();
        Corner { hall, kiosk, printer, catalogue }
    }

    /// From home to the list of papers, answering as told and otherwise
    /// with the first option.
    pub(crate) async fn answer(&self, matter: &Matter, told: &[(&str, &str)]) -> Answers {
        self.kiosk.press("我要带什么材料").await.unwrap();
        self.answer_more(matter, told).await
    }

    /// The same from where matters are chosen.
    pub(crate) async fn answer_more(&self, matter: &Matter, told: &[(&str, &str)]) -> Answers {
        let kiosk = &self.kiosk;
        self.open(matter).await;
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

    /// From where matters are chosen to the guide of one.
    pub(crate) async fn open(&self, matter: &Matter) {
        self.kiosk.press("换个方式找").await.unwrap();
        self.kiosk.press("按部门找").await.unwrap();
        self.find(&matter.department.zh).await;
        self.find(&matter.name.zh).await;
    }

    /// Presses a list's button, turning pages until it is there.
    pub(crate) async fn find(&self, label: &str) {
        for _ in 0..10 {
            let map = self.kiosk.map().unwrap();
            if map.elements.iter().any(|it| it.role == "button" && it.label.starts_with(label)) {
                self.kiosk.press(label).await.unwrap();
                return;
            }
            self.kiosk.press("下一页").await.unwrap();
        }
        panic!("no page has `{label}`");
    }

    /// The paper that came out last, once the screen says so; there are
    /// this many then.
    pub(crate) async fn paper(&self, nth: usize, out: &str) -> Paper {
        self.kiosk.reads(out).await.unwrap();
        let mut papers = self.printer.papers().unwrap();
        assert_eq!(papers.len(), nth, "one press, one paper");
        papers.pop().unwrap()
    }

    /// As the desk sees it, which may print it.
    pub(crate) async fn ticket(&self, id: u64) -> Ticket {
        let token = self.hall.sign_in(DESK).await.unwrap();
        let reply = self.hall.get(&token, &format!("tickets/{id}")).await.unwrap();
        reply.error_for_status().unwrap().json().await.unwrap()
    }
}
