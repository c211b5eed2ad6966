//! A secret that a program prints: run without a shell, bounded in time and size, its output never repeated.

use super::secret_ref::LIMIT;
use super::secret_variables::SecretVariables;
use crate::error::Error;
use std::io::Read;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// The longest that the program may take.
const BOUND: Duration = Duration::from_secs(30);

/// How much of the program's complaints is kept.
const COMPLAINT_LIMIT: usize = 4 * 1024;

/// Runs the program without the variables in `secrets`, and gives what it printed, without the white space around it.
///
/// Nothing is on its standard input. It stays in jeton's process group, so that Ctrl-C reaches it and it can ask
/// on the terminal by itself.
///
/// # Errors
/// Exit 4: it does not start, fails, takes longer than 30 s, prints more than 64 KiB or no UTF-8 text.
pub(super) fn run(argv: &[String], secrets: &SecretVariables) -> Result<Zeroizing<String>, Error> {
    run_within(argv, secrets, BOUND)
}

fn run_within(
    argv: &[String],
    secrets: &SecretVariables,
    bound: Duration,
) -> Result<Zeroizing<String>, Error> {
    let deadline = Instant::now() + bound;
    let (program, arguments) = argv
        .split_first()
        .ok_or_else(|| Error::credential("the secret command is empty"))?;
    let failed =
        |reason: String| Error::credential(format!("the secret command {program} {reason}"));
    let mut command = Command::new(program);
    secrets.remove_from(&mut command);
    let child = command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(format!("cannot be started: {error}")))?;
    let (running, stdout, stderr) = Running::new(child);
    // Read in threads: a program whose grandchild keeps a pipe open must not hold jeton beyond the bound.
    let output = collect(stdout, LIMIT);
    let complaints = collect(stderr, COMPLAINT_LIMIT);
    let late = || {
        failed(format!(
            "did not end within {} s and was stopped",
            bound.as_secs()
        ))
    };

    let Ok(output) = output.recv_timeout(left(deadline)) else {
        return Err(late());
    };
    if output.len() > LIMIT {
        return Err(failed("printed more than 64 KiB".to_owned()));
    }
    let Some(status) = running.wait(deadline) else {
        return Err(late());
    };
    if !status.success() {
        let error = failed(format!("failed ({status})"));
        let said = complaints.recv_timeout(left(deadline).min(Duration::from_secs(1)));
        return Err(match said.ok().and_then(|said| first_line(&said)) {
            Some(line) => error.detail(line),
            None => error,
        });
    }
    let text = std::str::from_utf8(&output)
        .map_err(|_| failed("printed something that is not UTF-8 text".to_owned()))?;
    Ok(Zeroizing::new(text.trim().to_owned()))
}

/// The programs that run now.
static RUNNING: Mutex<Vec<Arc<Mutex<Child>>>> = Mutex::new(Vec::new());

/// Stops every program that is asked for a secret: for whoever gives up waiting, and ends before the programs do.
pub fn stop_all() {
    for child in locked(&RUNNING).iter() {
        stop(&mut locked(child));
    }
}

/// A program that is stopped when nobody waits for it any more.
struct Running(Arc<Mutex<Child>>);

impl Running {
    fn new(mut child: Child) -> (Self, Option<ChildStdout>, Option<ChildStderr>) {
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let child = Arc::new(Mutex::new(child));
        locked(&RUNNING).push(Arc::clone(&child));
        (Self(child), stdout, stderr)
    }

