//! The page for whoever installs a printer: what to look at, and above
//! it what it must look like.

use crate::words::{self, Word};
use crate::{Align, Style, TestSlip};

use super::Page;

/// The text of the code; what the installer's phone must show.
const CODE: &str = "OK";

/// One character of each kind a printer may lack: GB 2312 of both
/// levels, GBK, signs.
const COMMON: &str = "永国酬爱鑫喆堃镕 ￥€〇①㎡“”—…□→·";

/// Beyond GBK: the first extension, a user-defined code, the second, and
/// letters that printers have too wide.
const RARE: &str = "汉㛃䶮𠮷字 Müř";

pub(super) fn lay_out(page: &mut Page, slip: &TestSlip) {
    let lang = slip.lang;
    page.text(Style::TITLE.times(2, 2), Word::TestTitle.text(lang));
    page.gap(12);
    page.text(Style::CENTRE, &slip.hall);
    page.rule();
    let ruler: String = (1..=page.columns).map(|it| (it % 10).to_string()).collect();
    page.text(Style::PLAIN, &ruler);
    let mut n_checks = 0;
    let mut check = |page: &mut Page, word: Word| {
        n_checks += 1;
        page.hanging(Style::HEADING, &format!("{n_checks}. "), word.text(lang));
        page.gap(12);
    };
    check(page, Word::TestWide);
    let ascii: Vec<char> = ('!'..='~').collect();
    for row in ascii.chunks(page.columns) {
        page.text(Style::PLAIN, &String::from_iter(row));
    }
    check(page, Word::TestAscii);
    page.text(Style::PLAIN, COMMON);
    check(page, Word::TestCommon);
    page.text(Style::PLAIN, RARE);
    page.text(Style::PLAIN.times(2, 2), RARE);
    page.gap(12);
    check(page, Word::TestRare);
    for size in 1..=4 {
        page.text(Style::PLAIN.times(size, size), "A012号");
    }
    page.gap(12);
    check(page, Word::TestSizes);
    for (align, word) in
        [(Align::Left, Word::Left), (Align::Centre, Word::Middle), (Align::Right, Word::Right)]
    {
        page.text(Style { align, ..Style::PLAIN }, word.text(lang));
    }
    check(page, Word::TestSides);
    page.gap(12);
    page.qr(CODE);
    page.gap(12);
    check(page, Word::TestQr);
    page.rule();
    page.labelled(lang, Word::Printer, &slip.printer);
    page.labelled(lang, Word::Profile, &slip.profile);
    page.labelled(lang, Word::PrintedAt, &words::stamp(slip.printed_at));
    check(page, Word::TestCut);
}
