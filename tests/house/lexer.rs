//! Tells code from comments and text in a Rust file. Knows tokens, not grammar.

/// A file with comments and the insides of texts replaced by spaces; every byte stays at its place.
pub(crate) struct Lexed {
    /// Code only; the quotes of texts remain.
    pub(crate) code: String,
    /// Every text with the byte at which its inside begins.
    pub(crate) literals: Vec<(usize, String)>,
}

/// Takes a Rust file apart.
pub(crate) fn lex(source: &str) -> Lexed {
    let bytes = source.as_bytes();
    let mut code = bytes.to_vec();
    let mut literals = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let end = if rest.starts_with(b"//") {
            let end = find(bytes, at, b"\n");
            blank(&mut code, at, end);
            end
        } else if rest.starts_with(b"/*") {
            let end = comment_end(bytes, at);
            blank(&mut code, at, end);
            end
        } else if let Some((inside, inside_end, end)) = raw_text(bytes, at).or_else(|| plain_text(bytes, at))
        {
            literals.push((inside, source[inside..inside_end].to_owned()));
            blank(&mut code, inside, inside_end);
            end
        } else if rest[0] == b'\'' {
            let end = char_end(source, at);
            blank(&mut code, at + 1, end.saturating_sub(1).max(at + 1));
            end
        } else {
            at + 1
        };
        at = end;
    }
    Lexed { code: String::from_utf8_lossy(&code).into_owned(), literals }
}

/// The code with everything blanked that only tests compile: items behind `#[cfg(test)]`.
/// Also answers the names of such modules that lie in files of their own.
pub(crate) fn without_tests(code: &str) -> (String, Vec<String>) {
    let mut product = code.as_bytes().to_vec();
    let mut modules = Vec::new();
    for marker in ["#[cfg(test)]", "#[cfg(all(test"] {
        for (start, _) in code.match_indices(marker) {
            let body = &code[start + marker.len()..];
            let Some(open) = body.find(['{', ';']) else { continue };
            let head = body[..open].trim();
            let from = start + marker.len() + open;
            let end = if code.as_bytes()[from] == b'{' { block_end(code.as_bytes(), from) } else { from + 1 };
            if code.as_bytes()[from] == b';'
                && let Some(name) = head.split_whitespace().skip_while(|it| *it != "mod").nth(1)
            {
                modules.push(name.to_owned());
            }
            blank(&mut product, start, end);
        }
    }
    (String::from_utf8_lossy(&product).into_owned(), modules)
}

/// The line, from 1, on which a byte lies.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|it| **it == b'\n').count() + 1
}

fn blank(code: &mut [u8], from: usize, to: usize) {
    let to = to.min(code.len());
    for byte in &mut code[from.min(to)..to] {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> usize {
    bytes[from..].windows(what.len()).position(|it| it == what).map_or(bytes.len(), |it| from + it)
}

fn comment_end(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0;
    let mut at = start;
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

/// Start and end of the inside, and the end, of `r"…"`, `r#"…"#`, `br"…"` at this place.
fn raw_text(bytes: &[u8], at: usize) -> Option<(usize, usize, usize)> {
    let letters = if bytes[at..].starts_with(b"br") { 2 } else { usize::from(bytes[at] == b'r') };
    let after_name = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    if letters == 0 || after_name {
        return None;
    }
    let hashes = bytes[at + letters..].iter().take_while(|it| **it == b'#').count();
    let inside = at + letters + hashes + 1;
    if bytes.get(inside - 1) != Some(&b'"') {
        return None;
    }
    let mut close = vec![b'"'];
    close.resize(hashes + 1, b'#');
    let inside_end = find(bytes, inside, &close);
    Some((inside, inside_end, (inside_end + close.len()).min(bytes.len())))
}

fn plain_text(bytes: &[u8], at: usize) -> Option<(usize, usize, usize)> {
    if bytes[at] != b'"' {
        return None;
    }
    let mut end = at + 1;
    while end < bytes.len() && bytes[end] != b'"' {
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
    let end = end.min(bytes.len());
    Some((at + 1, end, (end + 1).min(bytes.len())))
}

/// A character literal is over at its closing quote; a lifetime has none.
fn char_end(source: &str, at: usize) -> usize {
    let mut chars = source[at + 1..].char_indices();
    match chars.next() {
        Some((_, '\\')) => find(source.as_bytes(), at + 3, b"'") + 1,
        Some((_, c)) => {
            let close = at + 1 + c.len_utf8();
            if source[close..].starts_with('\'') { close + 1 } else { at + 1 }
        }
        None => at + 1,
    }
}

fn block_end(bytes: &[u8], open: usize) -> usize {
    let mut depth = 0_i32;
    for (offset, byte) in bytes[open..].iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return open + offset + 1;
        }
    }
    bytes.len()
}

#[test]
fn code_is_told_from_comments_texts_and_characters() {
    check("a // .unwrap()\nb", "a             \nb");
    check("a /* x /* y */ z */ b", "a                   b");
    check(r#"f(".unwrap()")"#, r#"f("         ")"#);
    check(r##"f(r#"a"b"#)"##, r##"f(r#"   "#)"##);
    check(r#"['"', '\'', 'x']"#, r#"[' ', '  ', ' ']"#);
    check("fn f<'a>(it: &'a str)", "fn f<'a>(it: &'a str)");
    check(r#"var"#, "var");
}

#[test]
fn what_only_tests_compile_is_left_out() {
    let (product, modules) =
        without_tests("a\n#[cfg(test)]\nmod tests { fn f() { x } }\nb\n#[cfg(test)]\nmod fake;\nc");
    assert_eq!(product.split_whitespace().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(modules, ["fake"]);
}

#[cfg(test)]
#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(lex(source).code, expected);
}
