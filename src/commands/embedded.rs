//! `--embedded`: the real authority inside this process, on a loopback port, with a client registered for this call.

use super::serve::ServerLog;
use crate::error::{Error, Result};
use crate::log::{Level, Log};
use jeton_client::cache::{Cache, CacheKey, Entry, Filter};
use jeton_oauth::{ClientSecret, Issuer, ResourceUri};
use jeton_profile::{EMBEDDED_PROFILE, EmbeddedClient};
use jeton_server::{Config, DevAccess, MasterKey, Server, StoreLocation, SystemClock};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tokio::runtime;
use tokio::sync::oneshot;

/// An authority that serves until it is dropped; then it finishes open requests.
pub(super) struct Authority {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Authority {
    /// Starts it on its own thread, so that it answers while the command waits, and returns its client.
    ///
    /// # Errors
    /// Exit 1 where it does not start.
    pub(super) fn start(log: &Arc<Log>) -> Result<(Self, EmbeddedClient)> {
        begin(log)
            .map_err(|error| Error::bug(&error.context("cannot start the embedded authority")))
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // There is no result: a panic would have ended the process.
            let _ = thread.join();
        }
    }
}

#[inline(never)]
fn begin(log: &Arc<Log>) -> anyhow::Result<(Authority, EmbeddedClient)> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (server, client) = runtime.block_on(open(log))?;
    let (stop, stopped) = oneshot::channel::<()>();
    let thread = thread::Builder::new()
        .name("authority".to_owned())
        .spawn(move || {
            runtime.block_on(server.run(async {
                let _ = stopped.await;
            }));
        })?;
    let authority = Authority {
        stop: Some(stop),
        thread: Some(thread),
    };
    Ok((authority, client))
}

async fn open(log: &Arc<Log>) -> anyhow::Result<(Server, EmbeddedClient)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let issuer = Issuer::parse(&format!("http://{}", listener.local_addr()?))?;
    let config = Config::new(
        issuer.clone(),
        StoreLocation::Memory,
        MasterKey::generate()?,
    );
    let log = Arc::new(ServerLog::new(Arc::clone(log), Level::Debug));
    let server = Server::new(config, listener, Arc::new(SystemClock::new()), log).await?;
    let access = DevAccess::create(&server.admin()).await?;
    let client = EmbeddedClient {
        issuer,
        client_id: access.key_client_id,
        private_key: ClientSecret::new(access.private_key_pem.as_str()),
        scopes: access.scopes,
        resource: ResourceUri::parse(&access.resource)?,
    };
    Ok((server, client))
}

/// Removes cache entries of embedded authorities that have stopped.
pub(super) fn remove_stopped(cache: &Cache, running: &Issuer) {
    let is_stopped = |entry: &Entry| {
        entry.profile == EMBEDDED_PROFILE
            && entry.issuer.as_deref().is_some_and(|issuer| {
                issuer.starts_with("http://127.0.0.1:") && issuer != running.as_str()
            })
    };
    let listed = cache.list().into_iter().flatten();
    let entries = listed
        .filter_map(|listed| listed.entry.ok())
        .filter(is_stopped);
    for issuer in entries.filter_map(|entry| entry.issuer) {
        for document in ["metadata", "jwks of issuer"] {
            cache.remove_document(&CacheKey::of_document(document, &issuer));
        }
    }
    let _ = cache.clear(&Filter::Matching(&is_stopped));
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::remove_stopped;
    use jeton_client::cache::{Cache, CacheKey, Entry, MemoryCache};
    use jeton_oauth::{AccessToken, Issuer};

    #[test]
    fn only_entries_of_stopped_authorities_are_removed() {
        let cache = Cache::Memory(MemoryCache::new());
        for (profile, issuer) in [
            ("embedded", Some("http://127.0.0.1:1")),
            ("embedded", Some("http://127.0.0.1:2")),
            ("embedded", Some("https://auth.example.com")),
            ("embedded", None),
            ("dev", Some("http://127.0.0.1:1")),
        ] {
            let name = format!("{profile} {issuer:?}");
            let entry = Entry {
                access_token: AccessToken::new("x"),
                token_type: "Bearer".to_owned(),
                scope: None,
                audience: Vec::new(),
                expires_at: Some(2),
                obtained_at: 1,
                renew_after: None,
                profile: profile.to_owned(),
                issuer: issuer.map(str::to_owned),
                client_id: name.clone(),
                extra: serde_json::Map::new(),
            };
            let key = CacheKey::of_document("test", &name);
            cache.write(&key, &entry).unwrap();
        }
        remove_stopped(&cache, &Issuer::parse("http://127.0.0.1:2").unwrap());
        let mut left: Vec<_> = cache
            .list()
            .unwrap()
            .into_iter()
            .map(|listed| listed.entry.unwrap().client_id)
            .collect();
        left.sort_unstable();
        assert_eq!(
            left,
            [
                "dev Some(\"http://127.0.0.1:1\")",
                "embedded None",
                "embedded Some(\"http://127.0.0.1:2\")",
                "embedded Some(\"https://auth.example.com\")",
            ]
        );
    }
}
