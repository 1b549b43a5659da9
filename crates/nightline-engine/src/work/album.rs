//! The pictures of a ticket: taken or added, shown, blacked out, kept. Only pixels are kept: whatever else a file
//! carried (place, camera, earlier versions) is gone with the first look at it.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use image::{DynamicImage, ImageFormat, ImageReader, Limits, Rgba, RgbaImage};
use nightline_platform::directories::write_atomic;
use nightline_platform::screen::{self, Shown};
use nightline_types::Message;
use nightline_view::{Area, Picture, PictureOf};

use super::Told;
use crate::World;

/// Below the home's data: a draft's pictures, until the ticket is sealed or the draft thrown away.
pub const PICTURES_DIRNAME: &str = "draft-pictures";
/// Pictures of one ticket; whoever needs more sends files.
const MAX_PICTURES: usize = 10;
/// A side of a picture: above every screen and camera, and bounds what decoding may cost.
const MAX_SIDE: u32 = 20_000;
/// Memory that decoding one picture may take: 100 megapixels.
const MAX_DECODED_BYTES: u64 = 400 << 20;
/// A file that is given to us: as long as its base64 fits a frame.
const MAX_FILE_BYTES: usize = 20 << 20;
/// Larger pictures are shown smaller; what leaves is the whole.
const MAX_SHOWN_SIDE: u32 = 1_600;
/// Painting more rectangles than this one by one is not what a person does.
const MAX_AREAS: usize = 200;
const BLACK: Rgba<u8> = Rgba([0, 0, 0, 255]);

/// The pictures of one draft.
pub(super) struct Album {
    dir: PathBuf,
    shots: Vec<Shot>,
    made: u32,
}

struct Shot {
    id: String,
    pixels: RgbaImage,
    /// The file as it would leave.
    file: Vec<u8>,
    revision: u32,
    areas: u32,
    kept: bool,
}

impl Album {
    /// The pictures that were kept before a worker or the whole watch was killed.
    pub(super) fn open(data_dir: &Path) -> Self {
        let mut album = Self { dir: data_dir.join(PICTURES_DIRNAME), shots: Vec::new(), made: 0 };
        let entries = std::fs::read_dir(&album.dir).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths.into_iter().take(MAX_PICTURES) {
            let Some(id) = path.file_stem().map(|it| it.to_string_lossy().into_owned()) else { continue };
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let Ok(pixels) = decode(&bytes) else { continue };
            let number = id.strip_prefix("picture-").and_then(|it| it.parse().ok()).unwrap_or(0);
            album.made = album.made.max(number);
            album.shots.push(Shot { id, pixels, file: bytes, revision: 1, areas: 0, kept: true });
        }
        album
    }

    /// Every picture with its pixels, for a window that has not seen them.
    pub(super) fn all(&self) -> Vec<(Picture, String)> {
        self.shots.iter().map(|shot| (shot.picture(), shot.data())).collect()
    }

    /// What leaves, by name.
    pub(super) fn kept(&self) -> Vec<(String, Vec<u8>)> {
        let kept = self.shots.iter().filter(|shot| shot.kept);
        kept.map(|shot| (format!("{}.png", shot.id), shot.file.clone())).collect()
    }

    pub(super) async fn take(&mut self, world: &World, of: PictureOf) -> Result<Told, Message> {
        let shown = match of {
            PictureOf::Screen => Shown::Screen,
            PictureOf::Window => Shown::Window,
        };
        let shot = screen::capture(shown, &world.environment, &world.home.cache).await.map_err(|error| {
            tracing::warn!(error = nightline_types::chain(&error), "No picture of the screen");
            error.message()
        })?;
        let pixels = RgbaImage::from_raw(shot.width, shot.height, shot.rgba)
            .ok_or_else(|| Message::new("picture-unreadable"))?;
        self.insert(pixels)
    }

    pub(super) fn add(&mut self, data: &str) -> Result<Told, Message> {
        if data.len() > MAX_FILE_BYTES / 3 * 4 {
            return Err(Message::new("picture-too-large"));
        }
        let bytes = BASE64.decode(data.as_bytes()).map_err(|_| Message::new("picture-unreadable"))?;
        let pixels = decode(&bytes).map_err(|error| {
            tracing::info!(error = nightline_types::chain(&error), "A picture could not be read");
            Message::new("picture-unreadable")
        })?;
        self.insert(pixels)
    }

