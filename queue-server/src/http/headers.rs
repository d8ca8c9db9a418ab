//! What every answer tells a browser: run nothing but our own files,
//! show us in nobody's frame, tell nobody where a link was followed.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

/// Scripts, styles, pictures, fonts and requests of this server, and of
/// nobody else; nothing inline. A window that a page opens beside itself
/// (Document Picture-in-Picture) is under the same policy and loads the
/// same style sheets.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    font-src 'self'; connect-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'";

/// What no page here ever needs. Neither vibration nor a window beside
/// the page is among the features that can be named.
const FEATURES: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), \
    midi=(), display-capture=(), browsing-topics=()";

const HEADERS: [(HeaderName, HeaderValue); 8] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(FEATURES)),
    // Who uses the machine next finds nothing of what was answered here.
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// Adds what an answer does not say by itself. A stream is no page, and
/// each of many subscribers would hold its long head in memory.
pub(super) async fn tell_the_browser(mut response: Response) -> Response {
    let headers = response.headers_mut();
    if headers.get(header::CONTENT_TYPE).is_some_and(|it| it == "text/event-stream") {
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        return response;
    }
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(value);
    }
    response
}
