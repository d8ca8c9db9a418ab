//! Appointments at the real server's door: booked and imported, kept
//! early, on time and late, through a power cut, and once only.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};
use queue_api::{
    Appointment, AppointmentState, AppointmentsView, ImportReply, ProblemCode, SlotView, Ticket,
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::hall::{CLERK, DESK, DemoHall, command_id};
use tests::program::repository;

/// The demo hall where it is about noon now, so that no test runs over
/// midnight; with slots of five minutes, also today.
pub(crate) fn noon_hall(name: &str) -> (DemoHall, Zoned) {
    let now = now();
    let ahead = 12 - now.to_zoned(TimeZone::UTC).hour();
    let folder = repository().join("target/e2e").join(format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    copy(&repository().join("assets/halls/demo"), &folder.join("hall"));
    let path = folder.join("hall/hall.toml");
    let text = fs::read_to_string(&path).unwrap();
    // The names of these zones count westward.
    let text = text
        .replace("Asia/Shanghai", &format!("Etc/GMT{:+}", -ahead))
        .replace("slot_minutes = 30", "slot_minutes = 5")
        .replace("share_percent = 50", "share_percent = 100")
        .replace("days_ahead_min = 1", "days_ahead_min = 0")
        .replace("cancel_minutes = 120", "cancel_minutes = 5");
    fs::write(&path, text).unwrap();
    let zone = TimeZone::fixed(Offset::from_hours(ahead).unwrap());
    let second = now.as_second();
    let begun = Timestamp::from_second(second - second % 300).unwrap().to_zoned(zone);
    (DemoHall::start_on(folder, "127.0.0.1:0").unwrap(), begun)
}

fn copy(from: &Path, to: &PathBuf) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the real server goes by the real clock")]
fn now() -> Timestamp {
    Timestamp::now()
}

/// The slot so many minutes away.
fn slot(begun: &Zoned, minutes: i64) -> Zoned {
    begun.checked_add(SignedDuration::from_mins(minutes)).unwrap()
}

fn code(reply: &Value) -> ProblemCode {
    serde_json::from_value(reply["code"].clone()).unwrap()
}

struct Hall {
    server: DemoHall,
    /// When the slot of the test's beginning began, by the hall's clock.
    begun: Zoned,
    desk: String,
}

impl Hall {
    async fn start(name: &str) -> Hall {
        let (server, begun) = noon_hall(name);
        let desk = server.sign_in(DESK).await.unwrap();
        Hall { server, begun, desk }
    }

    async fn post(&self, token: &str, path: &str, mut body: Value) -> (StatusCode, Value) {
        body["command_id"] = json!(command_id());
        let reply = self.server.post(token, path, &body).await.unwrap();
        (reply.status(), reply.json().await.unwrap())
    }

    /// The desk books a slot of lane C, so many minutes from now.
    async fn book(&self, minutes: i64) -> (StatusCode, Value) {
        let at = slot(&self.begun, minutes);
        let body = json!({"lane": "C", "day": at.date(), "time": at.time()});
        self.post(&self.desk, "appointments", body).await
    }

    async fn import(&self, id: &str, file: &str) -> (StatusCode, Value) {
        let path = format!("appointments/import?command_id={id}");
        let reply = self.server.send(&self.desk, &path, file).await.unwrap();
        (reply.status(), reply.json().await.unwrap())
    }

    async fn check_in(&self, token: &str, code: &str, source: &str) -> (StatusCode, Value) {
        let body = json!({"code": code, "source": source});
        self.post(token, "appointments/check-in", body).await
    }

    async fn list(&self) -> AppointmentsView {
        self.server.get(&self.desk, "appointments?lane=C").await.unwrap().json().await.unwrap()
    }
}

/// Lines of a file: reference, minutes from the slot of the beginning, code.
fn file(begun: &Zoned, lines: &[(&str, i64, &str)]) -> String {
    let mut text = "reference,day,time,lane,code\n".to_owned();
    for (reference, minutes, code) in lines {
        let at = slot(begun, *minutes);
        let line = format!("{reference},{},{},C,{code}\n", at.date(), at.strftime("%H:%M"));
        text.push_str(&line);
    }
    text
}

#[tokio::test]
async fn a_booked_slot_is_kept_through_a_power_cut_and_becomes_one_ticket() {
    let mut hall = Hall::start("appointment").await;
    let (status, made) = hall.book(15).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let made: Appointment = serde_json::from_value(made).unwrap();
    // One service takes longer than a slot, so the next ones are full too.
    let (status, full) = hall.book(15).await;
    assert_eq!((status, code(&full)), (StatusCode::CONFLICT, ProblemCode::SlotFull));
    let detail = full["detail"].as_str().unwrap();
    let next = detail.split("the next free slot is ").nth(1).expect(detail);
    let path = format!("appointments/slots?lane=C&day={}", made.day);
    let slots: Vec<SlotView> =
        hall.server.get(&hall.desk, &path).await.unwrap().json().await.unwrap();
    let free = slots.iter().find(|it| it.free > 0 && it.from > made.time).unwrap();
    assert_eq!(next, format!("{} {}", made.day, free.from.strftime("%H:%M")));
    assert_eq!(slots.iter().map(|it| it.booked).sum::<u32>(), 1);
    let clerk = hall.server.sign_in(CLERK).await.unwrap();
    let body = json!({"lane": "C", "day": made.day, "time": free.from});
    let (status, _) = hall.post(&clerk, "appointments", body).await;
    assert_eq!(status, StatusCode::FORBIDDEN);

    hall.server.kill().unwrap();
    hall.server.restart().unwrap();
    let kiosk = hall.server.enrol("kiosk", "kiosk-appointment").unwrap();
    let (status, first) = hall.check_in(&kiosk, made.code.as_str(), "kiosk").await;
    assert_eq!(status, StatusCode::CREATED, "{first}");
    assert_eq!(first["class"], "appointment");
    // The same ticket for whoever comes with the code again, at the desk
    // or after another power cut.
    let (status, again) = hall.check_in(&hall.desk, made.code.as_str(), "desk").await;
    assert_eq!((status, &again["id"]), (StatusCode::OK, &first["id"]));
    hall.server.kill().unwrap();
    hall.server.restart().unwrap();
    let (status, again) = hall.check_in(&kiosk, made.code.as_str(), "kiosk").await;
    assert_eq!((status, &again["id"]), (StatusCode::OK, &first["id"]));
    let (status, reply) = hall.check_in(&kiosk, "99999999", "kiosk").await;
    assert_eq!((status, code(&reply)), (StatusCode::NOT_FOUND, ProblemCode::UnknownAppointment));
    let list = hall.list().await;
    assert_eq!((list.counts.checked_in, list.counts.booked, list.pages), (1, 0, 1));
}

#[tokio::test]
async fn a_file_is_imported_once_and_early_on_time_and_late_are_told_apart() {
    let hall = Hall::start("import").await;
    let lines = [
        ("P-1", 20, "11111111"),
        ("P-2", 0, "22222222"),
        ("P-3", -20, "33333333"),
        ("P-4", 60, ""),
    ];
    let text = file(&hall.begun, &lines);
    let broken = format!("{text}P-5,2020-01-01,09:00,C,\nP-6,soon,09:00,C,\n");
    let (status, reply) = hall.import("import-broken", &broken).await;
    assert_eq!(
        (status, code(&reply)),
        (StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::ImportRefused)
    );
    let detail: Vec<&str> = reply["detail"].as_str().unwrap().lines().collect();
    assert_eq!(detail.len(), 2, "{detail:?}");
    assert!(detail[0].starts_with("6: appointments are made from "), "{detail:?}");
    assert_eq!(detail[1], "7: `soon` is not a day as 2026-11-24");
    assert!(hall.list().await.appointments.is_empty(), "nothing of it was imported");

    let mut replies = Vec::new();
    for id in ["import-first", "import-first", "import-again"] {
        let (status, reply) = hall.import(id, &text).await;
        assert_eq!(status, StatusCode::OK, "{reply}");
        replies.push(serde_json::from_value::<ImportReply>(reply).unwrap());
    }
    assert_eq!(replies[0].appointments.len(), 4);
    assert!(replies.iter().all(|it| *it == replies[0]), "the same codes each time");
    assert_eq!(hall.list().await.counts.booked, 4);

    let kiosk = hall.server.enrol("kiosk", "kiosk-import").unwrap();
    let mut numbers = Vec::new();
    for code in ["33333333", "11111111", "22222222"] {
        let (status, ticket) = hall.check_in(&kiosk, code, "kiosk").await;
        assert_eq!(status, StatusCode::CREATED, "{ticket}");
        numbers.push(serde_json::from_value::<Ticket>(ticket).unwrap());
    }
    // On time, then late (who counts from coming), then early.
    let ahead: Vec<u32> = {
        let mut ahead = Vec::new();
        for ticket in &numbers {
            let reply =
                hall.server.get(&hall.desk, &format!("tickets/{}", ticket.id)).await.unwrap();
            ahead.push(reply.json::<Ticket>().await.unwrap().ahead);
        }
        ahead
    };
    assert_eq!(ahead, [1, 2, 0]);
    let far = replies[0].appointments[3].code.as_str();
    let (status, reply) = hall.check_in(&kiosk, far, "kiosk").await;
    assert_eq!((status, code(&reply)), (StatusCode::CONFLICT, ProblemCode::CheckInEarly));
    let path = format!("appointments/{}/cancel", replies[0].appointments[3].id);
    let (status, reply) = hall.post(&hall.desk, &path, json!({})).await;
    assert_eq!((status, &reply["state"]), (StatusCode::OK, &json!(AppointmentState::Cancelled)));
    let (status, reply) = hall.check_in(&kiosk, far, "kiosk").await;
    assert_eq!((status, code(&reply)), (StatusCode::CONFLICT, ProblemCode::NotBooked));
}
