//! Work in a thread, as a future that any executor can poll.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// The result of work in a thread. If this is dropped early, the work continues, after `abandoned` was called.
pub(crate) struct Background<T> {
    shared: Arc<Mutex<Shared<T>>>,
    abandoned: fn(),
    ended: bool,
}

struct Shared<T> {
    state: State<T>,
    waker: Option<Waker>,
}

enum State<T> {
    Running,
    Done(T),
    /// The work panicked, or its result was taken.
    Gone,
}

impl<T: Send + 'static> Background<T> {
    /// Starts the work; `abandoned` is called when nobody waits for it any more.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(crate) fn new(
        work: impl FnOnce() -> T + Send + 'static,
        abandoned: fn(),
    ) -> io::Result<Self> {
        let shared = Arc::new(Mutex::new(Shared {
            state: State::Running,
            waker: None,
        }));
        let finish = Finish(Arc::clone(&shared));
        std::thread::Builder::new().spawn(move || {
            let result = work();
            locked(&finish.0).state = State::Done(result);
        })?;
        Ok(Self {
            shared,
            abandoned,
            ended: false,
        })
    }
}

/// Wakes whoever waits, also after a panic.
struct Finish<T>(Arc<Mutex<Shared<T>>>);

impl<T> Drop for Finish<T> {
    fn drop(&mut self) {
        let mut shared = locked(&self.0);
        if matches!(shared.state, State::Running) {
            shared.state = State::Gone;
        }
        if let Some(waker) = shared.waker.take() {
            drop(shared);
            waker.wake();
        }
    }
}

impl<T> Future for Background<T> {
    type Output = io::Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let shared = Arc::clone(&self.shared);
        let mut shared = locked(&shared);
        let result = match std::mem::replace(&mut shared.state, State::Gone) {
            State::Running => {
                shared.state = State::Running;
                shared.waker = Some(context.waker().clone());
                return Poll::Pending;
            }
            State::Done(result) => Ok(result),
            State::Gone => Err(io::Error::other("the thread that read it has failed")),
        };
        self.ended = true;
        Poll::Ready(result)
    }
}

impl<T> Drop for Background<T> {
    fn drop(&mut self) {
        if !self.ended {
            (self.abandoned)();
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::Background;
    use crate::testing::block_on;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::channel;

    static TOLD: AtomicBool = AtomicBool::new(false);

    #[test]
    fn a_result_a_panic_and_nobody_who_waits() {
        let never = || panic!("nobody gave up");
        assert_eq!(block_on(Background::new(|| 7, never).unwrap()).unwrap(), 7);
        let (open, gate) = channel::<()>();
        let late = Background::new(move || gate.recv().is_ok(), never).unwrap();
        open.send(()).unwrap();
        assert!(block_on(late).unwrap());
        let panics = Background::new(|| panic!("a test"), never).unwrap();
        assert!(block_on::<std::io::Result<()>>(panics).is_err());
        let (_closed_later, gate) = channel::<()>();
        let abandoned = || TOLD.store(true, Ordering::Relaxed);
        drop(Background::new(move || gate.recv().is_ok(), abandoned).unwrap());
        assert!(TOLD.load(Ordering::Relaxed));
    }
}
