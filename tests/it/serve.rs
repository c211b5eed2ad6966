//! `jeton serve`: the authority as a process: ready without a sleep, stopped by a signal, the same after a restart.

use crate::support::world::nobody_listens;
use crate::support::{TestEnv, http};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A server that says nothing for so long does not start.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running `jeton serve`; killed when dropped.
struct Serving {
    child: Child,
    /// Its standard output, line by line.
    lines: Receiver<String>,
}

impl Serving {
    fn start(env: &TestEnv, args: &[&str]) -> Self {
        let mut command = env.cmd(&[&["serve"], args].concat()).into_command();
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self { child, lines }
    }

    /// Reads the profile that `--dev` prints: lines of TOML until they name a client and its credential.
    fn printed_profile(&mut self) -> String {
        let mut text = String::new();
        loop {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else {
                panic!("no profile came: {text}\n{}", self.stderr());
            };
            text.push_str(&line);
            text.push('\n');
            let complete = ["issuer", "client_id", "private_key", "CC_CLIENT_SECRET"];
            if complete.iter().all(|key| text.contains(key)) && text.parse::<toml::Table>().is_ok()
            {
                return text;
            }
        }
    }

    /// Waits until the server answers for this issuer.
    fn wait_until_ready(&mut self, issuer: &str) {
        let deadline = Instant::now() + PATIENCE;
        while http::try_get(&format!("{issuer}/jwks.json")).is_none() {
            assert!(Instant::now() < deadline, "not ready\n{}", self.stderr());
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "it ended: {ended:?}\n{}", self.stderr());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn stop(mut self, signal: Signal) -> ExitStatus {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        self.child.wait().unwrap()
    }

    fn stderr(&mut self) -> String {
        let _ = self.child.kill();
        let mut text = String::new();
        let _ = self.child.stderr.take().unwrap().read_to_string(&mut text);
        text
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn jwks(issuer: &str) -> serde_json::Value {
    http::get(&format!("{issuer}/jwks.json")).json().unwrap()
}

#[test]
fn dev_prints_a_profile_that_works() {
    let env = TestEnv::new();
    let mut serving = Serving::start(&env, &["--dev", "--listen", "127.0.0.1:0"]);
    let profile = serving.printed_profile();
    env.holds_secret("tmp");
    env.holds_secret("work/dev.toml");
    env.write("work/dev.toml", 0o600, &profile);
    let run = env.cmd(&["token", "get", "--config", "dev.toml", "-o", "raw"]);
    let run = run.reveals_token().run().success();
    assert_eq!(run.line().split('.').count(), 3);
    let status = serving.stop(Signal::TERM);
    assert_eq!(status.code(), Some(0));
    let left = env.files_below("tmp");
    assert!(left.is_empty(), "throw-away means thrown away: {left:?}");
}

#[test]
fn a_data_folder_holds_everything_and_outlives_the_process() {
    let env = TestEnv::new();
    let issuer = nobody_listens();
    let listen = issuer.strip_prefix("http://").unwrap().to_owned();
    let data = env.text("data");
    env.holds_secret("data");
    let args = ["--data", &data, "--issuer", &issuer, "--listen", &listen];
    let admin = format!("{data}/admin.toml");

    let mut serving = Serving::start(&env, &args);
    serving.wait_until_ready(&issuer);
    let mode = std::fs::metadata(&admin).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_private(Path::new(&data));
    let get = || {
        env.cmd(&["token", "get", "--config", &admin, "--fresh", "-o", "raw"])
            .reveals_token()
            .run()
    };
    get().success();
    let keys = jwks(&issuer);
    assert_eq!(serving.stop(Signal::TERM).code(), Some(0));

    let mut serving = Serving::start(&env, &args);
    serving.wait_until_ready(&issuer);
    assert_eq!(jwks(&issuer), keys, "the same keys sign after a restart");
    get().success();
    drop(serving); // kill -9

    let mut serving = Serving::start(&env, &args);
    serving.wait_until_ready(&issuer);
    get().success();
}

#[cfg(unix)]
fn assert_private(folder: &Path) {
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o077;
    assert_eq!(mode(folder), 0, "{}", folder.display());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0, "{}", path.display());
    }
}

#[test]
fn metadata_is_at_every_place_where_clients_look() {
    let env = TestEnv::new();
    let base = nobody_listens();
    let issuer = format!("{base}/t1");
    let data = env.text("data");
    env.holds_secret("data");
    let listen = base.strip_prefix("http://").unwrap();
    let mut serving = Serving::start(
        &env,
        &["--data", &data, "--issuer", &issuer, "--listen", listen],
    );
    serving.wait_until_ready(&issuer);
    // Server requirement 63: three forms, one content.
    for url in [
        format!("{base}/.well-known/oauth-authorization-server/t1"),
        format!("{base}/.well-known/openid-configuration/t1"),
        format!("{issuer}/.well-known/openid-configuration"),
    ] {
        let metadata = http::get(&url).json().unwrap();
        assert_eq!(metadata["issuer"], issuer.as_str(), "{url}");
        assert_eq!(
            metadata["token_endpoint"],
            format!("{issuer}/token"),
            "{url}"
        );
    }
}

#[test]
fn an_address_in_use_is_a_failure_with_its_name() {
    let env = TestEnv::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = listener.local_addr().unwrap().to_string();
    let run = env.cmd(&["serve", "--dev", "--listen", &listen]).run();
    run.expect(3).says(&listen);
}

#[test]
fn wrong_usage_is_exit_2_before_anything_is_listened_on() {
    let env = TestEnv::new();
    env.cmd(&["serve"]).run().expect(2);
    env.cmd(&["serve", "--dev", "--data", "x"]).run().expect(2);
    env.cmd(&["serve", "--data", "x"])
        .run()
        .expect(2)
        .says("--issuer");
    let run = env
        .cmd(&[
            "serve",
            "--data",
            "x",
            "--issuer",
            "http://auth.example.com",
        ])
        .run();
    run.expect(2).says("http://auth.example.com");
}
