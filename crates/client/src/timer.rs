//! Waiting, as the program that uses this library does it.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Instant;

/// A boxed future, for traits that are used as objects.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Wakes a task at a time. The native one is [`TokioTimer`](crate::TokioTimer).
pub trait Timer: Send + Sync {
    /// Ends when [`Clock::instant`](crate::Clock::instant) has reached `deadline`, and never before.
    fn sleep_until(&self, deadline: Instant) -> BoxFuture<'_, ()>;
}

/// What `work` brings, or `None` where `deadline` comes first. Where both are ready, the work counts.
pub(crate) async fn before<T>(
    timer: &dyn Timer,
    deadline: Instant,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    let mut alarm = timer.sleep_until(deadline);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => alarm.as_mut().poll(context).map(|()| None),
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock as _;
    use std::future::{pending, ready};
    use std::task::{Context, Waker};

    /// Every deadline has passed already.
    struct Late;

    impl Timer for Late {
        fn sleep_until(&self, _: Instant) -> BoxFuture<'_, ()> {
            Box::pin(ready(()))
        }
    }

    fn poll_once<T>(work: impl Future<Output = T>) -> Poll<T> {
        pin!(work).poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn work_that_is_done_counts_even_at_the_deadline() {
        let now = crate::System.instant();
        assert_eq!(
            poll_once(before(&Late, now, ready(7))),
            Poll::Ready(Some(7))
        );
    }

    #[test]
    fn work_that_hangs_ends_at_the_deadline() {
        let now = crate::System.instant();
        assert_eq!(
            poll_once(before(&Late, now, pending::<u8>())),
            Poll::Ready(None)
        );
    }
}
