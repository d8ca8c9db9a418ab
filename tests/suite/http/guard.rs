//! What a stranger's page, a stolen cookie or a strange path cannot do.

use reqwest::{Client, Method, StatusCode};
use serde_json::json;
use tests::hall::{CLERK, DemoHall, PIN, command_id};

use super::raw;

/// Directives of the policy that pages live under.
const POLICY: [&str; 9] = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
];

#[tokio::test]
async fn every_answer_tells_the_browser_to_run_nothing_but_ours() {
    let hall = DemoHall::start("headers").unwrap();
    let http = Client::new();
    for path in
        ["/signin", "/console", "/hall", "/setup", "/web/api.js", "/nothing", "/api/v1/queue"]
    {
        let reply = http.get(format!("{}{path}", hall.address)).send().await.unwrap();
        let header = |name: &str| {
            let value = reply.headers().get(name).unwrap_or_else(|| panic!("{path} has no {name}"));
            value.to_str().unwrap().to_owned()
        };
        let policy = header("content-security-policy");
        let directives: Vec<&str> = policy.split(';').map(str::trim).collect();
        assert_eq!(directives, POLICY, "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert!(header("permissions-policy").contains("camera=()"));
        assert!(!header("permissions-policy").contains("picture-in-picture"));
        assert!(!header("cache-control").is_empty());
    }
}

/// A page with a script or a style of its own would need a hole in the
/// policy.
#[test]
fn no_page_has_a_script_or_a_style_inside() {
    let web = tests::program::repository().join("queue-server/web");
    let mut n_pages = 0;
    for entry in std::fs::read_dir(web).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        if path.extension().is_some_and(|it| it == "html") {
            n_pages += 1;
            assert!(!text.contains("<style"), "{}", path.display());
            for tag in text.split('<').skip(1) {
                let attributes = tag.split('>').next().unwrap_or_default();
                let inline = |it: &str| {
                    it.starts_with("style=") || (it.starts_with("on") && it.contains("=\""))
                };
                assert!(
                    !attributes.split_whitespace().any(inline),
                    "{}: <{attributes}>",
                    path.display()
                );
                assert!(!attributes.starts_with("script") || attributes.contains("src=\"/web/"));
                assert!(!attributes.contains("=\"http"), "{}: <{attributes}>", path.display());
            }
        }
        for bad in
            ["innerHTML", "eval(", "setAttribute(\"style\"", "document.write", "new Function"]
        {
            assert!(!text.contains(bad), "{} uses {bad}", path.display());
        }
    }
    assert!(n_pages >= 5, "the pages are there");
}

