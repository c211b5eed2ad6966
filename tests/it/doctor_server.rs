//! `jeton doctor` where the server answers, and something is wrong with what it says or with what it is asked.

use crate::doctor::{broken, doctor, step};
use crate::support::keys::EcKey;
use crate::support::world::{RESOURCE, World};
use crate::support::{Answer, Fault, Run};
use chrono::{Duration, Utc};
use serde_json::{Value, json};

const METADATA: &str = "/.well-known/oauth-authorization-server";
const OPENID_METADATA: &str = "/.well-known/openid-configuration";
const OPAQUE: &str = "o-p-a-q-u-e-0123456789-abcdefghijklmnopqrstuvwxyz";

/// The walk where every place for metadata answers so.
fn with_metadata(answer: &Answer) -> (World, Run) {
    let world = World::new();
    for path in [METADATA, OPENID_METADATA] {
        world.front.always(path, Fault::Answer(answer.clone()));
    }
    let run = doctor(&world, &[]);
    (world, run)
}

/// The walk where the token endpoint answers so.
fn with_token(answer: Answer) -> (World, Run) {
    let world = World::new();
    world.front.always("/token", Fault::Answer(answer));
    let run = doctor(&world, &[]);
    (world, run)
}

/// The walk of the client `signer`, with this changed in its profile.
fn signer(world: &World, change: impl FnOnce(String) -> String) -> Run {
    world.env.config(&change(world.profile("signer", "")));
    doctor(world, &[])
}

fn refusal(error: &str, description: &str) -> Answer {
    let body = json!({ "error": error, "error_description": description });
    Answer::json(401, &body.to_string())
}

#[test]
fn a_wrong_secret() {
    let world = World::new();
    world
        .env
        .secret_file("home/basic.secret", "not-the-secret-of-anybody");
    let run = broken(
        doctor(&world, &[]),
        "request",
        "request.secret",
        &[
            "basic.secret",
            "to the last character",
            "config.toml:5",
            "client_secret_basic",
        ],
    );
    assert_eq!(run.json()["would_exit"], 5, "{run}");
    assert_eq!(step(&run, "methods")["status"], "ok", "{run}");
    let facts = &step(&run, "request")["facts"];
    assert_eq!(
        (&facts["oauth_error"], &facts["http_status"]),
        (&json!("invalid_client"), &json!(401))
    );
    for name in ["decode", "verify", "scope", "audience"] {
        assert_eq!(step(&run, name)["status"], "not_reached", "{run}");
    }
}

/// One table says what to do: `token get` prints its first line and names the doctor, which prints all of it.
#[test]
fn token_get_prints_the_first_line_of_the_doctors_advice() {
    for (answer, exit) in [
        (refusal("invalid_client", "no"), 5),
        (refusal("invalid_scope", "no"), 5),
        (refusal("unauthorized_client", "no"), 5),
        (Answer::html(503), 7),
        (Answer::json(429, "{}"), 7),
    ] {
        let (world, run) = with_token(answer);
        let advice = run.json()["diagnosis"]["remedy"].clone();
        let run = world.cmd(&["token", "get", "--json"]).run().expect(exit);
        let hints = run.json_error()["error"]["hints"].clone();
        assert_eq!(hints[0], advice[0], "{run}");
        let named = hints[1]
            .as_str()
            .is_some_and(|hint| hint.contains("jeton doctor"));
        let more = advice.as_array().unwrap().len() > 1;
        assert!(named || (exit == 5 && !more), "{run}");
    }
}

#[test]
fn a_secret_with_something_around_it() {
    let world = World::new();
    let good = world.secret("basic").to_owned();
    world
        .env
        .secret_file("home/basic.secret", &format!("\"{good}\"\n"));
    let run = doctor(&world, &[]);
    broken(
        run,
        "credential",
        "credential.odd",
        &["quotes", "basic.secret"],
    );
    let run = doctor(&world, &["--no-request"]).success();
    assert_eq!(step(&run, "credential")["status"], "warn", "{run}");
}

