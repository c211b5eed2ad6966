//! What a server may send the client to, where a proxy hides the addresses (client requirement 10).

use super::scripted::{Reply, World};
use super::{client_with, token};
use jeton_client::AddressPolicy;
use jeton_client::cache::Cache;
use jeton_oauth::Issuer;

/// The policies of the requests that one acquisition makes, where the issuer redirects by `location` for its metadata.
fn policies(
    issuer: &'static str,
    location: &'static [(&'static str, &'static str)],
) -> Vec<AddressPolicy> {
    let world = World::new(move |sent| {
        if sent.method == "POST" {
            return token("anything");
        }
        if sent.url.starts_with(issuer) {
            return Reply::Proxied(302, location, String::new());
        }
        let metadata =
            format!(r#"{{"issuer":"{issuer}","token_endpoint":"https://10.0.0.7/token"}}"#);
        Reply::Proxied(200, &[("content-type", "application/json")], metadata)
    });
    let client = client_with(&world, Cache::None, |config| {
        config.issuer = Some(Issuer::parse(issuer).unwrap());
    });
    let _ = world.run(client.get());
    world
        .sent()
        .iter()
        .map(|sent| sent.rules.addresses)
        .collect()
}

/// A redirect and the metadata that it leads to are judged by one rule: an issuer on a private address may name others of them.
#[test]
fn client_10_a_private_issuer_behind_a_proxy_may_redirect_to_private_addresses() {
    use AddressPolicy::{Anywhere, PublicOnly};
    let private = &[("location", "https://10.0.0.6/metadata")];
    assert_eq!(policies("https://10.0.0.5", private), [Anywhere; 3]);
    // As soon as a public server has a part in it, only public addresses may follow: the token endpoint is refused unasked.
    let public = &[("location", "https://as.example/metadata")];
    assert_eq!(policies("https://10.0.0.5", public), [Anywhere; 2]);
    let public = &[("location", "https://two.example/metadata")];
    assert_eq!(
        policies("https://one.example", public),
        [Anywhere, PublicOnly]
    );
    assert_eq!(policies("https://one.example", private), [Anywhere]);
}