/// Signs in as a browser does, and gives the cookie.
async fn cookie(http: &Client, hall: &DemoHall, before: Option<&str>) -> String {
    let body = json!({ "staff": CLERK, "pin": PIN });
    let mut request = http.post(hall.url("session")).json(&body);
    if let Some(before) = before {
        request = request.header("cookie", before);
    }
    let reply = request.send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::CREATED);
    let set = reply.headers()["set-cookie"].to_str().unwrap().to_owned();
    for flag in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(set.contains(flag), "{set}");
    }
    set.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn another_site_s_page_can_do_nothing_with_the_cookie() {
    let hall = DemoHall::start("csrf").unwrap();
    let http = Client::new();
    let cookie = cookie(&http, &hall, None).await;
    let origin = hall.address.clone();
    let open = |name: &'static str, value: &str| {
        let request = http.post(hall.url("windows/1/open")).header("cookie", &cookie);
        let request = request.header(name, value).json(&json!({ "command_id": command_id() }));
        async { request.send().await.unwrap().status() }
    };
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:1"),
    ] {
        assert_eq!(open(name, value).await, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!(open("origin", &origin).await, StatusCode::OK);
    // Nor can it sign somebody in as somebody else.
    let sign_in = http.post(hall.url("session")).json(&json!({ "staff": CLERK, "pin": PIN }));
    let sign_in = sign_in.header("origin", "http://evil.example").send().await.unwrap();
    assert_eq!(sign_in.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_cookie_that_was_planted_is_not_the_one_of_the_session() {
    let hall = DemoHall::start("fixation").unwrap();
    let http = Client::new();
    let planted = "yimen_session=planted-by-somebody-else";
    let first = cookie(&http, &hall, Some(planted)).await;
    assert_ne!(first, planted);
    let asks = |cookie: &str| {
        let request = http.get(hall.url("session")).header("cookie", cookie);
        async { request.send().await.unwrap().status() }
    };
    assert_eq!(asks(planted).await, StatusCode::UNAUTHORIZED);
    assert_eq!(asks(&first).await, StatusCode::OK);
    // Who signs in again has one session in this browser, the new one.
    let second = cookie(&http, &hall, Some(&first)).await;
    assert_eq!(asks(&first).await, StatusCode::UNAUTHORIZED);
    assert_eq!(asks(&second).await, StatusCode::OK);
}

#[tokio::test]
async fn no_path_leads_out_of_the_pages() {
    let hall = DemoHall::start("paths").unwrap();
    for path in [
        "/web/../hall.toml",
        "/web/..%2f..%2fhall.toml",
        "/web/%2e%2e/%2e%2e/etc/passwd",
        "/web/....//....//etc/passwd",
        "/web/..%5c..%5cstaff.toml",
        "/web/style.css%00.js",
        "//etc/passwd",
        "/api/v1/../../etc/passwd",
        "/t/..%2f..%2fetc%2fpasswd",
    ] {
        let head = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let answer = raw(&hall, head.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 404 "), "{path}: {answer}");
        assert!(!answer.contains("root:") && !answer.contains("pin_hash"), "{path}");
    }
}

#[tokio::test]
async fn what_looks_like_a_command_to_something_else_is_only_text() {
    let hall = DemoHall::start("injection").unwrap();
    let http = Client::new();
    let clerk = hall.sign_in(CLERK).await.unwrap();
    let texts = [
        "'; DROP TABLE devices; --",
        "\" OR 1=1",
        "<script>alert(1)</script>",
        "${jndi:x}",
        "%0d%0aSet-Cookie: a=b",
    ];
    hall.act("open", json!({})).await.unwrap();
    for text in texts {
        let body = json!({ "command_id": command_id(), "reason": text });
        let pause = http.post(hall.url("windows/1/pause")).bearer_auth(&clerk).json(&body);
        let view: serde_json::Value = pause.send().await.unwrap().json().await.unwrap();
        assert_eq!(view["pause_reason"], text, "kept as it is, and nothing more");
        hall.act("open", json!({})).await.unwrap();
        let asked = [("view", "board"), ("zone", text)];
        let zone = http.get(reqwest::Url::parse_with_params(&hall.url("feed"), asked).unwrap());
        let zone = zone.bearer_auth(&clerk).send().await.unwrap();
        assert_eq!(zone.status(), StatusCode::OK);
        let stranger = http.get(hall.url("queue")).bearer_auth(text).send().await.unwrap();
        assert_eq!(stranger.status(), StatusCode::UNAUTHORIZED);
        let staff = json!({ "staff": text, "pin": text });
        let sign_in = http.post(hall.url("session")).json(&staff).send().await.unwrap();
        assert_eq!(sign_in.status(), StatusCode::BAD_REQUEST, "a service number is digits");
    }
    // A header cannot be smuggled into an answer.
    let split = http.request(Method::GET, format!("{}/t/a%0d%0aset-cookie:%20a=b", hall.address));
    let split = split.send().await.unwrap();
    assert_eq!(split.status(), StatusCode::NOT_FOUND);
    assert!(!split.headers().contains_key("set-cookie"));
    assert!(hall.enrol("kiosk", "kiosk-1").is_ok(), "the devices are all there");
}
