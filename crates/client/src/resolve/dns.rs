//! DNS by the servers, the search list and the options of resolv.conf(5).

use super::ResolveError;
use crate::http_config::NameFiles;
use crate::name_failure::NameFailure;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ResolveHosts, ResolverConfig, ResolverOpts};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RecordType};
use hickory_resolver::system_conf::parse_resolv_conf;
use std::net::IpAddr;
use std::path::Path;
use std::pin::pin;
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout, timeout_at};

/// The file has a few lines.
const LONGEST: usize = 64 * 1024;

/// How long the addresses of one family are waited for when those of the other are there: some servers never respond to
/// questions for IPv6.
const OTHER_FAMILY: Duration = Duration::from_millis(250);

/// A server that has not answered for so long is not waited for alone.
const PATIENCE: Duration = Duration::from_secs(1);

/// No more servers are asked (resolv.conf(5): MAXNS).
const MAX_SERVERS: usize = 3;

/// No server is asked more often (resolv.conf(5): RES_MAXRETRY).
const MAX_TRIES: usize = 5;

/// No single try takes less.
const SHORTEST_TRY: Duration = Duration::from_millis(100);

type Found = Result<Vec<IpAddr>, NetError>;

/// The addresses that DNS has for a name, those of IPv6 first.
pub(super) async fn lookup(
    files: &NameFiles,
    name: &str,
    until: Instant,
) -> Result<Vec<IpAddr>, ResolveError> {
    let begun = Instant::now();
    let (config, options) = read(files, until.saturating_duration_since(begun))?;
    let servers: Vec<String> = config
        .name_servers
        .iter()
        .map(|server| server.ip.to_string())
        .collect();
    let failed = |error: &NetError| failure(error, &servers.join(", "), begun);
    let names = candidates(name, &config, options.ndots);
    if names.is_empty() {
        return Err(ResolveError::new(
            NameFailure::NotFound,
            "it is not a host name",
        ));
    }
    let resolvers = each_server(config, &options).map_err(|error| failed(&error))?;
    let asking = in_turn(resolvers, &names);
    let found = timeout_at(until.into(), asking).await;
    found
        .unwrap_or(Err(NetError::Timeout))
        .map_err(|error| failed(&error))
}

/// A resolver for each server: a pool of them would take the first refusal for the answer of all.
fn each_server(
    config: ResolverConfig,
    options: &ResolverOpts,
) -> Result<Vec<TokioResolver>, NetError> {
    let of_server = |server| {
        let config = ResolverConfig::from_name_servers(vec![server]);
        TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            .with_options(options.clone())
            .build()
    };
    config
        .name_servers
        .into_iter()
        .take(MAX_SERVERS)
        .map(of_server)
        .collect()
}

/// Asks one server after the other, as resolv.conf(5) orders them: the next one where one fails, or keeps silent for a while. The
/// first answer counts, and that there is no such name is one.
async fn in_turn(resolvers: Vec<TokioResolver>, names: &[Name]) -> Found {
    let mut next = resolvers.into_iter();
    let mut asked = FuturesUnordered::new();
    let mut failed = NetError::NoConnections;
    loop {
        match next.next() {
            Some(resolver) => asked.push(one_server(resolver, names)),
            None if asked.is_empty() => return Err(failed),
            None => {}
        }
        let is_last = next.len() == 0;
        tokio::select! {
            Some(result) = asked.next() => match result {
                Err(error) if !error.is_no_records_found() => failed = error,
                answer => return answer,
            },
            () = sleep(PATIENCE), if !is_last => {}
        }
    }
}

/// Asks one server for one name after the other, until one of them has an address.
async fn one_server(resolver: TokioResolver, names: &[Name]) -> Found {
    let mut failed: Option<NetError> = None;
    for name in names {
        match both(&resolver, name).await {
            Ok(found) if !found.is_empty() => return Ok(found),
            Ok(_) => {}
            Err(NetError::Timeout) => return Err(NetError::Timeout),
            Err(error) => {
                failed = Some(match failed {
                    Some(known) if !known.is_nx_domain() => known,
                    _ => error,
                });
            }
        }
    }
    failed.map_or(Ok(Vec::new()), Err)
}

