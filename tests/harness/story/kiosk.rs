//! A kiosk of a story: the real core with a line to the server and a
//! printer that can fail. What it prints is laid out as on paper.

use std::collections::VecDeque;

use anyhow::{bail, ensure};
use jiff::Timestamp;
use kiosk_core::{
    Effect, IssueFailure, Msg, PageView, PaperState, State, TicketRef, Want, Way, update, view,
};
use queue_api::{
    BoardView, CommandId, IssueRequest, LeaseRequest, OfflineTicket, PrintOutcome, PrintedReport,
    PrinterState, TicketId,
};
use slip::{NoticeSlip, Slip};

use super::Nth;

/// Cells across 80 mm paper.
const COLUMNS: usize = 48;

/// How long the client asks with one command id, seconds.
const ASK_S_MAX: u32 = 60;

/// A kiosk, switched on.
pub(super) struct Kiosk {
    pub(super) name: String,
    nth: Nth,
    state: State,
    presses: u32,
    notices: u32,
    pub(super) line: Line,
    /// Sequence of the last view it got on this line; none without one.
    heard_seq: Option<u64>,
    printer: Printer,
    letters: Vec<Letter>,
    /// Asked in vain, and perhaps done: asked again on the next connection.
    given_up: Vec<Letter>,
    /// The numbers this kiosk ever showed or printed.
    pub(super) numbers: Vec<String>,
    shown: String,
    last_paper: Vec<String>,
    /// Numbers it gave that the server was not told of.
    pub(super) untold: Vec<OfflineTicket>,
    /// Ends of their slips.
    ends: Vec<(CommandId, CommandId, PrintOutcome)>,
}

/// The line between a kiosk and the server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Whole,
    /// The next request arrives, its answer does not.
    LosesAnswer,
    Cut,
}

/// The printer under a kiosk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Printer {
    /// As it says of itself.
    Is(PrinterState),
    /// Ready, until it has begun the next paper.
    StopsMidway,
}

/// Something for the server that is tried until it is answered.
#[derive(Clone)]
pub(super) struct Letter {
    pub(super) what: What,
    tries: u32,
    /// It is not tried twice within a second.
    tried_at: Option<Timestamp>,
    /// One of the tries arrived.
    arrived: bool,
}

#[derive(Clone)]
pub(super) enum What {
    Issue(IssueRequest),
    Printed(TicketId, PrintedReport),
    Lease(LeaseRequest),
    /// All that it gave by itself.
    Tell,
}

impl What {
    fn asks(&self, id: &CommandId) -> bool {
        matches!(self, What::Issue(request) if request.command_id == *id)
    }
}

