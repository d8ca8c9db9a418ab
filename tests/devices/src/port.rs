//! What the printer hangs on: a TCP port, a pseudo-terminal as a serial
//! port, or one as a USB printer's device file.
//!
//! One client at a time, as a real printer. Bytes pass through
//! unchanged, unless a serial port has the wrong speed; nothing here
//! knows what they mean.
//!
//! The stand-in for `/dev/usb/lp0` is a raw pseudo-terminal that
//! vanishes with the printer's power. It cannot refuse a second opener,
//! answer the ioctl for the printer-class status, hand out empty packets,
//! or fail with `ENODEV` when it is pulled out: readers of a vanished
//! terminal get nothing, writers `EIO`.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use rustix::fs::{Mode, OFlags};
use rustix::pty::OpenptFlags;
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use thiserror::Error;

use crate::cable::corrupt;

/// Where to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listen {
    /// A TCP address; port 0 lets the system choose.
    Tcp(SocketAddr),
    /// A new pseudo-terminal as a serial port, reachable under this path.
    Pty(PathBuf),
    /// A new pseudo-terminal as a USB printer's device file.
    Lp(PathBuf),
}

/// A text that is no place to listen.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is none of `tcp:ADDRESS:PORT`, `pty:PATH` and `lp:PATH`")]
pub struct BadListen(String);

impl FromStr for Listen {
    type Err = BadListen;

    fn from_str(text: &str) -> Result<Self, BadListen> {
        let bad = || BadListen(text.to_owned());
        match text.split_once(':').ok_or_else(bad)? {
            ("tcp", address) => address.parse().map(Self::Tcp).map_err(|_| bad()),
            ("pty", path) if !path.is_empty() => Ok(Self::Pty(path.into())),
            ("lp", path) if !path.is_empty() => Ok(Self::Lp(path.into())),
            _ => Err(bad()),
        }
    }
}

/// An open port.
#[derive(Debug)]
pub(crate) enum Port {
    Tcp {
        listener: TcpListener,
        client: Option<TcpStream>,
        /// A connection that nobody reads any more, and nobody closes.
        dead: Option<TcpStream>,
    },
    Pty {
        link: PathBuf,
        pair: Option<Pair>,
        kind: PtyKind,
    },
}

/// What a pseudo-terminal stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PtyKind {
    /// A serial port; the speed of the printer if it has to be met.
    Serial { baud: Option<u32> },
    /// A USB printer's device file.
    Lp,
}

/// The two ends of a pseudo-terminal. Ours keeps the other end open too,
/// so that what a client wrote outlives the client.
#[derive(Debug)]
pub(crate) struct Pair {
    ours: fs::File,
    theirs: OwnedFd,
}

impl Port {
    /// Opens it for a printer whose serial port has this speed.
    pub(crate) fn open(listen: &Listen, baud: Option<u32>) -> io::Result<Self> {
        match listen {
            Listen::Tcp(address) => {
                let listener = TcpListener::bind(address)?;
                listener.set_nonblocking(true)?;
                Ok(Self::Tcp { listener, client: None, dead: None })
            }
            Listen::Pty(link) => Self::open_pty(link, PtyKind::Serial { baud }),
            Listen::Lp(link) => Self::open_pty(link, PtyKind::Lp),
        }
    }

    fn open_pty(link: &Path, kind: PtyKind) -> io::Result<Self> {
        Ok(Self::Pty { link: link.to_owned(), pair: Some(open_pair(link)?), kind })
    }

    /// Whether it is there only while the printer has power.
    pub(crate) fn needs_power(&self) -> bool {
        !matches!(self, Self::Pty { kind: PtyKind::Serial { .. }, .. })
    }

    /// How the kiosk is told to reach it.
    pub(crate) fn printer_uri(&self) -> io::Result<String> {
        match self {
            Self::Tcp { listener, .. } => Ok(format!("tcp:{}", listener.local_addr()?)),
            Self::Pty { link, kind: PtyKind::Lp, .. } => Ok(format!("lp:{}", link.display())),
            Self::Pty { link, kind: PtyKind::Serial { baud: None }, .. } => {
                Ok(format!("serial:{}", link.display()))
            }
            Self::Pty { link, kind: PtyKind::Serial { baud: Some(baud) }, .. } => {
                Ok(format!("serial:{}?baud={baud}", link.display()))
            }
        }
    }

