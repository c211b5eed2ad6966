//! The user's home: `HOME`, else the entry of the user in the password file.

use crate::env;
use crate::environment::Environment;
use std::path::PathBuf;

/// The user's home; `None` where neither is there, as in a container that runs as a number without a name.
///
/// A relative `HOME` would mean another folder wherever the command is run, so it counts as none.
pub(crate) fn home(environment: &Environment) -> Option<PathBuf> {
    let named = environment.path(env::HOME).map(|found| found.value);
    named
        .filter(|path| path.is_absolute())
        .or_else(of_password_file)
        .or_else(|| directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf()))
        .filter(|path| path.is_absolute())
}

/// Read here: a static program cannot load the modules by which the C library would look it up.
#[cfg(target_os = "linux")]
fn of_password_file() -> Option<PathBuf> {
    const LIMIT: usize = 16 * 1024 * 1024;
    let content = jeton_files::read(std::path::Path::new("/etc/passwd"), LIMIT).ok()?;
    of_entry(&content.bytes, jeton_files::user_id())
}

#[cfg(not(target_os = "linux"))]
const fn of_password_file() -> Option<PathBuf> {
    None
}

/// The sixth field of the entry with this number (`passwd(5)`).
#[cfg(target_os = "linux")]
fn of_entry(file: &[u8], user: u32) -> Option<PathBuf> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let number = user.to_string();
    let entries = file.split(|byte| *byte == b'\n');
    let mut homes = entries.filter_map(|line| {
        let mut fields = line.split(|byte| *byte == b':');
        let is_ours = fields.nth(2)? == number.as_bytes();
        let home = fields.nth(2)?;
        is_ours.then(|| PathBuf::from(OsStr::from_bytes(home)))
    });
    homes.next().filter(|home| home.is_absolute())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::of_entry;
    use std::path::PathBuf;

    #[test]
    fn the_sixth_field_of_the_entry_with_the_number() {
        let file = b"root:x:0:0:root:/root:/bin/sh\n\nbroken:x:7\nci:x:1001:1001::/home/ci:/bin/sh\nodd:x:5:5:::\n";
        assert_eq!(of_entry(file, 0), Some(PathBuf::from("/root")));
        assert_eq!(of_entry(file, 1001), Some(PathBuf::from("/home/ci")));
        for missing in [7, 5, 1, 100] {
            assert_eq!(of_entry(file, missing), None);
        }
    }
}
