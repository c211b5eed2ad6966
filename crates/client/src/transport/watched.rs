//! Responses as they go by, for whoever looks into why something fails.

use super::{Method, Request, Response, Rules, Transport, TransportError};
use crate::http_date::unix_time;
use crate::timer::BoxFuture;
use std::sync::Arc;
use url::Url;

/// Takes responses. It must not block.
pub type Watcher = dyn Fn(&Exchange<'_>) + Send + Sync;

/// A response that came. Its texts are foreign.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Where the request went.
    pub url: &'a Url,
    /// The HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub kind: Option<&'a str>,
    /// `Date`.
    pub date: Option<&'a str>,
    /// `Location`; only in response to a `GET`: a server may repeat a credential in it.
    pub location: Option<&'a str>,
    /// The body of what was asked for without a credential. The response to a credential may hold a token, and is not
    /// shown.
    pub document: Option<&'a [u8]>,
}

impl<'a> Exchange<'a> {
    fn new(request: &'a Request, response: &'a Response) -> Self {
        let is_public = request.method == Method::Get;
        Self {
            method: request.method.as_str(),
            url: &request.url,
            status: response.status,
            kind: response.header("content-type"),
            date: response.header("date"),
            location: response.header("location").filter(|_| is_public),
            document: is_public.then_some(&response.body),
        }
    }
}

impl Exchange<'_> {
    /// The server's time in seconds since 1970, from `Date`.
    #[must_use]
    pub fn time(&self) -> Option<i64> {
        unix_time(self.date?)
    }
}

/// A transport that shows every response to a watcher: for diagnosis, where the way matters as much as its end.
pub struct Watched<T> {
    transport: T,
    watcher: Arc<Watcher>,
}

impl<T: Transport> Watched<T> {
    /// Sends through `transport`.
    pub fn new(transport: T, watcher: Arc<Watcher>) -> Self {
        Self { transport, watcher }
    }
}

impl<T: Transport> Transport for Watched<T> {
    fn send<'a>(
        &'a self,
        request: &'a Request,
        rules: &'a Rules,
    ) -> BoxFuture<'a, Result<Response, TransportError>> {
        Box::pin(async move {
            let response = self.transport.send(request, rules).await?;
            (self.watcher)(&Exchange::new(request, &response));
            Ok(response)
        })
    }
}
