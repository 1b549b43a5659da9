//! `cargo xtask icons`: exports the drawings in `icons/` to the formats of each system. The exports are committed.
//!
//! Draws nothing itself: the SVG files are the source, and the two containers are written around finished PNG files.

use std::path::Path;

use crate::args::Args;
use crate::failure::Failure;
use crate::{packages, shell};

/// The app's mark, and the sizes that are files of their own.
const APP: (&str, &[u32]) = ("nightline", &[32, 128, 256, 512]);
/// What Windows picks from, in pixels.
const ICO: &[u32] = &[16, 24, 32, 48, 64, 256];
/// What macOS picks from: the type of an entry and its size in pixels.
const ICNS: &[(&[u8; 4], u32)] = &[
    (b"icp4", 16),
    (b"ic11", 32),
    (b"icp5", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
];
/// The tray's icons, and their sizes for ordinary and fine screens.
const TRAY: (&[&str], &[u32]) =
    (&["tray-quiet", "tray-degraded", "tray-broken", "tray-unread"], &[16, 22, 32, 44]);

pub(crate) fn run(mut args: Args) -> Result<(), Failure> {
    let may_install = !args.flag("--no-install");
    args.finish()?;
    packages::ensure(&[packages::ICONS], may_install)?;
    let (app, sizes) = APP;
    for size in sizes {
        write(&format!("app-{size}.png"), &png(app, *size)?)?;
    }
    let of_size = |size: &u32| png(app, *size).map(|it| (*size, it));
    write("icon.ico", &ico(&ICO.iter().map(of_size).collect::<Result<Vec<_>, _>>()?))?;
    let of_kind = |(kind, size): &(&'static [u8; 4], u32)| png(app, *size).map(|it| (*kind, it));
    write("icon.icns", &icns(&ICNS.iter().map(of_kind).collect::<Result<Vec<_>, _>>()?))?;
    let (names, sizes) = TRAY;
    for name in names {
        for size in sizes {
            write(&format!("{name}-{size}.png"), &png(name, *size)?)?;
        }
    }
    Ok(())
}

fn png(name: &str, size: u32) -> Result<Vec<u8>, Failure> {
    let pixels = size.to_string();
    let file = format!("icons/{name}.svg");
    let mut convert = shell::command("rsvg-convert", ["--width", &pixels, "--height", &pixels, &file]);
    let output = convert.output().map_err(Failure::io("start rsvg-convert"))?;
    if output.status.success() { Ok(output.stdout) } else { Err(Failure::Ended { what: file }) }
}

fn write(name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = Path::new("icons").join(name);
    println!("  {}", path.display());
    std::fs::write(shell::root().join(&path), bytes).map_err(Failure::io(format!("write {}", path.display())))
}

/// Windows' container: a head, one line for each picture, then the pictures as PNG.
fn ico(pictures: &[(u32, Vec<u8>)]) -> Vec<u8> {
    const HEAD: usize = 6;
    const LINE: usize = 16;
    let mut bytes = vec![0, 0, 1, 0];
    bytes.extend(length(pictures.len()).to_le_bytes()[..2].iter());
    let mut at = HEAD + LINE * pictures.len();
    for (size, png) in pictures {
        // 256 is written as nothing.
        let side = u8::try_from(*size).unwrap_or_default();
        bytes.extend([side, side, 0, 0, 1, 0, 32, 0]);
        bytes.extend(length(png.len()).to_le_bytes());
        bytes.extend(length(at).to_le_bytes());
        at += png.len();
    }
    pictures.iter().for_each(|(_, png)| bytes.extend(png));
    bytes
}

/// macOS' container: a head, then each picture behind its type and length.
fn icns(pictures: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    const HEAD: usize = 8;
    let total: usize = pictures.iter().map(|(_, png)| HEAD + png.len()).sum();
    let mut bytes = b"icns".to_vec();
    bytes.extend(length(HEAD + total).to_be_bytes());
    for (kind, png) in pictures {
        bytes.extend(*kind);
        bytes.extend(length(HEAD + png.len()).to_be_bytes());
        bytes.extend(png);
    }
    bytes
}

/// Icons are far below four gigabytes.
fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_finds_each_picture_where_its_line_says() {
        let bytes = ico(&[(16, vec![1; 5]), (256, vec![2; 7])]);
        assert_eq!(bytes[..6], [0, 0, 1, 0, 2, 0]);
        let line = |index: usize| &bytes[6 + 16 * index..22 + 16 * index];
        assert_eq!((line(0)[0], line(1)[0]), (16, 0));
        for (index, picture) in [(0, vec![1; 5]), (1, vec![2; 7])] {
            let number = |at: usize| u32::from_le_bytes(line(index)[at..at + 4].try_into().unwrap()) as usize;
            assert_eq!(bytes[number(12)..number(12) + number(8)], picture);
        }
    }

    #[test]
    fn macos_finds_each_picture_behind_its_type() {
        let bytes = icns(&[(b"icp4", vec![1; 5]), (b"ic07", vec![2; 7])]);
        assert_eq!(bytes[..4], *b"icns");
        assert_eq!(bytes[4..8], 36_u32.to_be_bytes());
        assert_eq!((&bytes[8..12], &bytes[21..25]), (&b"icp4"[..], &b"ic07"[..]));
        assert_eq!(bytes.len(), 36);
    }

    #[test]
    fn the_committed_exports_are_what_they_are_called() {
        let read = |name: &str| std::fs::read(shell::root().join("icons").join(name)).unwrap();
        assert_eq!(read("icon.ico")[..4], [0, 0, 1, 0]);
        assert_eq!(read("icon.icns")[..4], *b"icns");
        let sized = |name: &str, size: u32| {
            let png = read(&format!("{name}-{size}.png"));
            assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
            assert_eq!(png[16..24], [size.to_be_bytes(), size.to_be_bytes()].concat(), "{name}-{size}.png");
        };
        APP.1.iter().for_each(|size| sized("app", *size));
        TRAY.0.iter().for_each(|name| TRAY.1.iter().for_each(|size| sized(name, *size)));
    }
}
