//! What the demo hall's files say to the server.

use std::collections::BTreeSet;
use std::path::Path;

use argon2::password_hash::{PasswordVerifier, phc::PasswordHash};
use queue_api::StaffRole;

use crate::profile::{HallFiles, load};

fn demo() -> HallFiles {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/halls/demo");
    load(Path::new(dir)).unwrap()
}

#[test]
fn eight_windows_in_two_zones_serve_twelve_lanes() {
    let profile = demo().profile;
    let labels: Vec<&str> = profile.windows.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["A01", "A02", "A03", "A04", "B01", "B02", "B03", "B04"]);
    let ids: Vec<u16> = profile.windows.iter().map(|it| it.id.0).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(profile.zones.len(), 2);
    assert_eq!(profile.lanes.len(), 12);
    assert!(profile.windows.iter().any(|it| it.general));
    let stops: BTreeSet<String> =
        profile.lanes.iter().map(|it| it.last_ticket.strftime("%H:%M").to_string()).collect();
    assert_eq!(stops.into_iter().collect::<Vec<_>>(), ["16:30", "16:45"]);
}

#[test]
fn the_demo_staff_sign_in_with_123456() {
    let staff = demo().staff;
    let seen: Vec<String> = staff
        .iter()
        .map(|it| format!("{} {:?} {:?}", it.id, it.role, it.window.map(|w| w.0)))
        .collect();
    assert_eq!(seen[0], "1001 Clerk Some(1)");
    assert_eq!(seen[7], "1008 Clerk Some(8)");
    assert_eq!(
        seen[8..],
        ["2001 Desk None", "3001 Manager None", "4001 Supervisor None", "9001 Admin None"]
    );
    assert_eq!(staff.iter().filter(|it| it.role == StaffRole::Clerk).count(), 8);
    let hashes: BTreeSet<&str> = staff.iter().map(|it| it.pin_hash.as_str()).collect();
    for hash in hashes {
        let hash = PasswordHash::new(hash).unwrap();
        argon2::Argon2::default().verify_password(b"123456", &hash).unwrap();
    }
}

#[test]
fn matters_carry_the_windows_of_their_lane_and_the_telephone_of_their_department() {
    let files = demo();
    let contact = |id: &str| files.catalogue.matter(id).unwrap().contact.clone();
    let company = contact("company-registration");
    assert_eq!((company.window.as_str(), company.phone.as_str()), ("A01 A02", "000-80001010"));
    assert_eq!(company.address.en, files.profile.address.en);
    assert_eq!(company.complaint, "12345");
    // The drainage department's own words go before the hall's.
    let drainage = contact("drainage-permit");
    assert_eq!(drainage.window, "A01 A03");
    assert_ne!(drainage.address.en, files.profile.address.en);
}

#[test]
fn the_profile_names_the_revision_that_slips_print() {
    let files = demo();
    assert_eq!(files.profile.catalogue_revision, files.catalogue.revision);
    assert_eq!(files.profile.most_used.len(), 10);
    assert!(files.profile.waive_shared);
}
