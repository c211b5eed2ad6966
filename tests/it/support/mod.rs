//! What every test stands on: an environment of its own, the real server, a front that can misbehave, a keyring.

pub(crate) mod canary;
pub(crate) mod certificates;
pub(crate) mod env;
pub(crate) mod front;
pub(crate) mod handshakes;
pub(crate) mod http;
pub(crate) mod keyring;
pub(crate) mod keys;
pub(crate) mod lab;
pub(crate) mod markdown;
pub(crate) mod mtls;
pub(crate) mod nginx;
pub(crate) mod proxy;
pub(crate) mod run;
pub(crate) mod server;
pub(crate) mod shape;
pub(crate) mod tls;
pub(crate) mod weak_rsa;
pub(crate) mod world;

pub(crate) use env::TestEnv;
pub(crate) use front::{Answer, Fault};
pub(crate) use run::Run;

use std::io::Write as _;

/// Whether a test that needs `what` may run; asked for with `variable=1`, it must.
///
/// Written to the real standard error, past the capture of the test runner: a test that did nothing says so.
pub(crate) fn wanted(variable: &str, what: &str) -> bool {
    let wanted = std::env::var_os(variable).is_some_and(|value| value == "1");
    if !wanted {
        let name = std::thread::current().name().unwrap_or("?").to_owned();
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED {name}: {what}; set {variable}=1 to run it"
        );
    }
    wanted
}
