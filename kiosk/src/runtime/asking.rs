//! The server is asked for a number. A visitor is told when there is no
//! answer for long; what became of the request is asked until it is known.

use std::time::Duration;

use queue_api::IssueRequest;

use super::{Hands, issued};

impl Hands {
    /// Asks with one command id. A request that was sent and not answered
    /// may have become a number that nobody has seen: it is asked again
    /// whenever the server is connected anew, so that the number is given
    /// up and no window calls it. Those who wait are few, for to a server
    /// that is away nothing is sent.
    pub(super) async fn ask(self, request: IssueRequest, patience: Duration) {
        // A connection made while it is tried counts, too.
        let mut connections = self.connections.subscribe();
        let mut may_be_done = false;
        loop {
            connections.mark_unchanged();
            let answer = self.client.issue_ticket(&request, patience).await;
            may_be_done = match &answer {
                Err(error) if error.passes() => may_be_done || error.may_be_done(),
                Ok(_) | Err(_) => false,
            };
            self.tell(issued(request.command_id.clone(), answer)).await;
            if !may_be_done {
                return;
            }
            connections.changed().await.expect("these hands hold the sender");
        }
    }
}

#[cfg(test)]
mod tests {
    use kiosk_core::{Effect, IssueFailure, Msg};
    use queue_api::{CommandId, Source};
    use tokio::net::TcpListener;
    use tokio::sync::mpsc;

    use super::*;
    use crate::runtime::Sent;
    use crate::runtime::reports::tests::{answer, hands, read};

    const ONCE: Duration = Duration::ZERO;

    fn request(command_id: CommandId) -> IssueRequest {
        let matter = Some("id-card-renewal".to_owned());
        IssueRequest { matter, ..IssueRequest::ordinary(command_id, Source::Kiosk) }
    }

    /// A kiosk that asks for a number, and what its screen is sent.
    async fn asking() -> (TcpListener, Hands, mpsc::Receiver<Sent>, IssueRequest) {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let press: CommandId = "press-of-seven".parse().unwrap();
        let (messages, screen) = mpsc::channel(4);
        let hands = Hands { messages, ..hands(&server, &press) };
        (server, hands, screen, request(press))
    }

    async fn failure(screen: &mut mpsc::Receiver<Sent>) -> IssueFailure {
        match screen.recv().await {
            Some(Sent::Msg(msg)) => match *msg {
                Msg::IssueFailed { failure, .. } => failure,
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn what_was_sent_and_not_answered_is_asked_on_the_next_connection() {
        let (server, hands, mut screen, request) = asking().await;
        let asked = tokio::spawn(hands.clone().ask(request, ONCE));
        let first = read(&mut server.accept().await.unwrap().0).await;
        assert!(first.starts_with("POST /api/v1/tickets "), "{first}");
        assert!(matches!(failure(&mut screen).await, IssueFailure::Unreachable));
        hands.carry_out(Effect::TellOffline).await;
        let again = answer(server.accept().await.unwrap().0).await;
        assert!(again.contains("\"press-of-seven\""), "{again}");
        assert!(matches!(failure(&mut screen).await, IssueFailure::Refused(_)));
        asked.await.unwrap();
    }

    #[tokio::test]
    async fn what_was_never_sent_is_not_asked_again() {
        let (server, hands, mut screen, request) = asking().await;
        drop(server);
        hands.ask(request, ONCE).await;
        assert!(matches!(failure(&mut screen).await, IssueFailure::Unreachable));
    }
}
