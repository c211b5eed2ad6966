//! nginx as Debian has it, with certificates of a CA of its own.

use super::TestEnv;
use super::handshakes::{Certified, Wrong, ca, server};
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Where Debian puts it; a user's path may not have it.
const PLACES: [&str; 3] = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx"];

/// The program; none where it is not there and not asked for.
pub(crate) fn nginx() -> Option<&'static str> {
    let found = PLACES.into_iter().find(|place| Path::new(place).exists());
    let required = std::env::var_os("JETON_REQUIRE_NGINX").is_some_and(|value| value == "1");
    assert!(
        found.is_some() || !required,
        "there is no nginx, and JETON_REQUIRE_NGINX asks for it"
    );
    if found.is_none() {
        let name = std::thread::current().name().unwrap_or("?").to_owned();
        let _ = writeln!(std::io::stderr(), "SKIPPED {name}: it needs nginx");
    }
    found
}

/// A server of nginx, ended with its test.
pub(crate) struct Nginx {
    child: Child,
    /// Host and port.
    pub(crate) host: String,
}

impl Nginx {
    /// With these lines in its configuration, and a location that tells who came. A free port may be taken by another test
    /// before nginx has it: then another one is tried.
    pub(crate) fn start(program: &str, env: &TestEnv, lines: &str) -> Self {
        let attempts = (0..5).map(|_| Self::attempt(program, env, lines));
        let Some(own) = attempts.flatten().next() else {
            let log = std::fs::read_to_string(env.path("nginx/error.log"));
            panic!("nginx does not start: {log:?}");
        };
        own
    }

    fn attempt(program: &str, env: &TestEnv, lines: &str) -> Option<Self> {
        let host = free();
        let folder = env.text("nginx");
        let config = format!(
            "daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log info;\n\
             events {{ worker_connections 64; }}\n\
             http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;\n\
             uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n\
             server {{ listen {host} ssl; ssl_certificate server.pem; ssl_certificate_key server.key;\n\
             ssl_client_certificate ca.pem; {lines}\n\
             location / {{ return 401 '{{\"error\":\"invalid_client\",\"error_description\":\"$ssl_client_verify\"}}'; }} }} }}\n"
        );
        let path = env.write("nginx/nginx.conf", 0o600, &config);
        let child = Command::new(program)
            .args(["-p", &folder, "-e", &env.text("nginx/first.log"), "-c"])
            .arg(path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut own = Self { child, host };
        own.listens().then_some(own)
    }

    /// Waits until it takes connections, or has ended.
    fn listens(&mut self) -> bool {
        let begun = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "nginx does not listen"
            );
            if TcpStream::connect(&self.host).is_ok() {
                return true;
            }
            std::thread::yield_now();
        }
        false
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on.
fn free() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// A folder with the certificates of a server that trusts this CA.
pub(crate) fn lab() -> (TestEnv, Certified) {
    let env = TestEnv::new();
    let root = ca("root", None);
    let own = server(&root, Wrong::Nothing);
    for place in ["work", "nginx"] {
        env.write(&format!("{place}/ca.pem"), 0o600, &root.pem);
    }
    env.write("nginx/server.pem", 0o600, &own.pem);
    env.write("nginx/server.key", 0o600, &own.key_pem);
    (env, root)
}