#[test]
fn a_method_that_the_client_is_not_registered_for() {
    let world = World::without_profile();
    let good = world.profile("basic", "");
    world
        .env
        .config(&good.replace("client_secret_basic", "client_secret_post"));
    broken(
        doctor(&world, &[]),
        "request",
        "request.secret",
        &[
            "registered for client_secret_post",
            "auth_method (config.toml:6)",
            "client_secret_basic",
        ],
    );
}

#[test]
fn a_method_that_the_server_does_not_offer() {
    let world = World::without_profile();
    let url = world.front.url();
    let metadata = |methods: Value| {
        let document = json!({
            "issuer": url, "token_endpoint": format!("{url}/token"), "jwks_uri": format!("{url}/jwks.json"),
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": methods,
        });
        Fault::Answer(Answer::json(200, &document.to_string()))
    };
    let good = world.profile("basic", "");
    world
        .front
        .always(METADATA, metadata(json!(["private_key_jwt"])));
    // Some servers leave methods out: as long as it works, it is a warning.
    world.env.config(&good);
    let run = doctor(&world, &[]).success();
    assert_eq!(step(&run, "methods")["status"], "warn", "{run}");
    world
        .env
        .config(&good.replace("client_secret_basic", "client_secret_post"));
    broken(
        doctor(&world, &[]),
        "methods",
        "methods.not_offered",
        &[
            "the server offers private_key_jwt",
            "auth_method (config.toml:6)",
        ],
    );
    world
        .env
        .config(&good.replace("\"client_secret_basic\"", "\"auto\""));
    let run = broken(
        doctor(&world, &[]),
        "methods",
        "methods.none_fits",
        &["private_key_jwt", "auth_method"],
    );
    assert_eq!(run.json()["would_exit"], 3, "{run}");
}

#[test]
fn an_issuer_that_is_written_otherwise() {
    let world = World::without_profile();
    let (good, url) = (world.profile("basic", ""), world.front.url());
    world.env.config(&good.replace(&url, &format!("{url}/")));
    let adopt = format!("issuer = \"{url}\" (config.toml:4)");
    let run = broken(
        doctor(&world, &[]),
        "issuer",
        "issuer.differs",
        &["they differ only in a slash at the end", &adopt],
    );
    assert_eq!(step(&run, "discovery")["status"], "ok", "{run}");
    assert_eq!(step(&run, "clock")["status"], "ok", "{run}");
    assert_eq!(step(&run, "methods")["status"], "not_reached", "{run}");
    assert_eq!(run.json()["would_exit"], 3, "{run}");
    world
        .env
        .config(&good.replace(&url, &url.replace("127.0.0.1", "localhost")));
    broken(
        doctor(&world, &[]),
        "issuer",
        "issuer.differs",
        &["the host differs"],
    );
    let said = url.replace("http:", "https:");
    let document = json!({ "issuer": said, "token_endpoint": format!("{said}/token") });
    let (_, run) = with_metadata(&Answer::json(200, &document.to_string()));
    broken(run, "issuer", "issuer.differs", &[&said]);
}

