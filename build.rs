//! Links what comes before main, so that a closed standard output is recognised (src/closed_stdout.c).
//!
//! Links the unwinder of GCC into the program, where Rust would load it as a shared library: a process starts in a tenth less
//! time without it (bench/PROFILE.md). Where the compiler's copy is not found, the shared one is used as ever.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CC");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    let native = std::env::var("HOST").ok() == std::env::var("TARGET").ok();
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    if native && is("CARGO_CFG_TARGET_FAMILY", "unix") {
        keep_closed_stdout(&compiler);
    }
    if !native || !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    let Ok(answer) = Command::new(compiler)
        .arg("-print-file-name=libgcc_eh.a")
        .output()
    else {
        return;
    };
    let path = String::from_utf8_lossy(&answer.stdout);
    let path = Path::new(path.trim());
    // A compiler that does not know the file answers with its bare name.
    if let Some(folder) = path
        .parent()
        .filter(|_| path.is_absolute() && path.exists())
    {
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}

/// Compiles and links `closed_stdout.c`; without a compiler a closed standard output is taken for `/dev/null`.
fn keep_closed_stdout(compiler: &str) {
    const SOURCE: &str = "src/closed_stdout.c";
    println!("cargo::rerun-if-changed={SOURCE}");
    let Ok(folder) = std::env::var("OUT_DIR") else {
        return;
    };
    let object = Path::new(&folder).join("closed_stdout.o");
    let compiled = Command::new(compiler)
        .args(["-c", "-O2", "-fPIC", SOURCE, "-o"])
        .arg(&object)
        .status();
    if compiled.is_ok_and(|status| status.success()) {
        println!("cargo::rustc-link-arg-bins={}", object.display());
    }
}
