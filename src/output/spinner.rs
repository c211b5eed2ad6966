//! A spinner for work that takes longer than expected. It needs no thread: it turns while the work is awaited.

use crate::log::Log;
use std::pin::pin;
use std::time::Duration;

/// Shorter work shows nothing.
const PATIENCE: Duration = Duration::from_millis(300);
/// From one turn to the next.
const STEP: Duration = Duration::from_millis(100);
const FRAMES: [&str; 8] = ["⣾", "⣽", "⣻", "⢿", "⡿", "⣟", "⣯", "⣷"];
const ASCII_FRAMES: [&str; 4] = ["|", "/", "-", "\\"];

/// Awaits `work`; after 300 ms, on a terminal, `label` is shown beside a turning sign until it is done.
///
/// Log lines written meanwhile go above it. Dropping the future takes it away too. Needs a runtime with time.
pub(crate) async fn during<F: Future>(log: &Log, label: &str, work: F) -> F::Output {
    paced(log, label, work, PATIENCE, STEP).await
}

async fn paced<F: Future>(
    log: &Log,
    label: &str,
    work: F,
    patience: Duration,
    step: Duration,
) -> F::Output {
    if !log.can_draw() {
        return work.await;
    }
    let frames: &[&str] = if log.is_unicode() {
        &FRAMES
    } else {
        &ASCII_FRAMES
    };
    let _cleared = Cleared(log);
    let mut work = pin!(work);
    let mut wait = patience;
    for frame in frames.iter().cycle() {
        if let Ok(output) = tokio::time::timeout(wait, work.as_mut()).await {
            return output;
        }
        log.draw_status(&format!("{frame} {label}"));
        wait = step;
    }
    work.await
}

struct Cleared<'a>(&'a Log);

impl Drop for Cleared<'_> {
    fn drop(&mut self) {
        self.0.clear_status();
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{during, paced};
    use crate::log::{Format, Level, Log, Options};
    use crate::output::{Console, Look};
    use std::fs::File;
    use std::future::poll_fn;
    use std::os::unix::fs::FileExt;
    use std::task::Poll;
    use std::time::Duration;

    fn log(file: &File, terminal: bool) -> Log {
        let stderr = Look {
            terminal,
            cursor: terminal,
            ..Look::plain()
        };
        let console = Console {
            stderr,
            ..Console::plain()
        };
        let options = Options {
            level: Some(Level::Info),
            format: Format::Text,
        };
        Log::into_file(file.try_clone().unwrap(), options, &console)
    }

    fn drawn(file: &File) -> String {
        let mut bytes = vec![0; 4_096];
        let count = file.read_at(&mut bytes, 0).unwrap();
        String::from_utf8(bytes[..count].to_vec()).unwrap()
    }

    fn run<T>(future: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        runtime.unwrap().block_on(future)
    }

    #[test]
    fn short_work_shows_nothing() {
        let file = tempfile::tempfile().unwrap();
        assert_eq!(run(during(&log(&file, true), "asking", async { 7 })), 7);
        assert_eq!(drawn(&file), "");
    }

    /// The work ends when its own sign of life is seen.
    #[test]
    fn long_work_turns_a_sign_and_takes_it_away() {
        let file = tempfile::tempfile().unwrap();
        let seen = poll_fn(|context| {
            if drawn(&file).contains("⣽ asking") {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        });
        let moment = Duration::from_millis(1);
        run(paced(&log(&file, true), "asking", seen, moment, moment));
        let text = drawn(&file);
        assert!(
            text.starts_with("\r\x1b[K⣾ asking\r\x1b[K⣽ asking"),
            "{text:?}"
        );
        assert!(text.ends_with("asking\r\x1b[K"), "{text:?}");
    }

    #[test]
    fn no_terminal_no_sign() {
        let file = tempfile::tempfile().unwrap();
        let moment = Duration::from_millis(1);
        run(async {
            let log = log(&file, false);
            let work = tokio::time::sleep(moment * 5);
            paced(&log, "asking", work, moment, moment).await;
        });
        assert_eq!(drawn(&file), "");
    }
}
