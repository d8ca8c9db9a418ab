//! Where lines break, by rules that hold for any text: nothing is lost,
//! no line is too wide, what belongs together stays together.

use proptest::prelude::*;

use crate::normalise;

use super::*;

/// What a line must not begin and must not end with.
const CLOSING: &str = "，。、；：？！）》」』】〕”’％℃,.;:?!)]%";
const OPENING: &str = "（《「『【〔“‘([";

/// The paper there is, in cells.
const COLUMNS: [usize; 3] = [32, 34, 48];

/// Leads as slips have them.
const LEADS: [&str; 5] = ["", "□ ", "12. ", "地址：", "Complaints: "];

/// A piece of a text, and whether it must stay whole.
#[derive(Clone, Debug)]
struct Part {
    text: String,
    whole: bool,
}

/// A text and where in it what must stay whole is, in bytes.
#[derive(Clone, Debug)]
struct Sample {
    text: String,
    whole: Vec<std::ops::Range<usize>>,
}

fn digits(n: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(0..10_u8, n)
        .prop_map(|it| it.iter().map(|it| char::from(b'0' + it)).collect())
}

/// A form with `#` for each figure.
fn figures(form: &'static str) -> impl Strategy<Value = String> {
    digits(form.matches('#').count()).prop_map(|figures| {
        let mut figures = figures.chars();
        form.chars().map(|it| if it == '#' { figures.next().unwrap_or('0') } else { it }).collect()
    })
}

fn whole() -> impl Strategy<Value = Part> {
    let forms = prop::sample::select(vec![
        "#",
        "######",
        "#################X",
        "#,###",
        "#.##%",
        "¥#,###",
        "€##",
        "## 元/本",
        "第 ## 条",
        "约 ## 分钟",
        "# 个工作日",
        "≥ ## ㎡",
        "## × ## mm",
        "2026-##-##",
        "2026/##/##",
        "2026年##月##日",
        "2026 年 ## 月 ## 日",
        "## Nov 2026",
        "November ##, 2026",
        "##:##–##:##",
        "### #### ####",
        "###-########",
        "####-#### ####",
        "+86-10-#### ####",
        "+86 10 #### ####",
        "(010) #### ####",
        "400 ### ####",
        "N-####",
        "A##–A##",
        "〔2019〕###号",
        "DB32/T ####-2019",
        "https://www.gov.cn/z/####",
        "window-##@yunxi.gov.cn",
        "Müller-##",
    ]);
    forms.prop_flat_map(figures).prop_map(|text| Part { text: normalise(&text), whole: true })
}

/// Words that a line may end in, which begin and end with a letter.
fn filler() -> impl Strategy<Value = Part> {
    prop_oneof![
        "[一二三办理材料窗口㛃𠮷]{1,9}",
        "[一办材料]{1,4}[，。；：、？！][一办材料]{1,4}",
        "[一办]{1,3}[（《“][一办料]{1,6}[）》”][一办]{1,3}",
        "[a-zé]{1,12}",
        "[a-z]{1,5}[,;.] [A-Z][a-z]{1,9}( [a-zü]{1,9}){0,4}",
    ]
    .prop_map(|text| Part { text, whole: false })
}

/// A part in marks of its own.
fn marked() -> impl Strategy<Value = (&'static str, Part, &'static str)> {
    let before = prop::sample::select(vec!["", "", "", "（", "“", "("]);
    let after = prop::sample::select(vec!["", "", "", "，", "。", "）", "”。", ").", "；", "、"]);
    (before, whole(), after)
}

fn sample() -> impl Strategy<Value = Sample> {
    let parts = proptest::collection::vec((filler(), 0..3_usize, marked(), 0..3_usize), 1..9);
    parts.prop_map(|parts| {
        let mut text = String::new();
        let mut whole = Vec::new();
        for (filler, gap_before, (open, part, close), gap_after) in parts {
            text.push_str(&filler.text);
            // Latin letters right before or behind would be part of it.
            let is_latin = |it: Option<char>| it.is_some_and(|it| it < '\u{2e80}');
            let spaces = gap_before.max(usize::from(is_latin(text.chars().next_back())));
            text.push_str(&" ".repeat(spaces));
            text.push_str(open);
            let start = text.len();
            text.push_str(&part.text);
            debug_assert!(part.whole);
            whole.push(start..text.len());
            text.push_str(close);
            text.push_str(&" ".repeat(gap_after.max(1)));
        }
        Sample { text, whole }
    })
}

/// The bytes of the text that each line holds; a line that is not the
/// text's next is a failure.
fn spans(
    text: &str,
    lines: &[String],
    lead: &str,
) -> Result<Vec<std::ops::Range<usize>>, TestCaseError> {
    let mut at = 0;
    let mut spans = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let indent = if nth == 0 { lead.to_owned() } else { " ".repeat(cells(lead)) };
        let said = line.strip_prefix(&indent);
        prop_assert!(said.is_some(), "not hanging by {:?}: {:?}", lead, lines);
        let said = said.unwrap_or_default();
        prop_assert!(!said.starts_with(' ') && !said.ends_with(' '), "{:?}", lines);
        let start = at + text[at..].len() - text[at..].trim_start_matches(' ').len();
        prop_assert!(text[start..].starts_with(said), "lost or doubled: {:?}", lines);
        at = start + said.len();
        spans.push(start..at);
    }
    prop_assert_eq!(text[at..].trim_matches(' '), "");
    Ok(spans)
}

fn no_line_is_too_wide(lines: &[String], columns: usize) -> Result<(), TestCaseError> {
    for line in lines {
        prop_assert!(cells(line) <= columns, "{:?} is wider than {}", line, columns);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_belongs_together_stays_on_one_line(
        sample in sample(),
        lead in prop::sample::select(&LEADS),
        columns in prop::sample::select(&COLUMNS),
    ) {
        let Sample { text, whole } = &sample;
        let lines = wrap(text, columns, lead);
        no_line_is_too_wide(&lines, columns)?;
        let spans = spans(text, &lines, lead)?;
        for part in whole {
            // Its own marks must find room beside it.
            let room = columns - cells(lead) - cells("“”。");
            let is_whole = spans.iter().any(|it| it.start <= part.start && part.end <= it.end);
            let fits = cells(&text[part.clone()]) <= room;
            prop_assert!(is_whole || !fits, "{:?} is split: {:?}", &text[part.clone()], lines);
        }
        for span in &spans {
            let said = &text[span.clone()];
            let closed = span.start > 0 && said.starts_with(|it| CLOSING.contains(it));
            prop_assert!(!closed, "begins with a closing mark: {:?}", lines);
            let open = span.end < text.trim_end().len() && said.ends_with(|it| OPENING.contains(it));
            prop_assert!(!open, "ends with an opening mark: {:?}", lines);
        }
    }

    #[test]
    fn any_text_is_there_once_and_no_line_is_too_wide(
        text in "[ a-z0-9é一二三𠮷（）《》，。：￥…—·、\\-/+.]{0,80}",
        columns in 8_usize..60,
        boxed in any::<bool>(),
    ) {
        let lead = if boxed { "□ " } else { "" };
        let lines = wrap(&text, columns, lead);
        no_line_is_too_wide(&lines, columns)?;
        spans(&text, &lines, lead)?;
        let even = wrap_evenly(&text, columns);
        no_line_is_too_wide(&even, columns)?;
        spans(&text, &even, "")?;
        prop_assert_eq!(even.len(), wrap(&text, columns, "").len());
    }
}
