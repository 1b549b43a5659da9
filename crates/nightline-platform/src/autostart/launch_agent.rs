//! The text of a launch agent (launchd.plist(5)). Writes no file.

use std::fmt::Write;

/// What the agent is called.
pub(super) const LABEL: &str = "app.nightline.watch";

/// The agent that starts `words` at sign-in, and again after a crash but not after a normal end.
pub(super) fn text(words: &[String]) -> String {
    let mut arguments = String::new();
    for word in words {
        // Writing to a text cannot fail.
        writeln!(arguments, "\t\t<string>{}</string>", escaped(word)).ok();
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n\
         <dict>\n\
         \t<key>Label</key>\n\
         \t<string>{LABEL}</string>\n\
         \t<key>ProgramArguments</key>\n\
         \t<array>\n\
         {arguments}\
         \t</array>\n\
         \t<key>RunAtLoad</key>\n\
         \t<true/>\n\
         \t<key>KeepAlive</key>\n\
         \t<dict>\n\
         \t\t<key>SuccessfulExit</key>\n\
         \t\t<false/>\n\
         \t</dict>\n\
         \t<key>LimitLoadToSessionType</key>\n\
         \t<string>Aqua</string>\n\
         \t<key>ProcessType</key>\n\
         \t<string>Interactive</string>\n\
         </dict>\n\
         </plist>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_text_and_never_markup() {
        let words = ["/Applications/夜班 & <Co>.app/watch".to_owned(), "--say=\"it's\" 100%".to_owned()];
        let text = text(&words);
        assert!(text.contains("<string>/Applications/夜班 &amp; &lt;Co&gt;.app/watch</string>"), "{text}");
        assert!(text.contains("<string>--say=\"it's\" 100%</string>"), "{text}");
    }
}
