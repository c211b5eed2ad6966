//! What the tests of the probe have in common: CAs of their own, a server by them, our certificate in its files.

use super::handshakes::{Certified, Handshake, Handshaker, Wants, Wrong, ca, server};
use super::{Run, TestEnv};
use serde_json::Value;

/// A CA with an intermediate, and a folder in which `ca.pem` names the root.
pub(crate) struct Lab {
    pub(crate) env: TestEnv,
    pub(crate) root: Certified,
    pub(crate) between: Certified,
}

impl Lab {
    pub(crate) fn new() -> Self {
        let env = TestEnv::new();
        let root = ca("root", None);
        let between = ca("between", Some(&root));
        env.write("work/ca.pem", 0o600, &root.pem);
        Self { env, root, between }
    }

    /// A server with a good certificate that wants this of its clients.
    pub(crate) fn server(&self, wants: Wants) -> Handshaker {
        let own = server(&self.root, Wrong::Nothing);
        Handshaker::new(&self.good(&[&own], wants))
    }

    pub(crate) fn good<'a>(&'a self, chain: &'a [&'a Certified], wants: Wants) -> Handshake<'a> {
        Handshake {
            versions: rustls::ALL_VERSIONS,
            chain,
            wants,
            clients: &self.root,
            staple: None,
            resumes: true,
        }
    }

    /// Writes our certificate and its key.
    pub(crate) fn own(&self, own: &Certified) {
        self.env.write("work/own.pem", 0o600, &own.pem);
        // Its beginning says what kind of key it is, and its end is public: as in the certificate.
        let line = own.key_pem.lines().nth(1).unwrap();
        self.env
            .canaries
            .secret("private key", &line[line.len() - 16..]);
        self.env.secret_file("work/own.key", &own.key_pem);
    }

    pub(crate) fn probe(&self, host: &str, more: &[&str]) -> Run {
        let args = [&["mtls", "probe", host, "--ca-file", "ca.pem"], more].concat();
        self.env.cmd(&args).judges().run()
    }

    pub(crate) fn json(&self, host: &str, more: &[&str]) -> Run {
        self.probe(host, &[&["-o", "json"], more].concat())
    }
}

/// The flags that name it.
pub(crate) const OWN: [&str; 4] = ["--cert", "own.pem", "--key", "own.key"];

/// The codes of all findings in the JSON, with their levels.
pub(crate) fn codes(run: &Run) -> Vec<String> {
    let json = run.json();
    [&json["findings"], &json["certificate"]["findings"]]
        .into_iter()
        .filter_map(Value::as_array)
        .flatten()
        .map(|finding| {
            let word = |name: &str| finding[name].as_str().unwrap().to_owned();
            format!("{} {}", word("level"), word("code"))
        })
        .collect()
}

#[track_caller]
pub(crate) fn has(run: &Run, code: &str) {
    assert!(codes(run).contains(&code.to_owned()), "no {code}\n{run}");
}

#[track_caller]
pub(crate) fn has_not(run: &Run, code: &str) {
    assert!(!codes(run).contains(&code.to_owned()), "{code}\n{run}");
}

/// The exchanges of a version as words: `nothing`, `certificate`, and what came of it.
pub(crate) fn told(json: &Value, version: &str) -> Vec<String> {
    let all = json["exchanges"].as_array().unwrap().iter();
    all.filter(|one| one["version"] == version)
        .map(|one| {
            let what = one["status"].as_u64().map_or_else(
                || one["alert"].as_str().unwrap_or("trouble").to_owned(),
                |status| format!("{status} {}", one["says"].as_str().unwrap_or_default()),
            );
            let resumed = match one["resumed"].as_bool() {
                None => "",
                Some(true) => "resumed ",
                Some(false) => "not resumed ",
            };
            format!("{resumed}{}: {what}", one["shown"].as_str().unwrap())
        })
        .collect()
}
