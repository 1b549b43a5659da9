//! The hash of a JSON document by its meaning: order of keys and white space do not count, unknown keys do.

use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256 in lower-case hex of `document` with sorted keys. The depth is bounded by the JSON reader (128).
pub(crate) fn hash(document: &Value) -> String {
    let mut digest = Sha256::new();
    feed(document, &mut digest);
    HEXLOWER.encode(&digest.finalize())
}

fn feed(value: &Value, digest: &mut Sha256) {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            digest.update(b"{");
            for (key, value) in entries {
                digest.update(Value::from(key.as_str()).to_string());
                digest.update(b":");
                feed(value, digest);
                digest.update(b",");
            }
            digest.update(b"}");
        }
        Value::Array(items) => {
            digest.update(b"[");
            for item in items {
                feed(item, digest);
                digest.update(b",");
            }
            digest.update(b"]");
        }
        other => digest.update(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_white_space_do_not_count_and_everything_else_does() {
        check(r#"{"a":1,"b":[{"c":2,"d":"x"}]}"#, r#" { "b": [ {"d":"x", "c":2} ], "a": 1 } "#, true);
        check(r#"{"a":1}"#, r#"{"a":"1"}"#, false);
        check(r#"[1,2]"#, r#"[2,1]"#, false);
        check(r#"{"a":"b,c"}"#, r#"{"a":"b","c":""}"#, false);
        check(r#"["a","b"]"#, r#"["a,b"]"#, false);
        check(r#"{"a":null}"#, "{}", false);
    }

    #[track_caller]
    fn check(a: &str, b: &str, same: bool) {
        let hash = |text| hash(&serde_json::from_str(text).unwrap());
        assert_eq!(hash(a) == hash(b), same, "{a} {b}");
    }
}
