//! A Secret Service of the test's own: gnome-keyring on a private D-Bus, in the home of the test.

use super::env::TestEnv;
use rustix::process::{Pid, Signal, kill_process};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Whether tests with a keyring run here; `.ci/run` demands it.
pub(crate) fn wanted() -> bool {
    super::wanted(
        "JETON_REQUIRE_KEYRING",
        "needs dbus-daemon and gnome-keyring-daemon",
    )
}

/// The bus and the daemon on it; both end with this value.
pub(crate) struct Keyring<'env> {
    env: &'env TestEnv,
    bus: Child,
    daemon: Option<Child>,
    address: String,
}

impl<'env> Keyring<'env> {
    /// A bus without any Secret Service, and no way to start one; the environment's runs talk to it from now on.
    pub(crate) fn bus_alone(env: &'env TestEnv) -> Self {
        let config = env.write("run/bus.conf", 0o600, &bus_config(&env.text("run")));
        let mut bus = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        let mut stdout = BufReader::new(bus.stdout.take().unwrap());
        stdout.read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        assert!(address.starts_with("unix:"), "no bus address: {address:?}");
        env.set("DBUS_SESSION_BUS_ADDRESS", &address);
        Self {
            env,
            bus,
            daemon: None,
            address,
        }
    }

    /// A keyring that is open.
    pub(crate) fn unlocked(env: &'env TestEnv) -> Self {
        let mut keyring = Self::bus_alone(env);
        keyring.start(&["--unlock"], "test\n");
        keyring
    }

    /// Closes the keyring: the daemon starts anew and is told no password.
    pub(crate) fn lock(&mut self) {
        self.stop_daemon();
        self.start(&[], "");
    }

    /// The daemon keeps its name on the bus and answers nothing.
    pub(crate) fn hang(&self) {
        let daemon = self.daemon.as_ref().unwrap();
        kill_process(Pid::from_child(daemon), Signal::STOP).unwrap();
    }

    /// Whether the usual collection is locked; `None` where nothing answers within a second.
    pub(crate) fn is_locked(&self) -> Option<bool> {
        let answer = self
            .command("dbus-send")
            .args(["--session", "--print-reply", "--reply-timeout=1000"])
            .args([
                "--dest=org.freedesktop.secrets",
                "/org/freedesktop/secrets/collection/login",
            ])
            .arg("org.freedesktop.DBus.Properties.Get")
            .args(["string:org.freedesktop.Secret.Collection", "string:Locked"])
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&answer.stdout).into_owned();
        answer
            .status
            .success()
            .then(|| text.contains("boolean true"))
    }

    fn start(&mut self, extra: &[&str], password: &str) {
        let log = File::create(self.env.path("run/keyring.log")).unwrap();
        let mut daemon = self
            .command("gnome-keyring-daemon")
            .args(["--foreground", "--components=secrets"])
            .args(extra)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut stdin = daemon.stdin.take().unwrap();
        stdin.write_all(password.as_bytes()).unwrap();
        drop(stdin);
        self.daemon = Some(daemon);
        self.wait_for_name(true);
    }

    fn stop_daemon(&mut self) {
        if let Some(mut daemon) = self.daemon.take() {
            // SIGKILL also ends a stopped process.
            let _ = daemon.kill();
            let _ = daemon.wait();
            self.wait_for_name(false);
        }
    }

    /// Waits until the bus says that the service is there, or gone.
    fn wait_for_name(&self, there: bool) {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let answer = self
                .command("dbus-send")
                .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus"])
                .args(["/", "org.freedesktop.DBus.NameHasOwner"])
                .arg("string:org.freedesktop.secrets")
                .output()
                .unwrap();
            let text = String::from_utf8_lossy(&answer.stdout);
            if answer.status.success() && text.contains(&format!("boolean {there}")) {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "the secret service is not in the state {there}: {text}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.env.path("home"))
            .env("XDG_DATA_HOME", self.env.path("home/.local/share"))
            .env("XDG_RUNTIME_DIR", self.env.path("run"))
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address);
        command
    }
}

impl Drop for Keyring<'_> {
    fn drop(&mut self) {
        for child in self.daemon.iter_mut().chain([&mut self.bus]) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// No service folders: nothing is started by being asked for.
fn bus_config(folder: &str) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#
    )
}
