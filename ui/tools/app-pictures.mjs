// Takes a picture of every screen of the window, on its fake watch, in Debian's Chromium, to be looked at.
//
// node tools/app-pictures.mjs OUT_DIR [PART OF A SCREEN'S NAME]

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, openPage } from "../app/tests/browser/chromium.mjs";
import { addressOf, SCREENS } from "../app/tests/browser/pages.mjs";
import { serve } from "../app/tests/browser/serve.mjs";

/** The narrowest window, and a laptop's. */
const SIZES = [{ width: 320, height: 640 }, { width: 1180, height: 800 }];

const [outDir, part = ""] = process.argv.slice(2);
if (part === "") await rm(outDir, { recursive: true, force: true });
await mkdir(outDir, { recursive: true });
const site = await serve(fileURLToPath(new URL("../app/dist-fake", import.meta.url)));
const browser = await launch();
let made = 0;
try {
  for (const [name, [query, reach]] of Object.entries(SCREENS).filter(([it]) => it.includes(part))) {
    for (const language of ["en", "zh-CN"]) {
      const { page, context } = await openPage(browser, { language });
      await page.goto(site.url + addressOf(query, language));
      await page.locator("#app h1, #says").first().waitFor({ state: "attached" });
      await reach?.(page);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        for (const theme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme: theme });
          const filename = `${name.replace(/\W+/g, "-")}-${language}-${theme}-${size.width}.png`;
          await page.screenshot({ path: join(outDir, filename), fullPage: true });
          made += 1;
        }
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await site.stop();
}
process.stdout.write(`${made} pictures in ${outDir}\n`);
