//! The rest of a matter's published guide (办事指南): basis, fees, steps,
//! channels, result, contact.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Limit, Text, When};

/// The law a matter stands on (设定依据). Names of laws are official and
/// stay Chinese.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The law.
    pub law: String,
    /// The article.
    pub article: String,
    /// Whether somebody read the text.
    pub verified: Verified,
    /// What it says, in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<Text>,
}

/// How sure the catalogue is of a basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verified {
    /// Read in the law's text.
    Text,
    /// From memory; to be read before anyone relies on it.
    Memory,
}

/// A fee (收费项目). A matter without one is free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// What is paid for.
    pub item: Text,
    /// How much.
    pub amount: Amount,
    /// Per what, with the currency: 元/证.
    pub unit: Text,
    /// The published standard; a fee without one is not published.
    pub basis: String,
    /// Due only if this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
}

/// How much a fee is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many fen (分), hundredths of a yuan. Files and JSON hold yuan.
    Fen(u32),
    /// By the local standard (`"local"`).
    Local,
    /// As the tax office assesses it (`"by_tax_office"`).
    ByTaxOffice,
}

const FEN_PER_YUAN: u32 = 100;

/// The yuan of an amount, `120` or `2.50`; nothing where no number is set.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Fen(fen) if fen % FEN_PER_YUAN == 0 => write!(f, "{}", fen / FEN_PER_YUAN),
            Amount::Fen(fen) => write!(f, "{}.{:02}", fen / FEN_PER_YUAN, fen % FEN_PER_YUAN),
            Amount::Local | Amount::ByTaxOffice => Ok(()),
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Amount::Fen(fen) if fen % FEN_PER_YUAN == 0 => {
                serializer.serialize_u32(fen / FEN_PER_YUAN)
            }
            Amount::Fen(fen) => serializer.serialize_f64(f64::from(fen) / f64::from(FEN_PER_YUAN)),
            Amount::Local => serializer.serialize_str("local"),
            Amount::ByTaxOffice => serializer.serialize_str("by_tax_office"),
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
        deserializer.deserialize_any(AmountVisitor)
    }
}

struct AmountVisitor;

impl Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of yuan, `local` or `by_tax_office`")
    }

    fn visit_i64<E: de::Error>(self, yuan: i64) -> Result<Amount, E> {
        let yuan = u64::try_from(yuan).map_err(|_| E::custom("a fee is not negative"))?;
        self.visit_u64(yuan)
    }

    fn visit_u64<E: de::Error>(self, yuan: u64) -> Result<Amount, E> {
        let fen = yuan.checked_mul(FEN_PER_YUAN.into()).and_then(|fen| u32::try_from(fen).ok());
        fen.map(Amount::Fen).ok_or_else(|| E::custom("the fee is too large"))
    }

    fn visit_f64<E: de::Error>(self, yuan: f64) -> Result<Amount, E> {
        let fen = yuan * f64::from(FEN_PER_YUAN);
        let whole = fen.round();
        if !(0.0..=f64::from(u32::MAX)).contains(&whole) || (fen - whole).abs() > 1e-6 {
            return Err(E::custom("a fee is a number of yuan with at most two decimals"));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range is checked above"
        )]
        Ok(Amount::Fen(whole as u32))
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Amount, E> {
        match word {
            "local" => Ok(Amount::Local),
            "by_tax_office" => Ok(Amount::ByTaxOffice),
            _ => Err(E::invalid_value(de::Unexpected::Str(word), &self)),
        }
    }
}

/// A step of the procedure (办理流程).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Unique in its matter.
    pub id: String,
    /// What happens.
    pub name: Text,
    /// How long it takes, if the hall promises that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Limit>,
}

/// A season in which applications are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// What it is called.
    pub name: Text,
    /// When it usually is and who announces it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// How one may apply (办理形式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the published guide says yes or no to each")]
pub struct Channels {
    /// At a window.
    pub window: bool,
    /// Online.
    pub online: bool,
    /// By appointment.
    pub appointment: bool,
    /// By post.
    pub post: bool,
    /// At a self-service terminal.
    pub self_service: bool,
    /// Through an agent.
    pub proxy: bool,
    /// In any district, whatever one's registration.
    pub any_district: bool,
}

/// What one gets in the end (办理结果).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatterResult {
    /// Its name.
    pub name: Text,
    /// How it reaches the visitor.
    pub delivery: Vec<Delivery>,
    /// How long it is good for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Text>,
}

/// How a result is handed over (送达).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// At the window.
    Counter,
    /// By post.
    Post,
    /// As an electronic document.
    Electronic,
}

/// A common reason for being sent back (常见退件原因).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    /// The reason.
    pub text: Text,
    /// Id of the paper it concerns; without one it concerns everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub material: Option<String>,
}

/// Where to go and whom to ask. A matter file leaves blanks (`__`),
/// which the hall fills; nothing published has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Labels of the windows that take the matter, for instance `A01 A02`.
    pub window: String,
    /// Enquiry telephone.
    pub phone: String,
    /// Complaint telephone.
    pub complaint: String,
    /// Where the windows are.
    #[serde(deserialize_with = "one_or_both")]
    pub address: Text,
    /// When they are open.
    #[serde(deserialize_with = "one_or_both")]
    pub hours: Text,
}

/// A text that a file may also write once for both languages, as the
/// blanks are written.
fn one_or_both<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a text, or a table of `zh` and `en`")]
    enum OneOrBoth {
        One(String),
        Both(Text),
    }
    Ok(match OneOrBoth::deserialize(deserializer)? {
        OneOrBoth::One(text) => Text { zh: text.clone(), en: text },
        OneOrBoth::Both(text) => text,
    })
}
