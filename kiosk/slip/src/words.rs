//! The slip's own words, in both languages.
//!
//! Everything else on a slip comes in with the document. Verb and noun,
//! no blame, first what the visitor does: see the guide to words in the
//! style of the screens. This file must not lay anything out.

use jiff::civil::{Date, DateTime};

use crate::{Due, Lang, Minutes, Paper};

/// Declares the fixed words once: name, Chinese, English.
macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// A fixed word or sentence of a slip.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Word {
            $(#[doc = $en] $name,)*
        }

        impl Word {
            /// Every fixed word, for tests and for translators.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word in a language.
            pub fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::Zh) => $zh, (Self::$name, Lang::En) => $en,)*
                }
            }
        }
    };
}

words! {
    Reprint: "补打", "REPRINT";
    Windows: "窗口", "Windows";
    ScanToFollow: "扫码看前面还有几人", "Scan to see how many are before you";
    ScanForList: "扫码在手机上看这张清单", "Scan to have this list on your phone";
    NoticeTitle: "一次性告知单", "What to bring";
    ReadFirst: "请先看这里", "Read this first";
    Instead: "改办：", "Instead: ";
    Situation: "您的情况", "Your situation";
    Bring: "要带的材料", "Bring these";
    BringNothing: "这一项不用带材料", "You need not bring any papers";
    Later: "可以后补的材料", "May follow later";
    Skip: "不用带的材料", "You need not bring";
    SkipWhy: "大厅自己查，不用您跑。", "The hall looks these up itself.";
    Kept: "窗口留存", "kept by the window";
    Returned: "看后退还", "shown, then returned";
    IfAny: "（有就带）", " (if you have one)";
    WindowChecks: "窗口会看：", "The window checks: ";
    Steps: "办理步骤", "Steps";
    HowLong: "多久办好", "How long it takes";
    Promised: "承诺：", "Promised: ";
    Statutory: "法定：", "By law: ";
    Excluded: "不计入：", "Not counted: ";
    Provisional: "放假安排还没公布，日期是暂定的。", "The holidays of that time are not published yet: the date may move.";
    Fees: "收费", "Fees";
    NoFee: "不收费", "No fee";
    Basis: "依据：", "Basis: ";
    Offline: "脱机取号：网络恢复后按取号时间排队", "Given offline: you queue by the time below";
    Where: "到哪里办", "Where to go";
    Window: "窗口：", "Window: ";
    Address: "地址：", "Address: ";
    Hours: "时间：", "Hours: ";
    Phone: "电话：", "Phone: ";
    Complaint: "投诉：", "Complaints: ";
    Rejections: "这些情况会让您再跑一趟", "Why people are sent back";
    NoticeNumber: "告知单号 ", "Notice ";
    Revision: "清单版本 ", "Edition ";
    PrintedAt: "打印时间 ", "Printed ";
    NotAcceptance: "本单不是受理凭证", "This notice is not an acceptance voucher";
    JointMatters: "本单的事项", "On this notice";
    Serves: "用于事项 ", "for matter ";
    ReturnPassTitle: "二次优先卡", "Return pass";
    For: "办理：", "For: ";
    Valid: "有效：", "Valid: ";
    OnWorkingDays: "（工作日）", " (working days)";
    Lane: "队列：", "Queue: ";
    FirstTicket: "原号：", "First ticket: ";
    PassHow: "再来时，在取号机上扫这个码。", "When you come back, scan this at the kiosk.";
    PassOnce: "只能用一次，过期无效。", "One use. Not valid after the last day.";
    ElsewhereTitle: "不在本厅办理", "Not in this hall";
    GoTo: "请到这里办", "Go to";
    StuckTitle: "办不成事反映单", "Could not get it done";
    ComplaintTitle: "投诉单", "Complaint";
    NoNames: "不用写姓名，不用出示证件。", "No name and no papers are asked for.";
    TicketNumber: "号码：", "Number: ";
    TakenAt: "取号时间：", "Taken at: ";
    CalledAt: "叫号时间：", "Called at: ";
    Happened: "遇到了什么事？", "What happened?";
    Wished: "希望怎么办？", "What should be done?";
    Reached: "怎么答复您（可以不写）", "How to reach you (may stay empty)";
    HandIn: "交到：", "Hand it in at: ";
    OrCall: "也可以拨打：", "Or call: ";
    ForStaff: "以下由收单的工作人员填写，请拍照留存", "Filled in by who takes it; keep a picture";
    Received: "收单时间、工号：", "Received, by: ";
    AnswerBy: "答复日期：", "Answer by: ";
    TestTitle: "打印测试", "Printer test";
    TestWide: "数字占满纸宽，不换行。", "The digits fill the paper on one line.";
    TestAscii: "字母和符号都在，宽窄一样。", "All letters and signs are there, of one width.";
    TestCommon: "汉字和符号都在，没有空框。", "All characters are there, no empty boxes.";
    TestRare: "生僻字看得清，高矮一致。", "Rare characters are clear, as high as others.";
    TestSizes: "一行比一行大，高矮一致。", "Each line is larger, hanzi as high as digits.";
    TestSides: "左、中、右各在其位。", "Left, middle and right are where they say.";
    Left: "左", "Left";
    Middle: "中", "Middle";
    Right: "右", "Right";
    TestQr: "二维码能扫出“OK”。", "The code reads \"OK\".";
    TestCut: "纸在这行下面切断。", "The paper is cut below this line.";
    Printer: "打印机 ", "Printer ";
    Profile: "型号设置 ", "Profile ";
}

