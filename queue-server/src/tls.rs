//! The certificate: made on the first start, or the hall's own.
//!
//! One that is made here lies in the data folder with its key, in one
//! file which nobody else may read. Devices are told its fingerprint and
//! believe no other; a browser asks once.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::net::IpAddr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use anyhow::{Context, bail};
use jiff::Timestamp;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::hash;

/// Certificate and key that were made here.
const OURS: &str = "tls.pem";

/// Years that a certificate made here is good for: longer than the
/// machine.
const YEARS: i32 = 20;

/// What is said in the clear and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Wish {
    /// A certificate is made on the first start.
    #[default]
    Auto,
    /// Everything goes in the clear.
    Off,
    /// The hall's own: `cert.pem`, with those that signed it, and
    /// `key.pem`.
    Folder(PathBuf),
}

impl FromStr for Wish {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Wish, Self::Err> {
        Ok(match text {
            "auto" => Wish::Auto,
            "off" => Wish::Off,
            folder => Wish::Folder(PathBuf::from(folder)),
        })
    }
}

/// What the door needs.
#[derive(Clone)]
pub(crate) struct Tls {
    /// Answers the greeting.
    pub(crate) acceptor: TlsAcceptor,
    /// SHA-256 of the certificate, in pairs of digits.
    pub(crate) fingerprint: String,
    /// Others signed it, so that a phone may believe it.
    pub(crate) is_halls_own: bool,
}

/// Reads the certificate, or makes it; none where the wish is none.
pub(crate) fn open(
    wish: &Wish,
    data: &Path,
    listens: IpAddr,
    now: Timestamp,
) -> anyhow::Result<Option<Tls>> {
    let (certificates, key) = match wish {
        Wish::Off => return Ok(None),
        Wish::Auto => {
            let path = data.join(OURS);
            if !path.exists() {
                make(&path, listens, now)?;
            }
            (path.clone(), path)
        }
        Wish::Folder(folder) => (folder.join("cert.pem"), folder.join("key.pem")),
    };
    let acceptor = read(&certificates, &key).with_context(|| match wish {
        Wish::Auto => "move it away, and the next start makes another, which devices must be told",
        _ => "`--tls` names a folder with `cert.pem` and `key.pem`",
    });
    let (acceptor, fingerprint) = acceptor?;
    Ok(Some(Tls { acceptor, fingerprint, is_halls_own: matches!(wish, Wish::Folder(_)) }))
}

fn read(certificates: &Path, key: &Path) -> anyhow::Result<(TlsAcceptor, String)> {
    let named = |path: &Path| format!("cannot use `{}`", path.display());
    let chain = CertificateDer::pem_file_iter(certificates)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .with_context(|| named(certificates))?;
    let Some(first) = chain.first() else {
        bail!("`{}` holds no certificate", certificates.display());
    };
    let fingerprint = in_pairs(&hash::of(first));
    let key_der = PrivateKeyDer::from_pem_file(key).with_context(|| named(key))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key_der)
        .with_context(|| named(key))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((TlsAcceptor::from(Arc::new(config)), fingerprint))
}

/// Makes a key and a certificate for this machine's names.
fn make(path: &Path, listens: IpAddr, now: Timestamp) -> anyhow::Result<()> {
    let machine = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let mut names = vec!["localhost".to_owned(), machine];
    if !listens.is_unspecified() {
        names.push(listens.to_string());
    }
    let mut asked =
        CertificateParams::new(names).context("the machine's name fits no certificate")?;
    let mut who = DistinguishedName::new();
    who.push(DnType::CommonName, "Yimen queue-server");
    asked.distinguished_name = who;
    // The clock may be wrong on a first start.
    let year = i32::from(now.to_zoned(jiff::tz::TimeZone::UTC).year());
    asked.not_before = rcgen::date_time_ymd(year - 1, 1, 1);
    asked.not_after = rcgen::date_time_ymd(year + YEARS, 1, 1);
    let key = KeyPair::generate().context("cannot make a key")?;
    let certificate = asked.self_signed(&key).context("cannot make a certificate")?;
    let text = format!("{}{}", certificate.pem(), key.serialize_pem());
    keep(path, &text).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Writes a secret whole or not at all.
fn keep(path: &Path, text: &str) -> io::Result<()> {
    let unfinished = path.with_extension("new");
    let _ = fs::remove_file(&unfinished);
    let mut file = File::options().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

/// As people compare it.
fn in_pairs(hex: &str) -> String {
    let pairs: Vec<&str> = (0..hex.len()).step_by(2).filter_map(|it| hex.get(it..it + 2)).collect();
    pairs.join(":").to_uppercase()
}

#[cfg(test)]
mod tests;
