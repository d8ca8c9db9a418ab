//! The server is asked about what a visitor has in the hand: whoever has
//! an appointment is checked in, tickets and passes are looked up, who
//! was passed over is put back.

use std::time::Duration;

use kiosk_core::Msg;
use queue_api::{CheckInRequest, CommandId, Ticket, TicketCommand, TicketId, TicketNumber};
use queue_client::ClientError;

use super::{ASK_S_MAX, Hands, failure, issued};

/// How long one and the same thing is asked for.
const PATIENCE: Duration = Duration::from_secs(ASK_S_MAX);

impl Hands {
    pub(super) async fn check_in(self, request: CheckInRequest) {
        let command_id = request.command_id.clone();
        let answer = self.client.check_in(&request, PATIENCE).await;
        self.tell(issued(command_id, answer)).await;
    }

    pub(super) async fn find_by_number(self, command_id: CommandId, number: TicketNumber) {
        let answer = self.client.ticket_by_number(&number, PATIENCE).await;
        self.tell(found(command_id, answer)).await;
    }

    pub(super) async fn find_by_secret(self, command_id: CommandId, token: String) {
        let answer = self.client.ticket_by_token(&token, PATIENCE).await;
        self.tell(found(command_id, answer)).await;
    }

    pub(super) async fn find_pass(self, command_id: CommandId, token: String) {
        let msg = match self.client.pass(&token, PATIENCE).await {
            Ok(pass) => Msg::PassFound { command_id, pass },
            Err(error) => Msg::LookFailed { command_id, failure: failure(error, "no pass") },
        };
        self.tell(msg).await;
    }

    pub(super) async fn reinstate(self, command_id: CommandId, ticket: TicketId) {
        let command = TicketCommand { command_id: command_id.clone() };
        let answer = self.client.reinstate(ticket, &command, PATIENCE).await;
        self.tell(found(command_id, answer)).await;
    }
}

fn found(command_id: CommandId, answer: Result<Ticket, ClientError>) -> Msg {
    match answer {
        Ok(ticket) => Msg::TicketFound { command_id, ticket },
        Err(error) => Msg::LookFailed { command_id, failure: failure(error, "no ticket") },
    }
}
