//! JSON as text: the members of an object in their order, each value as it was written.
//!
//! A reader that goes through numbers and maps loses digits, order and repeated names, which are just what one wants
//! to see here. The text is known to be valid JSON (see [`Part`](super::Part)), so this pass only finds where things end.

use std::collections::BTreeSet;

/// A member of an object.
#[derive(Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// The name with its escapes undone.
    pub name: String,
    /// The value as it was written.
    pub value: &'a str,
}

/// The members of an object, in order. `object` is valid JSON and an object.
#[must_use]
pub fn members(object: &str) -> Vec<Member<'_>> {
    let mut members = Vec::new();
    let mut names = None;
    for text in values(object) {
        match names.take() {
            None => names = Some(string(text).unwrap_or_else(|| text.to_owned())),
            Some(name) => members.push(Member { name, value: text }),
        }
    }
    members
}

/// The elements of an array, in order. `array` is valid JSON and an array.
#[must_use]
pub fn elements(array: &str) -> Vec<&str> {
    values(array).collect()
}

/// The text of a string, escapes undone; nothing for any other value.
#[must_use]
pub fn string(value: &str) -> Option<String> {
    serde_json::from_str(value).ok()
}

/// The strings of an array of strings, or the one string itself.
#[must_use]
pub fn strings(value: &str) -> Option<Vec<String>> {
    serde_json::from_str(value)
        .ok()
        .or_else(|| string(value).map(|one| vec![one]))
}

/// Names that occur more than once in one object, at any depth, as paths: `cnf.jkt`.
#[must_use]
pub fn repeated(members: &[Member<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    look_among(members, "", &mut found);
    found
}

fn look_among(members: &[Member<'_>], above: &str, found: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for member in members {
        let again = !seen.insert(member.name.as_str());
        if !again && !member.value.starts_with(['{', '[']) {
            continue;
        }
        let path = match above {
            "" => member.name.clone(),
            _ => format!("{above}.{}", member.name),
        };
        look_inside(member.value, &path, found);
        if again {
            found.push(path);
        }
    }
}

fn look_inside(json: &str, path: &str, found: &mut Vec<String>) {
    if json.starts_with('[') {
        for value in values(json) {
            look_inside(value, path, found);
        }
    } else if json.starts_with('{') {
        look_among(&members(json), path, found);
    }
}

/// The values directly inside an array or object, names of members among them.
fn values(json: &str) -> impl Iterator<Item = &str> {
    let open = json.find(['{', '[']).map_or(json.len(), |at| at + 1);
    let mut rest = &json[open..];
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n', ',', ':']);
        if rest.is_empty() || rest.starts_with(['}', ']']) {
            return None;
        }
        let (value, after) = rest.split_at(end(rest));
        rest = after;
        Some(value)
    })
}

/// Where the value ends that `json` begins with.
fn end(json: &str) -> usize {
    if !json.starts_with(['{', '[', '"']) {
        return json
            .find([',', ']', '}', ' ', '\t', '\r', '\n'])
            .unwrap_or(json.len());
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in json.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => continue,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && !in_string {
            return at + 1;
        }
    }
    json.len()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{members, repeated, strings};
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
    use serde_json::Value;

    fn again(object: &str) -> Vec<String> {
        repeated(&members(object))
    }

    fn pairs(object: &str) -> Vec<(String, &str)> {
        members(object)
            .into_iter()
            .map(|member| (member.name, member.value))
            .collect()
    }

    #[test]
    fn order_digits_and_repeated_names_stay() {
        let text = " { \"z\" : 1.10 ,\"a\":{\"b\":[1,\"]}\"]} , \"\\u0061\" :\"x\\\"}\", \"n\":1e400,\"t\":true}";
        let expected = [
            ("z", "1.10"),
            ("a", "{\"b\":[1,\"]}\"]}"),
            ("a", "\"x\\\"}\""),
            ("n", "1e400"),
            ("t", "true"),
        ];
        assert_eq!(
            pairs(text),
            expected.map(|(name, value)| (name.to_owned(), value))
        );
        assert_eq!(pairs("{}"), []);
        assert_eq!(pairs(" {\n} "), []);
    }

    #[test]
    fn repeated_names_at_any_depth() {
        assert_eq!(
            again(r#"{"a":1,"b":{"c":1,"\u0063":2},"d":[{"e":1},{"e":1,"e":2}],"a":3}"#),
            ["b.c", "d.e", "a"]
        );
        assert_eq!(again(r#"{"a":{"b":1},"b":{"a":1}}"#), [""; 0]);
    }

    #[test]
    fn one_string_or_several() {
        assert_eq!(strings("\"a\"").unwrap(), ["a"]);
        assert_eq!(strings("[\"a\",\"b\"]").unwrap(), ["a", "b"]);
        assert_eq!(strings("[1]"), None);
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Value::from),
                btree_map(any::<String>(), inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_members_are_those_of_the_object(map in btree_map(any::<String>(), json(), 0..5), pretty in any::<bool>()) {
            let object = Value::Object(map.into_iter().collect());
            let text = if pretty { serde_json::to_string_pretty(&object) } else { serde_json::to_string(&object) }.unwrap();
            let read = members(&text)
                .into_iter()
                .map(|member| (member.name, serde_json::from_str(member.value).unwrap()))
                .collect();
            assert_eq!(Value::Object(read), object);
            assert_eq!(again(&text), [""; 0]);
        }
    }
}
