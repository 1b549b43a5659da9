//! The console's pages: what browsers are told about them, and that no path of the API is ever answered with one.

use reqwest::Method;

use crate::support::{Answer, Desk};

#[tokio::test]
async fn every_address_of_the_console_is_its_one_page_with_a_strict_policy() {
    let desk = Desk::start().await;
    for path in ["/", "/setup", "/sign-in", "/tickets/NL-7Q2K-4M9X-C"] {
        let answer = Answer::of(desk.request(Method::GET, path)).await.is(200);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(!answer.header("cache-control").contains("immutable"), "{path}");
    }
}

#[tokio::test]
async fn wrong_paths_are_not_found_and_never_a_page() {
    let desk = Desk::start().await;
    for path in [
        "/api/agent/v1/nothing",
        "/api",
        "/API/agent/v1/me",
        "/assets/gone.js",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/index.html/x.js",
        "/assets/../../Cargo.toml",
    ] {
        let answer = Answer::of(desk.request(Method::GET, path)).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.header("content-type").contains("html"), "{path}");
    }
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let answer = Answer::of(desk.request(method, "/tickets/NL-7Q2K-4M9X-C")).await;
        assert_eq!(answer.status, 404);
    }
}

#[tokio::test]
async fn built_files_are_kept_for_ever_and_the_page_is_asked_for_anew() {
    let desk = Desk::start().await;
    let page = Answer::of(desk.request(Method::GET, "/")).await.is(200);
    let html = page.text();
    // A desk whose console was not built has a page without files, which is right too.
    for name in html.split('"').filter(|it| it.starts_with("/assets/")) {
        let answer = Answer::of(desk.request(Method::GET, name)).await.is(200);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{name}");
        assert!(!answer.header("content-type").contains("html"), "{name}");
        let known = desk.request(Method::GET, name).header("if-none-match", answer.header("etag"));
        assert_eq!(Answer::of(known).await.status, 304, "{name}");
    }
}
