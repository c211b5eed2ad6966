//! The hosts file (hosts(5)): an address and its names in each line.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::IpAddr;
use std::path::Path;

/// No more of the file is read. Lists of blocked hosts have some megabytes.
const LONGEST: u64 = 64 << 20;

/// The addresses that the file has for a name, in its order. A file that cannot be read has none.
pub(super) fn lookup(path: &Path, name: &str) -> Vec<IpAddr> {
    let Ok(file) = File::open(path) else {
        return Vec::new();
    };
    let name = name.trim_end_matches('.');
    let mut reader = BufReader::new(file.take(LONGEST));
    let (mut line, mut found) = (Vec::new(), Vec::new());
    // Bytes, not text: one line that is not UTF-8 does not hide the others.
    while reader
        .read_until(b'\n', &mut line)
        .is_ok_and(|read| read > 0)
    {
        found.extend(address_for(&String::from_utf8_lossy(&line), name));
        line.clear();
    }
    found
}

fn address_for(line: &str, name: &str) -> Option<IpAddr> {
    let entry = line.split('#').next()?;
    let mut words = entry.split_whitespace();
    let address = words.next()?;
    let listed = words.any(|word| word.trim_end_matches('.').eq_ignore_ascii_case(name));
    // A zone (fe80::1%eth0) cannot be kept in an address.
    listed.then(|| address.parse().ok()).flatten()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::lookup;
    use std::path::Path;

    #[test]
    fn names_and_aliases_in_any_case() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hosts");
        let lines = b"# 10.0.0.9 as.example\n10.0.0.1\tAS.example as # of the lab\n\xff\xfe\n::1 other\nnonsense as.example\n\n2001:db8::1 as.example.";
        std::fs::write(&path, lines).unwrap();
        let found = |name: &str| {
            let found = lookup(&path, name).into_iter();
            found.map(|ip| ip.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(found("as.example"), ["10.0.0.1", "2001:db8::1"]);
        assert_eq!(found("As.Example."), ["10.0.0.1", "2001:db8::1"]);
        assert_eq!(found("as"), ["10.0.0.1"]);
        assert_eq!(found("of"), [""; 0]);
        assert_eq!(found("10.0.0.1"), [""; 0]);
        assert!(lookup(Path::new("/no/such/file"), "as").is_empty());
    }
}
