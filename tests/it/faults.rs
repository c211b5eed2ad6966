//! A server that misbehaves: each fault has its exit code, its words, and an end in bounded time.

use crate::support::world::World;
use crate::support::{Answer, Fault, Run};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const METADATA: &str = "/.well-known/oauth-authorization-server";
const OPENID_METADATA: &str = "/.well-known/openid-configuration";

/// A scene whose profile gives an acquisition two seconds.
fn hasty() -> World {
    let world = World::without_profile();
    let text = world
        .profile("basic", "")
        .replace("timeout = \"5s\"", "timeout = \"2s\"");
    world.env.config(&text);
    world
}

fn get(world: &World) -> Run {
    let started = Instant::now();
    let run = world.cmd(&["token", "get", "--json"]).run();
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "not bounded\n{run}"
    );
    run
}

/// What `token get` does when the token endpoint always answers so.
fn always(fault: Fault) -> (World, Run) {
    let world = hasty();
    world.front.always("/token", fault);
    let run = get(&world);
    (world, run)
}

fn answer(body: &Value) -> Fault {
    Fault::Answer(Answer::json(200, &body.to_string()))
}

#[test]
fn an_internal_error_is_retried_and_then_exit_7() {
    let (world, run) = always(Fault::Answer(Answer::json(
        500,
        r#"{"error":"server_error"}"#,
    )));
    let run = run.expect(7).says("http=500");
    assert!(world.token_requests() > 1, "{run}");
}

#[test]
fn a_page_of_a_gateway_is_exit_7() {
    let (_, run) = always(Fault::Answer(Answer::html(502)));
    run.expect(7).says("502");
}

#[test]
fn a_page_with_200_is_exit_7() {
    let (world, run) = always(Fault::Answer(Answer::html(200)));
    let run = run.expect(7).says("text/html");
    assert_eq!(
        world.token_requests(),
        1,
        "not a failure that goes away\n{run}"
    );
}

