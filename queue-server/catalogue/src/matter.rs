//! A matter (事项) as its file states it, schema 1, and the catalogue of
//! all of them. What follows from somebody's answers is in `notice`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::search::Index;
use crate::text::pick;
use crate::{
    Basis, Channels, Contact, Fee, Lang, LifeEvent, MatterResult, Period, Question, Redirect,
    Rejection, Step, Text, TimeLimits, When, Workdays,
};

/// Everything a hall publishes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Short text that changes whenever anything in here changes;
    /// printed on every slip.
    pub revision: String,
    /// The matters by id.
    pub matters: Vec<Matter>,
    /// The calendar that due dates are counted by.
    pub workdays: Workdays,
    /// What the search has made of the matters.
    #[serde(skip)]
    pub(crate) index: Index,
}

impl Catalogue {
    /// The matter with this id.
    pub fn matter(&self, id: &str) -> Option<&Matter> {
        self.matters.iter().find(|matter| matter.id == id)
    }

    /// The departments that have matters here, in the order of their
    /// first matter.
    pub fn departments(&self) -> Vec<&Department> {
        let mut departments: Vec<&Department> = Vec::new();
        for matter in &self.matters {
            if departments.iter().all(|known| known.id != matter.department.id) {
                departments.push(&matter.department);
            }
        }
        departments
    }
}

/// A matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// The schema's number, [`Matter::SCHEMA`].
    pub schema: u32,
    /// Stable and never reused; the file's name.
    pub id: String,
    /// Day of the last change, printed on every slip.
    pub revision: Date,
    /// The official name.
    pub name: Text,
    /// What tiles, tickets and boards say; at most
    /// [`Matter::SHORT_CHARS_MAX`] characters in Chinese.
    pub short: Text,
    /// Everyday words and pinyin initials for search.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The authority named on papers.
    pub department: Department,
    /// What it is in law.
    pub category: Category,
    /// How it flows.
    pub kind: Kind,
    /// Who may apply.
    pub audience: Vec<Audience>,
    /// What is going on in somebody's life when they need it; a matter
    /// without is found by name and by department.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<LifeEvent>,
    /// The lane one waits in.
    pub lane: String,
    /// First guess of the time at the window, minutes.
    pub service_minutes: u32,
    /// How often one must come.
    pub visits: u32,
    /// Ids of the departments that assist in a joint matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<String>,
    /// How long it may take.
    pub time: TimeLimits,
    /// Seasons, if it is not taken all year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<Period>,
    /// How one may apply.
    pub channels: Channels,
    /// What one gets.
    pub result: MatterResult,
    /// The law it stands on.
    #[serde(default)]
    pub basis: Vec<Basis>,
    /// What it costs; nothing if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    /// What happens, in order.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// What is asked, in order.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Situations that lead elsewhere; checked before the materials.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirects: Vec<Redirect>,
    /// Every paper that any situation needs.
    #[serde(default)]
    pub materials: Vec<Material>,
    /// Why people are sent back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejections: Vec<Rejection>,
    /// Where to go.
    pub contact: Contact,
}

impl Matter {
    /// The schema this crate reads.
    pub const SCHEMA: u32 = 1;

    /// Longest short label in Chinese, characters.
    pub const SHORT_CHARS_MAX: usize = 8;
}

/// An authority in the hall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Short and stable, for instance `wjw`.
    pub id: String,
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Department {
    /// The name in one language.
    pub fn get(&self, lang: Lang) -> &str {
        pick(lang, &self.zh, &self.en)
    }
}

/// What a matter is in law (事项类型). Words are kept, never the digits,
/// which differ between provinces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 行政许可.
    Permit,
    /// 行政确认.
    Confirm,
    /// 行政给付.
    Benefit,
    /// 公共服务.
    Public,
    /// 其他行政权力.
    Other,
}

/// How a matter flows (办件类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 即办件: settled at the window.
    Instant,
    /// 承诺件: settled within the promised limit.
    Promise,
    /// 上报件: passed up.
    Upward,
    /// 联办件: several departments, one window.
    Joint,
}

/// Who may apply (服务对象).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// 自然人.
    Person,
    /// 法人.
    Legal,
}

/// A paper (申请材料).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// The same id is the same paper in every matter.
    pub id: String,
    /// Its official name.
    pub name: Text,
    /// What sort of paper it is.
    pub class: MaterialClass,
    /// Where one gets it.
    pub source: MaterialSource,
    /// On paper or not.
    pub media: Media,
    /// Pieces of the original to show or hand in.
    pub original: u32,
    /// Copies to hand in.
    pub copies: u32,
    /// Whether it can be missing.
    pub need: Need,
    /// Needed only if this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Whether the hall keeps the original.
    #[serde(default, skip_serializing_if = "is_no")]
    pub kept: bool,
    /// Whether the hall can look it up instead (数据共享).
    #[serde(default, skip_serializing_if = "is_no")]
    pub shared: bool,
    /// What the clerk checks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Text>,
    /// What a visitor should know of it in this matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// What sort of paper (材料类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaterialClass {
    /// 证件证书证明.
    Certificate,
    /// 申请表格文书.
    Form,
    /// 其他.
    Other,
}

/// Where one gets a paper (来源渠道).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaterialSource {
    /// 申请人自备.
    #[serde(rename = "self")]
    Applicant,
    /// 政府部门核发.
    Government,
    /// 第三方出具.
    ThirdParty,
    /// Made at the window.
    Onsite,
}

/// On paper or not (材料形式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// 纸质.
    Paper,
    /// 电子.
    Electronic,
    /// Either.
    Either,
}

/// Whether a paper can be missing (必要性).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// 必要.
    Required,
    /// 非必要.
    Optional,
    /// 容缺后补: may follow later, against a written promise.
    Deferrable,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_no(value: &bool) -> bool {
    !*value
}
