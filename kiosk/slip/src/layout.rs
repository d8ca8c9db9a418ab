//! A slip as lines for one width of paper.
//!
//! Lines are styled text, rules, gaps and QR codes; nothing here knows
//! a byte of a printer's language. Every text is normalised and fits
//! its width, which is what the encoder and the preview rely on.

mod notice;
mod ticket;
mod wrap;

use crate::text::{cells, normalise};
use crate::words::{self, Word};
use crate::{Lang, Slip, TestSlip};

/// One thing on the paper, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line of text.
    Text(TextLine),
    /// A line across the paper.
    Rule,
    /// White space, in dots.
    Gap(u8),
    /// A QR code, centred.
    Qr(String),
}

/// A line of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// What it says; leading spaces are its indent.
    pub text: String,
    /// How it looks.
    pub style: Style,
}

impl TextLine {
    /// The cells it takes across the paper.
    pub fn cells(&self) -> usize {
        cells(&self.text) * usize::from(self.style.wide)
    }
}

/// How a line of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Times the normal width, 1 to 4.
    pub wide: u8,
    /// Times the normal height, 1 to 4.
    pub high: u8,
    /// Thicker strokes.
    pub bold: bool,
    /// Where on the line.
    pub align: Align,
}

/// Where a text stands on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

impl Style {
    /// Plain text at the left edge.
    pub const PLAIN: Self = Self { wide: 1, high: 1, bold: false, align: Align::Left };
    /// Plain text in the middle.
    pub const CENTRE: Self = Self { align: Align::Centre, ..Self::PLAIN };
    /// A heading at the left edge.
    pub const HEADING: Self = Self { bold: true, ..Self::PLAIN };
    /// A title in the middle, twice as high.
    pub const TITLE: Self = Self { high: 2, bold: true, ..Self::CENTRE };

    fn times(self, wide: u8, high: u8) -> Self {
        Self { wide, high, ..self }
    }
}

/// Lays a slip out for paper of so many cells.
pub fn layout(slip: &Slip, columns: usize) -> Vec<Line> {
    let mut page = Page { columns, lines: Vec::new() };
    match slip {
        Slip::Ticket(ticket) => ticket::lay_out(&mut page, ticket),
        Slip::Notice(notice) => notice::lay_out(&mut page, notice),
        Slip::TicketAndNotice(ticket, notice) => {
            ticket::lay_out(&mut page, ticket);
            page.gap(24);
            page.rule();
            page.gap(24);
            notice::lay_out(&mut page, notice);
        }
        Slip::Test(test) => lay_out_test(&mut page, test),
    }
    page.lines
}

/// What the lines say, for tests, logs of an emulator and screens: one
/// line each, a QR code as `[qr …]`.
pub fn plain_text(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        match line {
            Line::Text(line) => out.push_str(&line.text),
            Line::Rule => out.push_str("----"),
            Line::Gap(_) => continue,
            Line::Qr(text) => {
                out.push_str("[qr ");
                out.push_str(text);
                out.push(']');
            }
        }
        out.push('\n');
    }
    out
}

fn lay_out_test(page: &mut Page, slip: &TestSlip) {
    let lang = slip.lang;
    page.text(Style::TITLE.times(2, 2), Word::TestTitle.text(lang));
    page.text(Style::CENTRE, &slip.hall);
    page.rule();
    let ruler: String = (1..=page.columns).map(|it| (it % 10).to_string()).collect();
    page.text(Style::PLAIN, &ruler);
    page.text(Style::PLAIN, Word::TestWide.text(lang));
    page.text(Style::HEADING, Word::TestSample.text(lang));
    for size in 2..=4 {
        page.text(Style::PLAIN.times(size, size), "A012号");
    }
    page.gap(12);
    page.qr("OK");
    page.gap(12);
    page.text(Style::CENTRE, Word::TestQr.text(lang));
    page.rule();
    page.labelled(lang, Word::Printer, &slip.printer);
    page.labelled(lang, Word::Profile, &slip.profile);
    page.labelled(lang, Word::PrintedAt, &words::stamp(slip.printed_at));
    page.text(Style::PLAIN, Word::TestCut.text(lang));
}

/// The lines so far, and how wide they may be.
struct Page {
    columns: usize,
    lines: Vec<Line>,
}

impl Page {
    /// Adds a text, wrapped; an empty text adds nothing.
    fn text(&mut self, style: Style, text: &str) {
        self.hanging(style, "", text);
    }

    /// Adds a text that begins with `lead`; the lines below it are
    /// indented by the lead's width.
    fn hanging(&mut self, style: Style, lead: &str, text: &str) {
        let columns = self.columns / usize::from(style.wide);
        for text in wrap::wrap(&normalise(text), columns, lead) {
            self.lines.push(Line::Text(TextLine { text, style }));
        }
    }

    /// Adds a text below a line that began with `lead`.
    fn indented(&mut self, style: Style, lead: &str, text: &str) {
        self.hanging(style, &" ".repeat(cells(lead)), text);
    }

    /// Adds a fixed word with a value behind it.
    fn labelled(&mut self, lang: Lang, label: Word, value: &str) {
        self.text(Style::PLAIN, &format!("{}{value}", label.text(lang)));
    }

    /// Adds parts on one line if they fit, else each on its own; below a
    /// line that began with `lead`.
    fn joined(&mut self, style: Style, lead: &str, separator: &str, parts: &[&str]) {
        let parts: Vec<&str> = parts.iter().copied().filter(|it| !it.is_empty()).collect();
        let whole = parts.join(separator);
        let width = cells(lead) + cells(&normalise(&whole));
        if width * usize::from(style.wide) <= self.columns {
            return self.indented(style, lead, &whole);
        }
        for part in parts {
            self.indented(style, lead, part);
        }
    }

    fn rule(&mut self) {
        self.lines.push(Line::Rule);
    }

    fn gap(&mut self, dots: u8) {
        self.lines.push(Line::Gap(dots));
    }

    fn qr(&mut self, text: &str) {
        self.lines.push(Line::Qr(text.to_owned()));
    }
}
