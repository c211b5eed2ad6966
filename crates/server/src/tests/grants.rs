//! Scope and resource: requirements 8, 11, 41 to 46.

use super::support::{API, FOREIGN, OTHER, World, registration};
use crate::client::Registration;
use crate::resource::Resource;
use jeton_oauth::{AuthMethod, Scopes};
use serde_json::json;

#[tokio::test]
async fn server_08_codes_mean_what_they_say() {
    let world = World::new().await;
    let client = Registration {
        grants: vec![],
        ..registration("idle", AuthMethod::ClientSecretBasic)
    };
    let idle = world.admin.register(client).await.unwrap().secret.unwrap();
    world
        .basic("idle", &idle, &[])
        .await
        .refused(400, "unauthorized_client");
    let header = jeton_oauth::basic::encode("basic", &world.basic);
    for grant in [
        "authorization_code",
        "password",
        "refresh_token",
        "CLIENT_CREDENTIALS",
    ] {
        let body = format!("grant_type={grant}");
        world
            .post(Some(&header), &body)
            .await
            .refused(400, "unsupported_grant_type");
    }
    world
        .post(Some(&header), "scope=api.read")
        .await
        .refused(400, "invalid_request");
    world
        .ask(&[("scope", "admin")])
        .await
        .refused(400, "invalid_scope");
    world
        .ask(&[("resource", FOREIGN)])
        .await
        .refused(400, "invalid_target");
}

#[tokio::test]
async fn without_scope_the_client_gets_what_it_may_have_there() {
    let world = World::new().await;
    let answer = world.ask(&[]).await;
    assert_eq!(answer.json()["scope"], "api.read api.write");
    assert_eq!(answer.claims()["scope"], "api.read api.write");
}

#[tokio::test]
async fn server_05_46_what_the_resource_does_not_understand_is_left_out_and_said() {
    let world = World::new().await;
    let answer = world.ask(&[("scope", "other.read api.read")]).await;
    assert_eq!(answer.json()["scope"], "api.read");
    assert_eq!(answer.claims()["scope"], "api.read");
    let answer = world
        .ask(&[("scope", "other.read api.read"), ("resource", OTHER)])
        .await;
    assert_eq!(answer.json()["scope"], "other.read api.read");
    world
        .ask(&[("scope", "other.read")])
        .await
        .refused(400, "invalid_scope");
}

#[tokio::test]
async fn a_scope_that_the_client_may_not_ask_for_is_an_error_however_it_stands() {
    let world = World::new().await;
    for scope in [
        "admin",
        "api.read admin",
        "API.READ",
        "api.read\tapi.write",
        "api",
        "\"",
    ] {
        world
            .ask(&[("scope", scope)])
            .await
            .refused(400, "invalid_scope");
    }
}

#[tokio::test]
async fn server_46_several_resources_share_only_what_all_understand() {
    let world = World::new().await;
    let answer = world.ask(&[("resource", API), ("resource", OTHER)]).await;
    assert_eq!(answer.json()["scope"], "api.read");
    assert_eq!(answer.claims()["aud"], json!([API, OTHER]));
    let answer = world.ask(&[("resource", API), ("audience", API)]).await;
    assert_eq!(answer.claims()["aud"], API);
}

#[tokio::test]
async fn server_41_a_resource_is_an_absolute_uri_without_fragment() {
    let world = World::new().await;
    for resource in [
        "/relative",
        "api.example.com",
        "https://api.example.com#x",
        "not a uri",
        "urn:other",
    ] {
        world
            .ask(&[("resource", resource)])
            .await
            .refused(400, "invalid_target");
    }
    world
        .admin
        .put_resource(Resource::new("urn:example:api", None))
        .await
        .unwrap();
    let client = Registration {
        resources: vec!["urn:example:api".into()],
        default_resources: vec![],
        ..registration("urn", AuthMethod::ClientSecretBasic)
    };
    let secret = world.admin.register(client).await.unwrap().secret.unwrap();
    let answer = world
        .basic("urn", &secret, &[("resource", "urn:example:api")])
        .await;
    assert_eq!(answer.claims()["aud"], "urn:example:api");
}

