//! The usual scene: a machine, the real server, the front before it, and one profile that works.

use super::env::{Invocation, TestEnv};
use super::front::Front;
use super::keys::EcKey;
use super::server::TestServer;
use super::tls::{Flaw, Tls};

/// The resource that the tests ask tokens for.
pub(crate) const RESOURCE: &str = "https://api.example.com";

/// The issuer of [`World::at_a_name`].
pub(crate) const NAME: &str = "https://auth.example.com";

/// How long the server's tokens live, in seconds.
pub(crate) const LIFETIME: i64 = 600;

/// Everything at once. The issuer is the front, so every request of a test is seen, and every token known.
pub(crate) struct World {
    pub(crate) env: TestEnv,
    pub(crate) front: Front,
    pub(crate) server: TestServer,
    /// The key of the client `signer`.
    pub(crate) key: EcKey,
    issuer: String,
    secrets: Vec<(&'static str, String)>,
}

/// The clients of the server, one for each method that needs no certificate.
pub(crate) const CLIENTS: [(&str, &str); 4] = [
    ("basic", "client_secret_basic"),
    ("post", "client_secret_post"),
    ("hmac", "client_secret_jwt"),
    ("signer", "private_key_jwt"),
];

impl World {
    /// The profile `billing` is the client `basic` with its secret in a file.
    pub(crate) fn new() -> Self {
        let world = Self::without_profile();
        world.env.config(&world.profile("basic", ""));
        world
    }

    /// The same without a configuration file.
    pub(crate) fn without_profile() -> Self {
        let env = TestEnv::new();
        let front = Front::start(&env.canaries);
        let issuer = front.url();
        Self::behind(front, issuer, env)
    }

    /// The usual profile, with the front speaking TLS; its CA is `home/ca.pem`.
    pub(crate) fn over_tls(flaw: Flaw) -> Self {
        let env = TestEnv::new();
        let tls = Tls::new(flaw);
        let front = Front::start_tls(&env.canaries, &tls.config);
        let issuer = front.url();
        Self::with_tls(front, issuer, env, &tls)
    }

    /// The same at [`NAME`], which a proxy has to resolve: requests to loopback go through none.
    pub(crate) fn at_a_name() -> Self {
        let env = TestEnv::new();
        let tls = Tls::new(Flaw::OtherName);
        let front = Front::start_tls(&env.canaries, &tls.config);
        Self::with_tls(front, NAME.to_owned(), env, &tls)
    }

    /// The same at the front's port of that name, which a hosts file has to give an address; with the port.
    pub(crate) fn at_a_name_of_hosts() -> (Self, u16) {
        let env = TestEnv::new();
        let tls = Tls::new(Flaw::OtherName);
        let front = Front::start_tls(&env.canaries, &tls.config);
        let port = front.address().port();
        let issuer = format!("{NAME}:{port}");
        (Self::with_tls(front, issuer, env, &tls), port)
    }

    fn with_tls(front: Front, issuer: String, env: TestEnv, tls: &Tls) -> Self {
        let world = Self::behind(front, issuer, env);
        world.env.write("home/ca.pem", 0o600, &tls.ca_pem);
        world.env.config(&world.profile("basic", ""));
        world
    }

    fn behind(front: Front, issuer: String, env: TestEnv) -> Self {
        let key = EcKey::generate(&env.canaries);
        let server = TestServer::start(&issuer);
        let mut secrets = Vec::new();
        for (id, method) in CLIENTS {
            let jwk = (id == "signer").then(|| key.public_jwk("signer-1"));
            if let Some(secret) = server.register(id, method, jwk.as_ref()) {
                env.canaries.secret("client secret", &secret);
                env.secret_file(&format!("home/{id}.secret"), &format!("{secret}\n"));
                secrets.push((id, secret));
            }
        }
        env.secret_file("home/signer.pem", key.pem());
        front.upstream(server.address());
        env.witness(server.reporter());
        Self {
            env,
            front,
            server,
            key,
            issuer,
            secrets,
        }
    }

    /// The secret of a client.
    pub(crate) fn secret(&self, id: &str) -> &str {
        let found = self.secrets.iter().find(|(name, _)| *name == id);
        &found.unwrap().1
    }

    /// A configuration file whose default profile `billing` is the client `id`; `more` are further lines of the profile.
    pub(crate) fn profile(&self, id: &str, more: &str) -> String {
        let method = CLIENTS.iter().find(|(name, _)| *name == id).unwrap().1;
        let credential = if id == "signer" {
            let file = self.env.text("home/signer.pem");
            format!(
                "[profiles.billing.assertion]\nkid = \"signer-1\"\nprivate_key = {{ file = {file:?} }}\n"
            )
        } else {
            let file = self.env.text(&format!("home/{id}.secret"));
            format!("client_secret = {{ file = {file:?} }}\n")
        };
        format!(
            "default_profile = \"billing\"\n\n\
             [profiles.billing]\n\
             issuer = {:?}\n\
             client_id = {id:?}\n\
             auth_method = {method:?}\n\
             scopes = [\"api.read\"]\n\
             resource = [{RESOURCE:?}]\n\
             timeout = \"5s\"\n\
             match = [\"{RESOURCE}/\"]\n\
             {more}\n{credential}",
            self.issuer,
        )
    }

    /// A run of the binary on this machine.
    pub(crate) fn cmd(&self, args: &[&str]) -> Invocation<'_> {
        self.env.cmd(args)
    }

    /// The token as a script gets it.
    #[track_caller]
    pub(crate) fn raw_token(&self) -> String {
        let run = self
            .cmd(&["token", "get", "-o", "raw"])
            .reveals_token()
            .run();
        run.success().line().to_owned()
    }

    /// How many token requests were made.
    pub(crate) fn token_requests(&self) -> usize {
        self.front.count("/token")
    }
}

/// The URL of a port that was free a moment ago.
pub(crate) fn nobody_listens() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
