//! An authority in memory with a clock that is moved by hand, four clients and three resources.

use crate::admin::Admin;
use crate::authority::Authority;
use crate::client::Registration;
use crate::clock::Clock;
use crate::config::{Config, StoreLocation};
use crate::keys::MasterKey;
use crate::log::{Log, Record};
use crate::resource::Resource;
use crate::router::router;
use axum::Router;
use axum::body::Body;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use http_body_util::BodyExt;
use jeton_oauth::jwt::Unverified;
use jeton_oauth::{
    Algorithm, AuthMethod, ClientSecret, Issuer, JwkSet, PrivateKey, Scopes, VerifyingKey, basic,
    form, jwt,
};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tower_service::Service;

pub(super) const START: i64 = 1_800_000_000;
pub(super) const ISSUER: &str = "https://auth.example.com/t1";
pub(super) const API: &str = "https://api.example.com";
pub(super) const OTHER: &str = "https://other.example.com/v1";
pub(super) const FOREIGN: &str = "https://foreign.example.com";
pub(super) const ASSERTION_TYPE: &str = jeton_oauth::assertion::TYPE_JWT_BEARER;

pub(super) struct TestClock(AtomicI64);

impl TestClock {
    pub(super) fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

#[derive(Default)]
pub(super) struct TestLog(Mutex<Vec<String>>);

impl Log for TestLog {
    fn record(&self, record: &Record<'_>) {
        self.0.lock().unwrap().push(record.to_string());
    }
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub(super) fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or("").to_owned()
    }

    /// Asserts a refusal and gives it back.
    pub(super) fn refused(self, status: u16, error: &str) -> Self {
        assert_eq!(
            (self.status.as_u16(), self.error().as_str()),
            (status, error),
            "{}",
            self.text
        );
        self
    }

    /// Asserts an issued token and gives its claims, verified against nothing.
    pub(super) fn claims(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        let body = self.json();
        let token = Unverified::parse(body["access_token"].as_str().unwrap()).unwrap();
        Value::Object(token.claims().clone())
    }
}

pub(super) struct World {
    pub(super) authority: Arc<Authority>,
    pub(super) admin: Admin,
    pub(super) clock: Arc<TestClock>,
    pub(super) log: Arc<TestLog>,
    /// Of the client `basic`.
    pub(super) basic: ClientSecret,
    /// Of the client `post`.
    pub(super) post: ClientSecret,
    /// Of the client `hmac`.
    pub(super) hmac: ClientSecret,
    /// Of the client `key`.
    pub(super) key: PrivateKey,
    router: Router,
    jti: AtomicU64,
}

pub(super) fn config() -> Config {
    let issuer = Issuer::parse(ISSUER).unwrap();
    Config::new(
        issuer,
        StoreLocation::Memory,
        MasterKey::generate().unwrap(),
    )
}

pub(super) fn jwks_of(key: &PrivateKey, kid: Option<&str>) -> String {
    let mut jwk = key.public_jwk();
    jwk.kid = kid.map(str::to_owned);
    let keys = vec![jwk];
    serde_json::to_string(&JwkSet {
        keys,
        skipped: vec![],
    })
    .unwrap()
}

pub(super) fn registration(id: &str, method: AuthMethod) -> Registration {
    Registration {
        id: Some(id.to_owned()),
        scopes: Scopes::parse("api.read api.write other.read").unwrap(),
        resources: vec![API.to_owned(), OTHER.to_owned()],
        default_resources: vec![API.to_owned()],
        ..Registration::new(id, method)
    }
}

impl World {
    pub(super) async fn new() -> Self {
        Self::with(config()).await
    }

    pub(super) async fn with(config: Config) -> Self {
        let clock = Arc::new(TestClock(AtomicI64::new(START)));
        let log = Arc::new(TestLog::default());
        let authority = Authority::open(config, clock.clone(), log.clone())
            .await
            .unwrap();
        let authority = Arc::new(authority);
        let admin = Admin::new(Arc::clone(&authority));
        for (identifier, scopes) in [
            (API, "api.read api.write"),
            (OTHER, "api.read other.read"),
            (FOREIGN, "api.read"),
        ] {
            let scopes = Scopes::parse(scopes).unwrap();
            admin
                .put_resource(Resource::new(identifier, Some(scopes)))
                .await
                .unwrap();
        }
        let key = PrivateKey::generate(Algorithm::ES256).unwrap();
        let mut secrets = Vec::new();
        for (id, method) in [
            ("basic", AuthMethod::ClientSecretBasic),
            ("post", AuthMethod::ClientSecretPost),
            ("hmac", AuthMethod::ClientSecretJwt),
        ] {
            let registered = admin.register(registration(id, method)).await.unwrap();
            secrets.push(registered.secret.unwrap());
        }
        admin
            .register(Registration {
                jwks: Some(jwks_of(&key, Some("k1"))),
                ..registration("key", AuthMethod::PrivateKeyJwt)
            })
            .await
            .unwrap();
        let [basic, post, hmac] = <[ClientSecret; 3]>::try_from(secrets).unwrap();
        Self {
            router: router(Arc::clone(&authority)),
            jti: AtomicU64::new(0),
            authority,
            admin,
            clock,
            log,
            basic,
            post,
            hmac,
            key,
        }
    }

