//! Signing in, sessions, cross-site requests, the one-time set-up.

use nightline_desk::agent::wire::{Me, SetupState};
use nightline_desk::setup;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{API, Answer, Desk, PASSWORD};

#[tokio::test]
async fn a_signed_in_agent_has_a_strict_cookie_and_a_value_of_the_session() {
    let desk = Desk::start().await;
    desk.add_agent("ana@example.com", "Ana", true).await;
    let mut browser = desk.browser();
    let answer = browser.sign_in(" Ana@Example.com ", PASSWORD).await.is(200);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("nightline="), "{cookie}");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/"), "{cookie}");
    let me: Me = browser.get("/me").await.is(200).json();
    assert_eq!((me.name.as_str(), me.email.as_str(), me.admin), ("Ana", "ana@example.com", true));
    assert_eq!(Some(me.csrf), browser.csrf);
    assert_eq!(me.now, desk.now());
}

#[tokio::test]
async fn under_tls_the_cookie_is_bound_to_the_host() {
    let desk = Desk::start_with(|settings| settings.tls = true).await;
    desk.add_agent("ana@example.com", "Ana", true).await;
    let mut browser = desk.browser();
    let answer = browser.sign_in("ana@example.com", PASSWORD).await.is(200);
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-nightline="), "{cookie}");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Secure; Path=/"), "{cookie}");
    browser.get("/me").await.is(200);
    // The same token under the name without prefix is one that somebody else may have set.
    browser.cookie = browser.cookie.map(|it| it.replace("__Host-", ""));
    browser.get("/me").await.refused(401, "sign-in-required");
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_answer_the_same() {
    let desk = Desk::start().await;
    desk.add_agent("ana@example.com", "Ana", true).await;
    let mut browser = desk.browser();
    let wrong =
        browser.sign_in("ana@example.com", "wrong horse battery").await.refused(401, "sign-in-required");
    let unknown =
        browser.sign_in("eve@example.com", "wrong horse battery").await.refused(401, "sign-in-required");
    assert_eq!(wrong.body, unknown.body);
    assert_eq!(unknown.header("set-cookie"), "");
    let long = "x".repeat(2_000);
    browser.sign_in("ana@example.com", &long).await.refused(401, "sign-in-required");
    browser.sign_in("ana@example.com", "").await.refused(401, "sign-in-required");
}

#[tokio::test]
async fn wrong_passwords_lock_for_a_growing_time_whether_or_not_the_address_is_known() {
    let desk = Desk::start().await;
    desk.add_agent("ana@example.com", "Ana", true).await;
    for email in ["ana@example.com", "eve@example.com"] {
        let mut browser = desk.browser();
        for _ in 0..5 {
            browser.sign_in(email, "wrong horse battery").await.refused(401, "sign-in-required");
        }
        let locked = browser.sign_in(email, PASSWORD).await.refused(429, "too-many-requests");
        assert_eq!(locked.header("retry-after"), "31", "{email}");
        desk.pass(31);
        browser.sign_in(email, "wrong horse battery").await.refused(401, "sign-in-required");
        desk.pass(31);
        browser.sign_in(email, PASSWORD).await.refused(429, "too-many-requests");
        desk.pass(60);
    }
    let mut browser = desk.browser();
    browser.sign_in("ana@example.com", PASSWORD).await.is(200);
    // The right password forgives the wrong ones.
    browser.sign_in("ana@example.com", "wrong horse battery").await.refused(401, "sign-in-required");
    browser.sign_in("ana@example.com", PASSWORD).await.is(200);
}

#[tokio::test]
async fn an_address_that_tries_too_often_waits() {
    let desk = Desk::start().await;
    let mut browser = desk.browser();
    let mut waits = 0;
    for index in 0..60 {
        let email = format!("agent-{index}@example.com");
        waits += u32::from(browser.sign_in(&email, PASSWORD).await.status == 429);
    }
    assert!(waits > 0, "sixty attempts at once from one address");
    desk.pass(60);
    browser.sign_in("agent@example.com", PASSWORD).await.refused(401, "sign-in-required");
}

