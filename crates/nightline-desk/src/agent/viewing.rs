//! How a file from a bundle may be shown: as plain text or as a picture. Never as anything a browser would run,
//! whatever the file's name or the device says about it.

/// The most text one answer carries: a viewer shows a few hundred lines at a time.
pub(super) const MAX_TEXT_BYTES: u64 = 1_048_576;
/// What one answer carries where nobody asked for less.
pub(super) const USUAL_TEXT_BYTES: u64 = 262_144;
/// The largest picture that is shown: a photograph of a screen by a telephone has 3 to 12 MB.
pub(super) const MAX_IMAGE_BYTES: u64 = 32 * 1_048_576;

/// Enough of a file's beginning to know a picture.
pub(super) const HEAD_BYTES: u64 = 16;
/// The longest character of UTF-8 without its first byte.
const OVERHANG: u64 = 3;

/// What a file is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `text/plain; charset=utf-8`.
    Text,
    /// One of four picture formats, by its own first bytes.
    Image(&'static str),
}

impl Shape {
    /// Looks at the first bytes. SVG and HTML are text here.
    pub(super) fn of(head: &[u8]) -> Self {
        match head {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Image("image/png"),
            [0xff, 0xd8, 0xff, ..] => Self::Image("image/jpeg"),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Self::Image("image/gif"),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::Image("image/webp"),
            _ => Self::Text,
        }
    }

    /// The answer's `Content-Type`.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Image(media_type) => media_type,
        }
    }
}

/// What to read of a file for [`text_page`]: from where, and how many bytes. The characters at both ends lie inside.
pub(super) fn window(offset: u64, limit: u64) -> (u64, u64) {
    let from = offset.saturating_sub(OVERHANG);
    (from, (offset - from).saturating_add(limit).saturating_add(OVERHANG))
}

/// The bytes of the characters whose first byte lies in `offset..offset + limit`. So pages of any length, put
/// together, are the whole file, no character is torn, and the next page begins where this one's bytes end. Bytes
/// that are no UTF-8 stay as they are: a replacement would have another length. Whoever decodes them replaces them.
pub(super) fn text_page(file: &[u8], offset: u64, limit: u64) -> &[u8] {
    let start = usize::try_from(offset).unwrap_or(usize::MAX).min(file.len());
    let length = usize::try_from(limit.min(MAX_TEXT_BYTES)).unwrap_or(usize::MAX);
    let end = start.saturating_add(length).min(file.len());
    file.get(boundary(file, start)..boundary(file, end)).unwrap_or_default()
}

/// `at`, moved behind the character that it would tear.
fn boundary(file: &[u8], at: usize) -> usize {
    for back in 1..=3.min(at) {
        let begin = at - back;
        let length = match file[begin] {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            0x80..=0xbf => continue,
            _ => return at,
        };
        let end = begin + length;
        let whole = end > at && file.get(begin..end).is_some_and(|it| std::str::from_utf8(it).is_ok());
        return if whole { end } else { at };
    }
    at
}

/// `Content-Disposition` for a name from a bundle: only its last part, no character that means something to a
/// header, a shell or a screen; the full name follows percent-encoded (RFC 6266, RFC 8187).
pub(super) fn disposition(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    let plain = plain.trim_start_matches('.');
    let plain = if plain.is_empty() { "file" } else { plain };
    let mut encoded = String::new();
    for c in name.chars().filter(|c| !is_deceiving(*c)) {
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
                encoded.push(char::from(byte));
            } else {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    let encoded = if encoded.is_empty() { "file" } else { &encoded };
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// Control characters, and those that turn the reading direction or cannot be seen (Unicode TR 36, 2.10).
fn is_deceiving(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_picture_formats_are_pictures() {
        shape(b"\x89PNG\r\n\x1a\n....", Shape::Image("image/png"));
        shape(b"\xff\xd8\xff\xe0", Shape::Image("image/jpeg"));
        shape(b"GIF89a", Shape::Image("image/gif"));
        shape(b"RIFF\x01\x02\x03\x04WEBPVP8 ", Shape::Image("image/webp"));
        shape(b"", Shape::Text);
        shape(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>", Shape::Text);
        shape(b"<!DOCTYPE html><script>alert(1)</script>", Shape::Text);
        shape(b"%PDF-1.7", Shape::Text);
        shape(b"RIFF\x01\x02\x03\x04WAVE", Shape::Text);
        shape(b"\x89PNG", Shape::Text);
        shape(b" \x89PNG\r\n\x1a\n", Shape::Text);
    }

    #[test]
    fn pages_of_any_length_make_the_whole_file() {
        for file in
            ["a量子é𝄞 the end\n日志".as_bytes(), b"ok \xff\xfe\x80\x80 \xe9\x87", b"\x80\x80\x80\x80\x80"]
        {
            for limit in 1..=file.len() {
                let mut steps = Vec::new();
                for offset in (0..file.len()).step_by(limit) {
                    let (offset, limit) = (offset as u64, limit as u64);
                    let (from, length) = window(offset, limit);
                    let bytes: Vec<u8> =
                        file.iter().copied().skip(from as usize).take(length as usize).collect();
                    let page = text_page(&bytes, offset - from, limit);
                    assert_eq!(page, text_page(file, offset, limit), "offset {offset} limit {limit}");
                    steps.extend_from_slice(page);
                }
                assert_eq!(steps, file, "limit {limit}");
            }
        }
    }

    #[test]
    fn the_next_page_begins_where_this_ones_bytes_end() {
        let file = "量子 link down 日志 \u{fffd}".repeat(40);
        let mut read = Vec::new();
        while read.len() < file.len() {
            let page = text_page(file.as_bytes(), read.len() as u64, 7);
            assert!(std::str::from_utf8(page).is_ok_and(|it| !it.is_empty()));
            read.extend_from_slice(page);
        }
        assert_eq!(read, file.as_bytes());
    }

    #[test]
    fn offsets_beyond_the_end_are_empty() {
        assert_eq!(text_page(b"abc", 3, 10), b"");
        assert_eq!(text_page(b"abc", u64::MAX, u64::MAX), b"");
        assert_eq!(text_page(b"", 0, 10), b"");
    }

    #[test]
    fn names_are_data() {
        name("logs/system.log", "system.log", "system.log");
        name("../../etc/passwd", "passwd", "passwd");
        name("..\\..\\boot.ini", "boot.ini", "boot.ini");
        name(
            "a\"; filename=evil.html\r\nX: y",
            "a___filename_evil.html__X__y",
            "a%22%3B%20filename%3Devil.htmlX%3A%20y",
        );
        name("photo\u{202e}gpj.exe", "photo_gpj.exe", "photogpj.exe");
        name("日志.txt", "__.txt", "%E6%97%A5%E5%BF%97.txt");
        name("", "file", "file");
        name("...", "file", "...");
    }

    #[track_caller]
    fn shape(head: &[u8], expected: Shape) {
        assert_eq!(Shape::of(head), expected, "{}", String::from_utf8_lossy(head));
    }

    #[track_caller]
    fn name(path: &str, plain: &str, encoded: &str) {
        let expected = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
        assert_eq!(disposition(path), expected);
    }
}
