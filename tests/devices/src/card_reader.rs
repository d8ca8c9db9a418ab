//! An identity-card reader at a serial line, as the readers of the second
//! generation of cards speak (SDT). It shares no code with the kiosk.
//!
//! What is on its cards is made up; the text on each has a name, an
//! address and a picture, so that a test can look for what must not be
//! found anywhere.

use std::io;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use rustix::event::{PollFd, PollFlags, poll};

use crate::port::{Listen, Port};

/// Name and address on every card.
pub const CARD_NAME: &str = "欧阳试验";
/// See [`CARD_NAME`].
pub const CARD_ADDRESS: &str = "安阳市文峰区试验路一号";

/// What is wrong with the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardFault {
    /// It hears and says nothing.
    Dead,
    /// One bit of each answer about a card is wrong.
    WrongSum,
    /// The card was moved: half an answer comes.
    Half,
    /// The reader says that it cannot read the card.
    Unreadable,
}

/// What lies on the reader.
#[derive(Debug, Default)]
struct Desk {
    /// The number on the card.
    card: Option<String>,
    /// It was read, and is not found again before it is put back.
    taken: bool,
    fault: Option<CardFault>,
    stop: bool,
    /// Questions so far.
    n_asked: usize,
}

/// A running emulated reader; it is switched off with the value.
#[derive(Debug)]
pub struct VirtualCardReader {
    uri: String,
    desk: Arc<Mutex<Desk>>,
    waker: UnixStream,
    thread: Option<JoinHandle<()>>,
}

impl VirtualCardReader {
    /// Switches one on at a pseudo-terminal under this path.
    pub fn start(link: &Path) -> io::Result<VirtualCardReader> {
        let mut port = Port::open(&Listen::Pty(link.to_owned()), None)?;
        let uri = port.printer_uri()?;
        let desk = Arc::<Mutex<Desk>>::default();
        let (waker, woken) = UnixStream::pair()?;
        let ours = Arc::clone(&desk);
        let run = move || {
            let mut heard = Vec::new();
            loop {
                let Some(fd) = port.fd() else { return };
                let mut fds = [PollFd::new(&fd, PollFlags::IN), PollFd::new(&woken, PollFlags::IN)];
                let polled = poll(&mut fds, None).is_ok();
                let mut desk = lock(&ours);
                if desk.stop || !polled {
                    return;
                }
                let Ok(bytes) = port.read() else { return };
                heard.extend(bytes);
                for answer in desk.answers(&mut heard) {
                    port.write(&answer);
                }
            }
        };
        let thread = std::thread::Builder::new().name("card-reader".into()).spawn(run)?;
        Ok(VirtualCardReader { uri, desk, waker, thread: Some(thread) })
    }

    /// What the kiosk is told with `--identity-reader`.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Somebody puts a card with this number on it.
    pub fn present(&self, number: &str) {
        let mut desk = lock(&self.desk);
        desk.card = Some(number.to_owned());
        desk.taken = false;
    }

    /// And takes it away.
    pub fn take_away(&self) {
        lock(&self.desk).card = None;
    }

    /// Something is wrong with it, or no longer.
    pub fn set_fault(&self, fault: Option<CardFault>) {
        lock(&self.desk).fault = fault;
    }

    /// How often it was asked anything.
    pub fn n_asked(&self) -> usize {
        lock(&self.desk).n_asked
    }
}

/// The same reader without a line: questions in, answers out.
#[derive(Debug, Default)]
pub struct CardLine {
    desk: Desk,
    heard: Vec<u8>,
}

impl CardLine {
    /// Takes bytes, and gives what is answered.
    pub fn hear(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.heard.extend(bytes);
        self.desk.answers(&mut self.heard).concat()
    }

    /// Somebody puts a card with this number on it.
    pub fn present(&mut self, number: &str) {
        self.desk.card = Some(number.to_owned());
        self.desk.taken = false;
    }

    /// Something is wrong with it, or no longer.
    pub fn set_fault(&mut self, fault: Option<CardFault>) {
        self.desk.fault = fault;
    }
}

impl Drop for VirtualCardReader {
    fn drop(&mut self) {
        lock(&self.desk).stop = true;
        // A thread that is gone needs no waking.
        let _ = io::Write::write(&mut self.waker, &[0]);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Answers to the whole questions in what was heard; the rest waits.
    fn answers(&mut self, heard: &mut Vec<u8>) -> Vec<Vec<u8>> {
        let mut answers = Vec::new();
        while heard.len() >= 10 {
            let begins = heard.starts_with(&[0xaa, 0xaa, 0xaa, 0x96, 0x69, 0x00, 0x03]);
            let sums = heard[5..9].iter().fold(0, |sum, it| sum ^ it) == heard[9];
            if !begins || !sums {
                heard.remove(0);
                continue;
            }
            let asked = (heard[7], heard[8]);
            heard.drain(..10);
            self.n_asked += 1;
            answers.extend(self.answer(asked));
        }
        answers
    }

    fn answer(&mut self, asked: (u8, u8)) -> Option<Vec<u8>> {
        if self.fault == Some(CardFault::Dead) {
            return None;
        }
        let number = self.card.clone().filter(|_| !self.taken);
        match (asked, number) {
            ((0x20, 0x01), Some(_)) => Some(message([0, 0, 0x9f], &[0; 4])),
            ((0x20, 0x01), None) => Some(message([0, 0, 0x80], &[])),
            ((0x20, 0x02), Some(_)) => Some(message([0, 0, 0x90], &[0; 8])),
            ((0x20, 0x02), None) => Some(message([0, 0, 0x81], &[])),
            ((0x30, 0x01), Some(number)) => Some(self.read(&number)),
            ((0x30, 0x01), None) => Some(message([0, 0, 0x41], &[])),
            _ => Some(message([0, 0, 0x21], &[])),
        }
    }

    fn read(&mut self, number: &str) -> Vec<u8> {
        self.taken = true;
        if self.fault == Some(CardFault::Unreadable) {
            return message([0, 0, 0x41], &[]);
        }
        let text = [
            (CARD_NAME, 15),
            ("1", 1),
            ("01", 2),
            ("19491231", 8),
            (CARD_ADDRESS, 35),
            (number, 18),
            ("安阳市公安局", 15),
            ("20200101", 8),
            ("20400101", 8),
            ("", 18),
        ];
        let mut data = vec![0x01, 0x00, 0x04, 0x00];
        for (words, width) in text {
            let padded = words.encode_utf16().chain(std::iter::repeat(0x0020)).take(width);
            data.extend(padded.flat_map(u16::to_le_bytes));
        }
        data.extend([0x5a; 1_024]);
        let mut bytes = message([0, 0, 0x90], &data);
        match self.fault {
            Some(CardFault::WrongSum) => bytes[200] ^= 0x10,
            Some(CardFault::Half) => bytes.truncate(bytes.len() / 2),
            _ => {}
        }
        bytes
    }
}

/// A message: what it begins with, its length, status, data and sum.
fn message(status: [u8; 3], data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 4).expect("no answer is so long").to_be_bytes();
    let body: Vec<u8> = length.into_iter().chain(status).chain(data.iter().copied()).collect();
    let sum = body.iter().fold(0, |sum, it| sum ^ it);
    [0xaa, 0xaa, 0xaa, 0x96, 0x69].into_iter().chain(body).chain([sum]).collect()
}
