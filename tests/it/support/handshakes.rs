//! TLS servers whose handshake can be anything: versions, chains, wishes for certificates, stapled answers, sessions. And a
//! CA of one's own whose certificates can be wrong in one way each.

use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, SanType, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use rustls::sign::CertifiedKey;
use rustls::{
    RootCertStore, ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion,
};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A certificate with its key.
pub(crate) struct Certified {
    pub(crate) der: CertificateDer<'static>,
    pub(crate) pem: String,
    pub(crate) key_pem: String,
    params: CertificateParams,
    pair: KeyPair,
}

impl Certified {
    fn new(params: CertificateParams, by: Option<&Self>) -> Self {
        let pair = KeyPair::generate().unwrap();
        let certificate = match by {
            Some(by) => {
                let issuer = Issuer::from_params(&by.params, &by.pair);
                params.signed_by(&pair, &issuer).unwrap()
            }
            None => params.self_signed(&pair).unwrap(),
        };
        Self {
            der: certificate.der().clone(),
            pem: certificate.pem(),
            key_pem: pair.serialize_pem(),
            params,
            pair,
        }
    }

    fn key(&self) -> PrivateKeyDer<'static> {
        PrivatePkcs8KeyDer::from(self.pair.serialize_der()).into()
    }

    /// The serial number, as it stands in a stapled answer.
    pub(crate) fn serial(&self) -> Vec<u8> {
        self.params.serial_number.clone().unwrap().to_bytes()
    }
}

/// What is wrong with a certificate, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    Nothing,
    /// It ended in 2020.
    Expired,
    /// It ends within days.
    EndsSoon,
    /// It names another host.
    OtherName,
    /// It is for the other side of the connection.
    OtherUse,
    /// It demands a stapled answer.
    MustStaple,
}

fn named(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(2019, 1, 1);
    params.not_after = date_time_ymd(2120, 1, 1);
    params.serial_number = Some(vec![0x2a, 0x01].into());
    params
}

/// A CA that nobody knows; below another one where it is given.
pub(crate) fn ca(name: &str, by: Option<&Certified>) -> Certified {
    let mut params = named(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    Certified::new(params, by)
}

fn spoilt(
    mut params: CertificateParams,
    wrong: Wrong,
    other: ExtendedKeyUsagePurpose,
) -> CertificateParams {
    match wrong {
        Wrong::Nothing => {}
        Wrong::Expired => params.not_after = date_time_ymd(2020, 1, 1),
        Wrong::EndsSoon => {
            let soon = std::time::SystemTime::now() + Duration::from_secs(5 * 86_400);
            params.not_after = soon.into();
        }
        Wrong::OtherName => {
            params.subject_alt_names = vec![SanType::DnsName("as.example".try_into().unwrap())];
        }
        Wrong::OtherUse => params.extended_key_usages = vec![other],
        Wrong::MustStaple => params
            .custom_extensions
            .push(CustomExtension::from_oid_content(
                &[1, 3, 6, 1, 5, 5, 7, 1, 24],
                vec![0x30, 3, 2, 1, 5],
            )),
    }
    params
}

/// A certificate for a server on 127.0.0.1.
pub(crate) fn server(by: &Certified, wrong: Wrong) -> Certified {
    let mut params = named("server");
    params.subject_alt_names = vec![SanType::IpAddress("127.0.0.1".parse().unwrap())];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Certified::new(
        spoilt(params, wrong, ExtendedKeyUsagePurpose::ClientAuth),
        Some(by),
    )
}

/// A certificate for a client; self-signed where no CA is given.
pub(crate) fn client(by: Option<&Certified>, wrong: Wrong) -> Certified {
    let mut params = named("billing");
    params.subject_alt_names = vec![SanType::URI("spiffe://example/billing".try_into().unwrap())];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    Certified::new(
        spoilt(params, wrong, ExtendedKeyUsagePurpose::ServerAuth),
        by,
    )
}

/// Whether a server wants certificates of clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    No,
    Optional,
    Required,
}

