//! A DNS server on loopback, over UDP and TCP (RFC 1035).

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, UdpSocket};

/// What the server says of a name.
#[derive(Clone)]
pub(crate) enum Zone {
    /// These addresses.
    Addresses(Vec<IpAddr>),
    /// The same; questions for IPv6 are not answered.
    SilentAboutV6(Vec<IpAddr>),
    /// The same over TCP; the answer over UDP says that it is cut off.
    OnlyOverTcp(Vec<IpAddr>),
    /// This code (2 SERVFAIL, 5 REFUSED).
    Fails(u8),
    /// Nothing, ever.
    Silent,
}

/// The server; it ends with the runtime.
pub(crate) struct DnsServer {
    pub(crate) ip: IpAddr,
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl DnsServer {
    /// Listens on this address; names that are not listed do not exist.
    pub(crate) async fn start(ip: &str, port: u16, zones: &[(&str, Zone)]) -> Self {
        let zones = zones
            .iter()
            .map(|(name, zone)| ((*name).to_owned(), zone.clone()));
        let zones: Arc<BTreeMap<String, Zone>> = Arc::new(zones.collect());
        let ip: IpAddr = ip.parse().unwrap();
        let (udp, tcp) = sockets(ip, port).await;
        let port = udp.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (seen, known) = (Arc::clone(&asked), Arc::clone(&zones));
        tokio::spawn(async move {
            let mut question = [0; 512];
            while let Ok((length, from)) = udp.recv_from(&mut question).await {
                if let Some(answer) = answer(&question[..length], &known, &seen, false) {
                    udp.send_to(&answer, from).await.unwrap();
                }
            }
        });
        let seen = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = tcp.accept().await {
                let length = stream.read_u16().await.unwrap();
                let mut question = vec![0; usize::from(length)];
                stream.read_exact(&mut question).await.unwrap();
                if let Some(answer) = answer(&question, &zones, &seen, true) {
                    let length = u16::try_from(answer.len()).unwrap();
                    stream.write_u16(length).await.unwrap();
                    stream.write_all(&answer).await.unwrap();
                }
            }
        });
        Self { ip, port, asked }
    }

    /// The names that were asked for, each once, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in &*self.asked.lock().unwrap() {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }
}

/// Both of one port, of any that both have free where none is given.
async fn sockets(ip: IpAddr, port: u16) -> (UdpSocket, TcpListener) {
    loop {
        let udp = UdpSocket::bind((ip, port)).await.unwrap();
        let found = udp.local_addr().unwrap().port();
        match TcpListener::bind((ip, found)).await {
            Ok(tcp) => return (udp, tcp),
            Err(error) => assert_eq!(port, 0, "{error}"),
        }
    }
}

fn answer(
    question: &[u8],
    zones: &BTreeMap<String, Zone>,
    asked: &Mutex<Vec<String>>,
    over_tcp: bool,
) -> Option<Vec<u8>> {
    let mut labels = Vec::new();
    let mut at = 12;
    while question[at] > 0 {
        let end = at + 1 + usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..end]).to_lowercase());
        at = end;
    }
    let end = at + 5;
    let wants_v6 = question[at + 2] == 28;
    let name = labels.join(".");
    asked.lock().unwrap().push(name.clone());
    let (code, cut, addresses) = match zones.get(&name) {
        None => (3, false, &Vec::new()),
        Some(Zone::Addresses(list)) => (0, false, list),
        Some(Zone::SilentAboutV6(_)) if wants_v6 => return None,
        Some(Zone::SilentAboutV6(list)) => (0, false, list),
        Some(Zone::OnlyOverTcp(list)) => (0, !over_tcp, list),
        Some(Zone::Fails(code)) => (*code, false, &Vec::new()),
        Some(Zone::Silent) => return None,
    };
    let fitting: Vec<&IpAddr> = addresses
        .iter()
        .filter(|ip| ip.is_ipv6() == wants_v6 && !cut)
        .collect();
    let mut answer = question[..2].to_vec();
    answer.extend([0x81 | if cut { 2 } else { 0 }, 0x80 | code, 0, 1, 0]);
    answer.push(u8::try_from(fitting.len()).unwrap());
    answer.extend([0; 4]);
    answer.extend(&question[12..end]);
    for ip in fitting {
        answer.extend([
            0xc0,
            12,
            0,
            if wants_v6 { 28 } else { 1 },
            0,
            1,
            0,
            0,
            0,
            60,
        ]);
        let bytes = match ip {
            IpAddr::V4(ip) => ip.octets().to_vec(),
            IpAddr::V6(ip) => ip.octets().to_vec(),
        };
        answer.extend([0, u8::try_from(bytes.len()).unwrap()]);
        answer.extend(bytes);
    }
    Some(answer)
}
