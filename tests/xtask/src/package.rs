//! `cargo xtask package`: Debian packages of the programs, with their
//! units, users and sample configuration, by `dpkg-deb` alone.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::run::{self, Step, cargo, repository};

/// A package and what lies in it.
struct Package {
    name: &'static str,
    says: &'static str,
    needs: &'static str,
    /// Programs for `/usr/bin`.
    programs: &'static [&'static str],
    /// Units of `assets/systemd`.
    units: &'static [&'static str],
    /// Files and folders of the repository, and where they go.
    files: &'static [(&'static str, &'static str)],
    /// Those of them that an operator edits.
    conffiles: &'static [&'static str],
}

const PACKAGES: &[Package] = &[
    Package {
        name: "yimen-queue-server",
        says: "Queue and notices of a service hall: the server",
        needs: "libc6, systemd",
        programs: &["queue-server"],
        units: &["queue-server.service"],
        files: &[
            (
                "assets/debian/yimen-queue-server.sysusers",
                "usr/lib/sysusers.d/yimen-queue-server.conf",
            ),
            ("assets/halls/demo", "usr/share/yimen/halls/demo"),
        ],
        conffiles: &[],
    },
    Package {
        name: "yimen-screen",
        says: "Queue and notices of a service hall: what kiosks and boards stand on",
        needs: "systemd, xinit, xserver-xorg-core, xserver-xorg-input-libinput, openbox, x11-xserver-utils",
        programs: &[],
        units: &["yimen-screen.service"],
        files: &[
            ("assets/debian/yimen-screen.sysusers", "usr/lib/sysusers.d/yimen-screen.conf"),
            ("assets/debian/yimen-screen.tmpfiles", "usr/lib/tmpfiles.d/yimen-screen.conf"),
        ],
        conffiles: &[],
    },
    Package {
        name: "yimen-voice",
        says: "Queue and notices of a service hall: the voice of kiosks and boards",
        needs: "libc6",
        programs: &[],
        units: &[],
        files: &[("assets/voice", "usr/share/yimen/voice")],
        conffiles: &[],
    },
    Package {
        name: "yimen-kiosk",
        says: "Queue and notices of a service hall: the touch kiosk",
        needs: "yimen-screen, yimen-voice, libc6, libx11-6, libx11-xcb1, libxcursor1, libxi6, libxkbcommon-x11-0, fonts-dejavu-core, libasound2, alsa-utils",
        programs: &["kiosk"],
        units: &["kiosk.service"],
        files: &[("assets/kiosk.toml", "etc/yimen/kiosk.toml")],
        conffiles: &["/etc/yimen/kiosk.toml"],
    },
    Package {
        name: "yimen-display-board",
        says: "Queue and notices of a service hall: the display board",
        needs: "yimen-screen, yimen-voice, libc6, libx11-6, libx11-xcb1, libxcursor1, libxi6, libxkbcommon-x11-0, fonts-dejavu-core, libasound2, alsa-utils",
        programs: &["display-board"],
        units: &["display-board.service"],
        files: &[("assets/display-board.toml", "etc/yimen/display-board.toml")],
        conffiles: &["/etc/yimen/display-board.toml"],
    },
];

/// Builds the programs and packs them into `target/debian`; with `debug`,
/// those of a workbench, to look at the packages soon.
pub(crate) fn package(debug: bool) -> Step {
    let mut build =
        vec!["build", "--bin", "queue-server", "--bin", "kiosk", "--bin", "display-board"];
    if !debug {
        build.push("--release");
    }
    cargo(&build)?;
    let out = repository().join("target/debian");
    fs::create_dir_all(&out).map_err(|error| format!("cannot make `target/debian`: {error}"))?;
    let programs = repository().join("target").join(if debug { "debug" } else { "release" });
    for package in PACKAGES {
        let tree = out.join(package.name);
        lay_out(package, &programs, &tree).map_err(|error| format!("{}: {error}", package.name))?;
        let mut pack = Command::new("dpkg-deb");
        run::run(pack.args(["--build", "--root-owner-group"]).arg(&tree).arg(&out))?;
    }
    run::say(&format!("the packages lie in {}", out.display()));
    Ok(())
}

/// The package as a tree of files.
fn lay_out(package: &Package, programs: &Path, tree: &Path) -> std::io::Result<()> {
    if tree.exists() {
        fs::remove_dir_all(tree)?;
    }
    for program in package.programs {
        place(&programs.join(program), &tree.join("usr/bin").join(program), 0o755)?;
    }
    let systemd = repository().join("assets/systemd");
    for unit in package.units {
        place(&systemd.join(unit), &tree.join("usr/lib/systemd/system").join(unit), 0o644)?;
    }
    for (from, to) in package.files {
        place(&repository().join(from), &tree.join(to), 0o644)?;
    }
    let doc = tree.join("usr/share/doc").join(package.name);
    place(&repository().join("assets/LICENSES.md"), &doc.join("copyright"), 0o644)?;
    let control = tree.join("DEBIAN");
    fs::create_dir_all(&control)?;
    fs::write(control.join("control"), control_of(package))?;
    if !package.conffiles.is_empty() {
        fs::write(control.join("conffiles"), package.conffiles.join("\n") + "\n")?;
    }
    let scripts: &[&str] = if package.units.is_empty() { &[] } else { &["postinst", "prerm"] };
    for script in scripts {
        let text = fs::read_to_string(repository().join("assets/debian").join(script))?;
        let path = control.join(script);
        fs::write(&path, text.replace("@UNITS@", &package.units.join(" ")))?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

fn control_of(package: &Package) -> String {
    format!(
        "Package: {}\nVersion: {}\nArchitecture: {}\nMaintainer: Yimen <hall@localhost>\n\
         Section: misc\nPriority: optional\nDepends: {}\nDescription: {}\n",
        package.name,
        env!("CARGO_PKG_VERSION"),
        architecture(),
        package.needs,
        package.says,
    )
}

/// Debian's name of the machine that this was built for.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "loongarch64" => "loong64",
        other => other,
    }
}

/// A file or a folder, readable for everybody.
fn place(from: &Path, to: &Path, mode: u32) -> std::io::Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            place(&entry.path(), &to.join(entry.file_name()), mode)?;
        }
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to)?;
    fs::set_permissions(to, fs::Permissions::from_mode(mode))
}