    pub(super) fn black_out(&mut self, id: &str, areas: &[Area]) -> Result<Told, Message> {
        let shot = self.find(id)?;
        for area in areas.iter().take(MAX_AREAS) {
            shot.areas += u32::from(paint(&mut shot.pixels, *area));
        }
        shot.file = encode(&shot.pixels)?;
        shot.revision += 1;
        let (picture, data) = (shot.picture(), shot.data());
        if picture.kept {
            self.write(id)?;
        }
        Ok(Told::Pictured { picture, data: Some(data) })
    }

    pub(super) fn keep(&mut self, id: &str) -> Result<Told, Message> {
        self.find(id)?.kept = true;
        self.write(id)?;
        Ok(Told::Pictured { picture: self.find(id)?.picture(), data: None })
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.shots.retain(|shot| shot.id != id);
        // A file that is not there was never kept.
        drop(std::fs::remove_file(self.path(id)));
    }

    /// The ticket has its own copies now, or nobody wants them.
    pub(super) fn forget(&mut self) {
        self.shots.clear();
        drop(std::fs::remove_dir_all(&self.dir));
    }

    fn insert(&mut self, pixels: RgbaImage) -> Result<Told, Message> {
        if self.shots.len() >= MAX_PICTURES {
            return Err(Message::new("picture-too-many").arg("most", MAX_PICTURES));
        }
        let file = encode(&pixels)?;
        self.made += 1;
        let id = format!("picture-{}", self.made);
        let shot = Shot { id, pixels, file, revision: 1, areas: 0, kept: false };
        let told = Told::Pictured { picture: shot.picture(), data: Some(shot.data()) };
        self.shots.push(shot);
        Ok(told)
    }

    fn find(&mut self, id: &str) -> Result<&mut Shot, Message> {
        self.shots.iter_mut().find(|shot| shot.id == id).ok_or_else(|| Message::new("picture-gone"))
    }

    fn path(&self, id: &str) -> PathBuf {
        self.dir.join(format!("{id}.png"))
    }

    /// A kept picture survives a kill. One that cannot be written is still in memory and can still leave.
    fn write(&mut self, id: &str) -> Result<(), Message> {
        let (path, dir) = (self.path(id), self.dir.clone());
        let shot = self.find(id)?;
        let written = private_dir(&dir)
            .map_err(|error| nightline_types::chain(&error))
            .and_then(|()| write_atomic(&path, &shot.file).map_err(|error| nightline_types::chain(&error)));
        if let Err(error) = written {
            tracing::warn!(error, "A kept picture is only in memory");
        }
        Ok(())
    }
}

impl Shot {
    fn picture(&self) -> Picture {
        Picture {
            id: self.id.clone(),
            width: self.pixels.width(),
            height: self.pixels.height(),
            bytes: u64::try_from(self.file.len()).unwrap_or(u64::MAX),
            revision: self.revision,
            areas: self.areas,
            kept: self.kept,
        }
    }

    /// The picture as an address, made smaller where it is large.
    fn data(&self) -> String {
        let (width, height) = self.pixels.dimensions();
        let shown = if width.max(height) > MAX_SHOWN_SIDE {
            let smaller =
                DynamicImage::ImageRgba8(self.pixels.clone()).thumbnail(MAX_SHOWN_SIDE, MAX_SHOWN_SIDE);
            encode(&smaller.into_rgba8()).unwrap_or_default()
        } else {
            self.file.clone()
        };
        format!("data:image/png;base64,{}", BASE64.encode(&shown))
    }
}

fn private_dir(dir: &Path) -> std::io::Result<()> {
    // The home's data folder above it is private already.
    std::fs::create_dir_all(dir)
}

fn decode(bytes: &[u8]) -> Result<RgbaImage, image::ImageError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    reader.limits(limits);
    Ok(reader.decode()?.into_rgba8())
}

fn encode(pixels: &RgbaImage) -> Result<Vec<u8>, Message> {
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, ImageFormat::Png).map_err(|error| {
        tracing::error!(error = nightline_types::chain(&error), "A picture could not be written");
        Message::new("picture-unreadable")
    })?;
    Ok(file.into_inner())
}

