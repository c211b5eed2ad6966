//! A scene with mutual TLS: the usual world over TLS, and beside it a door that demands certificates of clients.

use super::canary::Canaries;
use super::front::{Answer, Fault, Front, SHOWN};
use super::http::Request;
use super::keys::{EcKey, signing_input, thumbprint};
use super::run::Run;
use super::tls::{Asks, Flaw, Tls};
use super::world::{RESOURCE, World};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use serde_json::{Value, json};

/// Where the metadata is.
pub(crate) const METADATA: &str = "/.well-known/oauth-authorization-server";

/// A certificate of a client and its key.
pub(crate) struct Holder {
    pub(crate) cert: String,
    pub(crate) key: String,
    pub(crate) thumbprint: String,
    /// The public key with the certificate, as it is registered for `self_signed_tls_client_auth` (RFC 8705 section 2.2.2).
    pub(crate) jwk: Value,
    der: CertificateDer<'static>,
}

/// Who certifies clients.
pub(crate) struct ClientCa {
    params: CertificateParams,
    key: KeyPair,
    root: CertificateDer<'static>,
    pem: String,
}

impl ClientCa {
    pub(crate) fn named(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = params(name, 2120);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&key).unwrap();
        Self {
            params,
            key,
            pem: root.pem(),
            root: root.der().clone(),
        }
    }

    /// Its certificate.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// A CA that this one has certified.
    pub(crate) fn below(&self, name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = params(name, 2120);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = Issuer::from_params(&self.params, &self.key);
        let certificate = params.signed_by(&key, &issuer).unwrap();
        Self {
            params,
            key,
            pem: certificate.pem(),
            root: certificate.der().clone(),
        }
    }

    /// A certificate for a new key, good until the end of that year.
    pub(crate) fn certify(&self, canaries: &Canaries, until: i32) -> Holder {
        let issuer = Issuer::from_params(&self.params, &self.key);
        Holder::of(canaries, |key| {
            params("billing", until).signed_by(key, &issuer).unwrap()
        })
    }
}

impl Holder {
    /// A certificate that nobody but its own key has signed.
    pub(crate) fn self_signed(canaries: &Canaries) -> Self {
        Self::of(canaries, |key| {
            params("billing", 2120).self_signed(key).unwrap()
        })
    }

    fn of(canaries: &Canaries, certify: impl FnOnce(&KeyPair) -> rcgen::Certificate) -> Self {
        let key = EcKey::generate(canaries);
        let certificate = certify(&KeyPair::from_pem(key.pem()).unwrap());
        let mut jwk = key.public_jwk("tls-1");
        jwk["x5c"] = json!([STANDARD.encode(certificate.der())]);
        Self {
            jwk,
            cert: certificate.pem(),
            key: key.pem().to_owned(),
            thumbprint: thumbprint(certificate.der()),
            der: certificate.der().clone(),
        }
    }

    /// Puts both into files of the machine: `home/client.pem` and `home/client.key`.
    pub(crate) fn install(&self, world: &World) {
        world.env.write("home/client.pem", 0o644, &self.cert);
        world.env.secret_file("home/client.key", &self.key);
    }
}

fn params(name: &str, until: i32) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(2019, 1, 1);
    params.not_after = date_time_ymd(until, 12, 31);
    params
}

/// The world, whose front serves the metadata over TLS and asks nobody for a certificate, and the door, which asks everybody
/// and hands out tokens that are bound to what it was shown.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) door: Front,
    pub(crate) ca: ClientCa,
    /// Known to the door, and configured.
    pub(crate) client: Holder,
    /// Known to the door too.
    pub(crate) self_signed: Holder,
    /// Whom the door knows.
    roots: RootCertStore,
}

impl Scene {
    /// The metadata names the door as the alias of the token endpoint.
    pub(crate) fn new() -> Self {
        let world = World::over_tls(Flaw::None);
        let canaries = &world.env.canaries;
        let ca = ClientCa::named("Client CA");
        let client = ca.certify(canaries, 2120);
        let self_signed = Holder::self_signed(canaries);
        let mut roots = RootCertStore::empty();
        roots.add(ca.root.clone()).unwrap();
        roots.add(self_signed.der.clone()).unwrap();
        let tls = Tls::asking(Flaw::None, &Asks::Everybody(roots.clone()));
        let door = Front::start_tls(canaries, &tls.config);
        door.always("/token", Fault::Made(bound_token));
        let ca_of_front = std::fs::read_to_string(world.env.path("home/ca.pem")).unwrap();
        let both = format!("{ca_of_front}{}", tls.ca_pem);
        world.env.write("home/ca.pem", 0o600, &both);
        client.install(&world);
        let scene = Self {
            world,
            door,
            ca,
            client,
            self_signed,
            roots,
        };
        scene.offer(|_| {});
        scene.config("tls_client_auth", "");
        scene
    }

