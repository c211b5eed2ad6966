//! The `jti`s of assertions that were used: each is good once.

use aws_lc_rs::digest::{Context, SHA256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Why an assertion is refused although it is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replay {
    /// It was used before.
    Used,
    /// Too many are alive to remember one more, and to forget one would let it in again.
    Full,
}

/// Used `jti`s, by client, until their assertion has ended.
pub(crate) struct ReplayMemory {
    used: Mutex<Used>,
    most: usize,
}

struct Used {
    until: HashMap<[u8; 32], i64>,
    /// When there are so many, those that have ended are thrown out: twice what was alive the last time, so that the cost of
    /// it stays small for each.
    sweep_at: usize,
}

impl ReplayMemory {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            used: Mutex::new(Used {
                until: HashMap::new(),
                sweep_at: 1024.min(most),
            }),
            most,
        }
    }

    /// Uses a `jti` up, until `until` (unix seconds). Of two at once, one wins.
    pub(crate) fn spend(
        &self,
        client: &str,
        jti: &str,
        until: i64,
        now: i64,
    ) -> Result<(), Replay> {
        let mut context = Context::new(&SHA256);
        context.update(&(client.len() as u64).to_be_bytes());
        context.update(client.as_bytes());
        context.update(jti.as_bytes());
        let mut mark = [0; 32];
        mark.copy_from_slice(context.finish().as_ref());

        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.until.get(&mark).is_some_and(|until| *until > now) {
            return Err(Replay::Used);
        }
        if used.until.len() >= used.sweep_at {
            used.until.retain(|_, until| *until > now);
            used.sweep_at = (used.until.len() * 2).clamp(1024.min(self.most), self.most);
            if used.until.len() >= self.most {
                return Err(Replay::Full);
            }
        }
        used.until.insert(mark, until);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Replay, ReplayMemory};
    use std::sync::Arc;

    #[test]
    fn server_23_a_jti_is_good_once_for_each_client_until_its_end() {
        let memory = ReplayMemory::new(100);
        assert_eq!(memory.spend("a", "1", 1060, 1000), Ok(()));
        assert_eq!(memory.spend("a", "1", 1060, 1059), Err(Replay::Used));
        assert_eq!(memory.spend("b", "1", 1060, 1000), Ok(()));
        assert_eq!(memory.spend("a", "2", 1060, 1000), Ok(()));
        assert_eq!(memory.spend("a1", "", 1060, 1000), Ok(()));
        assert_eq!(memory.spend("a", "1", 2000, 1060), Ok(()));
    }

    #[test]
    fn security_2_of_many_at_once_one_wins() {
        let memory = Arc::new(ReplayMemory::new(100));
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let memory = Arc::clone(&memory);
                std::thread::spawn(move || memory.spend("a", "1", 1060, 1000).is_ok())
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
    fn a_full_memory_refuses_rather_than_forgets() {
        let memory = ReplayMemory::new(3);
        for jti in ["1", "2", "3"] {
            assert_eq!(memory.spend("a", jti, 1060, 1000), Ok(()));
        }
        assert_eq!(memory.spend("a", "4", 1060, 1000), Err(Replay::Full));
        assert_eq!(memory.spend("a", "1", 1060, 1000), Err(Replay::Used));
        assert_eq!(memory.spend("a", "4", 2060, 1060), Ok(()));
    }
}