/// How a server shakes hands.
pub(crate) struct Handshake<'a> {
    pub(crate) versions: &'a [&'static SupportedProtocolVersion],
    /// What is sent, the server's own first.
    pub(crate) chain: &'a [&'a Certified],
    pub(crate) wants: Wants,
    /// The CA of the clients.
    pub(crate) clients: &'a Certified,
    pub(crate) staple: Option<Vec<u8>>,
    pub(crate) resumes: bool,
}

/// Answers every request with 200, and `{"client":true}` to those who showed a certificate.
pub(crate) struct Handshaker {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
}

impl Handshaker {
    pub(crate) fn new(how: &Handshake<'_>) -> Self {
        let config = Arc::new(config(how));
        Self::serve(move |stream| {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = StreamOwned::new(connection, stream);
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                match tls.read(&mut byte) {
                    Ok(1) => request.push(byte[0]),
                    _ => return,
                }
            }
            let request = String::from_utf8_lossy(&request).to_ascii_lowercase();
            assert!(!request.contains("authorization"), "{request}");
            assert!(request.starts_with("get "), "{request}");
            let shown = tls.conn.peer_certificates().is_some();
            let body = format!("{{\"error\":\"client {shown}\"}}");
            let length = body.len();
            let _ = write!(
                tls,
                "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}"
            );
            tls.conn.send_close_notify();
            let _ = tls.flush();
        })
    }

    /// Shakes hands like that, and this is what comes back, again and again as long as it is read.
    pub(crate) fn answering(how: &Handshake<'_>, answer: &'static [u8]) -> Self {
        let config = Arc::new(config(how));
        Self::serve(move |stream| {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = StreamOwned::new(connection, stream);
            if matches!(tls.read(&mut [0; 4096]), Ok(1..)) {
                while tls.write_all(answer).is_ok() {}
            }
        })
    }

    /// The same, and how many certificates and bytes of requests clients have shown and sent it.
    pub(crate) fn witnessed(how: &Handshake<'_>) -> (Self, Arc<Witness>) {
        let config = Arc::new(config(how));
        let witness = Arc::new(Witness::default());
        let seen = Arc::clone(&witness);
        let own = Self::serve(move |mut stream| {
            let mut tls = ServerConnection::new(Arc::clone(&config)).unwrap();
            while tls.complete_io(&mut stream).is_ok_and(|(read, _)| read > 0) {
                let mut plain = Vec::new();
                let _ = tls.reader().read_to_end(&mut plain);
                seen.bytes.fetch_add(plain.len(), Ordering::SeqCst);
                if plain.ends_with(b"\r\n\r\n") {
                    let _ = tls
                        .writer()
                        .write_all(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");
                    tls.send_close_notify();
                    let _ = tls.complete_io(&mut stream);
                    break;
                }
            }
            if tls.peer_certificates().is_some() {
                seen.certificates.fetch_add(1, Ordering::SeqCst);
            }
        });
        (own, witness)
    }

    /// A proxy that takes CONNECT, and the request lines that it got.
    pub(crate) fn proxy() -> (Self, Arc<Mutex<Vec<String>>>) {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&lines);
        let own = Self::serve(move |mut stream| {
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                match stream.read(&mut byte) {
                    Ok(1) => request.push(byte[0]),
                    _ => return,
                }
            }
            let request = String::from_utf8(request).unwrap();
            let line = request.lines().next().unwrap_or_default().to_owned();
            // Whatever the name: requests to loopback do not come to a proxy.
            let port = line
                .split([' ', ':'])
                .nth(2)
                .unwrap()
                .parse::<u16>()
                .unwrap();
            assert!(request.contains("Proxy-Authorization: Basic "), "{request}");
            seen.lock().unwrap().push(line);
            let server = TcpStream::connect(("127.0.0.1", port)).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            let (mut to, mut from) = (server.try_clone().unwrap(), stream.try_clone().unwrap());
            std::thread::spawn(move || {
                let _ = std::io::copy(&mut from, &mut to);
                let _ = to.shutdown(std::net::Shutdown::Write);
            });
            let _ = std::io::copy(&mut { server }, &mut stream);
        });
        (own, lines)
    }

    /// A server that does this with every connection.
    pub(crate) fn serve(talk: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let talk = Arc::new(talk);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::Relaxed) {
                    break;
                }
                let (stream, talk) = (stream.unwrap(), Arc::clone(&talk));
                // A client that says nothing does not hold a thread for longer than a test may take.
                stream
                    .set_read_timeout(Some(Duration::from_secs(60)))
                    .unwrap();
                std::thread::spawn(move || talk(stream));
            }
        });
        Self { address, stop }
    }

    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }
}

