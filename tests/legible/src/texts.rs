//! The texts of a page as they are set: what Slint itself would give them
//! beside what they have.

use i_slint_core::graphics::Brush;
use i_slint_core::item_tree::ParentItemTraversalMode;
use i_slint_core::items::{
    BasicBorderRectangle, BorderRectangle, ComplexText, ItemRc, Orientation, Rectangle, SimpleText,
    TextVerticalAlignment, TextWrap,
};
use i_slint_core::window::WindowInner;

/// The part of a line that is air above and below its letters, em: digits
/// and capitals are lower than hanzi.
const AIR_EM: f32 = 0.45;
const AIR_OF_DIGITS_EM: f32 = 0.70;

/// A text on the screen.
#[derive(Clone, Debug)]
pub struct Set {
    /// What it says.
    pub text: String,
    /// Red, green, blue.
    pub colour: [u8; 3],
    /// Its box in design pixels: left, top, width, height.
    pub place: [f32; 4],
    /// What is wrong with how it is set.
    pub faults: Vec<String>,
}

/// Every text that can be seen.
pub fn texts(window: &slint::Window) -> Vec<Set> {
    let mut found = Vec::new();
    let root = ItemRc::new_root(WindowInner::from_pub(window).component());
    visit(&root, &mut found);
    found
}

fn visit(item: &ItemRc, found: &mut Vec<Set>) {
    if let Some(set) = set(item) {
        found.push(set);
    }
    let mut child = item.first_child();
    while let Some(item) = child {
        visit(&item, found);
        child = item.next_sibling();
    }
}

/// Size, wrapping, words and colour of an item that is a text.
struct Type {
    text: String,
    size: f32,
    wraps: bool,
    align: TextVerticalAlignment,
    brush: Brush,
}

fn type_of(item: &ItemRc) -> Option<Type> {
    if let Some(it) = item.downcast::<ComplexText>() {
        let it = it.as_pin_ref();
        let wraps = it.wrap() != TextWrap::NoWrap;
        let (size, brush, align) = (it.font_size().get(), it.color(), it.vertical_alignment());
        return Some(Type { text: it.text().to_string(), size, wraps, align, brush });
    }
    let it = item.downcast::<SimpleText>()?;
    let it = it.as_pin_ref();
    let (size, brush, align) = (it.font_size().get(), it.color(), it.vertical_alignment());
    Some(Type { text: it.text().to_string(), size, wraps: false, align, brush })
}

fn set(item: &ItemRc) -> Option<Set> {
    let Type { text, size, wraps, align, brush } = type_of(item)?;
    if text.trim().is_empty() || !item.is_visible() {
        return None;
    }
    let adapter = item.window_adapter()?;
    let wanted = |orientation, across| {
        item.borrow().as_ref().layout_info(orientation, across, &adapter, item).preferred
    };
    let box_ = item.geometry();
    let at = item.map_to_window(box_.origin);
    let (width, height) = (box_.width(), box_.height());
    let mut faults = Vec::new();
    let needs = if wraps { 0.0 } else { wanted(Orientation::Horizontal, -1.0) };
    if needs > width + 1.0 {
        faults.push(format!("is {needs} wide in {width}"));
    }
    let needs = wanted(Orientation::Vertical, width);
    let digits = text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    let air = size * if digits { AIR_OF_DIGITS_EM } else { AIR_EM };
    if needs > height + air {
        faults.push(format!("is {needs} high in {height}"));
    }
    if let Some((ground, top, bottom)) = ground(item) {
        let above = match align {
            TextVerticalAlignment::Center => (height - needs) / 2.0,
            TextVerticalAlignment::Bottom => height - needs,
            _ => 0.0,
        };
        let first = at.y + above + air / 2.0;
        let last = at.y + above + needs - air / 2.0;
        if first < top - 1.0 || last > bottom + 1.0 {
            faults.push(format!("runs out of its {ground}"));
        }
    }
    let colour = brush.color();
    Some(Set {
        text,
        colour: [colour.red(), colour.green(), colour.blue()],
        place: [at.x, at.y, width, height],
        faults,
    })
}

/// What the text stands on, if it is more than the page: its kind, top and
/// bottom.
fn ground(item: &ItemRc) -> Option<(&'static str, f32, f32)> {
    let mut parent = item.parent_item(ParentItemTraversalMode::FindAllParents);
    while let Some(item) = parent {
        if let Some(kind) = is_drawn(&item) {
            let box_ = item.geometry();
            let top = item.map_to_window(box_.origin).y;
            return Some((kind, top, top + box_.height()));
        }
        parent = item.parent_item(ParentItemTraversalMode::FindAllParents);
    }
    None
}

fn is_drawn(item: &ItemRc) -> Option<&'static str> {
    let seen = |brush: Brush| !brush.is_transparent();
    if let Some(it) = item.downcast::<Rectangle>() {
        return seen(it.as_pin_ref().background()).then_some("panel");
    }
    if let Some(it) = item.downcast::<BasicBorderRectangle>() {
        let it = it.as_pin_ref();
        let border = it.border_width().get() > 0.0 && seen(it.border_color());
        return (border || seen(it.background())).then_some("frame");
    }
    let it = item.downcast::<BorderRectangle>()?;
    let it = it.as_pin_ref();
    let border = it.border_width().get() > 0.0 && seen(it.border_color());
    (border || seen(it.background())).then_some("frame")
}
