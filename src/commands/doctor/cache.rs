//! The cache: whether something can be sealed, written and read back. The tokens in it are left alone.

use super::evidence::error_finding;
use super::step::{Name, Step};
use super::walk::{Ready, Walk};
use crate::commands::source;
use jeton_client::cache::{Cache, CacheKey};
use jeton_inspect::finding::{Finding, Who};
use std::time::Instant;

const SAMPLE: &[u8] = b"jeton doctor";

impl Walk<'_> {
    pub(super) fn cache(&mut self, ready: &Ready) {
        let started = Instant::now();
        let step = match source::cache(self.app, &ready.settings) {
            Ok(cache) => usable(&cache, ready),
            Err(error) => {
                self.would_end(error.exit);
                Step::fail(Name::Cache, error_finding("cache.key", Who::You, &error))
            }
        };
        self.note(step.took(started.elapsed()));
    }
}

fn usable(cache: &Cache, ready: &Ready) -> Step {
    let folder = &ready.settings.tool.cache_dir;
    let shown = folder.value.display().to_string();
    match cache {
        Cache::None => {
            return Step::skipped(Name::Cache, "switched off: each call asks the server");
        }
        Cache::Memory(_) => return Step::ok(Name::Cache, "in memory, for one call"),
        Cache::Disk(_) => {}
    }
    // A name of this process: two doctors do not meet.
    let key = CacheKey::of_document("doctor", &std::process::id().to_string());
    let written = cache.write_document(&key, SAMPLE);
    let read = cache.read_document(&key);
    cache.remove_document(&key);
    let step = match written {
        Ok(()) if read.as_deref() == Some(SAMPLE) => {
            Step::ok(Name::Cache, format!("{shown}, sealed and writable"))
        }
        Ok(()) => Step::warn(
            Name::Cache,
            trouble(ready, "what was written cannot be read back".to_owned()),
        ),
        Err(error) => Step::warn(Name::Cache, trouble(ready, error.to_string())),
    };
    step.fact("folder", shown)
        .fact("origin", folder.origin.to_string())
}

fn trouble(ready: &Ready, why: String) -> Finding {
    let folder = &ready.settings.tool.cache_dir;
    Finding::warn("cache.unusable", "the cache cannot be used: each call asks the server for a new token").by(Who::You)
    .seen(why)
    .remedy(format!(
        "make {} a folder of yours that can be written to, or name another one in JETON_CACHE_DIR ({})",
        folder.value.display(),
        folder.origin
    ))
    .remedy("where nothing should be kept: store = \"none\" in [cache] says so")
}
