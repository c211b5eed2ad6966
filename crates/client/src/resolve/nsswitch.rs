//! Which sources of names nsswitch.conf(5) lists.

use std::path::Path;

/// The file has a few lines.
const LONGEST: usize = 64 * 1024;

/// What this library reads itself.
const OWN: [&str; 2] = ["files", "dns"];

/// Whether the line `hosts:` names sources beside the hosts file and DNS, such as `mdns4_minimal`, `sss`, `myhostname`, `resolve`
/// or `ldap`. Where there is no such file, there are none.
pub(super) fn has_further_sources(path: &Path) -> bool {
    let Ok(content) = jeton_files::read(path, LONGEST) else {
        return false;
    };
    let text = String::from_utf8_lossy(&content.bytes);
    text.lines().any(names_further_sources)
}

fn names_further_sources(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default();
    let Some((database, sources)) = line.split_once(':') else {
        return false;
    };
    // What stands in brackets says what to do after a source: [!UNAVAIL=return], [NOTFOUND=return SUCCESS=continue].
    let mut depth = 0_u32;
    let sources: String = sources
        .chars()
        .filter_map(|letter| match letter {
            '[' => {
                depth += 1;
                Some(' ')
            }
            ']' => {
                depth = depth.saturating_sub(1);
                Some(' ')
            }
            _ => (depth == 0).then_some(letter),
        })
        .collect();
    let mut sources = sources.split_whitespace();
    database.trim() == "hosts" && sources.any(|source| !OWN.contains(&source))
}

#[cfg(test)]
mod tests {
    use super::names_further_sources;

    #[test]
    fn sources_beside_files_and_dns() {
        for line in [
            "hosts: files dns myhostname",
            "hosts:\tfiles mdns4_minimal [NOTFOUND=return] dns",
            "hosts: mymachines resolve [!UNAVAIL=return] files dns",
            "  hosts : files [NOTFOUND=return SUCCESS=continue] sss # of the domain",
        ] {
            assert!(names_further_sources(line), "{line}");
        }
        for line in [
            "hosts: files dns",
            "hosts: files [NOTFOUND=continue UNAVAIL=return] dns [!UNAVAIL=return]",
            "hosts: dns # mdns",
            "# hosts: files mdns",
            "passwd: files systemd",
            "hosts:",
            "",
        ] {
            assert!(!names_further_sources(line), "{line}");
        }
    }
}
