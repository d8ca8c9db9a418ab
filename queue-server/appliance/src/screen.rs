//! The size of a screen, as a hall writes it down.

use std::str::FromStr;

use serde::Deserialize;

/// The largest side a screen is drawn with: 8K.
const SIDE_PX_MAX: u32 = 8_192;

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Size {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Size, String> {
        let side = |text: &str| text.parse().ok().filter(|it| (1..=SIDE_PX_MAX).contains(it));
        text.split_once('x')
            .and_then(|(width, height)| Some(Size { width: side(width)?, height: side(height)? }))
            .ok_or_else(|| format!("`{text}` is not a size such as `1080x1920`"))
    }
}

impl TryFrom<String> for Size {
    type Error = String;

    fn try_from(text: String) -> Result<Size, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn a_size_is_two_sides_that_a_screen_can_have() {
        assert_eq!("1080x1920".parse(), Ok(Size { width: 1080, height: 1920 }));
        for wrong in ["", "1080", "1080x", "0x1080", "1080X1920", "99999x1080", "-1x5"] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }
}
