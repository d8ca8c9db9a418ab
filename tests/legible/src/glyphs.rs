//! What the suite's fonts can write.

use skrifa::{FontRef, MetadataProvider};

/// The fonts that are embedded in every screen.
const FONTS: [&[u8]; 2] = [
    include_bytes!("../../../assets/fonts/NotoSansSC-Regular-gb2312.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansSC-Bold-gb2312.ttf"),
];

/// The glyphs of all of them.
pub struct Glyphs(Vec<FontRef<'static>>);

impl Glyphs {
    /// Of the suite's fonts.
    ///
    /// # Panics
    ///
    /// If one of them is no font.
    pub fn new() -> Glyphs {
        Glyphs(FONTS.map(|it| FontRef::new(it).expect("the suite's font is one")).to_vec())
    }

    /// The first character that would be an empty box.
    pub fn missing(&self, text: &str) -> Option<char> {
        let lacks = |c: &char| self.0.iter().any(|it| it.charmap().map(*c).is_none());
        text.chars().find(|c| !c.is_whitespace() && lacks(c))
    }
}

impl Default for Glyphs {
    fn default() -> Glyphs {
        Glyphs::new()
    }
}