    /// Waits for the end; `None` when it does not come in time.
    fn wait(&self, deadline: Instant) -> Option<ExitStatus> {
        let mut pause = Duration::from_millis(1);
        loop {
            let ended = locked(&self.0).try_wait();
            match ended {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < deadline => {
                    std::thread::sleep(pause.min(left(deadline)));
                    pause = (pause * 2).min(Duration::from_millis(50));
                }
                Ok(None) | Err(_) => return None,
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        locked(&RUNNING).retain(|child| !Arc::ptr_eq(child, &self.0));
        stop(&mut locked(&self.0));
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

/// Reads a stream in a thread, up to one byte more than `limit`.
fn collect(
    stream: Option<impl Read + Send + 'static>,
    limit: usize,
) -> Receiver<Zeroizing<Vec<u8>>> {
    let (sender, receiver) = channel();
    let read = move || {
        let mut bytes = Zeroizing::new(Vec::with_capacity(limit + 1));
        let most = u64::try_from(limit).map_or(u64::MAX, |limit| limit + 1);
        if let Some(stream) = stream {
            // What came before an error is what there is.
            let _cut_short = stream.take(most).read_to_end(&mut bytes);
        }
        let _unheard = sender.send(bytes);
    };
    // Without a thread the receiver finds the other end closed, which counts as late.
    let _no_thread = std::thread::Builder::new().spawn(read);
    receiver
}

fn stop(child: &mut Child) {
    let _already_gone = child.kill();
    let _reaped = child.wait();
}

/// The first line that says something, in printable characters, 200 of them at most.
fn first_line(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let harmless = |c: &char| !c.is_control() && !is_invisible(*c);
    Some(line.chars().filter(harmless).take(200).collect())
}

/// Marks that turn the direction of text or hide in it.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}')
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use crate::error::Error;
    use crate::{ErrorKind, SecretVariables};
    use std::time::{Duration, Instant};
    use zeroize::Zeroizing;

    fn run(argv: &[String]) -> Result<Zeroizing<String>, Error> {
        super::run(argv, &SecretVariables::default())
    }

    fn argv(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn what_is_printed_is_the_secret() {
        let secret = run(&argv(&["printf", "  s e\\n\\n"])).unwrap();
        assert_eq!(secret.as_str(), "s e");
    }

    /// Security, client 11.
    #[test]
    fn there_is_no_shell() {
        let secret = run(&argv(&["printf", "%s", "$(id) `id` ; id | $HOME *"])).unwrap();
        assert_eq!(secret.as_str(), "$(id) `id` ; id | $HOME *");
    }

    #[test]
    fn a_failure_tells_the_status_and_the_first_complaint_but_no_output() {
        let script =
            "echo canary; printf '\\n\\033[31mno \\342\\200\\256such key\\nmore\\n' >&2; exit 3";
        let error = run(&argv(&["sh", "-c", script])).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Credential);
        assert!(
            error.message.contains("sh failed (exit status: 3)"),
            "{error}"
        );
        assert_eq!(error.details, ["[31mno such key"]);
        assert!(!format!("{error:?}").contains("canary"));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = run(&argv(&["/nonexistent/vault", "canary"])).unwrap_err();
        assert!(
            error
                .message
                .contains("/nonexistent/vault cannot be started")
        );
        assert!(!format!("{error:?}").contains("canary"));
        assert!(run(&[]).is_err());
    }

    #[test]
    fn standard_input_is_empty() {
        assert_eq!(
            run(&argv(&["sh", "-c", "cat; echo end"])).unwrap().as_str(),
            "end"
        );
    }

    #[test]
    fn a_program_that_does_not_end_is_stopped() {
        let begun = Instant::now();
        for script in ["sleep 60", "sleep 60 & wait", "exec >&- 2>&-; sleep 60"] {
            let bound = Duration::from_millis(100);
            let argv = argv(&["sh", "-c", script]);
            let error = super::run_within(&argv, &SecretVariables::default(), bound).unwrap_err();
            assert!(error.message.contains("did not end"), "{error}");
        }
        assert!(begun.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn too_much_output_is_refused() {
        let error = run(&argv(&["head", "-c", "70000", "/dev/zero"])).unwrap_err();
        assert!(error.message.contains("64 KiB"), "{error}");
        let endless = run(&argv(&["cat", "/dev/zero"])).unwrap_err();
        assert!(endless.message.contains("64 KiB"), "{endless}");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let error = run(&argv(&["printf", "canary\\377"])).unwrap_err();
        assert!(error.message.contains("UTF-8") && !error.message.contains("canary"));
    }
}
