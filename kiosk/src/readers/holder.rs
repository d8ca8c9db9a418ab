//! What is kept of an identity card: a hash under the key of the day. The
//! number itself goes no further than this.

use hmac::{Hmac, KeyInit, Mac};
use queue_api::{Holder, IdentityKey};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of a key.
const KEY_BYTES: usize = 32;

/// The key of the day, in memory only.
#[derive(Clone)]
pub struct HolderKey(Zeroizing<[u8; KEY_BYTES]>);

impl HolderKey {
    /// The key that the server sent; none if it is no key.
    pub fn read(key: &IdentityKey) -> Option<HolderKey> {
        let hex = key.key.as_bytes();
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        if hex.len() != 2 * KEY_BYTES {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(HolderKey(bytes))
    }

    /// Whose card has this number: HMAC-SHA-256.
    #[expect(clippy::missing_panics_doc, reason = "a key of any length is taken")]
    pub fn holder(&self, number: &str) -> Holder {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.0.as_slice()).expect("any length is a key");
        mac.update(number.as_bytes());
        Holder::from(<[u8; 32]>::from(mac.finalize().into_bytes()))
    }
}

/// Not in a log.
impl std::fmt::Debug for HolderKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HolderKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn key(digit: &str) -> HolderKey {
        let key = IdentityKey { business_day: date(2026, 11, 30), key: digit.repeat(64) };
        HolderKey::read(&key).unwrap()
    }

    #[test]
    fn the_same_card_is_the_same_holder_on_one_day_only() {
        let number = "11010519491231002X";
        let today = key("1").holder(number);
        assert_eq!(today, key("1").holder(number));
        assert_ne!(today, key("2").holder(number), "the key of another day");
        assert_ne!(today, key("1").holder("110105194912310038"));
        assert!(!today.as_str().contains("1949"));
        assert_eq!(format!("{today:?} {:?}", key("1")), "Holder(…) HolderKey(…)");
    }

    #[test]
    fn what_is_no_key_is_not_taken_for_one() {
        for text in ["", "11", &"g".repeat(64), &"é".repeat(32)] {
            let key = IdentityKey { business_day: date(2026, 11, 30), key: text.to_owned() };
            assert!(HolderKey::read(&key).is_none(), "{text}");
        }
    }
}
