//! When secrets were last used: noted in memory by each request, written to the store every few seconds.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A use within so many seconds of the last noted one is not noted again: what people read is minutes and days.
const RESOLUTION: i64 = 10;

/// The last noted use of one secret, in unix seconds; 0 before the first.
#[derive(Default)]
pub(crate) struct LastUse(AtomicI64);

/// The uses that wait to be written.
#[derive(Default)]
pub(crate) struct UseLog(Mutex<HashMap<Arc<str>, i64>>);

impl UseLog {
    /// Notes a use. Cheap, and without a lock for a secret that was noted a moment ago.
    pub(crate) fn note(&self, secret: &Arc<str>, last: &LastUse, now: i64) {
        let noted = last.0.load(Ordering::Relaxed);
        if (noted..noted + RESOLUTION).contains(&now) {
            return;
        }
        last.0.store(now, Ordering::Relaxed);
        self.waiting().insert(Arc::clone(secret), now);
    }

    /// Takes what waits.
    pub(crate) fn take(&self) -> Vec<(String, i64)> {
        std::mem::take(&mut *self.waiting())
            .into_iter()
            .map(|(secret, at)| (secret.to_string(), at))
            .collect()
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, HashMap<Arc<str>, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{LastUse, UseLog};

    #[test]
    fn a_use_is_noted_once_in_ten_seconds() {
        let (log, last) = (UseLog::default(), LastUse::default());
        for now in [1000, 1001, 1009] {
            log.note(&"a".into(), &last, now);
        }
        assert_eq!(log.take(), [("a".to_owned(), 1000)]);
        assert!(log.take().is_empty());
        log.note(&"a".into(), &last, 1010);
        // a clock that was set back
        log.note(&"b".into(), &last, 500);
        let mut uses = log.take();
        uses.sort();
        assert_eq!(uses, [("a".to_owned(), 1010), ("b".to_owned(), 500)]);
    }
}
