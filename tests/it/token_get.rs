//! `jeton token get`: where the token comes from, what is asked of the server, and what a check refuses.

use crate::support::front::Front;
use crate::support::keys::{claims, header};
use crate::support::world::{LIFETIME, RESOURCE, World, nobody_listens};
use crate::support::{Answer, Fault, TestEnv};
use serde_json::Value;

#[test]
fn a_cold_run_fetches_and_a_warm_one_does_not() {
    let world = World::new();
    let cold = world
        .cmd(&["token", "get", "-v", "-o", "raw"])
        .reveals_token()
        .run();
    let cold = cold
        .success()
        .says("preparing client credentials request auth_method=client_secret_basic source=file")
        .says("body built scopes=\"api.read\" audience=")
        .says("POST /token method=client_secret_basic")
        .says("token acquired exp=")
        .says("token_type=Bearer")
        .says_nothing_of("cache hit");
    let warm = world
        .cmd(&["token", "get", "-o", "raw"])
        .reveals_token()
        .run();
    let warm = warm
        .success()
        .says("cache hit ttl=")
        .says_nothing_of("POST /token");
    assert_eq!(cold.line(), warm.line());
    assert_eq!(cold.line().split('.').count(), 3, "{cold}");
    assert_eq!(world.token_requests(), 1);
}

#[test]
fn the_request_carries_what_the_profile_says_once() {
    let world = World::new();
    world.raw_token();
    let request = world.front.last("/token");
    assert_eq!(request.method, "POST");
    assert_eq!(request.target, "/token", "nothing goes into the query");
    assert_eq!(
        request.param("grant_type").as_deref(),
        Some("client_credentials")
    );
    assert_eq!(request.param("scope").as_deref(), Some("api.read"));
    assert_eq!(request.params("resource"), [RESOURCE]);
    // Client requirement 27: exactly one method.
    assert!(request.header("authorization").is_some());
    assert_eq!(request.param("client_secret"), None);
    assert_eq!(request.param("client_assertion"), None);
}

#[test]
fn fresh_asks_the_server_again_and_replaces_what_was_kept() {
    let world = World::new();
    let first = world.raw_token();
    let run = world.cmd(&["token", "get", "-o", "raw", "--fresh"]);
    let fresh = run.reveals_token().run().success().line().to_owned();
    assert_ne!(first, fresh);
    assert_eq!(world.raw_token(), fresh);
    assert_eq!(world.token_requests(), 2);
}

#[test]
fn a_token_with_less_left_than_min_ttl_is_not_handed_out() {
    let world = World::new();
    let first = world.raw_token();
    world.server.advance(LIFETIME - 20);
    // The client's clock has not moved: for it the token is as fresh as it was.
    assert_eq!(world.raw_token(), first);
    let min = format!("{}s", LIFETIME + 60);
    let run = world.cmd(&["token", "get", "-o", "raw", "--min-ttl", &min]);
    // Even a new token does not live that long, and the command line demanded it.
    let run = run.run().expect(8).says("--min-ttl");
    assert_eq!(world.token_requests(), 2, "{run}");
    // A demand that a new token meets is met by one, and the one at hand is replaced.
    let min = format!("{}s", LIFETIME - 10);
    let run = world.cmd(&["token", "get", "-o", "raw", "--min-ttl", &min]);
    run.reveals_token().run().success();
}

/// In the profile `min_ttl` is a wish where a new token cannot meet it: asking again would bring the same.
#[test]
fn a_configured_min_ttl_that_no_token_meets_is_a_warning() {
    let world = World::without_profile();
    let min = format!("min_ttl = \"{}s\"\n", LIFETIME + 60);
    world.env.config(&world.profile("basic", &min));
    for requests in 1..=2 {
        let run = world.cmd(&["token", "get", "--json"]).run().success();
        let warnings = run.json()["warnings"].to_string();
        assert!(warnings.contains("min_ttl"), "{run}");
        assert_eq!(
            world.token_requests(),
            requests,
            "not from the cache\n{run}"
        );
    }
}

#[test]
fn other_scopes_are_another_token() {
    let world = World::new();
    let read = world.raw_token();
    let run = world.cmd(&["token", "get", "-o", "raw", "--scope", "api.write"]);
    let write = run.reveals_token().run().success().line().to_owned();
    assert_ne!(read, write);
    assert_eq!(
        world.front.last("/token").param("scope").as_deref(),
        Some("api.write")
    );
    assert_eq!(world.raw_token(), read);
    assert_eq!(world.token_requests(), 2);
}

#[test]
fn the_order_of_scopes_makes_no_difference() {
    let world = World::new();
    for scope in ["api.read api.write", "api.write api.read"] {
        let run = world.cmd(&["token", "get", "-o", "raw", "--scope", scope]);
        run.reveals_token().run().success();
    }
    assert_eq!(world.token_requests(), 1);
}