    /// What to wait for.
    pub(crate) fn fd(&self) -> Option<BorrowedFd<'_>> {
        match self {
            Self::Tcp { client: Some(client), .. } => Some(client.as_fd()),
            Self::Tcp { listener, .. } => Some(listener.as_fd()),
            Self::Pty { pair, .. } => pair.as_ref().map(|it| it.ours.as_fd()),
        }
    }

    /// Pulls the cable.
    pub(crate) fn unplug(&mut self) {
        match self {
            Self::Tcp { listener, client, .. } => {
                *client = None;
                // Whoever comes while the cable is out is turned away.
                while listener.accept().is_ok() {}
            }
            Self::Pty { link, pair, .. } => {
                if pair.take().is_some() {
                    // A link that is gone already is as good.
                    let _ = fs::remove_file(link);
                }
            }
        }
    }

    /// Leaves the client with a connection that says nothing any more,
    /// not even that it is gone.
    pub(crate) fn go_dead(&mut self) {
        if let Self::Tcp { client, dead, .. } = self {
            *dead = client.take();
        }
    }

    /// Puts the cable back.
    pub(crate) fn plug(&mut self) -> io::Result<()> {
        if let Self::Pty { link, pair: pair @ None, .. } = self {
            *pair = Some(open_pair(link)?);
        }
        Ok(())
    }

    /// Takes what has arrived, without waiting.
    pub(crate) fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut buffer = [0; 4096];
        let read = match self {
            Self::Tcp { listener, client: client @ None, .. } => {
                if let Ok((stream, _)) = listener.accept() {
                    stream.set_nonblocking(true)?;
                    stream.set_nodelay(true)?;
                    *client = Some(stream);
                }
                return Ok(Vec::new());
            }
            Self::Tcp { client: Some(client), .. } => client.read(&mut buffer),
            Self::Pty { pair: Some(pair), .. } => pair.ours.read(&mut buffer),
            Self::Pty { pair: None, .. } => return Ok(Vec::new()),
        };
        match read {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(Vec::new()),
            Ok(n) if n > 0 => Ok(self.at_its_speed(&buffer[..n])),
            _ => {
                self.hang_up();
                Ok(Vec::new())
            }
        }
    }

    /// What arrives of bytes at the speed that the client set.
    fn at_its_speed(&self, bytes: &[u8]) -> Vec<u8> {
        let is_wrong = match self {
            Self::Pty { pair: Some(pair), kind: PtyKind::Serial { baud: Some(baud) }, .. } => {
                tcgetattr(&pair.theirs).is_ok_and(|it| it.output_speed() != *baud)
            }
            _ => false,
        };
        let arrives = |it: &u8| if is_wrong { corrupt(*it) } else { *it };
        bytes.iter().map(arrives).collect()
    }

    /// Sends a reply; a client that does not listen loses it.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let bytes = self.at_its_speed(bytes);
        let _ = match self {
            Self::Tcp { client: Some(client), .. } => client.write_all(&bytes),
            Self::Pty { pair: Some(pair), .. } => pair.ours.write_all(&bytes),
            _ => Ok(()),
        };
    }

    /// Lets a client go.
    pub(crate) fn hang_up(&mut self) {
        if let Self::Tcp { client, .. } = self {
            *client = None;
        }
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.unplug();
    }
}

fn open_pair(link: &Path) -> io::Result<Pair> {
    let ours = rustix::pty::openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
    rustix::pty::grantpt(&ours)?;
    rustix::pty::unlockpt(&ours)?;
    let name = rustix::pty::ptsname(&ours, Vec::new())?;
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let theirs = rustix::fs::open(&name, flags, Mode::empty())?;
    let mut settings = tcgetattr(&theirs)?;
    settings.make_raw();
    tcsetattr(&theirs, OptionalActions::Now, &settings)?;
    rustix::fs::fcntl_setfl(&ours, OFlags::RDWR | OFlags::NONBLOCK)?;
    let beside = link.with_extension("new");
    let _ = fs::remove_file(&beside);
    std::os::unix::fs::symlink(name.to_string_lossy().as_ref(), &beside)?;
    fs::rename(&beside, link)?;
    Ok(Pair { ours: fs::File::from(ours), theirs })
}
