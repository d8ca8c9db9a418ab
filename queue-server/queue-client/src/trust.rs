//! Whom a device believes to be the hall's server: whoever holds the
//! certificate that it was told of, or one that this machine trusts.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use rustls_platform_verifier::ConfigVerifierExt as _;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// SHA-256 of the server's certificate, as the server's log shows it: 64
/// hexadecimal digits, with or without colons.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Pin([u8; 32]);

/// It is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint has 64 hexadecimal digits, with or without colons")]
pub struct NoPin;

impl Pin {
    /// Of a certificate.
    fn of(certificate: &CertificateDer<'_>) -> Pin {
        Pin(Sha256::digest(certificate).into())
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl FromStr for Pin {
    type Err = NoPin;

    fn from_str(text: &str) -> Result<Pin, NoPin> {
        let digits: String = text.chars().filter(|it| *it != ':').collect();
        if digits.len() != 64 || !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
            return Err(NoPin);
        }
        let mut pin = [0; 32];
        for (byte, at) in pin.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| NoPin)?;
        }
        Ok(Pin(pin))
    }
}

impl TryFrom<String> for Pin {
    type Error = NoPin;

    fn try_from(text: String) -> Result<Pin, NoPin> {
        text.parse()
    }
}

/// What a connection to this address asks of the other side.
pub(crate) fn config(base: &str, pin: Option<Pin>) -> Result<ClientConfig, Error> {
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?;
    let Some(pin) = pin else {
        // A hall without TLS may run on a machine that trusts nobody.
        if base.starts_with("https:") {
            return ClientConfig::with_platform_verifier();
        }
        return Ok(config.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
    };
    let only = Arc::new(Only { pin, provider });
    Ok(config.dangerous().with_custom_certificate_verifier(only).with_no_client_auth())
}

/// Believes one certificate, whatever names and dates it bears: it was
/// given by hand, and a clock may be wrong.
#[derive(Debug)]
struct Only {
    pin: Pin,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Only {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _others: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if Pin::of(certificate) == self.pin {
            return Ok(ServerCertVerified::assertion());
        }
        Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_the_log_shows_it() {
        let plain = "00ff".repeat(16);
        let pairs: Vec<&str> = (0..64).step_by(2).map(|it| &plain[it..it + 2]).collect();
        let shown = pairs.join(":").to_uppercase();
        assert_eq!(shown.parse::<Pin>(), plain.parse());
        assert_eq!(format!("{:?}", plain.parse::<Pin>().unwrap()), plain.to_uppercase());
        for wrong in ["", "00ff", &"zz".repeat(32), &"é".repeat(32), &"+f".repeat(32)] {
            assert_eq!(wrong.parse::<Pin>(), Err(NoPin), "{wrong}");
        }
    }
}
