//! The certificate is made once and kept, or the hall's own is read.

use std::os::unix::fs::PermissionsExt as _;

use super::*;
use crate::scratch::Scratch;

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

fn opened(wish: &Wish, dir: &Path) -> anyhow::Result<Option<Tls>> {
    open(wish, dir, HERE, "2026-11-30T00:00:00Z".parse().unwrap())
}

#[test]
fn the_first_start_makes_it_and_the_next_ones_keep_it() {
    let dir = Scratch::new("tls-auto");
    let first = opened(&Wish::Auto, dir.path()).unwrap().unwrap();
    let again = opened(&Wish::Auto, dir.path()).unwrap().unwrap();
    assert_eq!(first.fingerprint, again.fingerprint);
    assert_eq!(first.fingerprint.split(':').count(), 32);
    assert!(!first.is_halls_own);
    let mode = fs::metadata(dir.path().join(OURS)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "nobody else reads the key");
    let other = Scratch::new("tls-other");
    let other = opened(&Wish::Auto, other.path()).unwrap().unwrap();
    assert_ne!(first.fingerprint, other.fingerprint, "every hall has its own");
}

#[test]
fn what_a_killed_start_left_is_not_in_the_way() {
    let dir = Scratch::new("tls-killed");
    fs::write(dir.path().join("tls.new"), "half a k").unwrap();
    assert!(opened(&Wish::Auto, dir.path()).unwrap().is_some());
}

#[test]
fn the_halls_own_is_read_from_its_folder() {
    let (data, folder) = (Scratch::new("tls-data"), Scratch::new("tls-folder"));
    make(&folder.path().join("cert.pem"), HERE, Timestamp::UNIX_EPOCH).unwrap();
    fs::copy(folder.path().join("cert.pem"), folder.path().join("key.pem")).unwrap();
    let wish = Wish::Folder(folder.path().to_owned());
    assert!(opened(&wish, data.path()).unwrap().unwrap().is_halls_own);
    assert!(!data.path().join(OURS).exists());
}

#[test]
fn what_cannot_be_used_stops_the_start_and_is_named() {
    let dir = Scratch::new("tls-broken");
    let said = |wish: &Wish| format!("{:#}", opened(wish, dir.path()).err().unwrap());
    let wish = Wish::Folder(dir.path().join("nowhere"));
    assert!(said(&wish).contains("nowhere/cert.pem"), "{}", said(&wish));
    fs::write(dir.path().join(OURS), "no certificate").unwrap();
    assert!(said(&Wish::Auto).contains("holds no certificate"), "{}", said(&Wish::Auto));
    assert!(said(&Wish::Auto).contains("the next start makes another"));
}

#[test]
fn the_words_of_the_command_line() {
    for (text, wish) in [
        ("auto", Wish::Auto),
        ("off", Wish::Off),
        ("/etc/hall", Wish::Folder(PathBuf::from("/etc/hall"))),
    ] {
        assert_eq!(text.parse(), Ok(wish));
    }
}