    /// A server that asks whoever comes for a certificate, and also serves those who have none; with its metadata. Its CA
    /// is `home/ca.pem`.
    pub(crate) fn ask_whoever(&self) -> Front {
        let env = &self.world.env;
        let tls = Tls::asking(Flaw::None, &Asks::Whoever(self.roots.clone()));
        env.write("home/ca.pem", 0o600, &tls.ca_pem);
        let front = Front::start_tls(&env.canaries, &tls.config);
        let issuer = front.url();
        let metadata = json!({
            "issuer": issuer,
            "token_endpoint": format!("{issuer}/token"),
            "token_endpoint_auth_methods_supported": ["tls_client_auth"],
        });
        front.always(
            METADATA,
            Fault::Answer(Answer::json(200, &metadata.to_string())),
        );
        front.always("/token", Fault::Made(bound_token));
        front
    }

    /// Serves metadata with the door as the token endpoint's alias, changed by the test.
    pub(crate) fn offer(&self, change: impl FnOnce(&mut Value)) {
        self.world.front.heal();
        let (front, door) = (self.world.front.url(), self.door.url());
        let mut metadata = json!({
            "issuer": front,
            "token_endpoint": format!("{front}/token"),
            "introspection_endpoint": format!("{front}/introspect"),
            "revocation_endpoint": format!("{front}/revoke"),
            "token_endpoint_auth_methods_supported":
                ["client_secret_basic", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"],
            "tls_client_certificate_bound_access_tokens": true,
            "mtls_endpoint_aliases": { "token_endpoint": format!("{door}/token") },
        });
        change(&mut metadata);
        let answer = Answer::json(200, &metadata.to_string()).header("cache-control", "no-store");
        self.world.front.always(METADATA, Fault::Answer(answer));
    }

    /// A profile `billing` of this method, with certificate and key in their files; `more` are further lines of the profile.
    pub(crate) fn config(&self, method: &str, more: &str) {
        let env = &self.world.env;
        self.config_with(
            method,
            more,
            &format!(
                "cert = {:?}\nkey = {{ file = {:?} }}\n",
                env.text("home/client.pem"),
                env.text("home/client.key")
            ),
        );
    }

    /// The same with these lines in the table of mutual TLS.
    pub(crate) fn config_with(&self, method: &str, more: &str, mtls: &str) {
        let env = &self.world.env;
        env.config(&format!(
            "[profiles.billing]\nissuer = {:?}\nclient_id = \"basic\"\nauth_method = {method:?}\n\
             scopes = [\"api.read\"]\nresource = [{RESOURCE:?}]\ntimeout = \"5s\"\nca_file = {:?}\n{more}\n\
             [profiles.billing.mtls]\n{mtls}",
            self.world.front.url(),
            env.text("home/ca.pem"),
        ));
    }

    /// `jeton token get` with these arguments.
    #[track_caller]
    pub(crate) fn get(&self, args: &[&str]) -> Run {
        self.world.cmd(&[&["token", "get"], args].concat()).run()
    }

    /// What was shown with the last request for this path at the door.
    #[track_caller]
    pub(crate) fn shown(&self, path: &str) -> String {
        self.door.last(path).header(SHOWN).unwrap().to_owned()
    }
}

/// A token that is bound to the certificate that was shown (RFC 8705 section 3.1).
fn bound_token(request: &Request) -> Answer {
    let cnf = json!({ "x5t#S256": request.header(SHOWN) });
    token(&json!({ "sub": request.param("client_id"), "cnf": cnf }))
}

/// An answer with a token that says this.
pub(crate) fn token(claims: &Value) -> Answer {
    let mut signature = [0; 48];
    aws_lc_rs::rand::fill(&mut signature).unwrap();
    let token = format!(
        "{}.{}",
        signing_input(&json!({ "alg": "ES256", "typ": "at+jwt" }), claims),
        URL_SAFE_NO_PAD.encode(signature)
    );
    Answer::json(
        200,
        &json!({ "access_token": token, "token_type": "Bearer", "expires_in": 600 }).to_string(),
    )
}
