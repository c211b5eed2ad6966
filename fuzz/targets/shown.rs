//! Foreign text on its way to a terminal: nothing harmful is left, and JSON stays the same document.
#![no_main]

use jeton_inspect::clean;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|text: &str| {
    let cleaned = clean::clean(text);
    assert!(!cleaned.contains(clean::is_harmful), "{cleaned:?}");
    assert_eq!(clean::clean(&cleaned), cleaned);
    assert!(!holds_a_command(&cleaned), "{cleaned:?}");
    let bounded = clean::clean_bounded(text, 20);
    assert!(!bounded.contains(clean::is_harmful), "{bounded:?}");
    assert!(bounded.chars().count() <= 21, "{bounded:?}");
    // Any text is a JSON string; and what is JSON stays what it says.
    let quoted = serde_json::to_string(text).expect("a string");
    for json in [quoted.as_str(), text] {
        if let Ok(value) = serde_json::from_str::<Value>(json) {
            let escaped = clean::escape_json(json);
            let left = |c: char| clean::is_harmful(c) && !matches!(c, '\n' | '\r' | '\t');
            assert!(!escaped.contains(left), "{escaped:?}");
            assert!(!holds_a_command(&escaped), "{escaped:?}");
            assert_eq!(
                serde_json::from_str::<Value>(&escaped).expect("still JSON"),
                value
            );
        }
    }
});

/// What a CI runner executes anywhere in a line.
fn holds_a_command(text: &str) -> bool {
    ["##[", "##vso["].iter().any(|start| text.contains(start))
}
