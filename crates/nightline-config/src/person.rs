//! Changes one key in the text of the person's file and leaves everything else as it is. Writes no file.

use serde_json::{Map, Value};

use crate::SETTINGS_SCHEMA;

/// Why a file's text cannot be changed. It is left as it is: it may hold what the person still wants.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Not JSON.
    #[error("the file is not JSON")]
    Damaged(#[source] serde_json::Error),
    /// JSON, but no object.
    #[error("the file is not an object")]
    NotAnObject,
}

/// The text with `key` set to `value`, or without it. An empty text is a new file.
///
/// # Errors
/// When the text is damaged.
pub fn with_value(text: &str, key: &str, value: Option<Value>) -> Result<String, ChangeError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut settings = if text.trim().is_empty() {
        Map::from_iter([("schema".to_owned(), Value::from(SETTINGS_SCHEMA))])
    } else {
        match serde_json::from_str(text).map_err(ChangeError::Damaged)? {
            Value::Object(settings) => settings,
            _ => return Err(ChangeError::NotAnObject),
        }
    };
    match value {
        Some(value) => settings.insert(key.to_owned(), value),
        None => settings.remove(key),
    };
    let mut text = format!("{:#}", Value::Object(settings));
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_changes_and_all_others_stay() {
        let text = with_value(r#"{"desk":"https://a.example","later":[1]}"#, "language", Some("en".into()));
        let value: Value = serde_json::from_str(&text.unwrap()).unwrap();
        assert_eq!(value, serde_json::json!({"desk": "https://a.example", "later": [1], "language": "en"}));
        let text = with_value(r#"{"language":"en"}"#, "language", None).unwrap();
        assert_eq!(text, "{}\n");
    }

    #[test]
    fn a_new_file_names_its_format_and_a_damaged_one_is_left_alone() {
        assert!(with_value(" ", "notifications", Some(false.into())).unwrap().contains(SETTINGS_SCHEMA));
        assert!(matches!(with_value("{", "a", None), Err(ChangeError::Damaged(_))));
        assert!(matches!(with_value("[]", "a", None), Err(ChangeError::NotAnObject)));
    }
}