#[tokio::test]
async fn a_session_ends_idle_at_its_limit_and_by_signing_out() {
    let desk = Desk::start().await;
    desk.add_agent("ana@example.com", "Ana", true).await;
    let idle = desk.signed_in("ana@example.com").await;
    let busy = desk.signed_in("ana@example.com").await;
    assert_ne!(idle.cookie, busy.cookie);
    desk.pass(11 * 3_600);
    busy.get("/me").await.is(200);
    desk.pass(2 * 3_600);
    idle.get("/me").await.refused(401, "sign-in-required");
    for _ in 0..15 {
        busy.get("/me").await.is(200);
        desk.pass(11 * 3_600);
    }
    busy.get("/me").await.refused(401, "sign-in-required");

    let leaving = desk.signed_in("ana@example.com").await;
    let answer = Answer::of(leaving.request(Method::DELETE, &format!("{API}/session"))).await.is(204);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    leaving.get("/me").await.refused(401, "sign-in-required");
}

#[tokio::test]
async fn signing_in_again_ends_the_browsers_old_session() {
    let desk = Desk::start().await;
    desk.add_agent("ana@example.com", "Ana", true).await;
    let mut browser = desk.signed_in("ana@example.com").await;
    let old = browser.cookie.clone();
    browser.sign_in("ana@example.com", PASSWORD).await.is(200);
    assert_ne!(browser.cookie, old);
    browser.cookie = old;
    browser.get("/me").await.refused(401, "sign-in-required");
}

#[tokio::test]
async fn a_change_needs_the_own_origin_and_the_sessions_value() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let own = desk.base.clone();
    let csrf = ana.csrf.clone().unwrap();
    let host = own.trim_start_matches("http://").to_owned();
    let cases: Vec<(Vec<(&str, String)>, u16)> = vec![
        (vec![("sec-fetch-site", "same-origin".into()), ("x-nightline-csrf", csrf.clone())], 400),
        (vec![("origin", own.clone()), ("x-nightline-csrf", csrf.clone())], 400),
        (vec![("sec-fetch-site", "none".into()), ("x-nightline-csrf", csrf.clone())], 400),
        (vec![("sec-fetch-site", "cross-site".into()), ("x-nightline-csrf", csrf.clone())], 403),
        (vec![("sec-fetch-site", "same-site".into()), ("x-nightline-csrf", csrf.clone())], 403),
        (
            vec![
                ("sec-fetch-site", "cross-site".into()),
                ("origin", own),
                ("x-nightline-csrf", csrf.clone()),
            ],
            403,
        ),
        (vec![("origin", "http://evil.example".into()), ("x-nightline-csrf", csrf.clone())], 403),
        (vec![("origin", format!("http://{host}.evil.example")), ("x-nightline-csrf", csrf.clone())], 403),
        (vec![("origin", "null".into()), ("x-nightline-csrf", csrf.clone())], 403),
        (vec![("x-nightline-csrf", csrf.clone())], 403),
        (vec![("sec-fetch-site", "same-origin".into())], 403),
        (vec![("sec-fetch-site", "same-origin".into()), ("x-nightline-csrf", String::new())], 403),
        (vec![("sec-fetch-site", "same-origin".into()), ("x-nightline-csrf", format!("{csrf}x"))], 403),
    ];
    for (headers, expected) in cases {
        let mut request = desk
            .request(Method::POST, &format!("{API}/agents"))
            .header("cookie", ana.cookie.as_ref().unwrap());
        for (name, value) in &headers {
            request = request.header(*name, value);
        }
        // The body is no agent, so a request that is let in is answered with 400.
        let answer = Answer::of(request.json(&json!({}))).await;
        assert_eq!(answer.status, expected, "{headers:?}: {}", answer.text());
    }
}

#[tokio::test]
async fn another_sites_page_can_neither_sign_in_nor_set_up() {
    let desk = Desk::start().await;
    let body = json!({ "email": "ana@example.com", "password": PASSWORD });
    for site in ["cross-site", "same-site"] {
        let request = desk.request(Method::POST, &format!("{API}/sign-in")).header("sec-fetch-site", site);
        Answer::of(request.json(&body)).await.refused(403, "forbidden");
        let request = desk.request(Method::POST, &format!("{API}/setup")).header("sec-fetch-site", site);
        Answer::of(request.json(&body)).await.refused(403, "forbidden");
    }
}

