//! What was typed, as the search reads it: words without marks, and what
//! of them is left without the words that only ask.

use super::letters::{fold, sound_of};

/// Signs of a query that are looked at; the rest is cut off.
const SIGNS_MAX: usize = 60;

/// Words of a question that name no matter (我要办身份证, 怎么换驾照),
/// longer ones before what they begin with.
const ASKING_ZH: &[&str] = &[
    "请问",
    "我想要",
    "我想",
    "我要",
    "我们",
    "怎么样",
    "怎么办理",
    "怎么",
    "怎样",
    "如何",
    "哪里",
    "在哪",
    "需要",
    "什么",
    "材料",
    "手续",
    "办理",
    "能不能",
    "可不可以",
    "可以",
    "一下",
    "吗",
    "呢",
    "的",
    "了",
    "我",
];

/// The same in English.
const ASKING_EN: &[&str] = &[
    "a",
    "am",
    "an",
    "and",
    "any",
    "apply",
    "are",
    "at",
    "be",
    "bring",
    "can",
    "do",
    "does",
    "documents",
    "for",
    "from",
    "get",
    "have",
    "help",
    "her",
    "his",
    "how",
    "i",
    "im",
    "in",
    "is",
    "it",
    "like",
    "make",
    "me",
    "mine",
    "my",
    "need",
    "of",
    "on",
    "our",
    "papers",
    "please",
    "should",
    "the",
    "their",
    "to",
    "want",
    "we",
    "what",
    "where",
    "which",
    "with",
    "would",
    "you",
    "your",
];

/// What begins a sentence that was typed without spaces, as the kiosk's
/// keyboard has none.
const ASKING_JOINED: &[&str] = &[
    "woyaoban",
    "woyao",
    "woxiangban",
    "woxiang",
    "qingwen",
    "zenmeban",
    "zenme",
    "ruhe",
    "howtoget",
    "howto",
    "iwantto",
    "iwant",
    "ineedto",
    "ineed",
    "applyfor",
    "wherecani",
    "howcani",
    "howdoi",
];

/// A query.
pub(super) struct Typed {
    /// Its words as they were typed.
    pub(super) words: Vec<Vec<char>>,
    /// Its words without those that only ask; as typed if none is left.
    pub(super) bare: Vec<Vec<char>>,
}

impl Typed {
    pub(super) fn read(text: &str) -> Self {
        let words = words(text);
        let mut bare: Vec<Vec<char>> = Vec::new();
        for word in &words {
            let word: String = word.iter().collect();
            if !ASKING_EN.contains(&word.as_str()) {
                bare.extend(without_asking(&word));
            }
        }
        if bare.is_empty() {
            bare.clone_from(&words);
        }
        Self { words, bare }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// All that was typed in one, without the words that only ask.
    pub(super) fn joined(&self) -> Vec<char> {
        self.bare.concat()
    }

    /// The same in folded letters, characters read aloud.
    pub(super) fn letters(&self) -> Vec<u8> {
        let mut letters = String::new();
        for c in self.joined() {
            match sound_of(c) {
                Some(sound) => letters.push_str(sound),
                None => letters.push(c),
            }
        }
        fold(&letters).into_iter().map(|(letter, _)| letter).collect()
    }
}

/// Lower-case words of letters, digits and characters. An apostrophe
/// parts nothing: driver's, xi'an.
fn words(text: &str) -> Vec<Vec<char>> {
    let plain = |c: char| match c {
        'ü' | 'Ü' => 'v',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).expect("the plain form is ASCII")
        }
        _ => c,
    };
    // Nobody types more; what is pasted is cut before it is read.
    let typed = text.chars().take(2 * SIGNS_MAX).map(plain).flat_map(char::to_lowercase);
    let mut words: Vec<Vec<char>> = vec![Vec::new()];
    let mut n_signs = 0;
    for c in typed.filter(|c| !matches!(c, '\'' | '’')) {
        if !c.is_alphanumeric() {
            words.push(Vec::new());
        } else if n_signs < SIGNS_MAX {
            n_signs += 1;
            words.last_mut().expect("there is a first word").push(c);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A word without what only asks; it may fall apart.
fn without_asking(word: &str) -> Vec<Vec<char>> {
    if word.is_ascii() {
        let start = ASKING_JOINED.iter().find(|start| word.starts_with(**start));
        return vec![word[start.map_or(0, |it| it.len())..].chars().collect()]
            .into_iter()
            .filter(|rest: &Vec<char>| !rest.is_empty())
            .collect();
    }
    let parted = ASKING_ZH.iter().fold(word.to_owned(), |text, asking| text.replace(asking, " "));
    parted.split_whitespace().map(|part| part.chars().collect()).collect()
}
