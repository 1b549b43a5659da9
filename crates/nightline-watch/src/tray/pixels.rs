//! The tray's pictures, drawn for Nightline in `icons/`, as pixels.

use image::{ImageFormat, RgbaImage};
use nightline_view::TrayState;

macro_rules! icon {
    ($name:literal) => {
        [
            include_bytes!(concat!("../../../../icons/tray-", $name, "-22.png")).as_slice(),
            include_bytes!(concat!("../../../../icons/tray-", $name, "-44.png")).as_slice(),
        ]
    };
}

/// The picture of a state in two sizes, smaller first.
pub(crate) fn pictures(state: TrayState) -> Vec<RgbaImage> {
    let files = match state {
        TrayState::Quiet => icon!("quiet"),
        TrayState::Degraded => icon!("degraded"),
        TrayState::Broken => icon!("broken"),
        TrayState::Unread => icon!("unread"),
    };
    files
        .into_iter()
        .filter_map(|file| image::load_from_memory_with_format(file, ImageFormat::Png).ok())
        .map(image::DynamicImage::into_rgba8)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_shape_of_its_own() {
        let states = [TrayState::Quiet, TrayState::Degraded, TrayState::Broken, TrayState::Unread];
        let shapes: Vec<Vec<bool>> = states
            .iter()
            .map(|state| {
                let pictures = pictures(*state);
                assert_eq!(pictures.iter().map(RgbaImage::width).collect::<Vec<_>>(), [22, 44]);
                // What is light on the dark tile: color must not be what tells states apart.
                pictures[1].pixels().map(|pixel| image::Pixel::to_luma(pixel).0[0] > 96).collect()
            })
            .collect();
        for (index, shape) in shapes.iter().enumerate() {
            assert!(!shapes[..index].contains(shape), "{:?}", states[index]);
        }
    }
}
