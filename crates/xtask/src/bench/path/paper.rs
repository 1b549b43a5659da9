//! The judgment of paths on paper: the confusion table of seeded cases. Judges nothing itself; `judge-paths` of the
//! testkit does.

use serde_json::Value;

use super::super::Figure;
use super::pct;
use crate::failure::Failure;
use crate::shell;

/// Seeds that no threshold was chosen on; those below 10,000 were looked at.
const SEEDS: (&str, &str) = ("10000", "13999");
const MIX: &str = "tests/lab/mix.toml";

/// The confusion table is printed; its last line are the figures.
pub(super) fn figures() -> Result<Vec<Figure>, Failure> {
    let program = shell::target_dir().join("debug/judge-paths");
    let mix = shell::root().join(MIX);
    let words = [&*mix.to_string_lossy(), SEEDS.0, SEEDS.1].map(str::to_owned);
    let judge = shell::command(&program.to_string_lossy(), words.iter().map(String::as_str));
    let said = shell::read(judge).ok_or_else(|| Failure::answer("judge-paths", "does not run"))?;
    let unread = || Failure::answer("judge-paths", "printed no figures");
    let (table, last) = said.trim_end().rsplit_once('\n').ok_or_else(unread)?;
    let score: Value = serde_json::from_str(last).map_err(|_| unread())?;
    println!("\n  what is wrong (rows) and who is blamed (columns), seeds {} to {}:", SEEDS.0, SEEDS.1);
    table.lines().for_each(|line| println!("  {line}"));
    println!();
    let of = |key: &str| score[key].as_f64().unwrap_or_default();
    let cases = score["cases"].to_string();
    Ok(vec![
        Figure::new("right, of the judged", pct(of("right_of_judged_pct")))
            .note(format!("bar: 95 %; {cases} paths on paper, “not known” excused up to a tenth")),
        Figure::new("right, of all", pct(of("right_pct")))
            .note(format!("not known: {}", pct(of("unknown_pct")))),
        Figure::new("busy router blamed", pct(of("innocent_blamed_pct"))).note("bar: 1 %"),
    ])
}
