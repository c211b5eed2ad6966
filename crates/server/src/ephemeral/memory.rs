//! The memory of one process.

use super::{Ephemeral, EphemeralFuture, Replay, UsedJti};
use std::collections::HashMap;
use std::future::ready;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Used `jti`s by client, until their assertions have ended.
#[derive(Debug)]
pub(crate) struct Memory {
    clients: Mutex<HashMap<String, Used>>,
    /// Of one client: so that none can fill the memory for the others.
    most: usize,
}

/// The `jti`s of one client.
#[derive(Debug, Default)]
struct Used {
    until: HashMap<String, i64>,
    /// At this number, those that have ended are removed: twice what was left the last time, so that the cost for each stays
    /// small.
    sweep_at: usize,
}

/// Below this number nothing is swept.
const FEW: usize = 1024;

impl Memory {
    /// Remembers `most` `jti`s of each client.
    pub(crate) fn new(most: usize) -> Self {
        Self {
            clients: Mutex::default(),
            most,
        }
    }

    fn spend(&self, jti: UsedJti, now: i64) -> Result<(), Replay> {
        let mut clients = self.clients();
        let used = clients.entry(jti.client).or_default();
        if used.until.get(&jti.hash).is_some_and(|until| *until > now) {
            return Err(Replay::Used);
        }
        if used.until.len() >= used.sweep_at.max(FEW).min(self.most) {
            used.until.retain(|_, until| *until > now);
            used.sweep_at = used.until.len() * 2;
            if used.until.len() >= self.most {
                return Err(Replay::Full);
            }
        }
        used.until.insert(jti.hash, jti.until);
        Ok(())
    }

    fn clients(&self) -> MutexGuard<'_, HashMap<String, Used>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ephemeral for Memory {
    fn use_up(&self, jti: UsedJti, now: i64) -> EphemeralFuture<'_, Result<(), Replay>> {
        Box::pin(ready(self.spend(jti, now)))
    }

    fn restore(&self, used: Vec<UsedJti>) -> EphemeralFuture<'_, ()> {
        let mut clients = self.clients();
        for jti in used {
            let own = clients.entry(jti.client).or_default();
            own.until.insert(jti.hash, jti.until);
        }
        Box::pin(ready(()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Memory, Replay, UsedJti};
    use crate::ephemeral::Ephemeral;
    use std::sync::Arc;

    fn spend(memory: &Memory, client: &str, jti: &str, until: i64, now: i64) -> Result<(), Replay> {
        memory.spend(UsedJti::new(client, jti, until), now)
    }

    #[test]
    fn server_23_a_jti_is_good_once_for_each_client_until_its_end() {
        let memory = Memory::new(100);
        assert_eq!(spend(&memory, "a", "1", 1060, 1000), Ok(()));
        assert_eq!(spend(&memory, "a", "1", 1060, 1059), Err(Replay::Used));
        assert_eq!(spend(&memory, "b", "1", 1060, 1000), Ok(()));
        assert_eq!(spend(&memory, "a", "2", 1060, 1000), Ok(()));
        assert_eq!(spend(&memory, "a1", "", 1060, 1000), Ok(()));
        assert_eq!(spend(&memory, "a", "1", 2000, 1060), Ok(()));
    }

    #[test]
    fn security_2_of_many_at_once_one_wins() {
        let memory = Arc::new(Memory::new(100));
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let memory = Arc::clone(&memory);
                std::thread::spawn(move || spend(&memory, "a", "1", 1060, 1000).is_ok())
            })
            .collect();
        let won = threads
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .filter(|won| *won)
            .count();
        assert_eq!(won, 1);
    }

    #[test]
    fn security_15_a_full_memory_refuses_its_client_and_no_other() {
        let memory = Memory::new(3);
        for jti in ["1", "2", "3"] {
            assert_eq!(spend(&memory, "a", jti, 1060, 1000), Ok(()));
        }
        assert_eq!(spend(&memory, "a", "4", 1060, 1000), Err(Replay::Full));
        assert_eq!(spend(&memory, "a", "1", 1060, 1000), Err(Replay::Used));
        assert_eq!(spend(&memory, "b", "4", 1060, 1000), Ok(()));
        assert_eq!(spend(&memory, "a", "4", 2060, 1060), Ok(()));
    }

    #[tokio::test]
    async fn security_15_what_was_restored_is_used() {
        let memory = Memory::new(3);
        memory.restore(vec![UsedJti::new("a", "1", 1060)]).await;
        assert_eq!(spend(&memory, "a", "1", 1060, 1000), Err(Replay::Used));
        assert_eq!(spend(&memory, "a", "2", 1060, 1000), Ok(()));
    }
}
