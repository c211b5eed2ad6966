//! A proxy on loopback, and the ways in which one can stand in the way.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What it does when it is asked for a tunnel.
#[derive(Clone)]
pub(crate) enum Habit {
    /// It opens one to this address, whatever it is asked for: requests to loopback do not come to a proxy.
    TunnelTo(SocketAddr),
    /// It answers with this status and a page for people.
    Refuse(u16),
    /// It answers something that is no HTTP.
    Babble,
    /// It says that it has opened one, and speaks TLS itself, with a certificate of its own.
    Intercept(Arc<ServerConfig>),
}

/// The proxy; it ends with the process of the tests.
pub(crate) struct TestProxy {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl TestProxy {
    /// Listens on a free loopback port before this returns.
    pub(crate) fn start(habit: &Habit) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (shared, habit) = (Arc::clone(&heads), habit.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (shared, habit) = (Arc::clone(&shared), habit.clone());
                std::thread::spawn(move || accept(stream, &habit, &shared));
            }
        });
        Self { address, heads }
    }

    /// For `HTTPS_PROXY`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The heads of all requests, oldest first.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

fn accept(stream: TcpStream, habit: &Habit, heads: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        match reader.read_line(&mut head) {
            Ok(read) if read > 0 => {}
            _ => return,
        }
    }
    heads.lock().unwrap().push(head);
    let mut writer = &stream;
    match habit {
        Habit::Refuse(status) => {
            let page = "<html><title>Gateway</title>no</html>";
            let _ = write!(
                writer,
                "HTTP/1.1 {status} No\r\nserver: test-proxy\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n{page}",
                page.len()
            );
        }
        Habit::Babble => {
            let _ = writer.write_all(b"220 mail.example.com ESMTP\r\n\r\n");
        }
        Habit::TunnelTo(address) => {
            let Ok(server) = TcpStream::connect(address) else {
                return;
            };
            let _ = writer.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            let back = (server.try_clone().unwrap(), stream.try_clone().unwrap());
            std::thread::spawn(move || pump(back.0, back.1));
            pump(stream, server);
        }
        Habit::Intercept(tls) => {
            let _ = writer.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            let connection = ServerConnection::new(Arc::clone(tls)).unwrap();
            let mut inside = StreamOwned::new(connection, stream);
            // The client hangs up when it has seen the certificate.
            let _ = inside.flush();
            let _ = std::io::Read::read(&mut inside, &mut [0]);
        }
    }
}

fn pump(mut from: TcpStream, mut to: TcpStream) {
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(std::net::Shutdown::Write);
}
