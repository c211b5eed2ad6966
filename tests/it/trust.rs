//! Client 13: a file that decides where credentials are sent is used only if it belongs to us or root and not everybody may write it.

use crate::support::TestEnv;
use crate::support::tls::Flaw;
use crate::support::world::World;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::Path;

const STRANGER: u32 = 12_345;

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Gives the file to somebody else; only root can.
fn given_away(path: &Path) -> bool {
    let given = chown(path, Some(STRANGER), Some(STRANGER)).is_ok();
    if !given {
        crate::support::wanted("JETON_REQUIRE_ROOT", "only root can give a file away");
    }
    given
}

#[test]
fn client_13_a_configuration_that_everybody_may_write_is_refused() {
    let world = World::new();
    let path = world.env.path("home/.config/jeton/config.toml");
    for mode in [0o602, 0o646, 0o666, 0o777] {
        set_mode(&path, mode);
        let run = world.cmd(&["token", "get"]).run().expect(3);
        run.says("its issuer decides where credentials are sent")
            .says(&format!("can be changed by every user (mode {mode:04o})"))
            .says(&format!("chmod go-w {}", path.display()));
        world.cmd(&["config", "check"]).run().expect(3);
        world.cmd(&["config", "show"]).run().expect(3);
        world.cmd(&["auth", "status"]).run().expect(3);
    }
    assert_eq!(world.front.count(""), 0);
    set_mode(&path, 0o644);
    world
        .cmd(&["token", "get"])
        .run()
        .success()
        .says_nothing_of("can change");
}

#[test]
fn client_13_a_configuration_that_its_group_may_write_is_warned_of() {
    let world = World::new();
    let path = world.env.path("home/.config/jeton/config.toml");
    set_mode(&path, 0o664);
    let run = world.cmd(&["token", "get"]).run().success();
    run.says("its group can change it (mode 664)")
        .says(&format!("chmod g-w {}", path.display()));
}

#[test]
fn client_13_a_configuration_of_another_user_is_refused() {
    let world = World::new();
    let path = world.env.path("home/.config/jeton/config.toml");
    if !given_away(&path) {
        return;
    }
    for mode in [0o644, 0o600, 0o400] {
        set_mode(&path, mode);
        let run = world.cmd(&["token", "get"]).run().expect(3);
        run.says("belongs to another user (uid 12345)")
            .says(&format!("chown root {}", path.display()));
    }
}

#[test]
fn client_13_what_counts_is_the_file_that_a_link_leads_to() {
    let world = World::new();
    let path = world.env.path("home/.config/jeton/config.toml");
    let target = world.env.path("work/target.toml");
    fs::rename(&path, &target).unwrap();
    symlink(&target, &path).unwrap();
    world.cmd(&["token", "get"]).run().success();
    set_mode(&target, 0o606);
    world
        .cmd(&["token", "get"])
        .run()
        .expect(3)
        .says("mode 0606");
}

/// A command runs, so it counts alone; what only asks for other scopes does not.
#[test]
fn client_13_only_what_decides_something_is_refused() {
    let env = TestEnv::new();
    let marker = env.text("work/ran");
    let path = env.config(&format!(
        "[profiles.p]\nclient_id = 'c'\nclient_secret = {{ command = ['touch', '{marker}'] }}\n"
    ));
    set_mode(&path, 0o666);
    let run = env.cmd(&["token", "get"]).run().expect(3);
    run.says("its command decides which program runs");
    assert!(!Path::new(&marker).exists());
    let path = env.config("[profiles.p]\nclient_id = 'c'\nscopes = ['a']\n");
    set_mode(&path, 0o666);
    env.cmd(&["config", "show"]).run().success();
}

