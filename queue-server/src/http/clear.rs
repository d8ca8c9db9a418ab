//! What may be said in the clear where the hall has a certificate. The
//! page of a ticket may: its secret is printed on the paper, and no old
//! phone is stopped by a certificate that only this hall knows. Whatever
//! bears a PIN, a session or a device's token may not.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use queue_api::ProblemCode;

use super::caller::{bearer, cookie};
use super::problem::Refused;

/// How a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Over TLS.
    Secret,
    /// In the clear, from this machine or where TLS is off.
    Clear,
    /// In the clear from another machine, though TLS is on.
    Exposed,
}

/// What a phone asks for.
const FOR_PHONES: [&str; 3] = ["/t/", "/web/", "/api/v1/status/"];

/// What is no secret at all, and the stream that a ticket's page follows.
const FOR_ALL: [&str; 3] = ["/healthz", "/readyz", "/api/v1/feed"];

/// Sends a page to where nobody listens, and refuses the rest.
pub(super) async fn keep_secrets(request: Request, next: Next) -> Response {
    let way = request.extensions().get::<Way>().copied().unwrap_or(Way::Clear);
    if way != Way::Exposed || is_no_secret(request.uri().path(), request.headers()) {
        return next.run(request).await;
    }
    let is_page = request.method() == Method::GET && !request.uri().path().starts_with("/api/");
    match there(&request).filter(|_| is_page) {
        Some(there) => Redirect::permanent(&there).into_response(),
        None => Refused::from(ProblemCode::NeedsTls).into_response(),
    }
}

fn is_no_secret(path: &str, headers: &HeaderMap) -> bool {
    let open = FOR_PHONES.iter().any(|it| path.starts_with(it)) || FOR_ALL.contains(&path);
    open && bearer(headers).is_none() && cookie(headers).is_none()
}

/// The same address over TLS: one door has both.
fn there(request: &Request) -> Option<String> {
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let path = request.uri().path_and_query()?;
    Some(format!("https://{host}{path}"))
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::middleware::from_fn;
    use tower::ServiceExt as _;

    use super::*;

    /// Status, and where it sends to.
    async fn told(way: Way, asked: axum::http::request::Builder) -> (StatusCode, String) {
        let mut request = asked.header(header::HOST, "hall:8080").body(Body::empty()).unwrap();
        request.extensions_mut().insert(way);
        let router = Router::new().fallback(|| async { "done" }).layer(from_fn(keep_secrets));
        let reply = router.oneshot(request).await.unwrap();
        let to = reply.headers().get(header::LOCATION).map(|it| it.to_str().unwrap().to_owned());
        (reply.status(), to.unwrap_or_default())
    }

    #[tokio::test]
    async fn a_phone_in_the_clear_sees_its_ticket_and_nothing_else() {
        let get = Request::get;
        for path in ["/t/abc", "/web/style.css", "/api/v1/status/abc", "/healthz"] {
            assert_eq!(told(Way::Exposed, get(path)).await.0, StatusCode::OK, "{path}");
        }
        let left = told(Way::Exposed, Request::post("/api/v1/status/abc/leave")).await;
        assert_eq!(left.0, StatusCode::OK);
        for path in ["/", "/console", "/signin?then=%2Fdesk", "/metrics"] {
            let (status, to) = told(Way::Exposed, get(path)).await;
            assert_eq!(status, StatusCode::PERMANENT_REDIRECT, "{path}");
            assert_eq!(to, format!("https://hall:8080{path}"));
        }
        for path in ["/api/v1/session", "/api/v1/tickets", "/api/v1/devices"] {
            let (status, _) = told(Way::Exposed, Request::post(path)).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(told(Way::Exposed, get("/api/v1/hall")).await.0, StatusCode::FORBIDDEN);
    }

    #[tokio::test]
    async fn who_shows_a_secret_in_the_clear_is_refused_wherever_they_go() {
        let token = Request::get("/api/v1/feed").header(header::AUTHORIZATION, "Bearer x");
        assert_eq!(told(Way::Exposed, token).await.0, StatusCode::FORBIDDEN);
        let session = Request::get("/api/v1/feed").header(header::COOKIE, "yimen_session=x");
        assert_eq!(told(Way::Exposed, session).await.0, StatusCode::FORBIDDEN);
    }

    #[tokio::test]
    async fn otherwise_nothing_is_in_the_way() {
        for way in [Way::Secret, Way::Clear] {
            let token = Request::post("/api/v1/tickets").header(header::AUTHORIZATION, "Bearer x");
            assert_eq!(told(way, token).await.0, StatusCode::OK, "{way:?}");
            assert_eq!(told(way, Request::get("/console")).await.0, StatusCode::OK, "{way:?}");
        }
    }
}