    /// The same store opened anew, with what is known about its clients.
    pub(super) async fn reopen(config: Config, before: &Self) -> Self {
        let (clock, log) = (Arc::clone(&before.clock), Arc::new(TestLog::default()));
        let authority = Authority::open(config, clock.clone(), log.clone())
            .await
            .unwrap();
        let authority = Arc::new(authority);
        let pkcs8 = before.key.to_pkcs8().unwrap();
        Self {
            router: router(Arc::clone(&authority)),
            admin: Admin::new(Arc::clone(&authority)),
            jti: AtomicU64::new(1000),
            authority,
            clock,
            log,
            basic: before.basic.clone(),
            post: before.post.clone(),
            hmac: before.hmac.clone(),
            key: PrivateKey::from_pkcs8(&pkcs8).unwrap(),
        }
    }

    pub(super) async fn call(&self, mut request: Request<Body>) -> Answer {
        let host = HeaderValue::from_static("auth.example.com");
        request.headers_mut().entry(HOST).or_insert(host);
        let (head, body) = self
            .router
            .clone()
            .call(request)
            .await
            .unwrap()
            .into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: head.status,
            headers: head.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.call(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// A request to the token endpoint with exactly this body.
    pub(super) async fn post(&self, authorization: Option<&str>, body: &str) -> Answer {
        let mut request =
            Request::post("/t1/token").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(value) = authorization {
            request = request.header(AUTHORIZATION, value);
        }
        self.call(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// Client credentials by Basic, with further parameters.
    pub(super) async fn basic(
        &self,
        id: &str,
        secret: &ClientSecret,
        more: &[(&str, &str)],
    ) -> Answer {
        let header = basic::encode(id, secret);
        let mut params = vec![("grant_type", "client_credentials")];
        params.extend_from_slice(more);
        self.post(Some(&header), &form::encode(params)).await
    }

    /// The client `basic` with its right secret.
    pub(super) async fn ask(&self, more: &[(&str, &str)]) -> Answer {
        self.basic("basic", &self.basic, more).await
    }

    /// Good claims for a client, with a `jti` of its own.
    pub(super) fn good_claims(&self, id: &str) -> Value {
        let now = self.clock.now();
        let jti = self.jti.fetch_add(1, Ordering::SeqCst);
        json!({"iss": id, "sub": id, "aud": ISSUER, "jti": format!("jti-{jti}"), "iat": now, "exp": now + 60})
    }

    pub(super) fn signed(&self, typ: &str, claims: &Value) -> String {
        jwt::sign(typ, Some("k1"), claims, Algorithm::ES256, &self.key).unwrap()
    }

    pub(super) async fn assert(&self, assertion: &str, more: &[(&str, &str)]) -> Answer {
        let mut params = vec![
            ("grant_type", "client_credentials"),
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", assertion),
        ];
        params.extend_from_slice(more);
        self.post(None, &form::encode(params)).await
    }

    /// The client `key` with good claims changed by `change`.
    pub(super) async fn assert_changed(&self, change: impl FnOnce(&mut Value)) -> Answer {
        let mut claims = self.good_claims("key");
        change(&mut claims);
        self.assert(&self.signed("", &claims), &[]).await
    }

    /// The published key with this `kid`.
    pub(super) async fn published_key(&self, kid: &str) -> Option<VerifyingKey> {
        let set = JwkSet::parse(self.get("/t1/jwks.json").await.text.as_bytes()).unwrap();
        let jwk = set
            .keys
            .into_iter()
            .find(|key| key.kid.as_deref() == Some(kid))?;
        Some(VerifyingKey::from_jwk(&jwk).unwrap())
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.log.0.lock().unwrap().clone()
    }
}
