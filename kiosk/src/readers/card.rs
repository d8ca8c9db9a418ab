//! The thread of an identity-card reader. It asks the reader only while a
//! visitor is asked for their card, and lets go of the line otherwise.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use kiosk_core::{CardHeard, Msg};
use queue_api::CommandId;
use tokio::sync::mpsc;

use super::dialogue::{self, Unheard};
use super::presence::Presence;
use super::{HolderKey, SerialAddress};
use crate::printer::Port;
use crate::runtime::Sent;

/// How often a card is looked for.
const LOOK_PAUSE: Duration = Duration::from_millis(250);

/// How long a card that could not be read is left alone.
const AGAIN_PAUSE: Duration = Duration::from_secs(1);

/// How long a reader that is away is left alone.
const REOPEN_PAUSE: Duration = Duration::from_secs(1);

/// Questions without an answer after which a reader is away.
const SILENT_MAX: u32 = 3;

/// Orders that may wait; a press is one, and leaving the page another.
const ORDERS_MAX: usize = 8;

/// What the reader's thread is told.
#[derive(Clone, Debug)]
enum Order {
    Read(CommandId),
    LetGo,
}

/// The reader's thread, and the key of the day.
#[derive(Clone, Debug)]
pub(crate) struct CardReader {
    orders: SyncSender<Order>,
    key: Arc<Mutex<Option<HolderKey>>>,
}

impl CardReader {
    /// Starts the thread. The reader is looked for once, so that the log
    /// says at once whether it is there.
    pub(crate) fn start(
        address: SerialAddress,
        messages: mpsc::Sender<Sent>,
    ) -> io::Result<CardReader> {
        let (orders, for_thread) = sync_channel(ORDERS_MAX);
        let key = Arc::<Mutex<Option<HolderKey>>>::default();
        let presence = Presence::new("identity cards", &address);
        let mut desk =
            Desk { address, messages, key: Arc::clone(&key), presence, port: None, silent: 0 };
        let run = move || {
            desk.greet();
            while let Ok(order) = for_thread.recv() {
                if let Order::Read(press) = order {
                    desk.attend(press, &for_thread);
                    desk.port = None;
                }
            }
        };
        thread::Builder::new().name("identity-cards".to_owned()).spawn(run)?;
        Ok(CardReader { orders, key })
    }

    /// Reads the next card, for this press.
    pub(crate) fn read(&self, press: CommandId) {
        self.order(Order::Read(press));
    }

    /// Nobody is asked for a card any more.
    pub(crate) fn let_go(&self) {
        self.order(Order::LetGo);
    }

    /// The key of the day, or none when it is over.
    pub(crate) fn set_key(&self, key: Option<HolderKey>) {
        *self.key.lock().unwrap_or_else(PoisonError::into_inner) = key;
    }

    fn order(&self, order: Order) {
        if self.orders.try_send(order).is_err() {
            tracing::error!("the thread of the identity-card reader does not take orders");
        }
    }
}

/// The thread's own.
struct Desk {
    address: SerialAddress,
    messages: mpsc::Sender<Sent>,
    key: Arc<Mutex<Option<HolderKey>>>,
    presence: Presence,
    port: Option<Port>,
    /// Questions in a row that were not answered.
    silent: u32,
}

/// What came of looking for a card once.
enum Look {
    Nothing,
    /// The number is made into what is kept of it, and gone.
    Read,
    Unreadable,
    /// Perhaps it answers the next time.
    Silent,
    Away,
}

impl Desk {
    /// Whether the reader is there, for the log.
    fn greet(&mut self) {
        let found = match self.port() {
            Some(port) => dialogue::find(port),
            None => return,
        };
        match found {
            Ok(_) => drop(self.presence.there()),
            Err(cause) => drop(self.presence.away(words(cause))),
        }
        self.port = None;
    }

    /// Looks for a card until one was read, or nobody waits for it.
    fn attend(&mut self, mut press: CommandId, orders: &Receiver<Order>) {
        let mut away = false;
        while !self.messages.is_closed() {
            let pause = match self.look(&press) {
                Look::Read => return,
                Look::Nothing => {
                    if std::mem::take(&mut away) {
                        self.tell(&press, CardHeard::Waits);
                    }
                    LOOK_PAUSE
                }
                Look::Unreadable => {
                    away = false;
                    self.tell(&press, CardHeard::Unreadable);
                    AGAIN_PAUSE
                }
                Look::Silent => LOOK_PAUSE,
                Look::Away => {
                    if !std::mem::replace(&mut away, true) {
                        self.tell(&press, CardHeard::Away);
                    }
                    REOPEN_PAUSE
                }
            };
            match orders.recv_timeout(pause) {
                Ok(Order::Read(next)) => press = next,
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Order::LetGo) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Looks once.
    fn look(&mut self, press: &CommandId) -> Look {
        let Some(port) = self.port() else { return Look::Away };
        match dialogue::find(port) {
            Ok(found) => {
                self.silent = 0;
                self.presence.there();
                if found { self.read(press) } else { Look::Nothing }
            }
            Err(cause) => self.unheard(cause),
        }
    }

    /// Reads the card that lies there.
    fn read(&mut self, press: &CommandId) -> Look {
        self.tell(press, CardHeard::Seen);
        let Some(port) = self.port() else { return Look::Away };
        let number = match dialogue::read(port) {
            Ok(Some(number)) => number,
            Ok(None) => return Look::Unreadable,
            Err(cause) => return self.unheard(cause),
        };
        let key = self.key.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(key) = key else { return Look::Unreadable };
        self.tell(press, CardHeard::Read(key.holder(&number)));
        Look::Read
    }

    fn unheard(&mut self, cause: Unheard) -> Look {
        self.silent = self.silent.saturating_add(1);
        if cause == Unheard::Nothing && self.silent < SILENT_MAX {
            return Look::Silent;
        }
        self.port = None;
        self.presence.away(words(cause));
        Look::Away
    }

    /// The line, opened if it is not; none if it cannot be.
    fn port(&mut self) -> Option<&mut Port> {
        if self.port.is_none() {
            match Port::opened(self.address.port(), REOPEN_PAUSE) {
                Ok(port) => self.port = Some(port),
                Err(error) => drop(self.presence.away(&error.to_string())),
            }
        }
        self.port.as_mut()
    }

    fn tell(&self, press: &CommandId, heard: CardHeard) {
        let msg = Msg::Card { press: press.clone(), heard };
        // Nobody listens any more when the kiosk stops.
        let _closed = self.messages.blocking_send(Sent::Msg(Box::new(msg))).is_err();
    }
}

fn words(cause: Unheard) -> &'static str {
    match cause {
        Unheard::Gone => "the line broke off",
        Unheard::Nothing => "it does not answer",
    }
}
