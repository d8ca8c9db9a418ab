//! The queue told as scripts: what is asked on the left, what happens
//! on the right. `script` is the only function that knows the API.

mod appointments;
mod forecast;
mod holder;
mod hours;
mod life;
mod manage;
mod morning;
mod offline;
mod order;
mod random;
mod rating;
mod stories;

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Block, CallReason, Class, Command, Entry, Errand, Event, Grant, Hall, LaneId, LaneRules, Lease,
    Line, Outcome, PrintOutcome, PriorityReason, Rules, Source, TicketId, TicketRequest, WindowAct,
    WindowId, WindowRules, decide,
};

/// Three windows: 1 serves A and B, 2 serves A and helps B, 3 serves C
/// and is for peaks.
fn rules() -> Rules {
    let service = LaneRules { service_minutes: 10, ..LaneRules::default() };
    let lane = |id: &str| (id.parse::<LaneId>().unwrap(), service.clone());
    let lanes = |ids: &[&str]| ids.iter().map(|it| it.parse().unwrap()).collect();
    let window = |id, own: &[&str], helps: &[&str], tidal| {
        (WindowId(id), WindowRules { lanes: lanes(own), helps: lanes(helps), tidal })
    };
    Rules {
        lanes: ["A", "B", "C"].map(lane).into(),
        windows: [
            window(1, &["A", "B"], &[], false),
            window(2, &["A"], &["B"], false),
            window(3, &["C"], &[], true),
        ]
        .into(),
        ..Rules::default()
    }
}

/// A hall with the journal that made it.
struct Told {
    hall: Hall,
    journal: Vec<Entry>,
    now: Timestamp,
    text: String,
}

impl Told {
    fn new(rules: Rules) -> Told {
        Told {
            hall: Hall::new(rules),
            journal: Vec::new(),
            now: Timestamp::UNIX_EPOCH,
            text: String::new(),
        }
    }

    /// Decides one second after the last command; true if it was done.
    fn submit(&mut self, command: &Command) -> bool {
        self.now += SignedDuration::from_secs(1);
        let events = match decide(&self.hall, command, self.now) {
            Ok(events) => events,
            Err(rejection) => {
                self.text.push_str(&format!("  no: {rejection}\n"));
                return false;
            }
        };
        assert!(!events.is_empty(), "a command that is done leaves a trace");
        for event in events {
            let entry = Entry { seq: self.hall.seq() + 1, at: self.now, event };
            self.hall.apply(&entry);
            self.text.push_str(&format!("  {}\n", self.line(&entry.event)));
            self.journal.push(entry);
        }
        true
    }

    fn number(&self, ticket: TicketId) -> String {
        let of_today = self.hall.ticket(ticket).map(|it| &it.number);
        let number = of_today.or_else(|| self.hall.served(ticket).map(|it| &it.number));
        number.unwrap().to_string()
    }

    fn line(&self, event: &Event) -> String {
        let kind = event.kind().replace('_', " ");
        let number = event.ticket().map(|id| format!(" {}", self.number(id)));
        let more = match event {
            Event::TicketCalled { window, reason, helping, .. } => {
                let helping = if *helping { ", helping" } else { "" };
                format!(" at {window}{helping}{}", self.reason(reason))
            }
            Event::WindowOpened { window, .. }
            | Event::WindowPaused { window, .. }
            | Event::WindowClosed { window } => format!(" at {window}"),
            Event::TicketTransferred { to: Line::Lane(lane), .. } => format!(" to {lane}"),
            Event::TicketTransferred { to: Line::Window(to), .. } => format!(" to window {to}"),
            Event::MatterFinished { stays: true, .. } => ", stays".to_owned(),
            Event::TicketVoided { reason, .. } => format!(" {reason:?}"),
            Event::DayOpened { day } | Event::DayClosed { day } => format!(" {day}"),
            Event::NumbersLeased(Lease { blocks, .. }) | Event::NumbersSkipped { blocks, .. } => {
                let block = |it: &Block| format!(" {}{}+{}", it.lane, it.first, it.count);
                blocks.iter().map(block).collect()
            }
            Event::NumberToldLate { day, number, .. } => format!(" {number} of {day}"),
            _ => String::new(),
        };
        format!("{kind}{}{more}", number.unwrap_or_default())
    }

    fn reason(&self, reason: &CallReason) -> String {
        match reason {
            CallReason::LongestWaiting => String::new(),
            CallReason::PastCap { cap_minutes, before } => {
                format!(": past {cap_minutes} min, not {}", self.number(*before))
            }
            CallReason::HigherScore { rate, waited_s, before, before_rate, before_waited_s } => {
                format!(
                    ": {rate}×{waited_s} s over {}'s {before_rate}×{before_waited_s} s",
                    self.number(*before)
                )
            }
            CallReason::HigherClass { before } => {
                format!(": class over {}", self.number(*before))
            }
            CallReason::InTurn { in_a_row, of, before } => {
                format!(": {in_a_row} of {of} before {}", self.number(*before))
            }
            CallReason::OrdinaryTurn { before } => {
                format!(": ordinary turn before {}", self.number(*before))
            }
            CallReason::ByNumber { why } => format!(": because {why}"),
        }
    }
}