#[test]
fn client_13_an_env_file_follows_the_same_rule() {
    let env = TestEnv::new();
    let line = "OIDC_ISSUER=https://auth.example.com\nCC_CLIENT_ID=c\n";
    let path = env.write("work/deploy.env", 0o666, line);
    let show = || {
        env.cmd(&["config", "show", "--env-file", "deploy.env"])
            .run()
    };
    show()
        .expect(3)
        .says("its OIDC_ISSUER decides")
        .says("mode 0666");
    set_mode(&path, 0o664);
    show().success().says("its group can change it");
    set_mode(&path, 0o644);
    show().success().says_nothing_of("warning");
    if given_away(&path) {
        show().expect(3).says("another user (uid 12345)");
    }
    let harmless = env.write("work/deploy.env", 0o666, "CC_SCOPES=a\nCC_CLIENT_ID=c\n");
    set_mode(&harmless, 0o666);
    show().success();
}

#[test]
fn client_13_an_env_file_that_leads_to_another_configuration_follows_it_too() {
    let env = TestEnv::new();
    let marker = env.text("work/ran");
    let hostile = env.write(
        "work/hostile.toml",
        0o666,
        &format!(
            "[profiles.p]\nissuer = 'https://a.example'\nclient_id = 'c'\nclient_secret = {{ command = ['touch', '{marker}'] }}\n"
        ),
    );
    let line = format!("JETON_CONFIG={}\n", hostile.display());
    let path = env.write("work/.env", 0o644, &line);
    let get = || env.cmd(&["token", "get", "--env-file", ".env"]).run();
    get().expect(3).says("hostile.toml");
    set_mode(&hostile, 0o600);
    set_mode(&path, 0o666);
    get()
        .expect(3)
        .says("its JETON_CONFIG decides which configuration is used");
    assert!(!Path::new(&marker).exists());
}

#[test]
fn client_13_an_env_file_with_a_secret_that_others_can_read_is_warned_of() {
    let world = World::new();
    let secret = world.secret("basic");
    world.env.holds_secret("work/secret.env");
    let path = world.env.write(
        "work/secret.env",
        0o644,
        &format!("CC_CLIENT_SECRET={secret}\n"),
    );
    let get = || {
        world
            .cmd(&["token", "get", "--env-file", "secret.env"])
            .run()
    };
    get()
        .success()
        .says("it has CC_CLIENT_SECRET and is readable by others (mode 644)")
        .says("chmod 600 secret.env");
    set_mode(&path, 0o600);
    get().success().says_nothing_of("readable by others");
}

/// The variable that a reference names counts like `CC_CLIENT_SECRET`.
#[test]
fn client_13_the_secret_of_a_reference_counts_too() {
    let env = TestEnv::new();
    let secret = "jts_in-a-file-that-others-read";
    env.canaries.secret("secret of a reference", secret);
    env.holds_secret("work/secret.env");
    env.config("[profiles.p]\nclient_id = 'c'\nclient_secret.env = 'BILLING'\n");
    env.write("work/secret.env", 0o640, &format!("BILLING={secret}\n"));
    let run = env.cmd(&["config", "show", "--env-file", "secret.env"]);
    run.run().success().says("it has BILLING");
}

#[test]
fn client_13_a_ca_file_follows_the_same_rule() {
    let world = World::over_tls(Flaw::None);
    let ca = world.env.path("home/ca.pem");
    let get = |args: &[&str]| {
        let all = [&["token", "get", "--ca-file", ca.to_str().unwrap()], args].concat();
        world.cmd(&all).run()
    };
    get(&[]).success().says_nothing_of("CA file");
    set_mode(&ca, 0o666);
    get(&["--fresh"])
        .expect(3)
        .says("is not used: it can be changed by every user (mode 0666)")
        .says("chmod go-w");
    set_mode(&ca, 0o664);
    get(&["--fresh"])
        .success()
        .says("can be changed by its group (mode 664)");
    if given_away(&ca) {
        set_mode(&ca, 0o644);
        get(&["--fresh"])
            .expect(3)
            .says("belongs to another user (uid 12345)");
        let toml = world.profile("basic", &format!("ca_file = {ca:?}"));
        world.env.config(&toml);
        let check = world.cmd(&["config", "check"]).run().expect(3);
        check.says("the CA file").says("uid 12345");
    }
}