/// The names to ask for, in their order: as it is, and with each domain of the search list behind it (resolv.conf(5)).
fn candidates(name: &str, config: &ResolverConfig, ndots: usize) -> Vec<Name> {
    // Underscores and what else a URL allows.
    let parsed = |name: &str| Name::from_str_relaxed(name).ok();
    let Some(mut whole) = parsed(name) else {
        return Vec::new();
    };
    if whole.is_fqdn() {
        return vec![whole];
    }
    let list = match config.search.as_slice() {
        // The domain of the host counts only where no list is given.
        [] => config.domain.as_slice(),
        list => list,
    };
    let longer = list
        .iter()
        .filter_map(|domain| whole.clone().append_domain(domain).ok());
    let mut names: Vec<Name> = longer.collect();
    whole.set_fqdn(true);
    let place = if name.matches('.').count() >= ndots {
        0
    } else {
        names.len()
    };
    names.insert(place, whole);
    names
}

/// Asks for both families at once.
async fn both(resolver: &TokioResolver, name: &Name) -> Found {
    let mut v6 = pin!(one(resolver, name, RecordType::AAAA));
    let mut v4 = pin!(one(resolver, name, RecordType::A));
    let (first, other, v6_is_first) = tokio::select! {
        first = v6.as_mut() => {
            let other = rest(&first, v4).await;
            (first, other, true)
        }
        first = v4.as_mut() => {
            let other = rest(&first, v6).await;
            (first, other, false)
        }
    };
    match (first, other) {
        (Ok(v6), Ok(v4)) if v6_is_first => Ok([v6, v4].concat()),
        (Ok(v4), Ok(v6)) => Ok([v6, v4].concat()),
        (Ok(found), Err(_)) | (Err(_), Ok(found)) => Ok(found),
        // A server that says that there is no such name has answered.
        (Err(first), Err(other)) => Err(if other.is_no_records_found() {
            other
        } else {
            first
        }),
    }
}

/// The addresses of the other family: not waited for once there are some.
async fn rest(first: &Found, other: impl Future<Output = Found>) -> Found {
    let has_some = first.as_ref().is_ok_and(|found| !found.is_empty());
    if !has_some {
        return other.await;
    }
    timeout(OTHER_FAMILY, other)
        .await
        .unwrap_or(Err(NetError::Timeout))
}

async fn one(resolver: &TokioResolver, name: &Name, kind: RecordType) -> Found {
    let found = resolver.lookup(name.clone(), kind).await?;
    let addresses = found.answers().iter();
    Ok(addresses
        .filter_map(|record| record.data.ip_addr())
        .collect())
}

/// Servers, search list and options; every try fits into the time that is left.
fn read(files: &NameFiles, left: Duration) -> Result<(ResolverConfig, ResolverOpts), ResolveError> {
    let none = |why: String| ResolveError::new(NameFailure::NoServers, why);
    let path = files.resolv_conf.as_path();
    let content =
        jeton_files::read(path, LONGEST).map_err(|error| none(unreadable(path, &error)))?;
    // Its only failures are a file without servers, and a search list that is malformed.
    let (mut config, mut options) = parse_resolv_conf(&content.bytes)
        .map_err(|_| none(format!("{} has no DNS server", path.display())))?;
    for server in &mut config.name_servers {
        for connection in &mut server.connections {
            connection.port = files.dns_port;
        }
    }
    options.edns0 = true;
    options.use_hosts_file = ResolveHosts::Never;
    options.attempts = options.attempts.clamp(1, MAX_TRIES);
    let tries = u32::try_from(options.attempts).unwrap_or(1);
    options.timeout = options.timeout.min(left / tries).max(SHORTEST_TRY);
    Ok((config, options))
}

fn unreadable(path: &Path, error: &jeton_files::FileError) -> String {
    let path = path.display();
    if error.is_not_found() {
        format!("{path} is missing, so no DNS server is known")
    } else {
        format!("{path} cannot be read ({error}), so no DNS server is known")
    }
}

fn failure(error: &NetError, servers: &str, begun: Instant) -> ResolveError {
    let seconds = begun.elapsed().as_secs_f64();
    match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NXDomain => {
                ResolveError::new(NameFailure::NotFound, "there is no such name in DNS")
            }
            _ => ResolveError::new(NameFailure::NoAddress, "the name has no address in DNS"),
        },
        NetError::Dns(DnsError::ResponseCode(code)) => ResolveError::new(
            NameFailure::ServerFailed,
            format!("the DNS server failed ({code}; {servers})"),
        ),
        NetError::Timeout | NetError::NoConnections | NetError::Busy => ResolveError::new(
            NameFailure::Silent,
            format!("no DNS server answered within {seconds:.0} s ({servers})"),
        ),
        NetError::Io(cause) => ResolveError::new(
            NameFailure::Silent,
            format!("no DNS server can be reached ({servers}: {cause})"),
        ),
        other => ResolveError::new(
            NameFailure::ServerFailed,
            format!("the answer of the DNS server cannot be used ({servers}: {other})"),
        ),
    }
}
