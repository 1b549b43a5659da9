//! A proxy script is run by GLib's own service, started by the bus; a service that runs none is seen through.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

use nightline_platform::network::{ProxyChoice, ScriptAnswer, ScriptError, run_script, run_script_again};

use super::bus::Bus;
use super::environment;

const SERVICE: &str = "org.gtk.GLib.PACRunner";
const PATH: &str = "/org/gtk/GLib/PACRunner";
const URL: &str = "https://desk.test/";
/// The bus has to start the service on a machine that is busy with other tests.
const LIMIT: Duration = Duration::from_secs(20);
const SCRIPT: &str = r#"function FindProxyForURL(url, host) {
    if (host == "desk.test") return "PROXY 10.1.2.3:3128; SOCKS5 10.1.2.4:1080; DIRECT";
    if (dnsDomainIs(host, ".intra.test")) return "DIRECT";
    return "PROXY 10.1.2.5:8080";
}"#;

async fn asked(bus: &Bus, script: &str, url: &str) -> Result<ScriptAnswer, ScriptError> {
    run_script(script, url, &bus.environment(), LIMIT).await
}

fn said(choices: &[ProxyChoice]) -> ScriptAnswer {
    ScriptAnswer { choices: choices.to_vec(), by: "pacrunner" }
}

/// A web server with one page, which ends with the test's program.
fn serve(page: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || listener.incoming().flatten().for_each(|client| give(client, page)));
    format!("http://{address}/proxy.pac")
}

fn give(mut client: TcpStream, page: &str) {
    let mut head = [0; 4_096];
    let _ = client.read(&mut head);
    let length = page.len();
    let _ = write!(client, "HTTP/1.0 200 OK\r\ncontent-length: {length}\r\n\r\n{page}");
}

#[tokio::test]
async fn the_systems_service_runs_a_script_for_each_address() {
    let bus = Bus::with_service(SERVICE);
    let http = |place: &str| ProxyChoice::Http(place.to_owned());
    let script = serve(SCRIPT);
    let all = [http("10.1.2.3:3128"), ProxyChoice::Socks("10.1.2.4:1080".to_owned()), ProxyChoice::Direct];
    assert_eq!(asked(&bus, &script, URL).await.unwrap(), said(&all));
    assert_eq!(asked(&bus, &script, "https://www.test/").await.unwrap(), said(&[http("10.1.2.5:8080")]));
    // It says "direct", and the control shows that somebody ran it.
    let direct = said(&[ProxyChoice::Direct]);
    assert_eq!(asked(&bus, &script, "http://files.intra.test/").await.unwrap(), direct);
    let again = run_script_again(&script, "http://a.intra.test/", &bus.environment(), LIMIT).await;
    assert_eq!(again.unwrap(), direct);
}

#[tokio::test]
async fn a_script_in_a_file_is_run_too() {
    let bus = Bus::with_service(SERVICE);
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join("proxy.pac");
    std::fs::write(&file, SCRIPT).unwrap();
    let answer = asked(&bus, &format!("file://{}", file.display()), "https://www.test/").await.unwrap();
    assert_eq!(answer, said(&[ProxyChoice::Http("10.1.2.5:8080".to_owned())]));
}

/// What the service says where the part that runs scripts is not installed.
struct Idle(&'static [&'static str]);

#[zbus::interface(name = "org.gtk.GLib.PACRunner")]
impl Idle {
    fn lookup(&self, _script: String, _url: String) -> Vec<String> {
        self.0.iter().map(|&it| it.to_owned()).collect()
    }
}

#[tokio::test]
async fn a_service_that_says_direct_to_everything_is_not_believed() {
    let bus = Bus::start();
    let _idle = bus.serve(SERVICE, PATH, Idle(&["direct://"])).await;
    let error = asked(&bus, "http://127.0.0.1:9/proxy.pac", URL).await.unwrap_err();
    assert!(matches!(error, ScriptError::NoRunner), "{error:?}");
}

#[tokio::test]
async fn an_answer_without_a_way_is_a_failure() {
    let bus = Bus::start();
    let _idle = bus.serve(SERVICE, PATH, Idle(&["nonsense"])).await;
    let error = asked(&bus, "http://127.0.0.1:9/proxy.pac", URL).await.unwrap_err();
    assert!(matches!(error, ScriptError::Fails), "{error:?}");
}

#[tokio::test]
async fn where_nobody_runs_scripts_it_is_said() {
    let bus = Bus::start();
    let gone = environment(&[("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")]);
    for environment in [bus.environment(), environment(&[]), gone] {
        let error = run_script("http://127.0.0.1:9/proxy.pac", URL, &environment, LIMIT).await.unwrap_err();
        assert!(matches!(error, ScriptError::NoRunner), "{error:?} {environment:?}");
    }
}

/// The clock stands still, so that the limit is reached as soon as there is nothing to do but wait.
#[tokio::test(start_paused = true)]
async fn a_bus_that_never_answers_is_a_slow_script() {
    let dir = tempfile::tempdir().unwrap();
    let socket = dir.path().join("bus");
    let _silent = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let address = format!("unix:path={}", socket.display());
    let environment = environment(&[("DBUS_SESSION_BUS_ADDRESS", &address)]);
    let error = run_script("http://127.0.0.1:9/proxy.pac", URL, &environment, LIMIT).await.unwrap_err();
    assert!(matches!(error, ScriptError::Slow), "{error:?}");
}