/// One line of a script: `issue A`, `next 1`, `finish 1 A001`, ….
fn read(told: &Told, line: &str) -> Command {
    let words: Vec<&str> = line.split_whitespace().collect();
    let ticket = |at: usize| words.get(at).map(|number| id_of(told, number));
    match words[0] {
        "day" => Command::OpenDay { day: date(2026, 11, words[1].parse().unwrap()) },
        "issue" | "desk" | "appointment" | "priority" | "green" | "both" | "back" | "matter" => {
            Command::IssueTicket(request(told, &words))
        }
        "leave" => Command::LeaveQueue { ticket: ticket(1).unwrap() },
        "rate" => rating::rated(told, &words),
        "void" => Command::VoidTicket { ticket: ticket(1).unwrap() },
        "printed" => {
            Command::ReportPrinted { ticket: ticket(1).unwrap(), print: PrintOutcome::Done }
        }
        "unseen" => {
            let reason = PrintOutcome::VISITOR_LEFT.to_owned();
            let print = PrintOutcome::NotStarted { reason };
            Command::ReportPrinted { ticket: ticket(1).unwrap(), print }
        }
        "reinstate" => Command::Reinstate { ticket: ticket(1).unwrap() },
        "pass" => Command::GivePass {
            ticket: ticket(1).unwrap(),
            token: format!("pass-{}", words[1]),
            until: date(2026, 11, words[2].parse().unwrap()),
        },
        "lease" => Command::LeaseNumbers {
            device: words[1].to_owned(),
            token: words[2].to_owned(),
            lanes: words[3..].iter().map(|it| it.parse().unwrap()).collect(),
        },
        "told" => Command::TakeIn(offline::told(told, &words)),
        "skip" => Command::SkipNumbers,
        _ => manage::read(&words).unwrap_or_else(|| Command::AtWindow {
            window: WindowId(words[1].parse().unwrap()),
            act: act(told, &words),
        }),
    }
}

/// `issue A`, `priority A`, `matter A card`, `both A C`, `back A A001`
/// (with its pass).
fn request(told: &Told, words: &[&str]) -> TicketRequest {
    let verb = words[0];
    let class = match verb {
        "appointment" => Class::Appointment,
        "priority" => Class::Priority,
        "green" => Class::Green,
        _ => Class::Ordinary,
    };
    let grant = words
        .get(2)
        .filter(|_| verb == "green")
        .map(|reason| Grant { by: "2001".parse().unwrap(), reason: (*reason).to_owned() });
    let more = words.get(2).filter(|_| verb == "both").map(|lane| Errand {
        lane: lane.parse().unwrap(),
        matter: "second".to_owned(),
        answers: None,
    });
    TicketRequest {
        lane: words[1].parse().unwrap(),
        matter: words.get(2).filter(|_| verb == "matter").map(|it| (*it).to_owned()),
        class,
        answers: None,
        source: if verb == "desk" { Source::Desk } else { Source::Kiosk },
        token: format!("token-{}", told.hall.next_ticket()),
        more: more.into_iter().collect(),
        priority: (verb == "priority").then_some(PriorityReason::Elder),
        grant,
        pass: words.get(2).filter(|_| verb == "back").map(|number| format!("pass-{number}")),
        holder: None,
    }
}

fn act(told: &Told, words: &[&str]) -> WindowAct {
    let ticket = words.get(2).map(|number| id_of(told, number));
    match words[0] {
        "open" => WindowAct::Open { staff: "1001".parse().unwrap() },
        "pause" => WindowAct::Pause { reason: None, minutes: None },
        "close" => WindowAct::Close,
        "next" => WindowAct::CallNext,
        "call" => WindowAct::Call { ticket: ticket.unwrap(), why: words[3..].join(" ") },
        "recall" => WindowAct::Recall { ticket },
        "arrive" => WindowAct::Arrive { ticket },
        "noshow" => WindowAct::NoShow { ticket },
        "park" => WindowAct::Park { ticket },
        "resume" => WindowAct::Resume { ticket: ticket.unwrap() },
        "transfer" => {
            let lane = words[2].parse().map(Line::Lane);
            let to = lane.unwrap_or_else(|_| Line::Window(WindowId(words[2].parse().unwrap())));
            WindowAct::Transfer { ticket: None, to, note: None }
        }
        "finish" => WindowAct::Finish { ticket, outcome: Outcome::DoneNow },
        other => panic!("no such word in a script: {other}"),
    }
}

fn id_of(told: &Told, number: &str) -> TicketId {
    let found = told.hall.tickets().find(|it| it.number.to_string() == number);
    found.map_or(TicketId(999), |it| it.id)
}

fn tell(script: &str) -> Told {
    tell_in(rules(), script)
}

/// `wait 5` lets five minutes pass; everything else is a command.
fn tell_in(rules: Rules, script: &str) -> Told {
    let mut told = Told::new(rules);
    tell_on(&mut told, script);
    told
}

fn tell_on(told: &mut Told, script: &str) {
    for line in script.split(';').map(str::trim).filter(|it| !it.is_empty()) {
        told.text.push_str(&format!("{line}\n"));
        if let Some(minutes) = line.strip_prefix("wait ") {
            told.now += SignedDuration::from_mins(minutes.parse().unwrap());
            continue;
        }
        let command = read(told, line);
        told.submit(&command);
    }
}
