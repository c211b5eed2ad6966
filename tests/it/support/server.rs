//! shim
use serde_json::Value;
use std::net::SocketAddr;
pub(crate) struct TestServer;
impl TestServer {
    pub(crate) fn start(_issuer: &str) -> Self {
        Self
    }
    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], 1))
    }
    pub(crate) fn register(
        &self,
        _id: &str,
        _method: &str,
        _jwk: Option<&Value>,
    ) -> Option<String> {
        Some("jts_0123456789".to_owned())
    }
    pub(crate) fn advance(&self, _secs: i64) {}
    pub(crate) fn disable(&self, _id: &str) {}
    pub(crate) fn rotate(&self) {}
    pub(crate) fn reporter(&self) -> impl Fn() -> String + Send + Sync + 'static {
        || String::new()
    }
}
