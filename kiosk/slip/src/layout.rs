//! A slip as lines for one width of paper.
//!
//! Lines are styled text, rules, gaps and QR codes; nothing here knows
//! a byte of a printer's language. Every text is normalised and fits
//! its width, which is what the encoder and the preview rely on.

mod elsewhere;
mod notice;
mod report;
mod return_pass;
mod test_page;
mod ticket;
mod wrap;

use crate::text::{cells, normalise};
use crate::words::Word;
use crate::{Lang, Slip};

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
    let mut page = Page { columns, large: false, lines: Vec::new() };
    match slip {
        Slip::Ticket(ticket) => ticket::lay_out(&mut page, ticket),
        Slip::Notice(notice) => notice::lay_out(&mut page, notice),
        Slip::ReturnPass(pass) => return_pass::lay_out(&mut page, pass),
        Slip::Report(report) => report::lay_out(&mut page, report),
        Slip::Elsewhere(elsewhere) => elsewhere::lay_out(&mut page, elsewhere),
        Slip::TicketAndNotice(ticket, notice) => {
            ticket::lay_out(&mut page, ticket);
            page.gap(24);
            page.rule();
            page.gap(24);
            notice::lay_out(&mut page, notice);
        }
        Slip::Test(test) => test_page::lay_out(&mut page, test),
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

/// The white space below a line of large type, in dots.
const BELOW_LARGE_DOTS: u8 = 8;

/// The white space above a title, in dots.
const ABOVE_TITLE_DOTS: u8 = 6;

/// From how many cells on large headings are wider, too.
const WIDE_COLUMNS_MIN: usize = 40;

/// The lines so far, and how wide they may be.
struct Page {
    columns: usize,
    /// Whether everything is larger than its style says.
    large: bool,
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
        let style = self.fitting(style);
        let columns = self.columns / usize::from(style.wide);
        let text = normalise(text);
        let lines = match style.align {
            Align::Left => wrap::wrap(&text, columns, lead),
            Align::Centre | Align::Right => wrap::wrap_evenly(&format!("{lead}{text}"), columns),
        };
        for text in lines {
            self.lines.push(Line::Text(TextLine { text, style }));
            if self.large {
                self.lines.push(Line::Gap(BELOW_LARGE_DOTS));
            }
        }
    }

    /// The style as this page shows it.
    fn fitting(&self, style: Style) -> Style {
        if !self.large {
            return style;
        }
        // Eight hanzi a line would be too few for a heading.
        let can_widen = style.bold && self.columns >= WIDE_COLUMNS_MIN;
        let wide = if can_widen { style.wide.max(2) } else { style.wide };
        Style { wide, high: style.high.max(2), ..style }
    }

    /// Says at the top that a slip was printed before.
    fn reprint(&mut self, lang: Lang, reprint: bool) {
        if reprint {
            self.text(Style::TITLE.times(2, 2), Word::Reprint.text(lang));
            self.gap(12);
        }
    }

    /// Adds the hall's name above a title.
    fn hall(&mut self, hall: &str) {
        self.text(Style::CENTRE, hall);
        self.gap(ABOVE_TITLE_DOTS);
    }

    /// Adds a text below a line that began with `lead`.
    fn indented(&mut self, style: Style, lead: &str, text: &str) {
        self.hanging(style, &" ".repeat(cells(lead)), text);
    }

    /// Adds a fixed word with a value behind it.
    fn labelled(&mut self, lang: Lang, label: Word, value: &str) {
        self.text(Style::PLAIN, &format!("{}{value}", label.text(lang)));
    }

    /// Adds parts, as many on a line as fit whole; below a line that
    /// began with `lead`. Large type says one thing a line.
    fn joined(&mut self, style: Style, lead: &str, separator: &str, parts: &[&str]) {
        let room = self.columns / usize::from(style.wide);
        let mut line = String::new();
        for part in parts.iter().filter(|it| !it.is_empty()) {
            let longer = format!("{line}{separator}{part}");
            let fits = cells(lead) + cells(&normalise(&longer)) <= room;
            if line.is_empty() {
                (*part).clone_into(&mut line);
            } else if fits && !self.large {
                line = longer;
            } else {
                self.indented(style, lead, &line);
                (*part).clone_into(&mut line);
            }
        }
        self.indented(style, lead, &line);
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