#[tokio::test]
async fn server_42_neither_name_is_a_way_round_the_other() {
    let world = World::new().await;
    for name in ["resource", "audience"] {
        for foreign in [FOREIGN, "https://nowhere.example"] {
            world
                .ask(&[(name, foreign)])
                .await
                .refused(400, "invalid_target");
            world
                .ask(&[(name, API), (name, foreign)])
                .await
                .refused(400, "invalid_target");
        }
    }
    world
        .ask(&[("resource", API), ("audience", FOREIGN)])
        .await
        .refused(400, "invalid_target");
    world
        .ask(&[("audience", API), ("resource", FOREIGN)])
        .await
        .refused(400, "invalid_target");
    // what is foreign and what does not exist is told alike
    let told = |answer: super::support::Answer, name: &str| answer.text.replace(name, "X");
    let foreign = told(world.ask(&[("resource", FOREIGN)]).await, FOREIGN);
    let nowhere = told(
        world.ask(&[("resource", "https://nowhere.example")]).await,
        "https://nowhere.example",
    );
    assert_eq!(foreign, nowhere);
}

#[tokio::test]
async fn server_43_aud_is_the_resource_that_was_asked_for() {
    let world = World::new().await;
    assert_eq!(world.ask(&[]).await.claims()["aud"], API);
    assert_eq!(
        world.ask(&[("resource", OTHER)]).await.claims()["aud"],
        OTHER
    );
    assert_eq!(
        world.ask(&[("audience", OTHER)]).await.claims()["aud"],
        OTHER
    );
}

#[tokio::test]
async fn server_44_without_resource_and_default_there_is_no_token() {
    let world = World::new().await;
    let client = Registration {
        default_resources: vec![],
        ..registration("no-default", AuthMethod::ClientSecretBasic)
    };
    let secret = world.admin.register(client).await.unwrap().secret.unwrap();
    world
        .basic("no-default", &secret, &[])
        .await
        .refused(400, "invalid_target");
    let answer = world
        .basic("no-default", &secret, &[("resource", API)])
        .await;
    assert_eq!(answer.claims()["aud"], API);
}

#[tokio::test]
async fn server_45_one_normalisation_and_the_registered_spelling_in_the_token() {
    let world = World::new().await;
    for same in ["HTTPS://API.Example.COM", "https://api.example.com/"] {
        assert_eq!(
            world.ask(&[("resource", same)]).await.claims()["aud"],
            API,
            "{same}"
        );
        assert_eq!(
            world.ask(&[("audience", same)]).await.claims()["aud"],
            API,
            "{same}"
        );
    }
    for other in [
        "https://other.example.com/V1",
        "https://other.example.com/v1/",
        "https://api.example.com:444",
    ] {
        world
            .ask(&[("resource", other)])
            .await
            .refused(400, "invalid_target");
    }
    let spelled = Resource::new("https://API.example.com/", None);
    assert!(world.admin.put_resource(spelled).await.is_err());
}

#[tokio::test]
async fn server_42_a_plain_name_can_be_asked_for_as_audience_only() {
    let world = World::new().await;
    let scopes = Scopes::parse("api.read").unwrap();
    world
        .admin
        .put_resource(Resource::new("billing", Some(scopes)))
        .await
        .unwrap();
    let client = Registration {
        resources: vec!["billing".into()],
        default_resources: vec![],
        ..registration("named", AuthMethod::ClientSecretBasic)
    };
    let secret = world.admin.register(client).await.unwrap().secret.unwrap();
    let answer = world
        .basic("named", &secret, &[("audience", "billing")])
        .await;
    assert_eq!(answer.claims()["aud"], "billing");
    world
        .basic("named", &secret, &[("resource", "billing")])
        .await
        .refused(400, "invalid_target");
}

#[tokio::test]
async fn server_11_no_refresh_token_and_05_no_null_members() {
    let world = World::new().await;
    let answer = world.ask(&[]).await;
    let body = answer.json();
    let mut names: Vec<_> = body.as_object().unwrap().keys().cloned().collect();
    names.sort();
    assert_eq!(names, ["access_token", "expires_in", "scope", "token_type"]);
    assert!(
        body.as_object()
            .unwrap()
            .values()
            .all(|value| !value.is_null())
    );
}
