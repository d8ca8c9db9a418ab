//! The line buffer: what stands on the line before it is printed.

use crate::command::Align;
use crate::font_model::{Print, look_up};
use crate::paper::Look;

use super::Printer;

/// Something on the line.
#[derive(Clone, Debug)]
struct Item {
    x: usize,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Character(char, Look),
    /// Columns of 24 dots.
    Image(Vec<u8>, Look),
}

impl Item {
    fn height(&self) -> usize {
        match self.what {
            What::Character(_, look) | What::Image(_, look) => 24 * look.high,
        }
    }
}

/// The line that is being filled.
#[derive(Clone, Debug, Default)]
pub(super) struct LineBuffer {
    items: Vec<Item>,
    width: usize,
    text: String,
}

impl LineBuffer {
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl Printer {
    pub(super) fn type_character(&mut self, bytes: &[u8]) {
        if let [0xfe, code] = *bytes
            && let Some(columns) = self.user_hanzi.get(&code)
        {
            let (columns, look) = (columns.clone(), self.hanzi_look);
            self.type_item(What::Image(columns, look), (24 + self.hanzi_spacing) * look.wide);
            self.line.text.push_str(&format!("[hanzi fe{code:02x}]"));
            return;
        }
        let character = match look_up(bytes, self.model.font) {
            Print::Known(character) => character,
            Print::Unknown => {
                self.note(format!("no glyph for {bytes:02x?}"));
                slip::MISSING
            }
        };
        let (cell, look) = match bytes.len() {
            1 => (12, self.look),
            _ => (24 + self.hanzi_spacing, self.hanzi_look),
        };
        self.type_item(What::Character(character, look), cell * look.wide);
        self.line.text.push(character);
    }

    pub(super) fn type_image(&mut self, columns: Vec<u8>) {
        let width = columns.len() / 3;
        self.type_item(What::Image(columns, Look::PLAIN), width);
        self.line.text.push_str(&format!("[image {width}x24]"));
    }

    fn type_item(&mut self, what: What, width: usize) {
        if self.line.width + width > self.model.width_dots {
            let text = &self.line.text;
            self.note(format!("the line is wider than the paper after `{text}`"));
            self.feed_line();
        }
        self.line.items.push(Item { x: self.line.width, what });
        self.line.width += width;
    }

    pub(super) fn move_to(&mut self, dots: usize) {
        if dots < self.line.width || dots > self.model.width_dots {
            self.note(format!("a move to dot {dots} of {}", self.model.width_dots));
            return;
        }
        self.line.width = dots;
        self.line.text.push(' ');
    }

    /// Prints the line and goes to the next.
    pub(super) fn feed_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let free = self.model.width_dots.saturating_sub(line.width);
        let left = match self.align {
            Align::Left => 0,
            Align::Centre => free / 2,
            Align::Right => free,
        };
        let tallest = line.items.iter().map(Item::height).max().unwrap_or(0);
        for item in &line.items {
            let at = (left + item.x, self.y + tallest - item.height());
            match &item.what {
                What::Character(character, look) => {
                    self.receipt.paper.draw_character(*character, at, *look);
                }
                What::Image(columns, look) => self.draw_columns(columns, at, *look),
            }
        }
        self.receipt.lines.push(line.text);
        self.feed(self.line_dots.max(tallest));
    }

    /// Prints the line if anything stands on it, and says whether.
    pub(super) fn end_line(&mut self) -> bool {
        let stood = !self.line.is_empty();
        if stood {
            self.feed_line();
        }
        stood
    }

    fn draw_columns(&mut self, columns: &[u8], at: (usize, usize), look: Look) {
        for (x, column) in columns.chunks(3).enumerate() {
            for y in 0..24 {
                if column[y / 8] & (0x80 >> (y % 8)) != 0 {
                    self.receipt.paper.draw_square(x, y, at, look);
                }
            }
        }
    }

    /// Prints a raster image where the head is.
    pub(super) fn print_raster(&mut self, row_bytes: usize, dots: &[u8], look: Look) {
        self.only_at_line_start("an image");
        self.end_line();
        let (width, rows) = (row_bytes * 8 * look.wide, dots.len() / row_bytes);
        if width > self.model.width_dots {
            self.note(format!("an image of {width} dots on paper of {}", self.model.width_dots));
        }
        let at = (self.left_of(width), self.y);
        for y in 0..rows {
            for x in 0..row_bytes * 8 {
                if dots[y * row_bytes + x / 8] & (0x80 >> (x % 8)) != 0 {
                    self.receipt.paper.draw_square(x, y, at, look);
                }
            }
        }
        self.receipt.lines.push(format!("[image {width}x{}]", rows * look.high));
        self.feed(rows * look.high);
    }

    /// Where something of a width begins under the present alignment.
    pub(super) fn left_of(&self, width: usize) -> usize {
        let free = self.receipt.paper.width().saturating_sub(width);
        match self.align {
            Align::Left => 0,
            Align::Centre => free / 2,
            Align::Right => free,
        }
    }
}
