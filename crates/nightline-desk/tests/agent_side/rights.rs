//! Who may what: every route of the table against every kind of caller. A new route is in the walk by itself.

use nightline_desk::route::{self, Who};
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Browser, Desk, Device, number, summary};

#[tokio::test]
async fn every_route_of_agents_refuses_everyone_else() {
    let desk = Desk::start().await;
    let ben = desk.ben().await;
    let device = Device::enrol(&desk, 7).await;
    let ticket = number(7);
    device.open(&ticket, summary("printer", nightline_types::Severity::P2, 240)).await;
    let mut walked = 0;
    for route in route::all() {
        if !matches!(route.who, Who::Agent | Who::Admin) {
            continue;
        }
        walked += 1;
        let path = route
            .path
            .replace("{number}", ticket.as_str())
            .replace("{index}", "0")
            .replace("{id}", &device.id);
        let what = format!("{} {path}", route.method);
        let plain = || {
            desk.request(route.method.clone(), &path).header("sec-fetch-site", "same-origin").json(&json!({}))
        };
        expect(plain(), 401, &what).await;
        expect(plain().bearer_auth(&device.token), 401, &what).await;
        expect(plain().header("cookie", "nightline=forged"), 401, &what).await;
        expect(plain().header("cookie", format!("nightline={}", device.token)), 401, &what).await;
        let token = ben.cookie.as_deref().unwrap().trim_start_matches("nightline=");
        expect(plain().bearer_auth(token), 401, &what).await;
        if route.who == Who::Admin {
            expect(ben.request(route.method.clone(), &path).json(&json!({})), 403, &what).await;
        }
        if !matches!(route.method, Method::GET) {
            let without =
                desk.request(route.method.clone(), &path).header("cookie", ben.cookie.as_ref().unwrap());
            expect(without.json(&json!({})), 403, &what).await;
        }
    }
    assert!(walked >= 15, "{walked} routes");
}

#[tokio::test]
async fn an_agents_session_opens_no_route_of_devices() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let token = ana.cookie.as_deref().unwrap().trim_start_matches("nightline=").to_owned();
    let ticket = number(7);
    let mut walked = 0;
    for route in route::all() {
        if !matches!(route.who, Who::Device | Who::UploadToken) {
            continue;
        }
        walked += 1;
        let path = route.path.replace("{number}", ticket.as_str()).replace("{id}", "x");
        let what = format!("{} {path}", route.method);
        expect(ana.request(route.method.clone(), &path).json(&json!({})), 401, &what).await;
        expect(desk.request(route.method.clone(), &path).bearer_auth(&token).json(&json!({})), 401, &what)
            .await;
    }
    assert!(walked >= 5, "{walked} routes");
}

#[tokio::test]
async fn tickets_that_do_not_exist_are_not_found_however_they_are_spelled() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    for number in ["NL-1111-1111-2", number(9).as_str(), "x", "..", "%2e%2e", "NL-7Q2K-4M9X-%00"] {
        not_found(&ana, &format!("/tickets/{number}")).await;
        not_found(&ana, &format!("/tickets/{number}/bundle")).await;
        not_found(&ana, &format!("/tickets/{number}/files/0")).await;
        not_found(&ana, &format!("/tickets/{number}/log-draft")).await;
    }
}

async fn not_found(browser: &Browser<'_>, path: &str) {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, 404, "{path}: {}", answer.text());
}

async fn expect(request: reqwest::RequestBuilder, status: u16, what: &str) {
    let answer = Answer::of(request).await;
    assert_eq!(answer.status, status, "{what}: {}", answer.text());
    assert!(!answer.text().contains("printer"), "{what} tells something");
}
