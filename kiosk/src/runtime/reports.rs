//! What the server is told: what became of a ticket's paper, and how the
//! printer is. A report on paper is told at last, whatever comes between:
//! the store has it until then.

use std::time::Duration;

use queue_api::{CommandId, DeviceReport, PrintedReport, TicketId};
use queue_client::ClientError;

use super::{Hands, TRIES_MAX, pause};

/// How long a report on a ticket's paper is tried on one connection.
pub(super) const REPORT_S_MAX: u64 = 600;

impl Hands {
    /// Tries until the server has an answer: for long, and then again
    /// whenever it is connected anew. Those who wait are few, for no new
    /// ticket comes from a server that is away.
    pub(super) async fn report_printed(
        self,
        ticket: TicketId,
        job: CommandId,
        report: PrintedReport,
        patience: Duration,
    ) {
        // A connection made while it is tried counts, too.
        let mut connections = self.connections.subscribe();
        loop {
            connections.mark_unchanged();
            match self.client.report_printed(ticket, &report, patience).await {
                Ok(_) => break,
                // Said again tomorrow, it would be refused again.
                Err(ClientError::Refused(problem)) if problem.status < 500 => {
                    tracing::warn!(%ticket, code = problem.code.code(), "the report was refused");
                    break;
                }
                Err(error) => {
                    tracing::warn!(%ticket, %error, "the report waits for the next connection");
                }
            }
            connections.changed().await.expect("these hands hold the sender");
        }
        self.note("report", |store| store.job_reported(&job));
    }

    pub(super) async fn report_device(self, report: DeviceReport) {
        for _ in 0..TRIES_MAX {
            match self.client.report_device(&report).await {
                Err(error) if error.passes() => pause().await,
                Err(error) => return tracing::warn!(%error, "the printer's state is not told"),
                Ok(()) => return,
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::{Arc, Mutex};

    use kiosk_core::{Effect, TicketRef};
    use queue_api::{PrintOutcome, Problem, ProblemCode};
    use queue_client::Client;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::mpsc;

    use super::*;
    use crate::runtime::Identity;
    use crate::store::Store;

    /// A kiosk with a slip on paper that the server does not know of.
    pub(in crate::runtime) fn hands(server: &TcpListener, job: &CommandId) -> Hands {
        let mut store = Store::in_memory().unwrap();
        let ticket = TicketRef::Known(TicketId(7));
        store.job_queued(job, Some(&ticket), None, appliance::now()).unwrap();
        store.job_ended(job, &PrintOutcome::Done).unwrap();
        let base = format!("http://{}", server.local_addr().unwrap());
        Hands {
            client: Client::new(&base, None).unwrap(),
            identity: Identity { name: "kiosk-1".to_owned(), state: None },
            setup: Arc::default(),
            store: Arc::new(Mutex::new(store)),
            messages: mpsc::channel(1).0,
            slips: mpsc::channel(1).0,
            to_tell: Arc::default(),
            connections: Arc::default(),
            asking: Arc::default(),
            card_reader: None,
        }
    }

    pub(in crate::runtime) async fn read(line: &mut TcpStream) -> String {
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            let n = line.read_buf(&mut request).await.unwrap();
            assert!(n > 0, "the request ends with its body");
        }
        String::from_utf8(request).unwrap()
    }

    /// Reads the request, and answers that there is no such ticket.
    pub(in crate::runtime) async fn answer(mut line: TcpStream) -> String {
        let request = read(&mut line).await;
        let problem = Problem::new(ProblemCode::UnknownTicket);
        let body = serde_json::to_string(&problem).unwrap();
        let (status, length) = (problem.status, body.len());
        let head = format!("HTTP/1.1 {status} No\r\ncontent-length: {length}\r\n\r\n");
        line.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
        request
    }

    #[tokio::test]
    async fn a_report_tried_in_vain_is_told_on_the_next_connection() {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let job: CommandId = "job-of-seven".parse().unwrap();
        let hands = hands(&server, &job);
        let report = PrintedReport { command_id: job.prefixed("p"), outcome: PrintOutcome::Done };
        let patience = Duration::ZERO;
        let told = tokio::spawn(hands.clone().report_printed(TicketId(7), job, report, patience));
        drop(server.accept().await.unwrap());
        let unknown = || hands.at_store("test", |store| store.unfinished()).unwrap().len();
        assert_eq!(unknown(), 1);
        hands.carry_out(Effect::TellOffline).await;
        let request = answer(server.accept().await.unwrap().0).await;
        assert!(request.starts_with("POST /api/v1/tickets/7/printed "), "{request}");
        assert!(request.contains("\"p-job-of-seven\""), "{request}");
        told.await.unwrap();
        assert_eq!(unknown(), 0, "the next start does not tell it again");
    }
}
