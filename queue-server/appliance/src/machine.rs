//! Which machine this is, as far as a copied disk cannot carry it along.

use std::fs;
use std::path::Path;

/// Where the kernel shows its network cards.
const CARDS: &str = "/sys/class/net";

/// Where the system keeps the name it gave itself. A copy of the disk has
/// the same, so it counts only beside the cards.
const SYSTEM: &str = "/etc/machine-id";

/// The addresses burnt into the machine's network cards and the system's
/// own name. Another machine with a copy of this disk has other cards.
pub fn machine() -> String {
    machine_at(Path::new(CARDS), Path::new(SYSTEM))
}

fn machine_at(cards: &Path, system: &Path) -> String {
    let entries = fs::read_dir(cards).into_iter().flatten().flatten();
    let mut marks: Vec<String> = entries.filter_map(|it| burnt_in(&it.path())).collect();
    marks.sort();
    marks.extend(fs::read_to_string(system).ok().map(|it| it.trim().to_owned()));
    marks.join(" ")
}

/// The address of a real card; what software made has none that lasts.
fn burnt_in(card: &Path) -> Option<String> {
    let read = |name: &str| fs::read_to_string(card.join(name)).ok();
    let lasts = card.join("device").exists() && read("addr_assign_type")?.trim() == "0";
    let address = read("address")?.trim().to_owned();
    lasts.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_disk_on_other_cards_is_another_machine() {
        let dir = std::env::temp_dir().join(format!("machine-{}", std::process::id()));
        let card = |machine: &str, name: &str, kind: &str, address: &str| {
            let at = dir.join(machine).join(name);
            fs::create_dir_all(at.join("device")).unwrap();
            fs::write(at.join("addr_assign_type"), kind).unwrap();
            fs::write(at.join("address"), address).unwrap();
        };
        let system = dir.join("machine-id");
        fs::create_dir_all(&dir).unwrap();
        fs::write(&system, "0123\n").unwrap();
        card("one", "eth0", "0\n", "52:54:00:00:00:01\n");
        card("one", "wlan0", "0\n", "52:54:00:00:00:02\n");
        card("one", "veth9", "3\n", "c2:00:00:00:00:99\n");
        card("two", "eth0", "0\n", "52:54:00:00:00:07\n");
        let one = machine_at(&dir.join("one"), &system);
        assert_eq!(one, "52:54:00:00:00:01 52:54:00:00:00:02 0123");
        assert_ne!(one, machine_at(&dir.join("two"), &system));
        assert_eq!(machine_at(&dir.join("none"), &dir.join("nothing")), "");
        fs::remove_dir_all(&dir).unwrap();
    }
}
