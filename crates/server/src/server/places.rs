//! The places for connections. When all are taken, the connection that has been without a request for longest makes room, so
//! that who holds connections open keeps nobody out.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// All places.
#[derive(Clone)]
pub(super) struct Places {
    free: Arc<Semaphore>,
    taken: Arc<Mutex<HashMap<u64, Arc<Activity>>>>,
    /// Counts requests and connections; what was active last has the highest number.
    clock: Arc<AtomicU64>,
}

/// What a connection does.
#[derive(Default)]
struct Activity {
    running: AtomicUsize,
    last: AtomicU64,
    cut: Notify,
}

/// A place that one connection has, until it is dropped.
pub(super) struct Place {
    id: u64,
    activity: Arc<Activity>,
    places: Places,
    _permit: OwnedSemaphorePermit,
}

/// A request that runs: its connection is not cut off meanwhile.
pub(super) struct Running {
    activity: Arc<Activity>,
    clock: Arc<AtomicU64>,
}

impl Places {
    pub(super) fn new(count: usize) -> Self {
        Self {
            free: Arc::new(Semaphore::new(count.max(1))),
            taken: Arc::default(),
            clock: Arc::default(),
        }
    }

    /// Takes a place; if there is none, the connection that was active longest ago is cut off first. If requests run on all
    /// of them, waits for the end of one.
    pub(super) async fn take(&self) -> Option<Place> {
        let free = Arc::clone(&self.free);
        let permit = match Arc::clone(&free).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => {
                self.cut_one();
                free.acquire_owned().await.ok()?
            }
        };
        let id = self.clock.fetch_add(1, Ordering::Relaxed);
        let activity = Arc::new(Activity {
            last: AtomicU64::new(id),
            ..Activity::default()
        });
        self.taken().insert(id, Arc::clone(&activity));
        Some(Place {
            id,
            activity,
            places: self.clone(),
            _permit: permit,
        })
    }

    fn cut_one(&self) {
        let taken = self.taken();
        let idle = taken
            .values()
            .filter(|activity| activity.running.load(Ordering::Acquire) == 0);
        if let Some(activity) = idle.min_by_key(|activity| activity.last.load(Ordering::Relaxed)) {
            activity.cut.notify_one();
        }
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<u64, Arc<Activity>>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Notes that a request runs.
    pub(super) fn request(&self) -> Running {
        self.activity.running.fetch_add(1, Ordering::AcqRel);
        Running {
            activity: Arc::clone(&self.activity),
            clock: Arc::clone(&self.places.clock),
        }
    }

    /// Resolves when the connection has to make room.
    pub(super) async fn cut(&self) {
        self.activity.cut.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().remove(&self.id);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let now = self.clock.fetch_add(1, Ordering::Relaxed);
        self.activity.last.store(now, Ordering::Relaxed);
        self.activity.running.fetch_sub(1, Ordering::AcqRel);
    }
}