fn http_date(ahead: i64) -> String {
    let time = Utc::now() + Duration::seconds(ahead);
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The server's clock and the date that it tells move together.
fn skewed(by: i64) -> World {
    let world = World::without_profile();
    world.server.advance(by);
    for path in [METADATA, OPENID_METADATA, "/token"] {
        world.front.always(path, Fault::Date(http_date(by)));
    }
    world
}

#[test]
fn a_clock_that_is_wrong_in_either_direction() {
    for (by, side) in [
        (900, "behind the server's"),
        (-900, "ahead of the server's"),
    ] {
        let world = skewed(by);
        let run = broken(
            signer(&world, |good| good),
            "clock",
            "clock.skewed",
            &[side, "synchronize this machine's clock"],
        );
        let skew = step(&run, "clock")["facts"]["skew"].as_i64().unwrap();
        assert!((skew - by).abs() < 30, "{run}");
        let request = step(&run, "request");
        assert_eq!(request["status"], "fail", "the server refused it\n{run}");
        assert_eq!(run.json()["would_exit"], 5, "{run}");
    }
}

#[test]
fn a_clock_that_hurts_no_assertion_is_a_warning() {
    let world = World::new();
    for path in [METADATA, "/token"] {
        world.front.always(path, Fault::Date(http_date(-300)));
    }
    let run = doctor(&world, &[]).success();
    assert_eq!(step(&run, "clock")["status"], "warn", "{run}");
    assert_eq!(run.json()["verdict"], "warn", "{run}");
}

#[test]
fn the_clock_is_read_from_the_request_where_no_metadata_is() {
    let world = World::without_profile();
    let endpoint = format!("token_endpoint = \"{}/token\"", world.front.url());
    let good = world.profile("basic", "");
    world
        .env
        .config(&good.replace("client_id =", &format!("{endpoint}\nclient_id =")));
    let run = doctor(&world, &[]).success();
    assert_eq!(step(&run, "discovery")["status"], "skipped", "{run}");
    assert_eq!(step(&run, "issuer")["status"], "skipped", "{run}");
    assert_eq!(step(&run, "clock")["status"], "ok", "{run}");
    assert_eq!(step(&run, "verify")["status"], "ok", "{run}");
}

#[test]
fn a_key_that_is_not_in_the_set() {
    let world = World::new();
    let url = format!("{}/jwks.json", world.front.url());
    let other = EcKey::generate(&world.env.canaries).public_jwk("another-key");
    let set = json!({ "keys": [other] }).to_string();
    world
        .front
        .always("/jwks.json", Fault::Answer(Answer::json(200, &set)));
    let run = broken(
        doctor(&world, &[]),
        "verify",
        "verify.unknown_key",
        &[
            "no key has the kid",
            &format!("{url} has \"another-key\""),
            "publish the key",
        ],
    );
    assert_eq!(run.json()["would_exit"], 0, "{run}");
    assert_eq!(run.json()["diagnosis"]["who"], "operator", "{run}");
    assert_eq!(step(&run, "decode")["status"], "ok", "{run}");
    assert_eq!(step(&run, "scope")["status"], "ok", "{run}");
    world.front.heal();
    world
        .front
        .always("/jwks.json", Fault::Answer(Answer::html(503)));
    broken(doctor(&world, &[]), "verify", "verify.no_keys", &["503"]);
}

#[test]
fn a_kid_or_a_key_that_is_not_registered() {
    let world = World::without_profile();
    let run = signer(&world, |good| good.replace("signer-1", "signer-9"));
    broken(
        run,
        "request",
        "request.assertion",
        &[
            "under the kid signer-9",
            "signer.pem",
            "registered for signer",
        ],
    );
    let other = EcKey::generate(&world.env.canaries);
    world.env.secret_file("home/signer.pem", other.pem());
    let run = signer(&world, |good| good);
    broken(
        run,
        "request",
        "request.assertion",
        &["under the kid signer-1"],
    );
}

#[test]
fn an_audience_that_the_server_does_not_want() {
    // The real authority takes its issuer alone (RFC 10070).
    let world = World::without_profile();
    let endpoint = format!("{}/token", world.front.url());
    let run = signer(&world, |good| {
        format!("{good}audience = \"token_endpoint\"\n")
    });
    let sent = format!("aud {endpoint},");
    let run = broken(
        run,
        "request",
        "request.assertion",
        &[&sent, "assertion.audience = \"issuer\" (config.toml:"],
    );
    assert_eq!(
        world.token_requests(),
        1,
        "no other audience was tried\n{run}"
    );
    // Another one takes its token endpoint alone, and says so.
    let world = World::without_profile();
    let said = refusal("invalid_client", "the aud of the client assertion is wrong");
    world.front.always("/token", Fault::Answer(said));
    let sent = format!("aud {},", world.front.url());
    let adopt = "assertion.audience = \"token_endpoint\" (in [profiles.billing])";
    let run = broken(
        signer(&world, |good| good),
        "request",
        "request.assertion_audience",
        &[&sent, adopt, "the aud of the client assertion is wrong"],
    );
    let first = run.json()["diagnosis"]["remedy"][0]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        first.contains("token_endpoint"),
        "the likeliest first\n{run}"
    );
    assert_eq!(
        world.token_requests(),
        1,
        "no other audience was tried\n{run}"
    );
    // And with an HMAC.
    world.env.config(&world.profile("hmac", ""));
    let run = doctor(&world, &[]);
    broken(
        run,
        "request",
        "request.assertion_audience",
        &["client_secret_jwt", &sent],
    );
}

