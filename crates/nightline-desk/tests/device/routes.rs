//! Every route of the table: closed to whoever shows nothing, and described.

use nightline_desk::route::{self, Who};
use nightline_protocol::ErrorCode;

use crate::Desk;
use crate::device::Device;
use crate::http::request;

#[test]
fn every_route_that_is_not_public_refuses_without_credentials() {
    let desk = Desk::start(&[]);
    let device = Device::enrol(&desk);
    let mut closed = 0;
    for route in route::all().iter().filter(|it| it.who != Who::Public) {
        closed += 1;
        let method = route.method.as_str();
        let path = concrete(route.path);
        let with = |token: Option<&str>| {
            let request = request(method, &path);
            let request = token.into_iter().fold(request, |request, token| request.bearer(token));
            let answer = request.body("{}").send(desk.address());
            // An agent's unsafe request is refused for its origin before anybody asks who sends it.
            let foreign = matches!(route.who, Who::Agent | Who::Admin) && answer.status == 403;
            assert!(foreign || answer.status == 401, "{method} {path} {token:?}: {}", answer.status);
            if method != "HEAD" && !foreign {
                answer.refused(401, ErrorCode::SignInRequired);
            }
        };
        with(None);
        with(Some("AAAA"));
        with(Some("NL-1111-1111-1.AAAA"));
        if route.who != Who::Device {
            with(Some(&device.token));
        }
    }
    assert!(closed > 10, "{closed}");
}

#[test]
fn every_route_of_the_table_is_in_the_router_and_in_the_openapi_document() {
    let desk = Desk::start(&[]);
    let document = request("GET", "/api/openapi.json").send(desk.address()).value();
    assert_eq!(document["openapi"], "3.1.0");
    for route in route::all() {
        let method = route.method.as_str();
        let described = &document["paths"][route.path][method.to_lowercase()];
        assert!(described.is_object(), "{method} {}", route.path);
        assert_ne!(described["summary"], "", "{method} {}", route.path);
        let answer = request(method, &concrete(route.path)).body("{}").send(desk.address());
        assert_ne!(answer.status, 405, "{method} {}", route.path);
    }
    let text = document.to_string();
    for name in text.split("#/components/schemas/").skip(1).filter_map(|it| it.split('"').next()) {
        assert!(document["components"]["schemas"][name].is_object(), "{name} is not described");
    }
}

#[test]
fn no_two_rows_are_for_the_same_method_and_path() {
    let mut seen = std::collections::BTreeSet::new();
    for route in route::all() {
        assert!(seen.insert((route.path, route.method.to_string())), "{} {}", route.method, route.path);
    }
}

#[test]
fn odd_spellings_of_a_path_open_nothing() {
    let desk = Desk::start(&[]);
    for path in [
        "/api/v1/tickets/",
        "/api/v1//tickets",
        "/API/V1/tickets",
        "/api/v1/tickets%2f",
        "/api/v1/./tickets",
        "/api/v1/../v1/tickets",
        "/api/v1/tickets/..%2f..",
        "/%61pi/v1/tickets",
    ] {
        let answer = request("GET", path).send(desk.address());
        // The console's page may stand there; the tickets may not.
        let page = answer.header("content-type").is_some_and(|it| it.starts_with("text/html"));
        assert!(page || matches!(answer.status, 301..=308 | 400..=404), "{path}: {}", answer.status);
    }
}

fn concrete(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect::<Vec<_>>().join("/")
}