/// How many people are before the visitor.
pub(crate) fn ahead(lang: Lang, n: u32) -> String {
    match (lang, n) {
        (Lang::Zh, 0) => "前面没有人".into(),
        (Lang::Zh, n) => format!("前面 {n} 人"),
        (Lang::En, 0) => "Nobody before you".into(),
        (Lang::En, 1) => "1 person before you".into(),
        (Lang::En, n) => format!("{n} people before you"),
    }
}

/// The expected wait; always said as "about".
pub(crate) fn wait(lang: Lang, minutes: Minutes) -> String {
    let Minutes { low, high } = minutes;
    match (lang, high > low) {
        (Lang::Zh, true) => format!("约 {low}-{high} 分钟"),
        (Lang::Zh, false) => format!("约 {low} 分钟"),
        (Lang::En, true) => format!("about {low}-{high} min"),
        (Lang::En, false) => format!("about {low} min"),
    }
}

/// What to do when the number was passed.
pub(crate) fn rejoin(lang: Lang, minutes: u32) -> String {
    match lang {
        Lang::Zh => format!("过号后 {minutes} 分钟内可在本机重新排入一次。"),
        Lang::En => {
            format!("Missed your call? Join again at this kiosk within {minutes} minutes, once.")
        }
    }
}

/// Where a ticket's list of papers is.
pub(crate) fn see_notice(lang: Lang, notice: &str) -> String {
    match lang {
        Lang::Zh => format!("材料清单见一次性告知单 {notice}"),
        Lang::En => format!("Papers to bring: notice {notice}"),
    }
}

/// A day and time without the year, as on a ticket.
pub(crate) fn day_and_time(lang: Lang, at: DateTime) -> String {
    let (hour, minute) = (at.hour(), at.minute());
    match lang {
        Lang::Zh => format!("{}月{}日 {hour:02}:{minute:02}", at.month(), at.day()),
        Lang::En => {
            format!("{} {} {hour:02}:{minute:02}", at.day(), month(at.date()))
        }
    }
}

/// A date and time in figures, as in the foot of a notice.
pub(crate) fn stamp(at: DateTime) -> String {
    format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
}

/// The authority on whose behalf the window accepts.
pub(crate) fn entrusted(lang: Lang, by: &str) -> String {
    match lang {
        Lang::Zh => format!("受{by}委托"),
        Lang::En => format!("Entrusted by {by}"),
    }
}

/// When it would be done if everything were handed in that day.
pub(crate) fn due(lang: Lang, due: Due) -> String {
    let Due { handed_in, due, .. } = due;
    match lang {
        Lang::Zh if due == handed_in => format!("今天（{handed_in}）交齐，今天办好"),
        Lang::Zh => format!("今天（{handed_in}）交齐，最晚 {due} 办好"),
        Lang::En if due == handed_in => {
            format!("Everything handed in today ({handed_in}): done today")
        }
        Lang::En => format!("Everything handed in today ({handed_in}): done by {due}"),
    }
}

/// From which day to which a pass is good.
pub(crate) fn valid(lang: Lang, from: Date, to: Date) -> String {
    let days = if from == to {
        from.to_string()
    } else {
        match lang {
            Lang::Zh => format!("{from} 至 {to}"),
            Lang::En => format!("{from} to {to}"),
        }
    };
    format!("{days}{}", Word::OnWorkingDays.text(lang))
}

/// Which matters of several a paper serves.
pub(crate) fn serves(lang: Lang, matters: &[u32]) -> String {
    let numbers: Vec<String> = matters.iter().map(u32::to_string).collect();
    let between = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    format!("{}{}", Word::Serves.text(lang), numbers.join(between))
}

/// How many papers a group has, behind its heading.
pub(crate) fn count(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("（{n} 样）"),
        Lang::En => format!(" ({n})"),
    }
}

/// How many originals and how many copies, where they are asked for.
pub(crate) fn pieces(lang: Lang, paper: &Paper) -> Vec<String> {
    let mut parts = Vec::new();
    if paper.originals > 0 {
        let what = if paper.kept { Word::Kept } else { Word::Returned }.text(lang);
        parts.push(match (lang, paper.originals) {
            (Lang::Zh, n) => format!("原件 {n} 份（{what}）"),
            (Lang::En, 1) => format!("1 original ({what})"),
            (Lang::En, n) => format!("{n} originals ({what})"),
        });
    }
    if paper.copies > 0 {
        parts.push(match (lang, paper.copies) {
            (Lang::Zh, n) => format!("复印件 {n} 份"),
            (Lang::En, 1) => "1 copy".into(),
            (Lang::En, n) => format!("{n} copies"),
        });
    }
    parts
}

/// Between two things of one kind on a line.
pub(crate) fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    }
}

fn month(date: Date) -> &'static str {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let index = usize::try_from(date.month() - 1).expect("months begin at one");
    MONTHS[index]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_exists_in_both_languages() {
        for word in Word::ALL {
            let (zh, en) = (word.text(Lang::Zh), word.text(Lang::En));
            assert!(zh.chars().any(|it| ('一'..='龥').contains(&it)), "{word:?}: {zh}");
            assert!(en.chars().any(|it| it.is_ascii_alphabetic()), "{word:?}: {en}");
            assert_ne!(zh, en);
        }
    }

    #[test]
    fn numbers_are_said_as_people_say_them() {
        assert_eq!(ahead(Lang::En, 1), "1 person before you");
        assert_eq!(ahead(Lang::Zh, 0), "前面没有人");
        assert_eq!(wait(Lang::Zh, Minutes { low: 20, high: 30 }), "约 20-30 分钟");
        assert_eq!(wait(Lang::En, Minutes { low: 5, high: 5 }), "about 5 min");
    }
}
