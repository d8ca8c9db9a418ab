//! The story tests and the end-to-end tests, one program so that they
//! are linked once. Each file is one promise of the suite.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]

mod accessibility;
mod appointments;
mod clerk;
mod console;
mod corner;
mod desk;
mod durability;
mod http;
mod issuing;
mod joining;
mod kiosk_aloud;
mod kiosk_card;
mod kiosk_hand;
mod kiosk_keys;
mod kiosk_power;
mod kiosk_scanner;
mod kiosk_several;
mod kiosk_staff;
mod kiosk_troubles;
mod life;
mod main_job;
mod manager;
mod notices;
mod offline;
mod outage;
mod phone;
mod places;
mod push;
mod reports;
mod retention;
mod simulation;
mod sound_card;
mod spoken;
mod start;
mod stories;
mod tidy;
mod tls;
mod two_boards;
mod two_clerks;
mod voice;
mod watchdog;
