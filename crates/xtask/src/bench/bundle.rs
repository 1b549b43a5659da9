//! Time, size and peak memory of making a bundle of this very machine.

use super::process::{measure, mib};
use super::{Figure, median};
use crate::demo::{DataDir, Programs};
use crate::failure::Failure;
use crate::shell;

const RUNS: usize = 3;

pub(super) fn run(programs: &Programs, data_dir: &DataDir) -> Result<Vec<Figure>, Failure> {
    let file = data_dir.path.join("bundle.zip");
    let (mut wall, mut peak, mut size) = (Vec::new(), 0, 0);
    for _ in 0..RUNS {
        let _ = std::fs::remove_file(&file);
        let mut command =
            shell::command(&programs.nightline.to_string_lossy(), ["bundle", "create", "--home"]);
        command.arg(data_dir.path.join("home")).arg("--out").arg(&file);
        let cost = measure(command)?;
        if cost.code != Some(0) {
            return Err(Failure::answer("nightline bundle create", format!("ended with {:?}", cost.code)));
        }
        wall.push(cost.wall.as_secs_f64());
        peak = peak.max(cost.peak_bytes);
        size = std::fs::metadata(&file).map_err(Failure::io("look at the bundle"))?.len();
    }
    Ok(vec![
        Figure::new("time, diagnosis included", format!("{:.2} s", median(wall)))
            .note(format!("bar: 20 s; median of {RUNS} runs")),
        Figure::new("size", format!("{:.2} MiB", mib(size))),
        Figure::new("peak memory", format!("{:.1} MiB", mib(peak))),
    ])
}