#[test]
fn a_scope_that_is_refused_or_withheld() {
    let world = World::new();
    let run = doctor(&world, &["--scope", "nope"]);
    broken(
        run,
        "request",
        "request.scope",
        &["\"nope\" (flag --scope)", "grant it to basic"],
    );
    let body = json!({
        "access_token": OPAQUE, "token_type": "Bearer", "expires_in": 300, "scope": "api.read",
    });
    world.front.always(
        "/token",
        Fault::Answer(Answer::json(200, &body.to_string())),
    );
    let run = doctor(&world, &["--scope", "api.read api.write"]);
    let run = broken(
        run,
        "scope",
        "scope.fewer",
        &["api.write", "got: \"api.read\""],
    );
    assert_eq!(run.json()["would_exit"], 0, "{run}");
    let verify = step(&run, "verify");
    assert_eq!(verify["status"], "skipped", "{run}");
    assert!(
        verify["summary"].as_str().unwrap().contains("opaque"),
        "{run}"
    );
}

#[test]
fn a_resource_that_is_refused_or_passed_over() {
    let world = World::new();
    let run = doctor(&world, &["--resource", "https://other.example.com"]);
    broken(
        run,
        "request",
        "request.resource",
        &["flag --resource", "allow it for"],
    );
    // The token is for the resource all the same.
    let token = world.raw_token();
    let run = world
        .cmd(&[
            "doctor",
            "--json",
            "--resource",
            "https://other.example.com",
            "--token",
            "-",
        ])
        .stdin(&token)
        .judges()
        .run();
    let words = ["asked for: https://other.example.com", RESOURCE];
    broken(run, "audience", "audience.other", &words);
}

#[test]
fn an_opaque_token_can_be_asked_about_where_the_server_offers_it() {
    let world = World::new();
    let url = world.front.url();
    let document = json!({
        "issuer": url, "token_endpoint": format!("{url}/token"),
        "introspection_endpoint": format!("{url}/introspect"),
        "grant_types_supported": ["client_credentials"],
    });
    world.front.always(
        METADATA,
        Fault::Answer(Answer::json(200, &document.to_string())),
    );
    let body = json!({ "access_token": OPAQUE, "token_type": "Bearer", "expires_in": 300 });
    world.front.always(
        "/token",
        Fault::Answer(Answer::json(200, &body.to_string())),
    );
    let run = doctor(&world, &[]).success();
    let verify = step(&run, "verify");
    assert_eq!(verify["status"], "skipped", "{run}");
    assert!(
        verify["summary"]
            .as_str()
            .unwrap()
            .contains("jeton token introspect -p billing"),
        "{run}"
    );
}

