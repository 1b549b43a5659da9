// Takes a picture of every screen of the console, on its fake desk, in Debian's Chromium, to be looked at.
//
// node tools/desk-pictures.mjs OUT_DIR [PART OF A SCREEN'S NAME]

import { mkdir, rm } from "node:fs/promises";
import { CONSOLE } from "../desk/tests/browser/console.mjs";
import { SCREENS } from "../desk/tests/browser/pages.mjs";
import { Stage } from "../shared/tests/browser/stage.mjs";
import { shots } from "./shots.mjs";

/** A telephone, half a screen, a laptop. */
const SIZES = [{ width: 390, height: 844 }, { width: 900, height: 900 }, { width: 1440, height: 900 }];

const [outDir, part = ""] = process.argv.slice(2);
if (part === "") await rm(outDir, { recursive: true, force: true });
await mkdir(outDir, { recursive: true });
const stage = new Stage(CONSOLE);
let made = 0;
try {
  await stage.up();
  for (const [name, [address, sign, reach]] of Object.entries(SCREENS).filter(([it]) => it.includes(part))) {
    for (const language of ["en", "zh-CN"]) {
      const { page, context } = await stage.at(address, sign, { language });
      await reach?.(page);
      made += await shots(page, outDir, name, language, SIZES);
      await context.close();
    }
  }
} finally {
  await stage.down();
}
process.stdout.write(`${made} pictures in ${outDir}\n`);
