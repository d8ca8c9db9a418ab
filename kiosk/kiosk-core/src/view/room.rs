//! How much fits on a page: by the shape of the screen, and by the modes
//! that make things larger or lower.
//!
//! The screen draws lists of these sizes (`ui/frame.slint`); a test there
//! sees every page of every mode and tells when one does not fit.

use crate::Shape;
use crate::state::State;

/// The room of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub(crate) shape: Shape,
    /// Large text: fewer and larger things.
    pub(crate) large: bool,
    /// Only the lower half can be reached. A landscape lies within reach
    /// as it is.
    low: bool,
}

/// Heights of a list that is read, design pixels: without and with a
/// pager, which may stand below it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heights {
    pub(crate) whole: usize,
    pub(crate) with_pager: usize,
}

impl Heights {
    const fn new(whole: usize, with_pager: usize) -> Heights {
        Heights { whole, with_pager }
    }
}

impl Room {
    pub(crate) fn of(state: &State) -> Room {
        let low = state.visit.low && state.shape == Shape::Portrait;
        Room { shape: state.shape, large: state.visit.large, low }
    }

    /// Matters among the most used ones.
    pub(crate) fn most_used(self) -> usize {
        match (self.shape, self.large, self.low) {
            (Shape::Portrait, true, true) => 2,
            (Shape::Portrait, false, true) => 6,
            (_, true, _) => 4,
            (_, false, _) => 10,
        }
    }

    /// Matters between the search field and the keyboard.
    pub(crate) fn found(self) -> usize {
        match (self.shape, self.large, self.low) {
            (Shape::Portrait, true, true) => 1,
            (_, true, _) => 2,
            (Shape::Landscape, false, _) | (Shape::Portrait, false, true) => 4,
            (Shape::Portrait, false, false) => 10,
        }
    }

    /// Rows of names that may take two lines.
    fn rows(self) -> usize {
        match (self.shape, self.large, self.low) {
            (Shape::Portrait, true, true) | (Shape::Landscape, true, _) => 3,
            (Shape::Portrait, false, false) => 6,
            (Shape::Portrait, ..) | (Shape::Landscape, false, _) => 4,
        }
    }

    /// Topics of a shelf, in two columns where the text is not large.
    pub(crate) fn topics(self) -> usize {
        if self.large { self.rows() } else { 2 * self.rows() }
    }

    /// Matters of a topic.
    pub(crate) fn matters(self) -> usize {
        self.rows()
    }

    /// Lanes below the plan of the hall, in two columns.
    pub(crate) fn lanes(self) -> usize {
        match (self.shape, self.large, self.low) {
            (Shape::Portrait, true, true) => 6,
            (_, true, _) => 8,
            (Shape::Landscape, false, _) => 10,
            (Shape::Portrait, false, _) => 12,
        }
    }

    /// Options of a question in normal text.
    pub(crate) fn options(self) -> usize {
        if self.low { 6 } else { 10 }
    }

    /// Height of the options of a question in large text, with a gap
    /// below each, px.
    pub(crate) fn options_height(self) -> usize {
        match (self.shape, self.low) {
            (Shape::Portrait, false) => 712,
            (Shape::Portrait, true) => 416,
            (Shape::Landscape, _) => 620,
        }
    }

    /// The guide of a matter.
    pub(crate) fn guide(self) -> Heights {
        match (self.shape, self.large) {
            (Shape::Portrait, false) => Heights::new(1056, 946),
            (Shape::Portrait, true) => Heights::new(1010, 880),
            (Shape::Landscape, _) => Heights::new(628, 628),
        }
    }

    /// The checklist.
    pub(crate) fn papers(self) -> Heights {
        match (self.shape, self.large) {
            (Shape::Portrait, false) => Heights::new(936, 826),
            (Shape::Portrait, true) => Heights::new(850, 724),
            (Shape::Landscape, false) => Heights::new(628, 628),
            (Shape::Landscape, true) => Heights::new(628, 508),
        }
    }
}
