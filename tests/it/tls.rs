//! Certificates are always checked: a CA of one's own is named, and nothing turns the check off.

use crate::support::tls::Flaw;
use crate::support::world::World;

#[test]
fn a_ca_of_ones_own_is_trusted_where_it_is_named() {
    let world = World::over_tls(Flaw::None);
    let ca = world.env.text("home/ca.pem");
    world
        .cmd(&["token", "get", "--ca-file", &ca])
        .run()
        .success();
    let variable = world
        .cmd(&["token", "get", "--fresh"])
        .env("SSL_CERT_FILE", &ca);
    variable.run().success();
    assert_eq!(world.token_requests(), 2);
}

#[test]
fn an_unknown_ca_is_exit_6_and_sees_no_secret() {
    let world = World::over_tls(Flaw::None);
    let run = world.cmd(&["token", "get"]).run().expect(6);
    run.says("certificate").says("--ca-file");
    assert_eq!(world.token_requests(), 0);
}

#[test]
fn another_name_and_an_ended_certificate_are_exit_6_even_by_a_known_ca() {
    for flaw in [Flaw::OtherName, Flaw::Expired] {
        let world = World::over_tls(flaw);
        let ca = world.env.text("home/ca.pem");
        let run = world
            .cmd(&["token", "get", "--ca-file", &ca])
            .run()
            .expect(6);
        run.says("certificate");
        assert_eq!(world.token_requests(), 0, "{flaw:?}");
    }
}

#[test]
fn there_is_no_switch_that_turns_the_check_off() {
    let world = World::over_tls(Flaw::None);
    for flag in ["--insecure", "-k", "--tls-insecure"] {
        world.cmd(&["token", "get", flag]).run().expect(2);
    }
}

#[test]
fn a_ca_file_that_is_none_is_exit_3() {
    let world = World::over_tls(Flaw::None);
    let missing = world
        .cmd(&["token", "get", "--ca-file", "no-such.pem"])
        .run();
    missing.expect(3).says("no-such.pem");
    world.env.write("work/empty.pem", 0o600, "nothing here\n");
    let empty = world.cmd(&["token", "get", "--ca-file", "empty.pem"]).run();
    empty.expect(3).says("empty.pem");
    assert_eq!(world.token_requests(), 0);
}
