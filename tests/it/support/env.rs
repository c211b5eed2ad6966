//! A machine of its own for each test: home, folders, variables; and the rules that hold for every run.

use super::canary::{Canaries, Kind};
use super::run::Run;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;
use tempfile::TempDir;

/// A run that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a failing run adds to its report, such as the log of the server.
type Witness = Box<dyn Fn() -> String + Send + Sync>;

/// A home, its XDG folders, a working folder, and what may be found in them.
pub(crate) struct TestEnv {
    root: TempDir,
    vars: Mutex<BTreeMap<String, String>>,
    holders: Mutex<BTreeSet<PathBuf>>,
    witnesses: Mutex<Vec<Witness>>,
    pub(crate) canaries: Canaries,
}

impl TestEnv {
    /// An empty machine: no configuration, no keyring, no profile.
    pub(crate) fn new() -> Self {
        let root = TempDir::with_prefix("jeton-it-").unwrap();
        let env = Self {
            root,
            vars: Mutex::default(),
            holders: Mutex::default(),
            witnesses: Mutex::default(),
            canaries: Canaries::default(),
        };
        for folder in ["home", "work", "tmp", "run", "home/.config", "home/.cache"] {
            fs::create_dir(env.path(folder)).unwrap();
        }
        fs::set_permissions(env.path("run"), fs::Permissions::from_mode(0o700)).unwrap();
        for (name, value) in [
            ("PATH", "/usr/bin:/bin".to_owned()),
            ("TZ", "UTC".to_owned()),
            ("LC_ALL", "C.UTF-8".to_owned()),
            ("COLUMNS", "100".to_owned()),
            ("HOME", env.text("home")),
            ("XDG_CONFIG_HOME", env.text("home/.config")),
            ("XDG_CACHE_HOME", env.text("home/.cache")),
            ("XDG_DATA_HOME", env.text("home/.local/share")),
            ("XDG_STATE_HOME", env.text("home/.local/state")),
            ("XDG_RUNTIME_DIR", env.text("run")),
            ("TMPDIR", env.text("tmp")),
        ] {
            env.set(name, &value);
        }
        // Where a program that is built to measure what tests cover writes it (`dev/coverage`).
        if let Ok(file) = std::env::var("LLVM_PROFILE_FILE") {
            env.set("LLVM_PROFILE_FILE", &file);
        }
        env
    }

    /// A variable for all later runs.
    pub(crate) fn set(&self, name: &str, value: &str) {
        self.vars
            .lock()
            .unwrap()
            .insert(name.to_owned(), value.to_owned());
    }

    /// A path on this machine: `home/…`, `work/…`.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.path().join(relative)
    }

    /// The same as text, for command lines and TOML.
    pub(crate) fn text(&self, relative: &str) -> String {
        self.path(relative).to_str().unwrap().to_owned()
    }

    /// Writes a file with the mode given, making its folders.
    pub(crate) fn write(&self, relative: &str, mode: u32, content: &str) -> PathBuf {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    /// Writes the user's configuration file.
    pub(crate) fn config(&self, toml: &str) -> PathBuf {
        self.write("home/.config/jeton/config.toml", 0o600, toml)
    }

    /// Writes a file that holds a secret and has the right to: the search for leaks passes it by.
    pub(crate) fn secret_file(&self, relative: &str, secret: &str) -> PathBuf {
        let path = self.write(relative, 0o600, secret);
        self.holds_secret(relative);
        path
    }

    /// The file or folder may hold a secret or a token: the file of the secret itself, the target of an export.
    pub(crate) fn holds_secret(&self, relative: &str) {
        self.holders.lock().unwrap().insert(self.path(relative));
    }

    /// Adds to what a failing run prints.
    pub(crate) fn witness(&self, witness: impl Fn() -> String + Send + Sync + 'static) {
        self.witnesses.lock().unwrap().push(Box::new(witness));
    }

    /// The real binary with these arguments, on this machine.
    pub(crate) fn cmd<S: AsRef<OsStr>>(&self, args: &[S]) -> Invocation<'_> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jeton"));
        command
            .args(args)
            .env_clear()
            .envs(&*self.vars.lock().unwrap())
            .current_dir(self.path("work"))
            .stdin(Stdio::null());
        Invocation {
            env: self,
            command,
            stdin: None,
            reveals_token: false,
            escapes: false,
            judges: false,
        }
    }

    /// A line of shell on this machine, with the real binary on its path.
    pub(crate) fn shell(&self, line: &str) -> Command {
        let binary = PathBuf::from(env!("CARGO_BIN_EXE_jeton"));
        let folder = binary.parent().unwrap().to_str().unwrap().to_owned();
        let mut command = Command::new("sh");
        command
            .args(["-c", line])
            .env_clear()
            .envs(&*self.vars.lock().unwrap())
            .env("PATH", format!("{folder}:/usr/bin:/bin"))
            .current_dir(self.path("work"));
        command
    }

    /// Every file below the root, sorted.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.root.path().to_owned()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries.map(Result::unwrap) {
                match entry.file_type().unwrap() {
                    kind if kind.is_dir() => folders.push(entry.path()),
                    kind if kind.is_file() => files.push(entry.path()),
                    _ => {}
                }
            }
        }
        files.sort();
        files
    }

    /// Every file below a folder of this machine.
    pub(crate) fn files_below(&self, relative: &str) -> Vec<PathBuf> {
        let folder = self.path(relative);
        let mut files = self.files();
        files.retain(|file| file.starts_with(&folder));
        files
    }

    /// Fails where a secret or a token lies in a file that has no right to it.
    #[track_caller]
    pub(crate) fn assert_no_leak_in_files(&self, report: &dyn Fn() -> String) {
        if let Some(leak) = self.leak_in_files() {
            panic!("{leak}\n{}", report());
        }
    }

    /// The first file that holds what it must not, and what that is.
    pub(crate) fn leak_in_files(&self) -> Option<String> {
        let holders = self.holders.lock().unwrap();
        let files = self.files().into_iter();
        files
            .filter(|file| !holders.iter().any(|holder| file.starts_with(holder)))
            .find_map(|file| {
                // A file may vanish between the listing and the reading: another process of the test renamed it.
                let content = fs::read(&file).ok()?;
                let kinds = [Kind::Secret, Kind::Token];
                let found = self.canaries.find(&content, &kinds)?;
                Some(format!("{} holds the {}", file.display(), found.what))
            })
    }

    fn report(&self) -> String {
        let mut text = format!("folder:  {}\nfiles:\n", self.path("work").display());
        for file in self.files() {
            let shown = file.strip_prefix(self.root.path()).unwrap_or(&file);
            text.push_str(&format!("  {}\n", shown.display()));
        }
        for witness in &*self.witnesses.lock().unwrap() {
            text.push_str(&witness());
        }
        text
    }
}

