//! End to end: the real binary against the real server. One file a command; what they stand on is in `support/`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod auth_login;
mod auth_status;
mod bad_input;
mod cache;
mod ci_commands;
mod completion_shells;
mod completions_man;
mod concurrency;
mod config;
mod deadlines;
mod discovery;
mod doctor;
mod doctor_mtls;
mod doctor_server;
mod doctor_way;
mod documents;
mod embedded;
mod export_env;
mod faults;
mod harness;
#[cfg(target_os = "linux")]
mod homeless;
mod interop;
mod jwks_test;
mod jwks_test_faults;
mod jwks_test_nginx;
mod keyring;
mod loopback;
mod mtls;
mod mtls_credential;
mod mtls_probe;
mod mtls_probe_client;
mod mtls_probe_nginx;
mod mtls_probe_server;
mod network_errors;
mod network_flags;
mod redaction;
mod serve;
mod support;
#[cfg(target_os = "linux")]
mod terminal;
mod tls;
mod token_bare;
mod token_decode;
mod token_get;
mod token_get_credentials;
mod token_get_fields;
mod token_get_granted;
mod token_get_outputs;
mod token_get_settings;
mod token_introspect;
mod token_verify;
mod tour;
mod trust;
mod trust_programs;
