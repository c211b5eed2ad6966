//! On a terminal: colour, emoji and a mask, and the clipboard where it is asked for.

use crate::support::canary::Kind;
use crate::support::world::World;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

#[test]
fn a_token_is_masked_and_coloured() {
    let world = World::new();
    let screen = world.cmd(&["token", "get"]).run_on_terminal();
    assert!(
        screen.contains("billing") && screen.contains("🤝"),
        "{screen}"
    );
    assert!(screen.contains('\u{1b}'), "{screen}");
    let leak = world
        .env
        .canaries
        .find(screen.as_bytes(), &[Kind::Token, Kind::Secret]);
    assert_eq!(leak, None, "{screen}");
}

#[test]
fn no_color_is_honoured() {
    let world = World::new();
    let screen = world
        .cmd(&["token", "get"])
        .env("NO_COLOR", "1")
        .run_on_terminal();
    assert!(
        screen.contains("billing") && !screen.contains("\u{1b}[3"),
        "{screen}"
    );
}

#[test]
fn copy_puts_the_token_on_the_clipboard_and_shows_the_mask() {
    let world = World::new();
    let token = world.raw_token();
    let screen = world.cmd(&["token", "get", "--copy"]).run_on_terminal();
    let sequence = format!("\u{1b}]52;c;{}", STANDARD.encode(&token));
    assert!(screen.contains(&sequence), "{screen}");
    assert!(!screen.contains(&token), "{screen}");
}

#[test]
fn export_on_a_terminal_is_masked_unless_revealed() {
    let world = World::new();
    let token = world.raw_token();
    let screen = world.cmd(&["export", "env"]).run_on_terminal();
    assert!(
        screen.contains("ACCESS_TOKEN") && !screen.contains(&token),
        "{screen}"
    );
    let screen = world.cmd(&["export", "env", "--reveal"]).run_on_terminal();
    assert!(screen.contains(&token), "{screen}");
}

/// No line is longer than the terminal, and what names a file stays.
#[test]
fn the_status_fits_into_every_terminal() {
    let world = World::new();
    for width in [40, 60, 80, 120, 200] {
        let screen = world
            .cmd(&["auth", "status"])
            .env("COLUMNS", &width.to_string())
            .env("NO_COLOR", "1")
            .run_on_terminal();
        for line in screen.lines() {
            let length = line.trim_end().chars().count();
            assert!(length <= width, "{width}: {line}\n{screen}");
        }
        for words in ["billing", "secret (config.toml:", "client_secret_"] {
            assert!(screen.contains(words) || width < 60, "{width}\n{screen}");
        }
    }
}

/// On a terminal of 80 columns no line of the log wraps; `-v` shows it whole, and so does a pipe.
#[test]
fn lines_of_the_log_are_cut_to_the_terminal() {
    let world = World::new();
    let narrow = |line: &[&str]| {
        let run = world.cmd(line).env("COLUMNS", "80").env("NO_COLOR", "1");
        run.run_on_terminal().replace('\r', "")
    };
    let lines = |screen: &str| {
        let lines = screen.lines().filter(|line| line.contains("[INFO]"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let cut = lines(&narrow(&["token", "get", "--fresh"]));
    assert!(
        cut.len() >= 3 && cut.iter().any(|line| line.ends_with('…')),
        "{cut:?}"
    );
    assert!(cut.iter().all(|line| line.chars().count() <= 80), "{cut:?}");
    let whole = lines(&narrow(&["token", "get", "--fresh", "-v"]));
    assert!(
        whole.iter().any(|line| line.ends_with("source=file")),
        "{whole:?}"
    );
    let piped = world
        .cmd(&["token", "get", "--fresh"])
        .env("COLUMNS", "40")
        .run();
    piped
        .success()
        .says("auth_method=client_secret_basic source=file");
}
