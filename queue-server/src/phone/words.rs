//! The texts of `web/words.json`, which the pages' scripts read too, and
//! how a text in both languages stands on a page.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use catalogue::{Lang, Text};
use maud::{Markup, html};
use queue_api::Bilingual;

static TEXTS: LazyLock<BTreeMap<String, Text>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../web/words.json")).expect("a test reads `words.json`")
});

/// The text for this key.
pub(super) fn text(key: &str) -> &'static Text {
    TEXTS.get(key).unwrap_or_else(|| panic!("`words.json` has no `{key}`"))
}

/// The text for this key, with `{name}` replaced in both languages.
pub(super) fn filled(key: &str, values: &[(&str, &Text)]) -> Text {
    let mut made = text(key).clone();
    for (name, value) in values {
        let place = format!("{{{name}}}");
        made.zh = made.zh.replace(&place, &value.zh);
        made.en = made.en.replace(&place, &value.en);
    }
    made
}

/// The same words in both languages: a number, a date, a label.
pub(super) fn same(words: &(impl ToString + ?Sized)) -> Text {
    let words = words.to_string();
    Text { zh: words.clone(), en: words }
}

/// A text of the hall's profile.
pub(super) fn of(text: &Bilingual) -> Text {
    Text { zh: text.zh.clone(), en: text.en.clone() }
}

/// A text in both languages; the page shows the one that it is in.
pub(super) fn both(text: &Text) -> Markup {
    html! {
        @if text.zh == text.en { (text.zh) } @else {
            span class="zh" lang="zh-CN" { (text.zh) }
            span class="en" lang="en" { (text.en) }
        }
    }
}

/// The text for this key in both languages.
pub(super) fn say(key: &str) -> Markup {
    both(text(key))
}

/// What a page's address calls a language.
pub(super) fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

/// What `lang` attributes call a language.
pub(super) fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}