impl Kiosk {
    pub(super) fn new(nth: Nth, now: Timestamp) -> Kiosk {
        Kiosk {
            name: format!("kiosk-{nth}"),
            nth,
            state: State::new(now),
            presses: 0,
            notices: 1000,
            line: Line::Whole,
            heard_seq: None,
            printer: Printer::Is(PrinterState::Ready),
            letters: Vec::new(),
            given_up: Vec::new(),
            numbers: Vec::new(),
            shown: String::new(),
            last_paper: Vec::new(),
            untold: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Something happens to it; what follows at the printer follows at
    /// once. Effects that only fetch are the hall's to answer.
    pub(super) fn receive(&mut self, msg: Msg, now: Timestamp) -> Vec<String> {
        let mut seen = Vec::new();
        let mut msgs = VecDeque::from([msg]);
        while let Some(msg) = msgs.pop_front() {
            for effect in update(&mut self.state, msg, now) {
                match effect {
                    Effect::Ask(request) => {
                        self.given_up.retain(|it| !it.what.asks(&request.command_id));
                        self.post(What::Issue(request));
                    }
                    Effect::Print { job, ticket, slip } => {
                        let (outcome, paper) = self.print(&slip);
                        seen.extend(paper);
                        if let Some(TicketRef::Offline(press)) = ticket {
                            self.ends.push((press, job.clone(), outcome.clone()));
                        }
                        msgs.push_back(Msg::Printed { job, outcome });
                    }
                    Effect::ReportPrinted { ticket, report, .. } => {
                        self.post(What::Printed(ticket, report));
                    }
                    Effect::Lease { lanes } => {
                        let command_id = self.command_id();
                        self.post(What::Lease(LeaseRequest { command_id, lanes }));
                    }
                    Effect::KeepOffline { ticket, .. } => {
                        let command_id = ticket.command_id.clone();
                        self.letters.retain(|it| !it.what.asks(&command_id));
                        self.given_up.retain(|it| !it.what.asks(&command_id));
                        self.untold.push(ticket);
                        msgs.push_back(Msg::OfflineKept { command_id });
                    }
                    Effect::TellOffline => {
                        let again = std::mem::take(&mut self.given_up).into_iter();
                        again.for_each(|it| self.post(it.what));
                        self.post(What::Tell);
                    }
                    Effect::ReportDevice(_) | Effect::FetchHall | Effect::FetchCatalogue => {}
                    // The visitors of these stories have nothing in the hand.
                    Effect::ReadCard { .. }
                    | Effect::LetCardGo
                    | Effect::FetchIdentityKey
                    | Effect::ForgetIdentityKey
                    | Effect::SayNoPin
                    | Effect::CheckPin { .. }
                    | Effect::TellMachine
                    | Effect::NewRoll
                    | Effect::End(_)
                    | Effect::CheckIn(_)
                    | Effect::FindByNumber { .. }
                    | Effect::FindBySecret { .. }
                    | Effect::FindPass { .. }
                    | Effect::Reinstate { .. } => unreachable!("no word of a story asks for it"),
                }
            }
            seen.extend(self.look());
        }
        seen
    }

    fn post(&mut self, what: What) {
        self.letters.push(Letter { what, tries: 0, tried_at: None, arrived: false });
    }

    /// Whether a press counts now.
    pub(super) fn listens(&self) -> bool {
        view(&self.state).listens
    }

    /// One word of a visitor.
    pub(super) fn press(&mut self, what: &str, now: Timestamp) -> anyhow::Result<Vec<String>> {
        if what == "waits" {
            return Ok(Vec::new());
        }
        let (verb, rest) = what.split_once(' ').unwrap_or((what, ""));
        let id = || rest.to_owned();
        let msg = match verb {
            "number" => Msg::WayPressed { way: Way::Number },
            "papers" => Msg::WayPressed { way: Way::Papers },
            "matter" => Msg::MatterPressed { id: id() },
            "questions" => Msg::QuestionsPressed,
            "answer" => Msg::OptionPressed { id: id() },
            "chosen" => Msg::ChosenPressed,
            "unsure" => Msg::UnsurePressed,
            "take" => self.take(rest)?,
            "without-paper" => Msg::WithoutPaperPressed,
            "try-again" => Msg::TryAgainPressed,
            "reprint" => Msg::ReprintPressed { command_id: self.command_id() },
            "back" => Msg::BackPressed,
            "home" => Msg::HomePressed,
            "language" => Msg::LanguagePressed,
            _ => bail!("a visitor does not `{verb}`"),
        };
        Ok(self.receive(msg, now))
    }

    fn take(&mut self, want: &str) -> anyhow::Result<Msg> {
        let want = match want {
            "number" => Want::Number,
            "notice" => Want::Notice,
            "both" => Want::Both,
            _ => bail!("`{want}` cannot be taken"),
        };
        self.notices += 1;
        let notice_number = format!("N{}-{}", self.nth, self.notices);
        let command_id = self.command_id();
        let token = format!("token-of-{command_id}");
        Ok(Msg::TakePressed { want, command_id, notice_number, token })
    }

    fn command_id(&mut self) -> CommandId {
        self.presses += 1;
        let id = format!("kiosk-{}-press-{}", self.nth, self.presses);
        id.parse().expect("a name and a number make an id")
    }

    /// What happens to its printer, or a look at the paper.
    pub(super) fn at_printer(&mut self, what: &str, now: Timestamp) -> anyhow::Result<Vec<String>> {
        let state = match what {
            "is ready" => PrinterState::Ready,
            "is out of paper" => PrinterState::NoPaper,
            "is open" => PrinterState::CoverOpen,
            "is unplugged" => PrinterState::Away,
            "will stop midway" => {
                self.printer = Printer::StopsMidway;
                return Ok(Vec::new());
            }
            "paper is read" => {
                ensure!(!self.last_paper.is_empty(), "no paper came out yet");
                return Ok(self.last_paper.iter().map(|it| format!("| {it}")).collect());
            }
            _ => bail!("a printer is not `{what}`"),
        };
        self.printer = Printer::Is(state);
        Ok(self.receive(Msg::PrinterChanged { state }, now))
    }

    fn print(&mut self, slip: &Slip) -> (PrintOutcome, Vec<String>) {
        let lines = slip::plain_text(&slip::layout(slip, COLUMNS));
        let (outcome, how) = match self.printer {
            Printer::Is(PrinterState::Ready | PrinterState::NearEnd) => (PrintOutcome::Done, ""),
            Printer::StopsMidway => (PrintOutcome::Unknown, ", cut off midway"),
            Printer::Is(state) => {
                let reason = format!("{state:?}").to_lowercase();
                return (PrintOutcome::NotStarted { reason }, Vec::new());
            }
        };
        self.last_paper = lines.lines().map(str::to_owned).collect();
        if let Slip::Ticket(ticket) | Slip::TicketAndNotice(ticket, _) = slip
            && !ticket.offline
        {
            self.numbers.push(ticket.number.clone());
        }
        (outcome, vec![format!("paper {}: {}{how}", self.nth, in_short(slip))])
    }

    /// The feed brings a view that it has not had yet.
    pub(super) fn view(&mut self, view: &BoardView, now: Timestamp) -> Vec<String> {
        if self.line == Line::Cut || self.heard_seq == Some(view.seq) {
            return Vec::new();
        }
        self.heard_seq = Some(view.seq);
        self.receive(Msg::BoardViewArrived { view: view.clone() }, now)
    }

    /// The feed breaks off.
    pub(super) fn lose(&mut self, now: Timestamp) -> Vec<String> {
        if self.heard_seq.take().is_none() {
            return Vec::new();
        }
        self.receive(Msg::ServerLost, now)
    }

    /// The answer to a letter that arrived.
    pub(super) fn answered(&mut self, msg: Msg, now: Timestamp) -> Vec<String> {
        if let Msg::TicketIssued { ticket, .. } = &msg {
            self.numbers.push(ticket.number.to_string());
        }
        self.receive(msg, now)
    }

    /// The server knows a number that this kiosk gave.
    pub(super) fn told(
        &mut self,
        press: &CommandId,
        ticket: TicketId,
        now: Timestamp,
    ) -> Vec<String> {
        self.untold.retain(|it| it.command_id != *press);
        let ends: Vec<_> = self.ends.extract_if(.., |(of, _, _)| of == press).collect();
        let mut seen = self.receive(Msg::TakenIn { command_id: press.clone(), ticket }, now);
        for (_, job, outcome) in ends {
            let ticket = Some(ticket);
            seen.extend(self.receive(Msg::UnfinishedFound { job, ticket, outcome }, now));
        }
        seen
    }

    /// A letter was tried in vain; the client gives up after a minute. What
    /// may have `arrived` is asked again on the next connection.
    pub(super) fn tried(
        &mut self,
        mut letter: Letter,
        arrived: bool,
        now: Timestamp,
    ) -> Vec<String> {
        letter.tries += 1;
        letter.tried_at = Some(now);
        letter.arrived |= arrived;
        match &letter.what {
            What::Issue(request) if letter.tries >= ASK_S_MAX => {
                let command_id = request.command_id.clone();
                if letter.arrived {
                    self.given_up.push(letter);
                }
                let failure = IssueFailure::Unreachable;
                self.receive(Msg::IssueFailed { command_id, failure }, now)
            }
            _ => {
                self.letters.push(letter);
                Vec::new()
            }
        }
    }

    /// The screen in a line, if it says something else than before.
    fn look(&mut self) -> Vec<String> {
        let shown = page(&view(&self.state).page);
        if shown == self.shown {
            return Vec::new();
        }
        self.shown.clone_from(&shown);
        vec![format!("kiosk {}: {shown}", self.nth)]
    }

    /// Reads the line's fault.
    pub(super) fn set_line(&mut self, what: &str) -> anyhow::Result<()> {
        self.line = match what {
            "is whole" => Line::Whole,
            "is cut" => Line::Cut,
            "loses the next answer" => Line::LosesAnswer,
            _ => bail!("a line is not `{what}`"),
        };
        Ok(())
    }

    /// The letters that it is time to try, in their order.
    pub(super) fn take_letters(&mut self, now: Timestamp) -> Vec<Letter> {
        self.letters.extract_if(.., |it| it.tried_at != Some(now)).collect()
    }
}

fn in_short(slip: &Slip) -> String {
    let again = |reprint: bool| if reprint { ", marked 补打" } else { "" };
    let names = |it: &NoticeSlip| {
        let names: Vec<&str> = it.matters.iter().map(|it| it.name.as_str()).collect();
        names.join(" + ")
    };
    match slip {
        Slip::Ticket(it) => {
            let offline = if it.offline { ", marked 脱机" } else { "" };
            format!("{} {}{offline}{}", it.number, it.what, again(it.reprint))
        }
        Slip::Notice(it) => format!(
            "{} {}: {} papers{}",
            it.notice_number,
            names(it),
            it.bring.len(),
            again(it.reprint)
        ),
        Slip::TicketAndNotice(ticket, notice) => format!(
            "{} {}, {} {}: {} papers{}",
            ticket.number,
            ticket.what,
            notice.notice_number,
            names(notice),
            notice.bring.len(),
            again(ticket.reprint)
        ),
        Slip::ReturnPass(it) => format!("return pass: {}{}", it.what, again(it.reprint)),
        Slip::Elsewhere(it) => format!("not in this hall: {}, go to {}", it.matter, it.go_to),
        Slip::Report(it) => format!("report on {:?}", it.number),
        Slip::Test(_) => "test page".to_owned(),
    }
}

fn page(page: &PageView) -> String {
    match page {
        PageView::Starting => "starting".to_owned(),
        PageView::Joining(it) => format!("asks to come in as {}, code {}", it.name, it.code),
        PageView::Home(it) => match (it.connected, it.trouble) {
            (true, None) => "home".to_owned(),
            (true, Some(trouble)) => format!("home; the printer: {trouble:?}"),
            (false, _) => "home; the server is away".to_owned(),
        },
        PageView::Night(_) => "dark".to_owned(),
        PageView::Held(it) => format!("{it:?}"),
        PageView::Staff(it) => format!("{it:?}"),
        PageView::Find(_) => "which matter?".to_owned(),
        PageView::Search(it) => format!("search `{}`", it.typed),
        PageView::Shelves => "shelves".to_owned(),
        PageView::Shelf(it) => format!("{:?}", it.shelf),
        PageView::Topic(it) => it.name.clone(),
        PageView::Guide(it) if it.busy => format!("guide to {}, asking", it.name),
        PageView::Guide(it) => format!("guide to {}", it.name),
        PageView::Question(it) => format!("{}/{} {}", it.number, it.of, it.question),
        PageView::Papers(it) => match (&it.stop, it.busy) {
            (Some(stop), _) => format!("{:?}: {}", stop.kind, stop.text),
            (None, None) => format!("bring {} papers for {}", it.count, it.matter),
            (None, Some(_)) => format!("bring {} papers for {}, asking", it.count, it.matter),
        },
        PageView::NoPaper(it) => format!("the printer cannot, {:?}", it.trouble),
        PageView::Busy(_) => "we are waiting for the server".to_owned(),
        PageView::Away(_) => "the server cannot be reached".to_owned(),
        PageView::Refused(it) => it.text.clone(),
        PageView::Ticket(it) if it.offline => {
            format!("number {} without the server, paper {}", it.number, paper(it.paper))
        }
        PageView::Ticket(it) => {
            format!("number {}, {} before, paper {}", it.number, it.ahead, paper(it.paper))
        }
        PageView::Notice(it) => format!("notice {}, paper {}", it.number, paper(it.paper)),
    }
}

fn paper(paper: PaperState) -> String {
    match paper {
        PaperState::Coming => "coming".to_owned(),
        PaperState::Out => "out".to_owned(),
        PaperState::NotOut(trouble) => format!("not out, {trouble:?}"),
        PaperState::Unknown => "perhaps out".to_owned(),
    }
}
