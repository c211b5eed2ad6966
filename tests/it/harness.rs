//! The ground that the other tests stand on, tried without the binary: a test that cannot fail proves nothing.

use crate::support::canary::Kind;
use crate::support::http::{Request, Response};
use crate::support::keyring::{Keyring, wanted};
use crate::support::tls::Flaw;
use crate::support::world::{RESOURCE, World};
use crate::support::{Answer, Fault, TestEnv};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use std::net::SocketAddr;

fn front(world: &World) -> SocketAddr {
    let url = url::Url::parse(&world.front.url()).unwrap();
    url.socket_addrs(|| None).unwrap()[0]
}

/// A token request as any client makes it.
fn ask(world: &World) -> Option<Response> {
    let encode =
        |text: &str| -> String { url::form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let pair = format!("basic:{}", encode(world.secret("basic")));
    let header = |name: &str, value: String| (name.to_owned(), value);
    let request = Request {
        method: "POST".to_owned(),
        target: "/token".to_owned(),
        headers: vec![
            header("host", front(world).to_string()),
            header(
                "content-type",
                "application/x-www-form-urlencoded".to_owned(),
            ),
            header("authorization", format!("Basic {}", STANDARD.encode(pair))),
        ],
        body: b"grant_type=client_credentials&scope=api.read".to_vec(),
    };
    request.forward(front(world))
}

#[test]
fn the_server_answers_through_the_front_which_learns_the_token() {
    let world = World::new();
    let response = ask(&world).unwrap();
    assert_eq!(response.status, 200, "{}", world.front.log());
    let json = response.json().unwrap();
    let token = json["access_token"].as_str().unwrap();
    assert_eq!(json["expires_in"], 600);
    assert_eq!(world.front.count("/token"), 1);
    assert_eq!(
        world.front.last("/token").param("scope").as_deref(),
        Some("api.read")
    );
    assert!(
        world
            .env
            .canaries
            .find(token.as_bytes(), &[Kind::Token])
            .is_some()
    );
}

#[test]
fn the_issuer_is_the_front_in_metadata_and_in_tokens() {
    let world = World::new();
    let url = format!(
        "{}/.well-known/oauth-authorization-server",
        world.front.url()
    );
    let metadata = crate::support::http::get(&url).json().unwrap();
    assert_eq!(metadata["issuer"], world.front.url());
    assert_eq!(
        metadata["token_endpoint"],
        format!("{}/token", world.front.url())
    );
}

#[test]
fn faults_come_as_often_as_asked_for() {
    let world = World::new();
    world
        .front
        .times(1, "/token", Fault::Answer(Answer::html(502)));
    world.front.times(1, "/token", Fault::Reset);
    world.front.times(
        1,
        "/token",
        Fault::Answer(Answer::json(200, "{}").truncated()),
    );
    assert_eq!(ask(&world).unwrap().status, 502);
    assert!(ask(&world).is_none(), "reset");
    assert!(ask(&world).is_none(), "truncated");
    assert_eq!(ask(&world).unwrap().status, 200);
    assert_eq!(world.front.count("/token"), 4);
}

#[test]
fn a_clock_that_moved_and_a_client_that_is_disabled_change_the_answer() {
    let world = World::new();
    let iat = |response: Response| {
        let token = response.json().unwrap()["access_token"]
            .as_str()
            .unwrap()
            .to_owned();
        crate::support::keys::claims(&token)["iat"]
            .as_i64()
            .unwrap()
    };
    let before = iat(ask(&world).unwrap());
    world.server.advance(3600);
    assert!(iat(ask(&world).unwrap()) >= before + 3600);
    world.server.disable("basic");
    assert_eq!(ask(&world).unwrap().status, 401);
}

#[test]
fn a_secret_left_in_a_file_fails_the_run() {
    let env = TestEnv::new();
    env.canaries
        .secret("planted", "a-planted-secret-0123456789");
    env.write(
        "home/.cache/jeton/oops",
        0o600,
        &STANDARD.encode("x=a-planted-secret-0123456789"),
    );
    assert!(env.leak_in_files().is_some());
    env.holds_secret("home/.cache/jeton/oops");
    assert_eq!(env.leak_in_files(), None);
}

#[test]
fn a_made_up_token_of_a_fault_is_looked_for_too() {
    let world = World::new();
    let token = "made-up-by-a-test-0123456789-abcdefgh";
    let body = json!({ "access_token": token, "token_type": "Bearer", "resource": RESOURCE });
    world.front.always(
        "/token",
        Fault::Answer(Answer::json(200, &body.to_string())),
    );
    ask(&world).unwrap();
    assert!(
        world
            .env
            .canaries
            .find(token.as_bytes(), &[Kind::Token])
            .is_some()
    );
}

#[test]
fn the_keyring_is_open_then_locked_then_silent() {
    if !wanted() {
        return;
    }
    let env = TestEnv::new();
    let mut keyring = Keyring::unlocked(&env);
    assert_eq!(keyring.is_locked(), Some(false));
    keyring.lock();
    assert_eq!(keyring.is_locked(), Some(true));
    keyring.hang();
    assert_eq!(keyring.is_locked(), None);
}

#[test]
fn the_front_speaks_tls_with_a_certificate_of_its_ca() {
    use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject as _};
    use std::io::Write as _;
    let world = World::over_tls(Flaw::None);
    let pem = std::fs::read(world.env.path("home/ca.pem")).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(&pem).unwrap())
        .unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connection = rustls::ClientConnection::new(config.into(), name).unwrap();
    let socket = std::net::TcpStream::connect(front(&world)).unwrap();
    let mut stream = rustls::StreamOwned::new(connection, socket);
    let head = "GET /jwks.json HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let response = Response::read(stream).unwrap();
    assert_eq!(response.status, 200);
    assert!(response.json().unwrap()["keys"].is_array());
}
