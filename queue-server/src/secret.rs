//! Random secrets: 128 bits and more, as text that fits an address.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use queue_api::DeviceId;
use queue_core::AppointmentCode;
use sha2::{Digest, Sha256};

use crate::hash::hex;

/// Bytes of a ticket's token: 22 characters in its QR.
const TICKET_BYTES: usize = 16;

/// Bytes of a device's or a session's token.
const CREDENTIAL_BYTES: usize = 32;

/// The secret of a ticket's paper.
pub(crate) fn ticket_token() -> String {
    random::<TICKET_BYTES>()
}

/// The code of an appointment: eight digits, few enough for a person to
/// type and too many to guess where tries are counted.
pub(crate) fn appointment_code() -> AppointmentCode {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    let digits = format!("{:08}", u64::from_le_bytes(bytes) % 100_000_000);
    digits.parse().expect("eight digits are a code")
}

/// The key of a business day, for what is kept of identity cards: 256 bits
/// in hex.
pub(crate) fn day_key() -> String {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    hex(&bytes)
}

/// What requests call a device; a browser can hold it as a number.
pub(crate) fn device_id() -> DeviceId {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    DeviceId(u32::from_le_bytes(bytes).into())
}

/// The code on the screen of a device that asks to come in: six digits,
/// since five wrong ones end the request.
pub(crate) fn enrolment_code() -> String {
    digits(6)
}

/// The code in the log of a hall without an administrator.
pub(crate) fn setup_code() -> String {
    digits(10)
}

/// What makes equal PINs unequal hashes.
pub(crate) fn salt() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

fn digits(n: u32) -> String {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    let width = n as usize;
    format!("{:0width$}", u64::from_le_bytes(bytes) % 10_u64.pow(n))
}

/// The secret of a device or a session.
pub(crate) fn credential() -> String {
    random::<CREDENTIAL_BYTES>()
}

/// How a credential is stored. A fast hash is right here: the secret is
/// random, there is nothing to guess.
pub(crate) fn fingerprint(credential: &str) -> [u8; 32] {
    Sha256::digest(credential).into()
}

fn random<const N: usize>() -> String {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