#[test]
fn a_resource_of_the_command_line_replaces_the_one_of_the_profile() {
    let world = World::new();
    let other = "https://other.example.com/mcp";
    let run = world.cmd(&["token", "get", "--resource", other]).run();
    // The client is not allowed this resource: the server says so (RFC 8707 section 2).
    run.expect(5).says("invalid_target");
    assert_eq!(world.front.last("/token").params("resource"), [other]);
}

#[test]
fn client_18_a_resource_must_be_absolute_and_without_a_fragment() {
    let world = World::new();
    for resource in ["mcp.example", "https://api.example.com/#x"] {
        let run = world.cmd(&["token", "get", "--resource", resource]).run();
        run.expect(2).says(resource);
    }
    assert_eq!(world.token_requests(), 0);
}

#[test]
fn required_scopes_and_audiences_are_checked() {
    let world = World::new();
    let good = [
        "token",
        "get",
        "-o",
        "raw",
        "--require-scope",
        "api.read",
        "--require-aud",
        RESOURCE,
    ];
    world.cmd(&good).reveals_token().run().success();
    let scope = world.cmd(&["token", "get", "-o", "raw", "--require-scope", "api.admin"]);
    scope.run().expect(8).says("api.admin");
    let audience = world.cmd(&[
        "token",
        "get",
        "-o",
        "raw",
        "--require-aud",
        "https://x.example",
    ]);
    audience.run().expect(8).says("https://x.example");
}

#[test]
fn a_url_selects_the_profile_whose_match_covers_it() {
    let world = World::new();
    let url = format!("{RESOURCE}/v1/things");
    let run = world
        .cmd(&["token", "get", "-o", "json", "--for", &url])
        .run();
    assert_eq!(run.success().json()["profile"], "billing");
    let none = world
        .cmd(&["token", "get", "--for", "https://elsewhere.example/"])
        .run();
    none.expect(3).says("https://elsewhere.example");
}

#[test]
fn the_environment_alone_is_a_profile() {
    let world = World::without_profile();
    let run = world
        .cmd(&["token", "get", "-o", "json"])
        .env("OIDC_ISSUER", &world.front.url())
        .env("CC_CLIENT_ID", "basic")
        .env("CC_CLIENT_SECRET", world.secret("basic"))
        .env("CC_SCOPES", "api.read")
        .env("CC_RESOURCE", RESOURCE)
        .run()
        .success()
        .says("source=env");
    assert_eq!(run.json()["profile"], "env");
}

#[test]
fn an_env_file_is_read_only_where_it_is_named() {
    let world = World::without_profile();
    let text = format!(
        "OIDC_ISSUER={}\nCC_CLIENT_ID=basic\nCC_CLIENT_SECRET='{}'\nCC_SCOPES=api.read\n",
        world.front.url(),
        world.secret("basic"),
    );
    world.env.secret_file("work/.env", &text);
    world.cmd(&["token", "get"]).run().expect(3);
    assert_eq!(world.token_requests(), 0);
    let run = world
        .cmd(&["token", "get", "--env-file", ".env", "-o", "json"])
        .run();
    assert_eq!(run.success().json()["profile"], "env");
}

#[test]
fn a_token_endpoint_needs_no_discovery() {
    let world = World::without_profile();
    world
        .cmd(&["token", "get", "-o", "raw"])
        .env("CC_TOKEN_ENDPOINT", &format!("{}/token", world.front.url()))
        .env("CC_CLIENT_ID", "basic")
        .env("CC_CLIENT_SECRET", world.secret("basic"))
        .env("CC_AUTH_METHOD", "client_secret_basic")
        .env("CC_SCOPES", "api.read")
        .reveals_token()
        .run()
        .success();
    assert!(!world.front.log().contains("well-known"));
    assert_eq!(world.token_requests(), 1);
}

#[test]
fn usage_errors_are_exit_2() {
    let env = TestEnv::new();
    env.cmd(&["token", "get", "--no-such-flag"])
        .run()
        .expect(2)
        .says("--no-such-flag");
    env.cmd(&["token", "get", "-o", "yaml"])
        .run()
        .expect(2)
        .says("yaml");
    env.cmd(&["token", "fetch"]).run().expect(2).says("fetch");
}

#[test]
fn nothing_configured_is_exit_3_and_says_how_to_begin() {
    let env = TestEnv::new();
    let run = env.cmd(&["token", "get"]).run().expect(3);
    run.says("jeton config init");
}

#[test]
fn an_unknown_profile_is_exit_3_and_names_those_there_are() {
    let world = World::new();
    let run = world.cmd(&["token", "get", "-p", "biling"]).run().expect(3);
    run.says("biling").says("billing");
}

#[test]
fn a_disabled_profile_is_exit_3_and_production_is_disabled_unasked() {
    let world = World::new();
    world
        .env
        .config(&world.profile("basic", "environment = \"prod\"\n"));
    world
        .cmd(&["token", "get"])
        .run()
        .expect(3)
        .says("enabled = true");
    world
        .env
        .config(&world.profile("basic", "enabled = false\n"));
    world.cmd(&["token", "get"]).run().expect(3).says("enabled");
    let text = world.profile("basic", "environment = \"prod\"\nenabled = true\n");
    world.env.config(&text);
    world.cmd(&["token", "get"]).run().success();
}