impl Drop for Handshaker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes the one who waits for a connection.
        let _ = TcpStream::connect(self.address);
    }
}

/// What a server was shown and sent.
#[derive(Default)]
pub(crate) struct Witness {
    certificates: AtomicUsize,
    bytes: AtomicUsize,
}

impl Witness {
    /// Certificates, and bytes of requests.
    pub(crate) fn totals(&self) -> (usize, usize) {
        let read = |number: &AtomicUsize| number.load(Ordering::SeqCst);
        (read(&self.certificates), read(&self.bytes))
    }
}

fn config(how: &Handshake<'_>) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(how.versions)
        .unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(how.clients.der.clone()).unwrap();
    let verifier =
        WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let builder = match how.wants {
        Wants::No => builder.with_no_client_auth(),
        Wants::Optional => {
            builder.with_client_cert_verifier(verifier.allow_unauthenticated().build().unwrap())
        }
        Wants::Required => builder.with_client_cert_verifier(verifier.build().unwrap()),
    };
    let chain: Vec<_> = how.chain.iter().map(|one| one.der.clone()).collect();
    let key = provider
        .key_provider
        .load_private_key(how.chain[0].key())
        .unwrap();
    let mut certified = CertifiedKey::new(chain, key);
    certified.ocsp.clone_from(&how.staple);
    let resolver = rustls::sign::SingleCertAndKey::from(certified);
    let mut config = builder.with_cert_resolver(Arc::new(resolver));
    if !how.resumes {
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
    }
    config
}

/// An OCSP answer (RFC 6960 4.2.1) about this serial number, which nobody has signed: `status` is 0 for good, 1 for revoked.
pub(crate) fn ocsp(serial: &[u8], status: u8, this: &str, next: &str) -> Vec<u8> {
    let sequence = |parts: &[Vec<u8>]| der(0x30, &parts.concat());
    let time = |text: &str| der(0x18, text.as_bytes());
    let sha1 = sequence(&[der(6, &[0x2b, 14, 3, 2, 26]), der(5, &[])]);
    let id = sequence(&[
        sha1.clone(),
        der(4, &[0; 20]),
        der(4, &[0; 20]),
        der(2, serial),
    ]);
    let status = match status {
        1 => der(0xa1, &time(this)),
        other => der(0x80 | other, &[]),
    };
    let single = sequence(&[id, status, time(this), der(0xa0, &time(next))]);
    let data = sequence(&[
        der(0xa2, &der(4, &[0; 20])),
        time(this),
        sequence(&[single]),
    ]);
    let basic = sequence(&[data, sha1, der(3, &[0, 0])]);
    let oid = der(6, &[0x2b, 6, 1, 5, 5, 7, 48, 1, 1]);
    let bytes = sequence(&[oid, der(4, &basic)]);
    sequence(&[der(0x0a, &[0]), der(0xa0, &bytes)])
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    match length {
        0..=127 => out.push(u8::try_from(length).unwrap()),
        _ => {
            out.push(0x82);
            out.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
    }
    out.extend_from_slice(content);
    out
}
