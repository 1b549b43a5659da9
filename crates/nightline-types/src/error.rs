//! Prints an error with all its causes, once each.

/// The error and its sources, joined by `: `. Our `Display` never repeats its source, so nothing appears twice.
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
