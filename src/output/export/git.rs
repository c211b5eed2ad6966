//! Whether git would add a file: a question to a repository that may be hostile.

use jeton_files::{Trust, folder};
use jeton_profile::SecretVariables;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long git may take.
const BOUND: Duration = Duration::from_secs(5);

/// What would have git ask another repository than that of the file, or take that of another user for ours.
const REMOVED: [&str; 6] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
    "SUDO_UID",
];

/// A repository may name programs in its own configuration; a question must run none of them. An empty `safe.directory` takes back
/// what the user's settings say, so that git asks nothing of a repository of somebody else either.
const SETTINGS: [&str; 8] = [
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "safe.directory=",
    "-c",
    "safe.bareRepository=explicit",
];

/// Nothing is fetched, asked for or written on the way.
const RULES: [(&str, &str); 4] = [
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
];

/// Whether the file is in a work tree of git that does not ignore it. `git` is run without a shell. Without git, without a work tree
/// and in one of another user the answer is no. Git gets none of the variables in `secrets`.
pub(super) fn would_add(path: &Path, secrets: &SecretVariables) -> bool {
    let Some(name) = path.file_name() else {
        return false;
    };
    let folder = path.parent().filter(|path| !path.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if !in_own_repository(folder) {
        return false;
    }
    let mut git = Command::new("git");
    secrets.remove_from(&mut git);
    for name in REMOVED {
        git.env_remove(name);
    }
    let asked = git
        .envs(RULES)
        .args(SETTINGS)
        .args(["check-ignore", "--quiet", "--"])
        .arg(Path::new(".").join(name))
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    // 0: ignored, 1: not ignored, 128: no work tree.
    asked.is_ok_and(|git| exit_code(git).is_ok_and(|code| code == Some(1)))
}

/// Whether the nearest repository above belongs to us or root. Older versions of git do not check this.
fn in_own_repository(folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else {
        return false;
    };
    let Some(top) = folder.ancestors().find(|path| path.join(".git").exists()) else {
        return false;
    };
    let is_ours = |access: io::Result<jeton_files::Access>| {
        access.is_ok_and(|access| !matches!(access.trust(), Trust::Foreign(_)))
    };
    let git = top.join(".git");
    // `.git` is a file in a linked work tree.
    is_ours(folder::access(top))
        && (is_ours(folder::access(&git)) || is_ours(jeton_files::access(&git)))
}

/// The exit code; none where git was killed, for taking too long among others.
fn exit_code(mut git: Child) -> io::Result<Option<i32>> {
    let deadline = Instant::now() + BOUND;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = git.try_wait()? {
            return Ok(status.code());
        }
        if Instant::now() >= deadline {
            git.kill()?;
            return git.wait().map(|status| status.code());
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}