#[test]
fn a_page_in_place_of_the_metadata() {
    let (world, run) = with_metadata(&Answer::html(200));
    let run = broken(
        run,
        "discovery",
        "discovery.page",
        &["login page", "text/html", "config.toml:4"],
    );
    assert_eq!(run.json()["would_exit"], 7, "{run}");
    assert_eq!(world.token_requests(), 0, "{run}");
    let (_, run) = with_metadata(&Answer::redirect(302, "http://login.example.com/?next=x"));
    let run = broken(
        run,
        "discovery",
        "discovery.page",
        &["http://login.example.com/"],
    );
    assert_eq!(step(&run, "clock")["status"], "skipped", "no Date\n{run}");
}

#[test]
fn metadata_that_fails_or_is_none() {
    for (answer, code, word) in [
        (Answer::html(502), "discovery.failing", "HTTP 502"),
        (Answer::json(429, "{}"), "discovery.limited", "HTTP 429"),
        (Answer::json(404, "{}"), "discovery.missing", "HTTP 404"),
        (
            Answer::json(200, "[]"),
            "discovery.document",
            "application/json",
        ),
    ] {
        let (_, run) = with_metadata(&answer);
        broken(run, "discovery", code, &[word]);
    }
    let world = World::new();
    world.front.always(METADATA, Fault::Hang);
    broken(
        doctor(&world, &[]),
        "discovery",
        "discovery.timeout",
        &["does not answer"],
    );
}

#[test]
fn metadata_of_the_wrong_type_works_and_is_a_warning() {
    let url = World::new().front.url();
    let world = World::new();
    let metadata = crate::support::http::get(&format!("{}{METADATA}", world.front.url())).body;
    world.front.always(
        METADATA,
        Fault::Answer(Answer::new(200, "text/plain", metadata)),
    );
    let run = doctor(&world, &[]).success();
    assert_eq!(step(&run, "discovery")["status"], "warn", "{run}\n{url}");
    assert!(
        step(&run, "discovery")["summary"]
            .as_str()
            .unwrap()
            .contains("text/plain"),
        "{run}"
    );
}

#[test]
fn what_token_get_warns_of_is_a_warning() {
    let body = json!({ "access_token": OPAQUE, "token_type": "Bearer" });
    let (_, run) = with_token(Answer::json(200, &body.to_string()));
    let run = run.success();
    let request = step(&run, "request");
    assert_eq!(request["status"], "warn", "{run}");
    assert!(
        request["facts"]["warnings"]
            .to_string()
            .contains("when the token ends"),
        "{run}"
    );
}

#[test]
fn a_token_endpoint_that_fails() {
    for (answer, code, exit, word) in [
        (Answer::json(500, "{}"), "request.failing", 7, "operator"),
        (
            Answer::json(429, "{}").header("retry-after", "3600"),
            "request.limited",
            7,
            "wait 3600 s",
        ),
        (Answer::html(404), "request.missing", 7, "/token"),
        (Answer::html(200), "request.page", 7, "text/html"),
        (
            Answer::new(200, "text/plain", b"granted".to_vec()),
            "request.answer",
            7,
            "text/plain",
        ),
        (
            Answer::redirect(302, "https://login.example.com/"),
            "request.redirect",
            7,
            "login.example.com",
        ),
        (
            refusal("unauthorized_client", "not you"),
            "request.grant",
            5,
            "not you",
        ),
        (
            refusal("invalid_request", "audience is missing"),
            "request.invalid",
            5,
            "audience is missing",
        ),
    ] {
        let (_, run) = with_token(answer);
        let run = broken(run, "request", code, &[word]);
        assert_eq!(run.json()["would_exit"], exit, "{run}");
    }
}

#[test]
fn foreign_text_is_harmless_on_the_screen() {
    let world = World::new();
    let said = refusal("invalid_client", "\u{1b}]0;owned\u{7}no\u{202e}");
    world.front.always("/token", Fault::Answer(said));
    let run = world.cmd(&["doctor"]).judges().run().expect(8);
    run.shows("First broken: request")
        .shows("the server says: no");
}