#[tokio::test]
async fn the_set_up_makes_one_administrator_and_closes_for_good() {
    let desk = Desk::start().await;
    let void = setup::offer(&desk.app.db).await.unwrap().unwrap();
    let token = setup::offer(&desk.app.db).await.unwrap().unwrap();
    let mut browser = desk.browser();
    let state: SetupState = browser.get("/setup/state").await.is(200).json();
    assert!(state.open);
    let body = |token: &str, password: &str| json!({ "token": token, "email": "ana@example.com", "name": "Ana", "password": password });
    browser.post("/setup", &body("", PASSWORD)).await.refused(403, "forbidden");
    browser.post("/setup", &body(&void, PASSWORD)).await.refused(403, "forbidden");
    browser.post("/setup", &body(&token, "too short")).await.refused(400, "bad-request");
    let answer = browser.post("/setup", &body(&token, PASSWORD)).await.is(200);
    browser.remember(&answer);
    let me: Me = browser.get("/me").await.is(200).json();
    assert!(me.admin);
    let state: SetupState = browser.get("/setup/state").await.is(200).json();
    assert!(!state.open);

    assert_eq!(setup::offer(&desk.app.db).await.unwrap(), None);
    let paths = [
        "/api/agent/v1/setup",
        "/api/agent/v1/setup/",
        "/api/agent/v1//setup",
        "//api/agent/v1/setup",
        "/api/agent/v1/%73etup",
        "/api/agent/v1/setup%2f",
        "/API/agent/v1/setup",
        "/api/agent/v1/setup/../setup",
        "/api/agent/v1/setup;x",
        "/api/agent/v1/setup%00",
        "/api/agent/v1/./setup",
    ];
    for path in paths {
        for body in [body(&token, PASSWORD), body(&void, PASSWORD), json!({}), Value::Null] {
            let answer = Answer::of(browser.request(Method::POST, path).json(&body)).await;
            assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        }
    }
    assert_eq!(desk.browser().sign_in("ana@example.com", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn an_agent_made_on_the_desks_own_console_closes_the_set_up_too() {
    let desk = Desk::start().await;
    let token = setup::offer(&desk.app.db).await.unwrap().unwrap();
    desk.add_agent("ana@example.com", "Ana", true).await;
    let body = json!({ "token": token, "email": "eve@example.com", "name": "Eve", "password": PASSWORD });
    desk.browser().post("/setup", &body).await.refused(404, "not-found");
}

#[tokio::test]
async fn two_browsers_with_the_same_link_make_one_agent() {
    let desk = Desk::start().await;
    let token = setup::offer(&desk.app.db).await.unwrap().unwrap();
    let body = |email: &str| json!({ "token": token, "email": email, "name": "Ana", "password": PASSWORD });
    let (one, two) = (desk.browser(), desk.browser());
    let (a, b) = (body("a@example.com"), body("b@example.com"));
    let (first, second) = tokio::join!(one.post("/setup", &a), two.post("/setup", &b));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404]);
}

#[tokio::test]
async fn no_answer_and_no_audit_row_holds_a_password_or_a_token() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let mut wrong = desk.browser();
    wrong.sign_in("ana@example.com", "wrong horse battery").await;
    let rows = ana.audit().await;
    assert!(rows.iter().any(|it| it == "Ana: signed-in"), "{rows:?}");
    assert!(rows.iter().any(|it| it == "desk: sign-in-failed wrong password"), "{rows:?}");
    let all = rows.join("\n");
    for secret in [PASSWORD, "wrong horse", ana.csrf.as_deref().unwrap(), "ana@example.com"] {
        assert!(!all.contains(secret), "{all}");
    }
    let stored: Vec<String> = sqlx_texts(&desk).await;
    let token = ana.cookie.as_deref().unwrap().split_once('=').unwrap().1;
    assert!(stored.iter().all(|it| it != token && !it.contains(PASSWORD)));
}

async fn sqlx_texts(desk: &Desk) -> Vec<String> {
    let sql = "SELECT token_hash FROM sessions UNION ALL SELECT password_hash FROM agents";
    sqlx::query_scalar(sql).fetch_all(desk.app.db.read()).await.unwrap()
}
