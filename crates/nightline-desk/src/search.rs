//! Cuts text into the words that the queue's search compares: the same cut for what is stored and what is asked.
//!
//! Lower case and full-width forms folded; Latin words and numbers whole; of Chinese, Japanese and Korean every
//! character and every pair of neighbours, because their words have no spaces and mostly two characters.

use std::collections::BTreeSet;

/// The most words kept of one ticket: a ten-thousand-word error is found by its beginning.
const MAX_WORDS: usize = 2_000;
/// Longer words are cut: nobody types more, and a base64 blob is no word.
const MAX_WORD_CHARS: usize = 64;

/// The words of `texts` for the column `tickets.search`: sorted, once each, with a space around every one, so that
/// `search LIKE '% word %'` finds whole words and `'% word%'` beginnings.
pub fn column<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = BTreeSet::new();
    for text in texts {
        for word in words_of(text) {
            if words.len() >= MAX_WORDS {
                break;
            }
            words.insert(word);
        }
    }
    let mut column = String::from(" ");
    for word in words {
        column.push_str(&word);
        column.push(' ');
    }
    column
}

/// The words that somebody asks for; all of them must be in a ticket. A run of Chinese is asked for by its pairs,
/// a single character by itself.
pub fn query(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in runs(text) {
        match run {
            Run::Word(word) => words.push(word),
            Run::Ideographs(characters) if characters.len() == 1 => words.extend(unigrams(&characters)),
            Run::Ideographs(characters) => words.extend(bigrams(&characters)),
        }
    }
    words.dedup();
    words
}

/// The runs of Chinese that are longer than a pair. Their pairs may stand apart in a ticket that holds all of them,
/// so a hit is held against its texts with [`hold`].
pub fn phrases(text: &str) -> Vec<String> {
    let long = |run| match run {
        Run::Ideographs(characters) if characters.len() > 2 => Some(characters.into_iter().collect()),
        Run::Ideographs(_) | Run::Word(_) => None,
    };
    runs(text).into_iter().filter_map(long).collect()
}

/// Whether every phrase stands whole in one of the texts.
pub fn hold<'a>(texts: impl IntoIterator<Item = &'a str>, phrases: &[String]) -> bool {
    let mut missing: Vec<&String> = phrases.iter().collect();
    for text in texts {
        if missing.is_empty() {
            break;
        }
        let folded: String = text.chars().flat_map(fold).collect();
        missing.retain(|phrase| !folded.contains(phrase.as_str()));
    }
    missing.is_empty()
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    runs(text).into_iter().flat_map(|run| match run {
        Run::Word(word) => {
            // `rdp-gw.example` is found whole and by its parts.
            let parts: Vec<String> = word
                .split(['-', '.', '_', ':', '@'])
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect();
            if parts.len() > 1 { [vec![word], parts].concat() } else { parts }
        }
        Run::Ideographs(characters) => unigrams(&characters).chain(bigrams(&characters)).collect(),
    })
}

enum Run {
    Word(String),
    Ideographs(Vec<char>),
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut word = String::new();
    let mut ideographs = Vec::new();
    for c in text.chars().flat_map(fold) {
        let joins = matches!(c, '-' | '.' | '_' | ':' | '@') && !word.is_empty();
        let in_word = !is_ideograph(c) && (c.is_alphanumeric() || joins);
        if !in_word {
            end_word(&mut word, &mut runs);
        }
        if !is_ideograph(c) {
            end_ideographs(&mut ideographs, &mut runs);
        }
        if in_word {
            word.push(c);
        } else if is_ideograph(c) {
            ideographs.push(c);
        }
    }
    end_word(&mut word, &mut runs);
    end_ideographs(&mut ideographs, &mut runs);
    runs
}

fn end_word(word: &mut String, runs: &mut Vec<Run>) {
    let whole = word.trim_end_matches(['-', '.', '_', ':', '@']);
    if !whole.is_empty() {
        runs.push(Run::Word(whole.chars().take(MAX_WORD_CHARS).collect()));
    }
    word.clear();
}

fn end_ideographs(ideographs: &mut Vec<char>, runs: &mut Vec<Run>) {
    if !ideographs.is_empty() {
        runs.push(Run::Ideographs(std::mem::take(ideographs)));
    }
}

fn unigrams(characters: &[char]) -> impl Iterator<Item = String> {
    characters.iter().map(char::to_string)
}

fn bigrams(characters: &[char]) -> impl Iterator<Item = String> {
    characters.windows(2).map(|pair| pair.iter().collect())
}

/// Lower case; full-width Latin and the ideographic space to their ordinary forms (the part of NFKC that keyboards
/// in China produce).
fn fold(c: char) -> impl Iterator<Item = char> {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    narrow.to_lowercase()
}

fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
        | '\u{3041}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_found_in_what_is_stored() {
        finds("Remote desktop says 0x80090302", "0X80090302", true);
        finds("Remote desktop says 0x80090302", "desktop remote", true);
        finds("Remote desktop says 0x80090302", "desk", false);
        finds("远程桌面连接失败", "桌面", true);
        finds("远程桌面连接失败", "连接失败", true);
        finds("远程桌面连接失败", "桌", true);
        finds("远程桌面连接失败", "失桌", false);
        finds("打开ＶＰＮ时出错", "vpn", true);
        finds("打开ＶＰＮ时出错", "时出错", true);
        finds("rdp-gw.corp.example:3389", "corp", true);
        finds("rdp-gw.corp.example:3389", "rdp-gw.corp.example:3389", true);
        finds("rdp-gw.corp.example:3389", "rdp", true);
        finds("NL-7Q2K-4M9X-C", "nl-7q2k-4m9x-c", true);
        finds("NL-7Q2K-4M9X-C", "7q2k", true);
        finds("Müller's Drucker", "müller", true);
        finds("anything", "", true);
        finds("100%", "100%", true);
    }

    #[test]
    fn a_chinese_phrase_is_found_only_where_it_stands_whole() {
        let apart = "打印机连接。接失物。失败";
        assert!(query("连接失败").iter().all(|word| column([apart]).contains(&format!(" {word} "))));
        assert!(!hold([apart], &phrases("连接失败")));
        assert!(hold(["提示：远程桌面连接失败"], &phrases("连接失败")));
        assert!(hold(["远程桌面", "ＶＰＮ连接失败"], &phrases("vpn连接失败 远程桌面")));
        assert_eq!(phrases("桌面 vpn \"连接\" a"), Vec::<String>::new());
        assert!(hold([], &[]));
    }

    #[test]
    fn no_word_holds_a_wildcard_or_a_space() {
        for word in query("a%b _c_ d\u{3000}e 100% 'x'--; <b>") {
            assert!(!word.contains(['%', ' ', '\'']), "{word}");
        }
    }

    #[test]
    fn ten_megabytes_of_text_make_a_short_column() {
        let words: String = (0..1_000_000).map(|it| format!("w{it} ")).collect();
        assert!(column([words.as_str(), &"x".repeat(1_000_000)]).len() < MAX_WORDS * (MAX_WORD_CHARS + 1));
    }

    #[track_caller]
    fn finds(stored: &str, asked: &str, expected: bool) {
        let column = column([stored]);
        let all = query(asked).iter().all(|word| column.contains(&format!(" {word} ")));
        assert_eq!(all, expected, "{asked} in {column}");
    }
}
