//! `getent ahosts NAME`: asks the resolvers of the C library, which load modules that a static program cannot load.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;
use tokio::io::AsyncReadExt as _;
use tokio::process::Command;
use tokio::time::timeout_at;

/// No more of the output is read: each address takes three lines.
const LONGEST: u64 = 64 * 1024;

/// The addresses that the first program of the list finds; `None` where there is none of them, or it fails, or takes too long.
pub(super) async fn lookup(
    programs: &[PathBuf],
    name: &str,
    until: Instant,
) -> Option<Vec<IpAddr>> {
    // A name that looks like an option is not a host name.
    if name.starts_with('-') {
        return None;
    }
    let program = programs.iter().find(|program| program.is_file())?;
    timeout_at(until.into(), ask(program, name)).await.ok()?
}

/// Runs the program without a shell, and with an empty environment: nothing of ours is for it.
async fn ask(program: &Path, name: &str) -> Option<Vec<IpAddr>> {
    let mut child = Command::new(program)
        .args(["ahosts", name])
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .ok()?;
    let mut text = Vec::new();
    let output = child.stdout.take()?;
    output.take(LONGEST).read_to_end(&mut text).await.ok()?;
    let found = addresses(&String::from_utf8_lossy(&text));
    child.wait().await.ok()?.success().then_some(found)
}

/// The first word of each line is an address.
fn addresses(text: &str) -> Vec<IpAddr> {
    let words = text
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    words.filter_map(|word| word.parse().ok()).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::lookup;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;
    use std::time::{Duration, Instant};

    const LONG: Duration = Duration::from_secs(60);

    fn program(folder: &tempfile::TempDir, script: &str) -> Vec<PathBuf> {
        let path = folder.path().join("getent");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        vec![folder.path().join("absent"), path]
    }

    async fn found(script: &str, name: &str, time: Duration) -> Option<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let found = lookup(&program(&folder, script), name, Instant::now() + time).await?;
        Some(found.iter().map(ToString::to_string).collect())
    }

    #[tokio::test]
    async fn its_addresses_are_read_and_its_environment_is_empty() {
        let script = r#"test "$1 $2" = "ahosts printer.local" || exit 2
test -z "$PATH_INFO$HOME$CARGO_MANIFEST_DIR" || exit 3
echo "10.0.0.7       STREAM printer.local"
echo "10.0.0.7       DGRAM"
echo "fe80::1%eth0   STREAM"
echo "2001:db8::7    STREAM""#;
        let addresses = found(script, "printer.local", LONG).await.unwrap();
        assert_eq!(addresses, ["10.0.0.7", "10.0.0.7", "2001:db8::7"]);
        assert_eq!(found(script, "other.local", LONG).await, None);
        assert_eq!(found("echo 1.1.1.1", "-h", LONG).await, None);
        assert_eq!(
            lookup(&[], "printer.local", Instant::now() + LONG).await,
            None
        );
    }

    #[tokio::test]
    async fn client_16_one_that_hangs_is_ended() {
        let begun = Instant::now();
        let time = Duration::from_millis(200);
        assert_eq!(found("exec sleep 60", "printer.local", time).await, None);
        assert!(begun.elapsed() < Duration::from_secs(30));
    }
}
