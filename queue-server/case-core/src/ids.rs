//! The names of things.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A case, counted from 1 over the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CaseId(pub u64);

/// A card of supervision, counted from 1 over the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CardId(pub u64);

/// What a paper of the window is (办件文书).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 材料接收凭证: received, not yet accepted.
    Receipt,
    /// 补正告知书 (行政许可法 32 (4)).
    Correction,
    /// 受理通知书 (32 (5)).
    Acceptance,
    /// 不予受理通知书 (32 (1), (2)).
    Decline,
    /// 延期通知书 (42).
    Extension,
    /// 特别程序时间告知书 (45).
    Exclusion,
    /// 容缺受理承诺书.
    Promise,
    /// 送达回证 (44).
    Delivery,
}

impl DocumentKind {
    /// The character in its number.
    pub const fn short(self) -> &'static str {
        match self {
            DocumentKind::Receipt => "收",
            DocumentKind::Correction => "补",
            DocumentKind::Acceptance => "受",
            DocumentKind::Decline => "不受",
            DocumentKind::Extension => "延",
            DocumentKind::Exclusion => "特",
            DocumentKind::Promise => "容",
            DocumentKind::Delivery => "达",
        }
    }
}

/// The number of a paper, without the authority's short form: kind, year
/// and serial of that kind in that year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentNumber {
    /// What it is.
    pub kind: DocumentKind,
    /// The year in which it was issued.
    pub year: i16,
    /// From 1 each year.
    pub serial: u32,
}

impl fmt::Display for DocumentNumber {
    /// `补〔2026〕0012号`; the authority's short form stands before it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DocumentNumber { kind, year, serial } = self;
        write!(f, "{}〔{year}〕{serial:04}号", kind.short())
    }
}
