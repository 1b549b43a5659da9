//! Turns what a screen gives into rows of red, green, blue, opacity. Asks no screen.

#[cfg(unix)]
use std::path::Path;

use super::{CaptureError, PIXELS_LIMIT};

/// Refuses a picture that would need too much memory, before any is taken.
pub(super) fn check_size(width: u32, height: u32) -> Result<(), CaptureError> {
    if u64::from(width) * u64::from(height) > PIXELS_LIMIT { Err(CaptureError::TooLarge) } else { Ok(()) }
}

/// How a screen lays out its pixels.
#[cfg(any(target_os = "linux", test))]
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// Bits of one pixel: 16, 24 or 32.
    pub(super) bits_per_pixel: u8,
    /// Rows are filled up to this many bits.
    pub(super) row_pad_bits: u8,
    /// Whether a pixel's lowest byte comes first.
    pub(super) is_little_endian: bool,
    /// Which bits of a pixel are red, green and blue.
    pub(super) masks: [u32; 3],
}

#[cfg(any(target_os = "linux", test))]
impl Layout {
    /// `None` for a layout that is not known, or fewer bytes than the size says.
    pub(super) fn to_rgba(self, bytes: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
        if ![16, 24, 32].contains(&self.bits_per_pixel) || self.row_pad_bits == 0 || self.masks.contains(&0) {
            return None;
        }
        let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
        let bits = width.checked_mul(usize::from(self.bits_per_pixel))?;
        let row_bytes = bits.next_multiple_of(usize::from(self.row_pad_bits)) / 8;
        let pixel_bytes = usize::from(self.bits_per_pixel / 8);
        let mut rgba = Vec::with_capacity(width.checked_mul(height)?.checked_mul(4)?);
        for row in 0..height {
            let row = bytes.get(row * row_bytes..)?.get(..width * pixel_bytes)?;
            for pixel in row.chunks_exact(pixel_bytes) {
                let join = |value: u32, byte: &u8| value << 8 | u32::from(*byte);
                let value = match self.is_little_endian {
                    true => pixel.iter().rev().fold(0, join),
                    false => pixel.iter().fold(0, join),
                };
                let [red, green, blue] = self.masks.map(|mask| channel(value, mask));
                rgba.extend([red, green, blue, u8::MAX]);
            }
        }
        Some(rgba)
    }
}

/// One color of a pixel, stretched or cut to 8 bits.
#[cfg(any(target_os = "linux", test))]
fn channel(value: u32, mask: u32) -> u8 {
    let shift = mask.trailing_zeros();
    let (found, most) = (u64::from((value & mask) >> shift), u64::from(mask >> shift));
    u8::try_from(found * 255 / most).unwrap_or(u8::MAX)
}

/// The largest file that is read: a picture of the limit's size hardly needs more.
#[cfg(unix)]
const FILE_LIMIT: u64 = 512 * 1024 * 1024;

/// Reads a picture that another program has written as PNG.
#[cfg(unix)]
pub(super) fn read_png(path: &Path) -> Result<super::Shot, CaptureError> {
    use std::io::{BufReader, Read};

    use image::{ImageFormat, ImageReader, Limits};

    let failed = |detail: String| CaptureError::Failed { step: "reading the picture", detail };
    let open = || -> std::io::Result<Vec<u8>> {
        let file = std::fs::File::open(path)?;
        let mut bytes = Vec::new();
        file.take(FILE_LIMIT).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = open().map_err(|error| failed(error.to_string()))?;
    let reader = || ImageReader::with_format(BufReader::new(std::io::Cursor::new(&bytes)), ImageFormat::Png);
    let (width, height) = reader().into_dimensions().map_err(|error| failed(error.to_string()))?;
    check_size(width, height)?;
    let mut reader = reader();
    let mut limits = Limits::default();
    // Twice the limit in 4 bytes a pixel: the decoder's rows and the result.
    limits.max_alloc = Some(PIXELS_LIMIT * 8);
    reader.limits(limits);
    let decoded = reader.decode().map_err(|error| failed(error.to_string()))?;
    let mut rgba = decoded.into_rgba8().into_raw();
    for opacity in rgba.iter_mut().skip(3).step_by(4) {
        *opacity = u8::MAX;
    }
    Ok(super::Shot { width, height, rgba })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RGB: [u32; 3] = [0x00ff_0000, 0x0000_ff00, 0x0000_00ff];

    #[test]
    fn a_pixel_is_read_in_the_screens_own_order_of_bytes_and_bits() {
        let layout = |bits_per_pixel, is_little_endian, masks| Layout {
            bits_per_pixel,
            row_pad_bits: 32,
            is_little_endian,
            masks,
        };
        check(layout(32, true, RGB), &[3, 2, 1, 0], 1, 1, Some(&[1, 2, 3, 255]));
        check(layout(32, false, RGB), &[0, 1, 2, 3], 1, 1, Some(&[1, 2, 3, 255]));
        check(layout(24, true, RGB), &[3, 2, 1, 9], 1, 1, Some(&[1, 2, 3, 255]));
        // Ten bits a color, and 5, 6, 5 with two pixels in a row.
        check(
            layout(32, true, [0x3ff0_0000, 0x000f_fc00, 0x0000_03ff]),
            &0x3ff0_0000_u32.to_le_bytes(),
            1,
            1,
            Some(&[255, 0, 0, 255]),
        );
        check(
            layout(16, true, [0xf800, 0x07e0, 0x001f]),
            &[0x00, 0xf8, 0xe0, 0x07],
            2,
            1,
            Some(&[255, 0, 0, 255, 0, 255, 0, 255]),
        );
    }

    #[test]
    fn the_filling_of_a_row_is_no_pixel() {
        let layout = Layout { bits_per_pixel: 24, row_pad_bits: 32, is_little_endian: true, masks: RGB };
        check(layout, &[3, 2, 1, 77, 6, 5, 4, 77], 1, 2, Some(&[1, 2, 3, 255, 4, 5, 6, 255]));
    }

    #[test]
    fn too_few_bytes_and_unknown_layouts_are_no_picture() {
        let layout = Layout { bits_per_pixel: 32, row_pad_bits: 32, is_little_endian: true, masks: RGB };
        check(layout, &[1, 2, 3], 1, 1, None);
        check(layout, &[1, 2, 3, 4], 1, 2, None);
        check(Layout { bits_per_pixel: 8, ..layout }, &[1], 1, 1, None);
        check(Layout { masks: [0; 3], ..layout }, &[1, 2, 3, 4], 1, 1, None);
        check(Layout { row_pad_bits: 0, ..layout }, &[1, 2, 3, 4], 1, 1, None);
    }

    #[test]
    fn a_picture_beyond_the_limit_is_refused_before_memory_is_taken() {
        assert!(check_size(10_000, 10_000).is_ok());
        assert!(matches!(check_size(10_001, 10_000), Err(CaptureError::TooLarge)));
        assert!(matches!(check_size(u32::MAX, u32::MAX), Err(CaptureError::TooLarge)));
    }

    #[track_caller]
    fn check(layout: Layout, bytes: &[u8], width: u32, height: u32, expected: Option<&[u8]>) {
        assert_eq!(layout.to_rgba(bytes, width, height).as_deref(), expected, "{layout:?}");
    }
}
