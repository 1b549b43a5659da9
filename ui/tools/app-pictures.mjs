// Takes a picture of every screen of the window, on its fake watch, in Debian's Chromium, to be looked at.
// A screen that cannot be taken is named at the end and does not keep the others from being taken.
//
// node tools/app-pictures.mjs OUT_DIR [PART OF A SCREEN'S NAME]

import { mkdir, rm } from "node:fs/promises";
import { addressOf, SCREENS } from "../app/tests/browser/pages.mjs";
import { WINDOW } from "../app/tests/browser/window.mjs";
import { Stage } from "../shared/tests/browser/stage.mjs";
import { shots } from "./shots.mjs";

/** The narrowest window, and a laptop's. */
const SIZES = [{ width: 320, height: 640 }, { width: 1180, height: 800 }];
const LANGUAGES = ["en", "zh-CN"];

const [outDir, part = ""] = process.argv.slice(2);
if (part === "") await rm(outDir, { recursive: true, force: true });
await mkdir(outDir, { recursive: true });
let made = 0;
const missing = [];
for (const [name, screen] of Object.entries(SCREENS).filter(([it]) => it.includes(part))) {
  // A browser for each screen: one that ends takes one screen with it, and none grows for minutes.
  const stage = new Stage(WINDOW);
  try {
    await stage.up();
    for (const language of LANGUAGES) await take(stage, name, screen, language);
  } catch (error) {
    missing.push(`${name}: ${error.message}`);
  } finally {
    // A browser that has ended by itself cannot be closed.
    await stage.down().catch(() => {});
  }
}
process.stdout.write(`${made} pictures in ${outDir}\n`);
for (const problem of missing) process.stderr.write(`not taken: ${problem}\n`);
process.exitCode = missing.length > 0 ? 1 : 0;

/** One screen in one language, in every size and light. */
async function take(stage, name, [query, reach], language) {
  const { page } = await stage.open({ language });
  await page.goto(stage.url + addressOf(query, language));
  await page.locator("#app h1, #says").first().waitFor({ state: "attached" });
  await reach?.(page);
  made += await shots(page, outDir, name, language, SIZES);
}