#[test]
fn a_limited_server_is_waited_for() {
    for status in [429, 503] {
        let world = World::new();
        let limited = Answer::json(status, r#"{"error":"slow_down"}"#).header("retry-after", "1");
        world.front.times(1, "/token", Fault::Answer(limited));
        let started = Instant::now();
        let run = get(&world).success();
        assert!(
            started.elapsed() >= Duration::from_secs(1),
            "Retry-After is honoured\n{run}"
        );
        assert_eq!(world.token_requests(), 2, "{run}");
    }
}

#[test]
fn a_server_limited_for_longer_than_the_timeout_is_exit_7_at_once() {
    let limited = Answer::json(429, "{}").header("retry-after", "3600");
    let (_, run) = always(Fault::Answer(limited));
    run.expect(7).says("429");
}

#[test]
fn a_passing_failure_is_survived() {
    for fault in [Fault::Reset, Fault::Answer(Answer::html(502))] {
        let world = World::new();
        world.front.times(1, "/token", fault);
        let run = get(&world).success();
        assert_eq!(world.token_requests(), 2, "{run}");
    }
}

#[test]
fn client_33_a_retry_has_an_assertion_of_its_own() {
    let world = World::without_profile();
    world.env.config(&world.profile("signer", ""));
    world
        .front
        .times(1, "/token", Fault::Answer(Answer::json(503, "{}")));
    get(&world).success();
    let assertions: Vec<_> = world
        .front
        .requests("/token")
        .iter()
        .map(|request| request.param("client_assertion").unwrap())
        .collect();
    assert_eq!(assertions.len(), 2);
    assert_ne!(assertions[0], assertions[1]);
}

#[test]
fn a_connection_that_is_reset_is_exit_6() {
    let (_, run) = always(Fault::Reset);
    run.expect(6);
}

#[test]
fn a_server_that_does_not_answer_is_exit_6() {
    let (_, run) = always(Fault::Hang);
    run.expect(6).says("timeout");
}

#[test]
fn an_answer_that_drips_is_exit_6() {
    let body = json!({ "access_token": "x".repeat(200), "token_type": "Bearer" });
    let drip = Answer::json(200, &body.to_string()).dripping();
    let (_, run) = always(Fault::Answer(drip));
    run.expect(6).says("timeout");
}

#[test]
fn an_answer_that_breaks_off_is_exit_6() {
    let body = r#"{"access_token":"abc"#;
    let (_, run) = always(Fault::Answer(Answer::json(200, body).truncated()));
    run.expect(6);
}

#[test]
fn half_a_document_is_exit_7() {
    let (_, run) = always(Fault::Answer(Answer::json(200, r#"{"access_token":"abc"#)));
    run.expect(7);
}

#[test]
fn an_empty_answer_is_exit_7() {
    let (_, run) = always(Fault::Answer(Answer::json(200, "")));
    run.expect(7).says("empty");
}

#[test]
fn client_53_an_error_with_200_is_exit_5() {
    let (_, run) = always(answer(
        &json!({ "error": "invalid_scope", "error_description": "not yours" }),
    ));
    run.expect(5).says("invalid_scope").says("not yours");
}

#[test]
fn an_answer_without_a_token_is_exit_7() {
    for body in [
        json!({}),
        json!([]),
        json!({ "access_token": "" }),
        json!({ "access_token": 7, "token_type": "Bearer" }),
    ] {
        let (_, run) = always(answer(&body));
        run.expect(7);
    }
}

#[test]
fn a_huge_answer_is_exit_7() {
    let body = json!({ "padding": "x".repeat(2 << 20) });
    let world = hasty();
    world.front.always(
        "/token",
        Fault::Answer(Answer::new(
            200,
            "application/json",
            body.to_string().into_bytes(),
        )),
    );
    get(&world).expect(7).says("larger than 1 MiB");
}

#[test]
fn deep_nesting_is_exit_7() {
    let body = format!(
        r#"{{"access_token":"abcdefghijkl","token_type":"Bearer","x":{}1{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let (_, run) = always(Fault::Answer(Answer::json(200, &body)));
    run.expect(7);
}

#[test]
fn duplicate_members_are_exit_7() {
    let body =
        r#"{"access_token":"abcdefghijkl","access_token":"mnopqrstuvwx","token_type":"Bearer"}"#;
    let (_, run) = always(Fault::Answer(Answer::json(200, body)));
    run.expect(7);
}

/// An opaque token that is long enough to be masked.
const OPAQUE: &str = "o-p-a-q-u-e-0123456789-abcdefghijklmnopqrstuvwxyz";

#[test]
fn client_50_expires_in_takes_many_shapes() {
    for (value, seconds) in [
        (json!(300), Some(300)),
        (json!("300"), Some(300)),
        (json!(300.5), Some(300)),
        (json!(null), None),
    ] {
        let body = json!({ "access_token": OPAQUE, "token_type": "bEaReR", "expires_in": value });
        let (_, run) = always(answer(&body));
        let run = run.success();
        let shown = run.json()["expires_in"].as_i64();
        let near = shown
            .zip(seconds)
            .is_none_or(|(shown, seconds)| (seconds - 20..=seconds).contains(&shown));
        assert!(
            near && shown.is_some() == seconds.is_some(),
            "{value}\n{run}"
        );
    }
}

#[test]
fn client_50_a_lifetime_that_is_unknown_is_not_for_ever() {
    let (world, run) = always(answer(
        &json!({ "access_token": OPAQUE, "token_type": "Bearer" }),
    ));
    let run = run.success();
    assert_eq!(run.json()["expires_at"], Value::Null, "{run}");
    get(&world).success();
    assert_eq!(world.token_requests(), 2, "not cached");
}

#[test]
fn client_50_absurd_lifetimes_are_cut_or_unknown_and_said() {
    const YEAR: i64 = 365 * 24 * 3600;
    for (value, seconds, warning) in [
        ("-5", Some(0), "expires_in is negative"),
        ("1e12", Some(YEAR), "cut to one year"),
        ("\"1e12\"", Some(YEAR), "cut to one year"),
        ("\"soon\"", None, "expires_in is not a number"),
        ("{}", None, "expires_in is not a number"),
    ] {
        let body =
            format!(r#"{{"access_token":"{OPAQUE}","token_type":"Bearer","expires_in":{value}}}"#);
        let (_, run) = always(Fault::Answer(Answer::json(200, &body)));
        let run = run.success();
        let shown = run.json()["expires_in"].as_i64();
        let near = shown
            .zip(seconds)
            .is_none_or(|(shown, seconds)| (seconds - 20..=seconds).contains(&shown));
        assert!(
            near && shown.is_some() == seconds.is_some(),
            "{value}\n{run}"
        );
        let warnings = run.json()["warnings"].to_string();
        assert!(warnings.contains(warning), "{value}\n{run}");
    }
}

/// A number that no reader of JSON can represent is not JSON that can be trusted.
#[test]
fn client_50_a_number_beyond_all_bounds_is_exit_7() {
    let body = format!(r#"{{"access_token":"{OPAQUE}","token_type":"Bearer","expires_in":1e400}}"#);
    let (_, run) = always(Fault::Answer(Answer::json(200, &body)));
    run.expect(7).says("JSON");
}

#[test]
fn client_51_a_narrower_scope_is_reported() {
    let body = json!({ "access_token": OPAQUE, "token_type": "Bearer", "expires_in": 300, "scope": "other.scope" });
    let (_, run) = always(answer(&body));
    let run = run.success();
    assert_eq!(run.json()["scope"], "other.scope");
    assert!(
        run.json()["warnings"].to_string().contains("scope"),
        "{run}"
    );
}

#[test]
fn a_type_of_token_that_is_not_known_is_no_bearer() {
    let (_, run) = always(answer(
        &json!({ "access_token": OPAQUE, "token_type": "mac", "expires_in": 300 }),
    ));
    run.expect(7).says("mac");
}

#[test]
fn client_7_metadata_of_another_issuer_stops_before_the_token_request() {
    let world = hasty();
    let url = world.front.url();
    let body = json!({ "issuer": format!("{url}/"), "token_endpoint": format!("{url}/token") });
    for path in [METADATA, OPENID_METADATA] {
        world.front.always(path, answer(&body));
    }
    let run = get(&world).expect(3).says("issuer");
    assert_eq!(world.token_requests(), 0, "{run}");
}

#[test]
fn discovery_falls_back_to_the_other_document() {
    let world = hasty();
    world
        .front
        .always(METADATA, Fault::Answer(Answer::json(404, "{}")));
    get(&world).success();
    assert!(world.front.count(OPENID_METADATA) > 0);
}

#[test]
fn metadata_that_is_no_metadata_is_exit_7() {
    for bad in [
        Answer::html(200),
        Answer::json(200, ""),
        Answer::json(200, "[]"),
        Answer::json(500, "{}"),
    ] {
        let world = hasty();
        for path in [METADATA, OPENID_METADATA] {
            world.front.always(path, Fault::Answer(bad.clone()));
        }
        get(&world).expect(7);
        assert_eq!(world.token_requests(), 0);
    }
}

#[test]
fn metadata_larger_than_a_mebibyte_is_exit_7() {
    let world = hasty();
    let url = world.front.url();
    let body = json!({ "issuer": url, "token_endpoint": format!("{url}/token"), "x": "x".repeat(2 << 20) });
    for path in [METADATA, OPENID_METADATA] {
        world.front.always(path, answer(&body));
    }
    get(&world).expect(7);
}

#[test]
fn a_token_endpoint_without_tls_elsewhere_gets_no_credentials() {
    let world = hasty();
    let url = world.front.url();
    let body = json!({ "issuer": url, "token_endpoint": "http://auth.example.com/token" });
    for path in [METADATA, OPENID_METADATA] {
        world.front.always(path, answer(&body));
    }
    get(&world).expect(3).says("http://auth.example.com");
}

#[test]
fn tls_that_is_none_is_exit_6() {
    let world = hasty();
    let text = world.profile("basic", "").replace("http://", "https://");
    world.env.config(&text);
    let run = get(&world).expect(6);
    assert_eq!(world.token_requests(), 0, "{run}");
}