/// A run about to happen.
pub(crate) struct Invocation<'env> {
    env: &'env TestEnv,
    command: Command,
    stdin: Option<Vec<u8>>,
    reveals_token: bool,
    escapes: bool,
    judges: bool,
}

impl Invocation<'_> {
    /// A variable for this run.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// What the run reads from standard input; nothing otherwise.
    pub(crate) fn stdin(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.stdin = Some(bytes.as_ref().to_owned());
        self
    }

    /// With 64 MB for everything that it writes to (heap, stacks of threads, tables) and 5 s of processor time: whoever
    /// wants more is killed. Unlike what is measured from outside, this does not depend on how busy the machine is.
    pub(crate) fn bounded(mut self) -> Self {
        let mut command = Command::new("sh");
        command
            .args(["-c", "ulimit -d 65536 && ulimit -t 5 && exec \"$0\" \"$@\""])
            .arg(self.command.get_program())
            .args(self.command.get_args())
            .env_clear()
            .envs(
                self.command
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .current_dir(self.env.path("work"));
        self.command = command;
        self
    }

    /// The command line asks for the token: it may stand on stdout, and nowhere else.
    pub(crate) fn reveals_token(mut self) -> Self {
        self.reveals_token = true;
        self
    }

    /// The command line asks for colour: escape sequences may stand on both streams.
    pub(crate) fn with_escapes(mut self) -> Self {
        self.escapes = true;
        self
    }

    /// The command's result is a judgement: it is printed also where it is a bad one (exit 8).
    pub(crate) fn judges(mut self) -> Self {
        self.judges = true;
        self
    }

    /// Runs on a terminal of its own (`script` makes it) and gives everything that appeared on it.
    #[cfg(target_os = "linux")]
    pub(crate) fn run_on_terminal(self) -> String {
        let words = self.command.get_args().map(|word| {
            let word = word.to_str().unwrap();
            assert!(!word.contains('\''), "not quoted here: {word}");
            format!("'{word}'")
        });
        let words: Vec<String> = words.collect();
        let line = format!("{} {}", env!("CARGO_BIN_EXE_jeton"), words.join(" "));
        let mut script = Command::new("script");
        script
            .args(["-q", "-e", "-c", &line, "/dev/null"])
            .env_clear()
            .envs(
                self.command
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .env("TERM", "xterm-256color")
            .env("SHELL", "/bin/sh")
            .current_dir(self.env.path("work"));
        let output = assert_cmd::Command::from_std(script)
            .timeout(PATIENCE)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success(),
            "{line}\n{text}\n{}",
            self.env.report()
        );
        text
    }

    /// The command itself, for a test that starts and watches it on its own; it owes [`TestEnv::assert_no_leak_in_files`].
    pub(crate) fn into_command(self) -> Command {
        self.command
    }

    /// Runs to the end and checks what holds for every run:
    /// a documented exit code, an empty stdout on failure, no escape sequence, no leak.
    #[track_caller]
    pub(crate) fn run(self) -> Run {
        let shown = format!("{:?}", self.command.get_args().collect::<Vec<_>>());
        let mut command = assert_cmd::Command::from_std(self.command);
        command.timeout(PATIENCE);
        if let Some(bytes) = &self.stdin {
            command.write_stdin(bytes.as_slice());
        }
        let output = command.output().unwrap();
        let report = format!("command: jeton {shown}\n{}", self.env.report());
        let run = Run::new(&output, report);
        run.assert_rules(self.escapes, self.judges);
        let on_stdout: &[Kind] = if self.reveals_token {
            &[Kind::Secret]
        } else {
            &[Kind::Secret, Kind::Token]
        };
        run.assert_no_leak(&self.env.canaries, on_stdout);
        self.env.assert_no_leak_in_files(&|| run.to_string());
        run
    }
}
