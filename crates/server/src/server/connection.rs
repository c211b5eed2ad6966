//! Connections: HTTP/1.1 with keep-alive, bounded in number, in header size and in patience.

use super::linger::Lingering;
use super::places::{Place, Places};
use super::stall::WriteProgress;
use crate::config::Limits;
use crate::routes::PeerAddress;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower_service::Service;

/// All connections of a server.
pub(super) struct Connections {
    router: Router,
    http: http1::Builder,
    write_timeout: Duration,
    places: Places,
    stop: watch::Sender<bool>,
    running: JoinSet<()>,
}

impl Connections {
    pub(super) fn new(router: Router, limits: Limits) -> Self {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(limits.header_timeout)
            .max_buf_size(limits.header_bytes.max(8192));
        Self {
            router,
            http,
            write_timeout: limits.write_timeout,
            places: Places::new(limits.connections),
            stop: watch::Sender::new(false),
            running: JoinSet::new(),
        }
    }

    /// Makes room for one more connection.
    pub(super) async fn place(&mut self) -> Option<Place> {
        // what has ended is removed here, so that nothing piles up
        while self.running.try_join_next().is_some() {}
        self.places.take().await
    }

    /// Serves a connection until it ends or the server stops.
    pub(super) fn serve(&mut self, stream: TcpStream, peer: SocketAddr, place: Place) {
        // small responses must not wait for acknowledgements; if this fails they are slower, not wrong
        stream.set_nodelay(true).ok();
        let router = self.router.clone();
        let place = Arc::new(place);
        let own = Arc::clone(&place);
        let service = service_fn(move |mut request: http::Request<Incoming>| {
            request.extensions_mut().insert(PeerAddress(peer));
            let running = own.request();
            let response = router.clone().call(request.map(Body::new));
            async move {
                let response = response.await;
                drop(running);
                response
            }
        });
        let stream = WriteProgress::new(TokioIo::new(stream), self.write_timeout);
        let connection = self.http.serve_connection(Lingering::new(stream), service);
        let mut stop = self.stop.subscribe();
        self.running.spawn(async move {
            let mut connection = pin!(connection);
            tokio::select! {
                // what is wrong with one connection concerns its client only
                _ = connection.as_mut() => return,
                () = place.cut() => return,
                _ = stop.wait_for(|stop| *stop) => connection.as_mut().graceful_shutdown(),
            }
            connection.await.ok();
        });
    }

    /// Lets running requests finish, closes idle connections, and cuts off the rest after `patience`; returns their number.
    pub(super) async fn drain(mut self, patience: Duration) -> usize {
        self.stop.send_replace(true);
        let all = async { while self.running.join_next().await.is_some() {} };
        tokio::time::timeout(patience, all).await.ok();
        let left = self.running.len();
        self.running.shutdown().await;
        left
    }
}
