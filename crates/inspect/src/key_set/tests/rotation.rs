//! Changes of a set, and whom they break.

use super::*;
use crate::key_set::rotation::{Change, Seen, Watch, compare, seen};

fn of(keys: &[Value]) -> Vec<Seen> {
    seen(&validated(keys))
}

fn words(changes: &[Change]) -> Vec<String> {
    let word = |change: &Change| match change {
        Change::Added { key } => format!("+{}", key.name()),
        Change::Removed { key } => format!("-{}", key.name()),
        Change::Replaced { key, .. } => format!("!{}", key.name()),
        Change::Relabelled { before, key } => format!("{}>{}", before.name(), key.name()),
    };
    changes.iter().map(word).collect()
}

#[test]
fn added_removed_replaced_relabelled() {
    let keys: Vec<Value> = ["a", "b", "c", "d"]
        .into_iter()
        .map(|kid| good(Algorithm::ES256, kid))
        .collect();
    let before = of(&keys[..3]);
    let reordered = of(&[keys[2].clone(), keys[0].clone(), keys[1].clone()]);
    assert_eq!(words(&compare(&before, &reordered)), Vec::<String>::new());
    let after = of(&[
        good(Algorithm::ES256, "a"),
        with(&keys[1], &json!({ "kid": "bb" })),
        keys[3].clone(),
    ]);
    let expected = ["!\"a\"", "\"b\">\"bb\"", "+\"d\"", "-\"c\""];
    assert_eq!(words(&compare(&before, &after)), expected);
}

#[test]
fn a_rotation_with_overlap_hurts_nobody() {
    let (old, new) = (good(Algorithm::ES256, "old"), good(Algorithm::ES256, "new"));
    let mut watch = Watch::new(of(std::slice::from_ref(&old)));
    let added = watch.observe(1_000, of(&[old, new.clone()]), 600);
    assert_eq!(added.len(), 1);
    assert_eq!(added[0].breaks, None);
    let removed = watch.observe(1_600, of(&[new]), 600);
    assert!(matches!(removed[0].change, Change::Removed { .. }));
    assert_eq!(removed[0].breaks, None);
}

#[test]
fn rotations_that_hurt() {
    let (old, new) = (good(Algorithm::ES256, "old"), good(Algorithm::ES256, "new"));
    let breaks = |steps: &[(i64, &[&Value])]| {
        let mut watch = Watch::new(of(std::slice::from_ref(&old)));
        let mut all = Vec::new();
        for (now, keys) in steps {
            let keys: Vec<Value> = keys.iter().map(|key| (*key).clone()).collect();
            all.extend(
                watch
                    .observe(*now, of(&keys), 600)
                    .into_iter()
                    .filter_map(|event| event.breaks),
            );
        }
        all.join("; ")
    };
    assert!(breaks(&[(1_000, &[&new])]).contains("0s ago"));
    assert!(breaks(&[(1_000, &[&old, &new]), (1_599, &[&new])]).contains("599s ago"));
    assert!(breaks(&[(1_000, &[])]).contains("no key for signatures"));
    assert!(breaks(&[(1_000, &[&old, &new]), (1_300, &[&old])]).contains("for only 300s"));
    let replaced = good(Algorithm::ES256, "old");
    assert!(breaks(&[(1_000, &[&replaced])]).contains("same kid"));
    let renamed = with(&old, &json!({ "kid": "renamed" }));
    assert!(breaks(&[(1_000, &[&renamed])]).contains("another kid"));
    assert_eq!(
        breaks(&[(1_000, &[&old, &new]), (1_600, &[&new]), (1_700, &[&new])]),
        ""
    );
}
