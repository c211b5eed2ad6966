//! The cache: whether an entry can be sealed, written and read back. Cached tokens are not touched.

use super::convert::error_finding;
use super::step::{Name, Step};
use super::steps::{Evidence, Outcome, Running};
use super::subject::Subject;
use crate::commands::source::{self, HOMELESS};
use jeton_client::cache::{Cache, CacheKey};
use jeton_inspect::finding::{Finding, Who};
use jeton_profile::Sourced;
use std::path::PathBuf;
use std::time::Instant;

const SAMPLE: &[u8] = b"jeton doctor";

pub(super) fn check<'a>(subject: &'a Subject<'a>, _: &'a Evidence) -> Running<'a> {
    let started = Instant::now();
    let step = match source::cache(subject.session.app, &subject.settings) {
        Ok(cache) => usable(&cache, subject),
        Err(error) => {
            let broken = error_finding("cache.key", Who::You, &error);
            Step::fail(Name::Cache, broken).would_exit(error.exit)
        }
    };
    Outcome::from(step.took(started.elapsed())).ready()
}

fn usable(cache: &Cache, subject: &Subject<'_>) -> Step {
    let folder = match (cache, &subject.settings.tool.cache_dir) {
        (Cache::Memory(_), _) => return Step::ok(Name::Cache, "in memory, for one call"),
        (Cache::Disk(_), Some(folder)) => folder,
        (Cache::None, Some(_)) => {
            return Step::skipped(Name::Cache, "switched off: each call asks the server");
        }
        (Cache::None | Cache::Disk(_), None) => return Step::skipped(Name::Cache, HOMELESS),
    };
    let shown = folder.value.display().to_string();
    // The process id is in the name, so that two doctors do not collide.
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
            trouble(
                folder,
                "an entry that was written cannot be read back".to_owned(),
            ),
        ),
        Err(error) => Step::warn(Name::Cache, trouble(folder, error.to_string())),
    };
    step.fact("folder", shown)
        .fact("origin", folder.origin.to_string())
}

fn trouble(folder: &Sourced<PathBuf>, why: String) -> Finding {
    Finding::warn("cache.unusable", "the cache cannot be used: each call asks the server for a new token").by(Who::You)
    .seen(why)
    .remedy(format!(
        "make {} a folder that you own and can write to, or set JETON_CACHE_DIR to another one ({})",
        folder.value.display(),
        folder.origin
    ))
    .remedy("to cache nothing: store = \"none\" in [cache]")
}