#[test]
fn http_to_anywhere_but_loopback_is_exit_3() {
    let world = World::new();
    let text = world
        .profile("basic", "")
        .replace(&world.front.url(), "http://auth.example.com");
    world.env.config(&text);
    world
        .cmd(&["token", "get"])
        .run()
        .expect(3)
        .says("issuer")
        .says("https");
}

#[test]
fn a_wrong_secret_is_exit_5_with_the_words_of_the_server() {
    let world = World::new();
    let wrong = "jts_this-is-not-the-secret-of-anyone";
    world.env.canaries.secret("wrong secret", wrong);
    let run = world
        .cmd(&["token", "get", "--json"])
        .env("CC_CLIENT_SECRET", wrong)
        .run()
        .expect(5)
        .says("invalid_client")
        .says("token request failed code=invalid_client http=401");
    let text = run.json_error().to_string();
    assert!(
        text.contains("invalid_client") && text.contains("401"),
        "{run}"
    );
    assert_eq!(world.token_requests(), 1, "a refusal is not repeated");
}

#[test]
fn an_unknown_scope_is_exit_5() {
    let world = World::new();
    let run = world
        .cmd(&["token", "get", "--scope", "no.such.scope"])
        .run();
    run.expect(5).says("invalid_scope");
}

#[test]
fn a_disabled_client_is_exit_5_at_once() {
    let world = World::new();
    world.raw_token();
    world.server.disable("basic");
    world
        .cmd(&["token", "get", "--fresh"])
        .run()
        .expect(5)
        .says("invalid_client");
}

#[test]
fn a_refused_connection_is_exit_6() {
    let world = World::new();
    let text = world
        .profile("basic", "")
        .replace(&world.front.url(), &nobody_listens());
    world.env.config(&text);
    world
        .cmd(&["token", "get"])
        .run()
        .expect(6)
        .says("127.0.0.1");
}

#[test]
fn an_unreachable_server_does_not_matter_while_the_token_is_good() {
    let world = World::new();
    let token = world.raw_token();
    world.front.always("/token", Fault::Reset);
    assert_eq!(world.raw_token(), token);
}

#[test]
fn a_redirect_is_not_followed_with_credentials() {
    let world = World::new();
    let thief = Front::start(&world.env.canaries);
    for status in [301, 302, 303, 307, 308] {
        let answer = Answer::redirect(status, &format!("{}/token", thief.url()));
        world.front.times(1, "/token", Fault::Answer(answer));
        world
            .cmd(&["token", "get"])
            .run()
            .expect(7)
            .says(&status.to_string());
    }
    assert_eq!(thief.count("/token"), 0);
}

#[test]
fn a_clock_that_is_off_is_measured() {
    let world = World::new();
    let date = "Fri, 01 Jan 2027 00:00:00 GMT".to_owned();
    world.front.always("/token", Fault::Date(date));
    world.cmd(&["token", "get"]).run().success().says("clock");
}

#[test]
fn client_33_an_assertion_is_made_anew_for_each_request() {
    let world = World::without_profile();
    world.env.config(&world.profile("signer", ""));
    for _ in 0..2 {
        world
            .cmd(&["token", "get", "--fresh"])
            .run()
            .success()
            .says("method=private_key_jwt");
    }
    let requests = world.front.requests("/token");
    let ids: Vec<Value> = requests
        .iter()
        .map(|request| claims(&request.param("client_assertion").unwrap()))
        .collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0]["jti"], ids[1]["jti"], "client requirement 33");
    // Client requirement 31: the issuer alone, as a plain string.
    assert_eq!(ids[0]["aud"], world.front.url());
    assert_eq!(ids[0]["iss"], "signer");
    assert_eq!(ids[0]["sub"], "signer");
}

#[test]
fn client_32_an_assertion_says_what_it_is() {
    let world = World::without_profile();
    world.env.config(&world.profile("signer", ""));
    world.cmd(&["token", "get"]).run().success();
    let assertion = world
        .front
        .last("/token")
        .param("client_assertion")
        .unwrap();
    let header = header(&assertion);
    assert_eq!(header["typ"], "client-authentication+jwt");
    assert_eq!(header["alg"], "ES256");
    assert_eq!(header["kid"], "signer-1");
}

#[test]
fn a_rotated_key_signs_the_next_token() {
    let world = World::new();
    let old = header(&world.raw_token())["kid"].clone();
    world.server.rotate();
    let run = world
        .cmd(&["token", "get", "-o", "raw", "--fresh"])
        .reveals_token()
        .run();
    let new = header(run.success().line())["kid"].clone();
    assert_ne!(old, new);
}
