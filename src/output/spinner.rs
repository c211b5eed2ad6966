//! A sign of life for work that takes longer than a person expects. No thread: it turns while the work is awaited.

use crate::log::Log;
use std::pin::pin;
use std::time::Duration;

/// Shorter work shows nothing.
const PATIENCE: Duration = Duration::from_millis(300);
const STEP: Duration = Duration::from_millis(100);
const FRAMES: [&str; 8] = ["⣾", "⣽", "⣻", "⢿", "⡿", "⣟", "⣯", "⣷"];
const ASCII_FRAMES: [&str; 4] = ["|", "/", "-", "\\"];

/// Awaits `work`; after 300 ms, on a terminal, `label` is shown beside a turning sign until it is done.
///
/// Log lines written meanwhile go above it. Dropping the future takes it away too. Needs a runtime with time.
pub(crate) async fn during<F: Future>(log: &Log, label: &str, work: F) -> F::Output {
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
    let mut wait = PATIENCE;
    for frame in frames.iter().cycle() {
        if let Ok(output) = tokio::time::timeout(wait, work.as_mut()).await {
            return output;
        }
        log.draw_status(&format!("{frame} {label}"));
        wait = STEP;
    }
    work.await
}

struct Cleared<'a>(&'a Log);

impl Drop for Cleared<'_> {
    fn drop(&mut self) {
        self.0.clear_status();
    }
}
