//! The queue told as scripts: what is asked on the left, what happens
//! on the right. `script` is the only function that knows the API.

mod random;
mod stories;

use jiff::Timestamp;
use jiff::civil::date;

use crate::{
    Class, Command, Entry, Event, Hall, LaneId, LaneRules, Outcome, PrintOutcome, Rules, Source,
    TicketId, TicketRequest, WindowAct, WindowId, WindowRules, decide,
};

/// Three windows: 1 serves A and B, 2 serves A, 3 serves C.
fn rules() -> Rules {
    let lane = |id: &str| (id.parse::<LaneId>().unwrap(), LaneRules { service_minutes: 10 });
    let window = |id, lanes: &[&str]| {
        (WindowId(id), WindowRules { lanes: lanes.iter().map(|it| it.parse().unwrap()).collect() })
    };
    Rules {
        lanes: ["A", "B", "C"].map(lane).into(),
        windows: [window(1, &["A", "B"]), window(2, &["A"]), window(3, &["C"])].into(),
    }
}

/// A hall with the journal that made it.
struct Told {
    hall: Hall,
    journal: Vec<Entry>,
    text: String,
}

impl Told {
    fn new() -> Told {
        Told { hall: Hall::new(rules()), journal: Vec::new(), text: String::new() }
    }

    /// Decides at one second after the last entry; true if it was done.
    fn submit(&mut self, command: &Command) -> bool {
        let events = match decide(&self.hall, command) {
            Ok(events) => events,
            Err(rejection) => {
                self.text.push_str(&format!("  no: {rejection}\n"));
                return false;
            }
        };
        assert!(!events.is_empty(), "a command that is done leaves a trace");
        for event in events {
            let seq = self.hall.seq() + 1;
            let at = Timestamp::from_second(i64::try_from(seq).unwrap()).unwrap();
            let entry = Entry { seq, at, event };
            self.hall.apply(&entry);
            self.text.push_str(&format!("  {}\n", self.line(&entry.event)));
            self.journal.push(entry);
        }
        true
    }

    fn line(&self, event: &Event) -> String {
        let kind = event.kind().replace('_', " ");
        let number = event.ticket().map(|id| format!(" {}", self.hall.ticket(id).unwrap().number));
        let window = match event {
            Event::TicketCalled { window, .. }
            | Event::WindowOpened { window, .. }
            | Event::WindowPaused { window, .. }
            | Event::WindowClosed { window } => format!(" at {window}"),
            Event::DayOpened { day } | Event::DayClosed { day } => format!(" {day}"),
            _ => String::new(),
        };
        format!("{kind}{}{window}", number.unwrap_or_default())
    }
}

/// One line of a script: `issue A`, `next 1`, `finish 1 A001`, ….
fn read(told: &Told, line: &str) -> Command {
    let words: Vec<&str> = line.split_whitespace().collect();
    let window = || WindowId(words[1].parse().unwrap());
    let ticket = |at: usize| words.get(at).map(|number| id_of(told, number));
    let at_window = |act| Command::AtWindow { window: window(), act };
    match words[0] {
        "day" => Command::OpenDay { day: date(2026, 11, words[1].parse().unwrap()) },
        "issue" => Command::IssueTicket(TicketRequest {
            lane: words[1].parse().unwrap(),
            matter: None,
            class: Class::Ordinary,
            answers: None,
            source: Source::Kiosk,
            token: format!("token-{}", told.hall.next_ticket()),
        }),
        "void" => Command::VoidTicket { ticket: ticket(1).unwrap() },
        "printed" => {
            Command::ReportPrinted { ticket: ticket(1).unwrap(), print: PrintOutcome::Done }
        }
        "open" => at_window(WindowAct::Open { staff: "1001".parse().unwrap() }),
        "pause" => at_window(WindowAct::Pause { reason: None }),
        "close" => at_window(WindowAct::Close),
        "next" => at_window(WindowAct::CallNext),
        "recall" => at_window(WindowAct::Recall { ticket: ticket(2) }),
        "arrive" => at_window(WindowAct::Arrive { ticket: ticket(2) }),
        "noshow" => at_window(WindowAct::NoShow { ticket: ticket(2) }),
        "finish" => at_window(WindowAct::Finish { ticket: ticket(2), outcome: Outcome::DoneNow }),
        other => panic!("no such word in a script: {other}"),
    }
}

fn id_of(told: &Told, number: &str) -> TicketId {
    let found = told.hall.tickets().find(|it| it.number.to_string() == number);
    found.map_or(TicketId(999), |it| it.id)
}

fn tell(script: &str) -> Told {
    let mut told = Told::new();
    for line in script.split(';').map(str::trim).filter(|it| !it.is_empty()) {
        told.text.push_str(&format!("{line}\n"));
        let command = read(&told, line);
        told.submit(&command);
    }
    told
}
