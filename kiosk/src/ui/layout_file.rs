//! A map of the screen for whoever drives it from outside: what can be
//! read and pressed, and where, in pixels of the window.
//!
//! The end-to-end tests press real positions of a real window; this file
//! tells them where "我要取号" is. It is written only with
//! `--layout-file`, whenever the screen changes, never half.
//!
//! ```json
//! {"page": "Home", "width": 1080, "height": 1920, "listens": true, "elements": [
//!   {"role": "button", "label": "我要取号", "enabled": true,
//!    "x": 56, "y": 704, "width": 968, "height": 432}]}
//! ```

use std::fs;
use std::path::PathBuf;

use slint::ComponentHandle;

use super::generated::{Kiosk, KioskWindow};

/// Where the map goes and what it said last.
#[derive(Debug)]
pub(crate) struct LayoutFile {
    path: PathBuf,
    last: String,
    /// The window's width and height when it was written last.
    size: (u32, u32),
}

impl LayoutFile {
    pub(crate) fn new(path: PathBuf) -> LayoutFile {
        LayoutFile { path, last: String::new(), size: (0, 0) }
    }

    /// Writes the map if what is shown or the window's size changed. A map
    /// that cannot be written is only logged: the visitor before the
    /// screen needs none.
    pub(crate) fn write(&mut self, window: &KioskWindow, changed: bool) {
        let size = window.window().size();
        let size = (size.width, size.height);
        if !changed && self.size == size {
            return;
        }
        self.size = size;
        let map = map(window);
        if map == self.last {
            return;
        }
        let draft = self.path.with_extension("new");
        let written = fs::write(&draft, &map).and_then(|()| fs::rename(&draft, &self.path));
        if let Err(error) = written {
            tracing::warn!(%error, path = %self.path.display(), "the layout file is not written");
        }
        self.last = map;
    }
}

/// The map as JSON.
fn map(window: &KioskWindow) -> String {
    let size = window.window().size();
    let map = serde_json::json!({
        "page": format!("{:?}", window.global::<Kiosk>().get_page()),
        "width": size.width,
        "height": size.height,
        "listens": window.global::<Kiosk>().get_listens(),
        "elements": elements(window),
    });
    map.to_string()
}

#[cfg(not(feature = "layout-file"))]
fn elements(_: &KioskWindow) -> Vec<serde_json::Value> {
    Vec::new()
}

#[cfg(feature = "layout-file")]
pub(crate) fn elements(window: &KioskWindow) -> Vec<serde_json::Value> {
    use i_slint_backend_testing::{AccessibleRole, ElementQuery};

    let spoken = ElementQuery::from_root(window).match_descendants().match_predicate(|element| {
        !matches!(element.accessible_role(), None | Some(AccessibleRole::None))
    });
    let mut elements: Vec<serde_json::Value> = Vec::new();
    for element in spoken.find_all() {
        let value = element_json(&element, window.window().scale_factor());
        // A component and what it is made from are one thing on screen.
        if !elements.contains(&value) {
            elements.push(value);
        }
    }
    elements
}

#[cfg(feature = "layout-file")]
fn element_json(element: &i_slint_backend_testing::ElementHandle, scale: f32) -> serde_json::Value {
    use i_slint_backend_testing::AccessibleRole;

    let role = match element.accessible_role() {
        Some(AccessibleRole::Button) => "button",
        Some(AccessibleRole::TextInput) => "field",
        Some(AccessibleRole::Image) => "image",
        _ => "text",
    };
    let (at, size) = (element.absolute_position(), element.size());
    let mut json = serde_json::json!({
        "role": role,
        "label": element.accessible_label().unwrap_or_default().as_str(),
        "x": (at.x * scale).round(),
        "y": (at.y * scale).round(),
        "width": (size.width * scale).round(),
        "height": (size.height * scale).round(),
    });
    if role == "button" {
        json["enabled"] = element.accessible_enabled().unwrap_or(true).into();
    }
    if element.accessible_checkable() == Some(true) {
        json["checked"] = element.accessible_checked().unwrap_or(false).into();
    }
    if let Some(value) = element.accessible_value().filter(|it| !it.is_empty()) {
        json["value"] = value.as_str().into();
    }
    json
}
