//! `.env` files: what is written is read back, and a merge changes nothing but its own variable.
#![no_main]

use jeton_profile::dotenv::{Line, line, merge, parse};
use libfuzzer_sys::fuzz_target;

const NAME: &str = "ACCESS_TOKEN";

fuzz_target!(|text: &str| {
    // No variable can hold the byte that separates them.
    let (existing, value) = text.split_once('\0').unwrap_or((text, "a'b\"c\\$`\n"));
    if value.contains('\0') {
        return;
    }
    let text = line(NAME, value);
    let written = parse(&text).expect("what is written is read");
    assert_eq!(written[NAME].value.as_str(), value);

    let own = [Line { name: NAME, text }];
    let merged = merge(existing, &own);
    let again = merge(&merged, &own);
    // A file that the reader refuses is changed by lines, and may be refused still.
    if let Ok(before) = parse(existing) {
        let after = parse(&merged).expect("a file that was read before");
        assert_eq!(after[NAME].value.as_str(), value);
        for (name, assignment) in before.iter().filter(|(name, _)| *name != NAME) {
            assert_eq!(after[name].value, assignment.value, "{name}");
        }
        assert!(after.len() <= before.len() + 1);
        assert_eq!(*again, *merged, "a second merge changes nothing");
    }
});
