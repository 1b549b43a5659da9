//! Copies the screen by Windows' oldest drawing calls, which every version and every remote session has.
//!
//! The only place of this crate that calls the system by hand. Every handle is given back by its owner's `Drop`.

#![expect(
    unsafe_code,
    reason = "Windows gives pixels only by these calls, and no safe crate wraps just them"
)]

use std::ffi::c_void;
use std::ptr::null_mut;

use windows_sys::Win32::Foundation::RECT;
use windows_sys::Win32::Graphics::Gdi::{
    BI_RGB, BITMAPINFO, BitBlt, CAPTUREBLT, CreateCompatibleBitmap, CreateCompatibleDC, DIB_RGB_COLORS,
    DeleteDC, DeleteObject, GetDC, GetDIBits, HBITMAP, HDC, ReleaseDC, SRCCOPY, SelectObject,
};
use windows_sys::Win32::UI::WindowsAndMessaging::{
    GetForegroundWindow, GetSystemMetrics, GetWindowRect, SM_CXVIRTUALSCREEN, SM_CYVIRTUALSCREEN,
    SM_XVIRTUALSCREEN, SM_YVIRTUALSCREEN,
};

use super::pixels::check_size;
use super::{CaptureError, Shot, Shown};

/// The screen's own surface; given back when dropped.
struct Screen(HDC);
/// A surface in memory; deleted when dropped.
struct Memory(HDC);
/// Pixels in memory; deleted when dropped.
struct Bitmap(HBITMAP);

impl Drop for Screen {
    fn drop(&mut self) {
        // SAFETY: the handle came from `GetDC(null)` and is released once.
        unsafe { ReleaseDC(null_mut(), self.0) };
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: the handle came from `CreateCompatibleDC` and is deleted once.
        unsafe { DeleteDC(self.0) };
    }
}

impl Drop for Bitmap {
    fn drop(&mut self) {
        // SAFETY: the handle came from `CreateCompatibleBitmap`, is selected nowhere, and is deleted once.
        unsafe { DeleteObject(self.0) };
    }
}

/// What to copy, in the coordinates of all screens together, which may begin below zero.
fn wanted(shown: Shown) -> Result<RECT, CaptureError> {
    // SAFETY: takes and gives numbers.
    let metric = |which| unsafe { GetSystemMetrics(which) };
    let (left, top) = (metric(SM_XVIRTUALSCREEN), metric(SM_YVIRTUALSCREEN));
    let (right, bottom) = (left + metric(SM_CXVIRTUALSCREEN), top + metric(SM_CYVIRTUALSCREEN));
    let all = RECT { left, top, right, bottom };
    if all.right <= all.left || all.bottom <= all.top {
        return Err(CaptureError::NoScreen);
    }
    if shown == Shown::Screen {
        return Ok(all);
    }
    let mut window = RECT::default();
    // SAFETY: the rectangle lives over the call; a window that is gone by now only makes the call fail.
    let is_found = unsafe {
        let front = GetForegroundWindow();
        !front.is_null() && GetWindowRect(front, &mut window) != 0
    };
    let part = RECT {
        left: window.left.max(all.left),
        top: window.top.max(all.top),
        right: window.right.min(all.right),
        bottom: window.bottom.min(all.bottom),
    };
    if !is_found || part.right <= part.left || part.bottom <= part.top {
        return Err(CaptureError::NoWindow);
    }
    Ok(part)
}

pub(super) fn capture(shown: Shown) -> Result<Shot, CaptureError> {
    let part = wanted(shown)?;
    let (wide, high) = (part.right - part.left, part.bottom - part.top);
    let failed = |what: &str| CaptureError::Failed { step: "reading the screen", detail: what.to_owned() };
    let size = |it: i32| u32::try_from(it).map_err(|_| failed("a size below zero"));
    let (width, height) = (size(wide)?, size(high)?);
    check_size(width, height)?;
    // SAFETY: takes no pointer but null, which means the whole screen.
    let surface = unsafe { GetDC(null_mut()) };
    if surface.is_null() {
        return Err(CaptureError::NoScreen);
    }
    let screen = Screen(surface);
    // SAFETY: `screen` is a live surface.
    let surface = unsafe { CreateCompatibleDC(screen.0) };
    if surface.is_null() {
        return Err(failed("no surface in memory"));
    }
    let memory = Memory(surface);
    // SAFETY: `screen` is a live surface; both sizes are above zero.
    let pixels = unsafe { CreateCompatibleBitmap(screen.0, wide, high) };
    if pixels.is_null() {
        return Err(failed("no memory for the picture"));
    }
    let bitmap = Bitmap(pixels);
    // SAFETY: all three handles live; what was selected before is selected again, so that the bitmap is free for
    // `GetDIBits` and for deletion.
    let is_copied = unsafe {
        let before = SelectObject(memory.0, bitmap.0);
        let copied = BitBlt(memory.0, 0, 0, wide, high, screen.0, part.left, part.top, SRCCOPY | CAPTUREBLT);
        SelectObject(memory.0, before);
        copied != 0
    };
    if !is_copied {
        // The lock screen and the question for an administrator are on a screen of their own.
        return Err(CaptureError::NotAllowed);
    }
    let mut rgba = vec![0_u8; usize::try_from(u64::from(width) * u64::from(height) * 4).unwrap_or_default()];
    let mut info = BITMAPINFO::default();
    info.bmiHeader.biSize = u32::try_from(size_of_val(&info.bmiHeader)).unwrap_or_default();
    info.bmiHeader.biWidth = wide;
    // Below zero means that rows come from the top.
    info.bmiHeader.biHeight = -high;
    info.bmiHeader.biPlanes = 1;
    info.bmiHeader.biBitCount = 32;
    info.bmiHeader.biCompression = BI_RGB;
    let into: *mut c_void = rgba.as_mut_ptr().cast();
    // SAFETY: `rgba` holds `width * height` pixels of 4 bytes, which is what 32 bits and these sizes write.
    let rows = unsafe { GetDIBits(screen.0, bitmap.0, 0, height, into, &mut info, DIB_RGB_COLORS) };
    if rows != high {
        return Err(failed("the picture could not be read back"));
    }
    for pixel in rgba.chunks_exact_mut(4) {
        pixel.swap(0, 2);
        if let Some(opacity) = pixel.last_mut() {
            *opacity = u8::MAX;
        }
    }
    Ok(Shot { width, height, rgba })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_as_many_pixels_as_it_says_or_there_is_a_reason() {
        match capture(Shown::Screen) {
            Ok(shot) => {
                assert_eq!(
                    u64::try_from(shot.rgba.len()).unwrap(),
                    u64::from(shot.width) * u64::from(shot.height) * 4
                );
                assert!(shot.rgba.iter().skip(3).step_by(4).all(|it| *it == u8::MAX));
            }
            Err(error) => {
                assert!(matches!(error, CaptureError::NoScreen | CaptureError::NotAllowed), "{error:?}")
            }
        }
    }
}
