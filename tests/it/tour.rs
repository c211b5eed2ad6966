//! What the documents show is what the program prints: each example is run, and compared line by line.
//!
//! Numbers, times, names of keys and temporary folders differ from run to run, so both sides are compared in a form without them
//! ([`plain`]). A line `…` in a document stands for any lines, `…` inside a line for any text.

use crate::support::TestEnv;
use crate::support::markdown::{self, Block, Page};
use std::fs::{self, File};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A server that says nothing for so long does not start.
const PATIENCE: Duration = Duration::from_secs(30);

/// `jeton serve --dev`, as the tour starts it; killed when dropped.
struct Dev {
    child: Child,
    printed: String,
}

impl Dev {
    fn start(env: &TestEnv) -> Self {
        let log = env.path("run/serve");
        let mut command = env.shell("exec jeton serve --dev --listen 127.0.0.1:0 2>&1");
        command.stdout(File::create(&log).unwrap());
        let mut child = command.stdin(Stdio::null()).spawn().unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let printed = fs::read_to_string(&log).unwrap();
            if printed.contains("] listening ") && printed.ends_with('\n') {
                return Self { child, printed };
            }
            let ended = child.try_wait().unwrap();
            assert!(
                ended.is_none() && Instant::now() < deadline,
                "no server: {ended:?}\n{printed}"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The text between two marks of what it printed.
    fn between(&self, start: &str, end: &str) -> &str {
        let rest = self.printed.split(start).nth(1).unwrap();
        rest.split(end).next().unwrap()
    }
}

impl Drop for Dev {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A machine on which the examples are run, with the server of the tour.
struct Scene {
    env: TestEnv,
    dev: Dev,
    /// Variables that a reader has not.
    unset: &'static str,
}

impl Scene {
    fn new() -> Self {
        let env = TestEnv::new();
        let dev = Dev::start(&env);
        let config = format!("{}config.toml", dev.between("\n# ", "config.toml"));
        env.set("JETON_CONFIG", &config);
        Self {
            env,
            dev,
            unset: "XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME",
        }
    }

    /// Puts a token into the cache and into `token.txt`. What is logged with the first token only is not printed again.
    fn with_token(self) -> Self {
        let (code, printed) = self.run("jeton token get -q -o raw > token.txt");
        assert_eq!(code, 0, "{printed}");
        self
    }

    fn run(&self, line: &str) -> (i32, String) {
        let script = format!("unset {}\n{{ {line}\n}} 2>&1", self.unset);
        let mut command = self.env.shell(&script);
        let output = command.stdin(Stdio::null()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let text = text
            .replace(&self.env.text("tmp"), "/tmp")
            .replace(&self.env.text("home"), "/home/you");
        (output.status.code().unwrap(), text)
    }

    /// Runs the examples of a document; gives how many were compared.
    fn check(&self, name: &str) -> usize {
        let page = Page::read(&markdown::root().join(name));
        let mut compared = 0;
        let mut code = 0;
        for example in page.blocks().iter().flat_map(examples) {
            let line = example.typed.as_str();
            let printed = match line {
                "jeton serve --dev" => self.dev.printed.replace(&self.env.text("tmp"), "/tmp"),
                // It would not end; `serve.rs` tests it.
                line if line.starts_with("jeton serve ") => continue,
                "echo $?" => code.to_string(),
                line if line.starts_with("jeton ") && !example.shown.is_empty() => {
                    let (ended, printed) = self.run(line);
                    code = ended;
                    printed
                }
                _ => continue,
            };
            if let Err(why) = compare(&example.shown, &printed) {
                panic!(
                    "{name}:{}: `{line}` does not print what the document shows: edit the document.\n{why}\nIt prints:\n{printed}",
                    example.at
                );
            }
            compared += 1;
        }
        compared
    }
}

/// A command behind a prompt, and what is shown below it.
struct Example {
    at: usize,
    typed: String,
    shown: Vec<String>,
}

fn examples(block: &Block) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for (at, line) in &block.lines {
        if let Some(typed) = line.strip_prefix("$ ") {
            examples.push(Example {
                at: *at,
                typed: typed.to_owned(),
                shown: Vec::new(),
            });
        } else if let Some(example) = examples.last_mut() {
            example.shown.push(line.clone());
        }
    }
    examples
}

/// Whether the lines shown are those printed, but for what a `…` leaves out.
fn compare(shown: &[String], printed: &str) -> Result<(), String> {
    let printed: Vec<String> = printed
        .lines()
        .map(plain)
        .filter(|line| !line.is_empty())
        .collect();
    let mut rest = printed.as_slice();
    let mut gap = false;
    for line in shown.iter().filter(|line| !line.trim().is_empty()) {
        if line.trim() == "…" {
            gap = true;
            continue;
        }
        let wanted = plain(line);
        let found = rest.iter().position(|line| fits(&wanted, line));
        match found {
            Some(index) if gap || index == 0 => rest = rest.get(index + 1..).unwrap_or_default(),
            _ => return Err(format!("Not printed here: {line}")),
        }
        gap = false;
    }
    match rest.first() {
        Some(line) if !gap => Err(format!("Not shown: {line}")),
        _ => Ok(()),
    }
}

/// Whether a line is the one that is shown, where `…` stands for any text.
fn fits(shown: &str, line: &str) -> bool {
    let mut pieces = shown.split('…');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else {
        return false;
    };
    let mut last = first;
    for piece in pieces {
        let Some((_, behind)) = rest.split_once(piece) else {
            return false;
        };
        rest = behind;
        last = piece;
    }
    rest.is_empty() || (last.is_empty() && shown.contains('…'))
}

/// A line without what differs from run to run: words with a digit in them, long words, masked tokens, times taken, spaces;
/// and without the beginning of a word that `…` cuts off.
fn plain(line: &str) -> String {
    let line = line.replace("……", "\u{1}").replace('▱', "▰");
    let mut text = String::new();
    let mut word = String::new();
    let mut masked = false;
    for c in line.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() || c == '_' || c == '-' {
            word.push(c);
            continue;
        }
        let differs = masked || word.len() >= 20 || word.contains(|c: char| c.is_ascii_digit());
        match c {
            '…' => {}
            _ if differs && !word.is_empty() => text.push('0'),
            _ => text.push_str(&word),
        }
        word.clear();
        masked = c == '\u{1}';
        text.push(c);
    }
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.dedup_by(|one, other| one == other && *one == "0");
    if let [.., "0", "ms"] = words[..] {
        words.truncate(words.len() - 2);
    }
    let line = words.join(" ");
    // What was done in this second, or in one before.
    line.replace(" 0 s ago", " now").replace(" 0 ago", " now")
}

#[test]
fn the_readme_is_what_a_reader_sees() {
    assert!(Scene::new().check("README.md") >= 10);
}

#[test]
fn the_guides_show_what_is_printed() {
    let scene = Scene::new().with_token();
    for guide in [
        "docs/configuration.md",
        "docs/credentials.md",
        "docs/jwks-test.md",
        "docs/output-and-logs.md",
        "docs/serve.md",
        "docs/tokens.md",
        // It ends with `jeton cache clear`, and the next one shows a cache without the token.
        "docs/cache.md",
        "docs/token-get.md",
    ] {
        assert!(scene.check(guide) > 0, "{guide} shows nothing");
    }
}

#[test]
fn the_guide_to_the_doctor_shows_a_wrong_secret() {
    let mut scene = Scene::new();
    scene.unset = "JETON_CONFIG XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME";
    let issuer = scene.dev.between("OIDC_ISSUER=", " ").to_owned();
    scene.env.set("OIDC_ISSUER", &issuer);
    scene.env.set("CC_CLIENT_ID", "dev-secret");
    scene.env.set("CC_CLIENT_SECRET", "wrong");
    assert!(scene.check("docs/doctor.md") > 0);
}

#[test]
fn a_line_that_is_not_printed_is_noticed() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let printed = "a  1\nb 22 ms\nc\n";
    assert!(compare(&lines("a 2\nb 3 ms\nc"), printed).is_ok());
    assert!(compare(&lines("a 2\n…\nc"), printed).is_ok());
    assert!(compare(&lines("a 2\n…"), printed).is_ok());
    assert!(compare(&lines("a 2\nb"), printed).is_err());
    assert!(compare(&lines("a 2\nc"), printed).is_err());
    assert!(compare(&lines("…\nd\n…"), printed).is_err());
    assert!(fits("{\"a\":\"e…\"}", "{\"a\":\"eyJ\"}"));
    assert!(!fits("{\"a\":\"e…\"}", "{\"b\":\"eyJ\"}"));
    assert!(compare(&lines("SECRET=jts_…"), "SECRET=jts_0a1b2c").is_ok());
}