/// Paints the part of the area that lies on the picture. Whether there was one.
fn paint(pixels: &mut RgbaImage, area: Area) -> bool {
    let right = area.x.saturating_add(area.width).min(pixels.width());
    let bottom = area.y.saturating_add(area.height).min(pixels.height());
    for y in area.y..bottom {
        for x in area.x..right {
            pixels.put_pixel(x, y, BLACK);
        }
    }
    area.x < right && area.y < bottom
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A red picture of 8 by 4 with a text chunk in front, as cameras and screen tools write them.
    fn red_with_a_secret() -> Vec<u8> {
        let pixels = RgbaImage::from_pixel(8, 4, Rgba([255, 0, 0, 255]));
        let mut file = Cursor::new(Vec::new());
        pixels.write_to(&mut file, ImageFormat::Png).unwrap();
        let mut file = file.into_inner();
        let text = b"tEXtComment\0taken by j.doe";
        let mut chunk = (u32::try_from(text.len() - 4).unwrap()).to_be_bytes().to_vec();
        chunk.extend_from_slice(text);
        chunk.extend_from_slice(&crc32(text).to_be_bytes());
        // After the signature and the header.
        file.splice(33..33, chunk);
        file
    }

    /// Bit by bit, as the PNG specification's annex D defines it.
    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8)
                .fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
        })
    }

    fn added(album: &mut Album) -> Picture {
        match album.add(&BASE64.encode(&red_with_a_secret())).unwrap() {
            Told::Pictured { picture, .. } => picture,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_black_is_gone_from_the_file_and_so_is_what_the_file_told_beside_its_pixels() {
        let folder = tempfile::tempdir().unwrap();
        let mut album = Album::open(folder.path());
        let picture = added(&mut album);
        assert_eq!((picture.width, picture.height, picture.kept), (8, 4, false));
        album.black_out(&picture.id, &[Area { x: 6, y: 2, width: 900, height: u32::MAX }]).unwrap();
        album.keep(&picture.id).unwrap();
        let (name, file) = album.kept().remove(0);
        assert_eq!(name, "picture-1.png");
        assert!(!file.windows(5).any(|it| it == b"j.doe"));
        let pixels = decode(&file).unwrap();
        let black = pixels.pixels().filter(|it| **it == BLACK).count();
        assert_eq!(black, 4, "2 by 2 pixels of the area lie on the picture");
        assert_eq!(pixels.get_pixel(5, 2), &Rgba([255, 0, 0, 255]));
    }

    #[test]
    fn a_kept_picture_is_there_after_a_kill_and_one_that_was_not_kept_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut album = Album::open(folder.path());
        let kept = added(&mut album).id;
        let not_kept = added(&mut album).id;
        album.keep(&kept).unwrap();
        drop(album);
        let mut again = Album::open(folder.path());
        assert_eq!(again.all().iter().map(|(picture, _)| picture.id.clone()).collect::<Vec<_>>(), [kept]);
        assert_ne!(added(&mut again).id, not_kept.replace('2', "1"), "a new picture gets a new name");
        again.forget();
        assert!(Album::open(folder.path()).all().is_empty());
    }

    #[test]
    fn what_is_no_picture_is_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let mut album = Album::open(folder.path());
        for data in ["", "%%%", "aGVsbG8=", &BASE64.encode(&red_with_a_secret()[..40])] {
            assert_eq!(album.add(data).unwrap_err().id.as_str(), "picture-unreadable", "{data}");
        }
        assert_eq!(album.keep("picture-7").unwrap_err().id.as_str(), "picture-gone");
        for _ in 0..MAX_PICTURES {
            added(&mut album);
        }
        let one_more = album.add(&BASE64.encode(&red_with_a_secret())).unwrap_err();
        assert_eq!(one_more.id.as_str(), "picture-too-many");
    }

    #[test]
    fn a_large_picture_is_shown_smaller_and_leaves_whole() {
        let folder = tempfile::tempdir().unwrap();
        let mut album = Album::open(folder.path());
        let pixels = RgbaImage::from_pixel(2 * MAX_SHOWN_SIDE, 10, Rgba([1, 2, 3, 255]));
        let Told::Pictured { picture, data: Some(data) } = album.insert(pixels).unwrap() else { panic!() };
        let shown = BASE64.decode(data.trim_start_matches("data:image/png;base64,").as_bytes()).unwrap();
        assert_eq!(decode(&shown).unwrap().width(), MAX_SHOWN_SIDE);
        assert_eq!(picture.width, 2 * MAX_SHOWN_SIDE);
    }
}
