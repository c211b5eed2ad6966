//! The program that is released, where it has to run: in a root without libraries, devices, users and a home.
//!
//! `JETON_TEST_SHIPPED` names the program (`dist/program` builds it). Changing the root needs root.

use crate::support::world::World;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A root folder with nothing in it but the program and what a test puts there.
struct EmptyRoot {
    world: World,
    port: u16,
}

impl EmptyRoot {
    /// With the program, a hosts file, the CA of the server, and its address as a name.
    fn new() -> Option<Self> {
        let program = shipped_program()?;
        let (world, port) = World::at_a_name_of_hosts();
        let env = &world.env;
        let secret = world.secret("basic").to_owned();
        env.secret_file("root/secret", &format!("{secret}\n"));
        env.write("root/etc/hosts", 0o644, "127.0.0.1 auth.example.com\n");
        let ca = fs::read_to_string(env.path("home/ca.pem")).unwrap();
        env.write("root/ca.pem", 0o644, &ca);
        fs::copy(program, env.path("root/jeton")).unwrap();
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(env.path("root/jeton"), mode).unwrap();
        Some(Self { world, port })
    }

    /// A run in the root, with these variables and no others.
    fn run(&self, variables: &[(&str, &str)], words: &[&str]) -> Output {
        self.output("/jeton", variables, words)
    }

    fn output(&self, program: &str, variables: &[(&str, &str)], words: &[&str]) -> Output {
        let issuer = format!("https://auth.example.com:{}", self.port);
        Command::new("/usr/sbin/chroot")
            .arg(self.world.env.path("root"))
            .arg(program)
            .args(words)
            .env_clear()
            .env("OIDC_ISSUER", issuer)
            .env("CC_CLIENT_ID", "basic")
            .env("CC_CLIENT_SECRET_FILE", "/secret")
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }

    #[track_caller]
    fn token(&self, variables: &[(&str, &str)]) -> (String, String) {
        let words = ["token", "get", "-o", "raw", "--ca-file", "/ca.pem"];
        let output = self.run(variables, &words);
        let (stdout, stderr) = streams(&output);
        assert!(output.status.success(), "{stderr}");
        assert_eq!(stdout.split('.').count(), 3, "{stdout}{stderr}");
        (stdout, stderr)
    }
}

fn streams(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_owned()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

/// The program, if the tests are to try one and may change the root.
fn shipped_program() -> Option<PathBuf> {
    use std::io::Write as _;
    let skipped = |why: &str| {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED a test of the released program: {why}"
        );
    };
    let Some(program) = std::env::var_os("JETON_TEST_SHIPPED") else {
        skipped("set JETON_TEST_SHIPPED to the path that dist/program prints");
        return None;
    };
    let changed = Command::new("/usr/sbin/chroot")
        .args(["/", "/bin/true"])
        .output();
    if !changed.is_ok_and(|output| output.status.success()) {
        skipped("changing the root needs root");
        return None;
    }
    Some(program.into())
}

const FOLDERS: [(&str, &str); 2] = [("XDG_CACHE_HOME", "/cache"), ("XDG_DATA_HOME", "/data")];

#[test]
fn a_token_over_https_by_name_and_the_second_one_from_the_cache() {
    let Some(root) = EmptyRoot::new() else { return };
    let (first, _) = root.token(&FOLDERS);
    let (second, stderr) = root.token(&FOLDERS);
    assert_eq!(first, second);
    assert!(stderr.contains("cache hit"), "{stderr}");
    assert_eq!(root.world.token_requests(), 1);
}

#[test]
fn without_home_and_users_everything_works_but_the_cache() {
    let Some(root) = EmptyRoot::new() else { return };
    let (_, stderr) = root.token(&[]);
    let said = stderr.lines().filter(|line| line.contains("cache")).count();
    assert_eq!(said, 1, "{stderr}");
    assert_eq!(root.world.token_requests(), 1);
}

#[test]
fn the_doctor_finds_names_as_the_client_does() {
    let Some(root) = EmptyRoot::new() else { return };
    let output = root.run(&FOLDERS, &["doctor", "--json", "--ca-file", "/ca.pem"]);
    let (stdout, stderr) = streams(&output);
    assert!(output.status.success(), "{stdout}{stderr}");
    let step = |stdout: &str, name: &str| -> serde_json::Value {
        let report: serde_json::Value = serde_json::from_str(stdout).unwrap();
        let steps = report["steps"].as_array().unwrap().clone();
        steps.into_iter().find(|step| step["name"] == name).unwrap()
    };
    assert_eq!(step(&stdout, "dns")["status"], "ok", "{stdout}");
    root.world
        .env
        .write("root/etc/hosts", 0o644, "127.0.0.1 other\n");
    let output = root.run(&FOLDERS, &["doctor", "--json", "--ca-file", "/ca.pem"]);
    let (stdout, _) = streams(&output);
    assert_eq!(output.status.code(), Some(8), "{stdout}");
    assert_eq!(step(&stdout, "dns")["status"], "fail", "{stdout}");
    assert!(stdout.contains("resolv.conf"), "{stdout}");
}

#[test]
fn without_certificate_authorities_the_remedy_is_named() {
    let Some(root) = EmptyRoot::new() else { return };
    let output = root.run(&FOLDERS, &["token", "get"]);
    let (_, stderr) = streams(&output);
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    assert!(stderr.contains("No CA certificates"), "{stderr}");
    assert!(stderr.contains("SSL_CERT_FILE"), "{stderr}");
    let variables = [FOLDERS[0], FOLDERS[1], ("SSL_CERT_FILE", "/ca.pem")];
    assert!(root.run(&variables, &["token", "get"]).status.success());
}

#[test]
fn an_authority_inside_the_process_needs_nothing() {
    let Some(root) = EmptyRoot::new() else { return };
    let output = root.run(&[("CC_CLIENT_ID", "")], &["token", "get", "--embedded"]);
    let (stdout, stderr) = streams(&output);
    assert!(output.status.success(), "{stderr}");
    assert!(stdout.contains("eyJ"), "{stdout}");
}

/// A root as small distributions have it: musl's loader is the only library, busybox the only program.
#[test]
fn programs_are_started_where_there_is_no_glibc() {
    let Some(root) = EmptyRoot::new() else { return };
    let busybox = ["/usr/bin/busybox", "/bin/busybox"].map(PathBuf::from);
    let Some(busybox) = busybox.into_iter().find(|path| path.exists()) else {
        return;
    };
    let env = &root.world.env;
    fs::create_dir_all(env.path("root/bin")).unwrap();
    env.write("root/dev/null", 0o666, "");
    fs::copy(busybox, env.path("root/bin/busybox")).unwrap();
    let config = format!(
        "[profiles.a]\nissuer = 'https://auth.example.com:{}'\nclient_id = 'basic'\n\
         client_secret = {{ command = ['/bin/busybox', 'cat', '/secret'] }}\n",
        root.port
    );
    env.write("root/config.toml", 0o600, &config);
    let line = "unset OIDC_ISSUER CC_CLIENT_ID CC_CLIENT_SECRET_FILE; T=$(/jeton token get -p a -q -o raw --ca-file /ca.pem) && echo ${#T}";
    let variables = [FOLDERS[0], FOLDERS[1], ("JETON_CONFIG", "/config.toml")];
    let output = root.output("/bin/busybox", &variables, &["sh", "-c", line]);
    let (stdout, stderr) = streams(&output);
    assert!(output.status.success(), "{stderr}");
    assert!(stdout.trim().parse::<u32>().unwrap() > 100, "{stdout}");
}
