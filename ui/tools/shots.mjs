// Pictures of one page that stands as it should: in every size and light. Opens no page and judges nothing.

import { join } from "node:path";

/** Writes them to a folder; how many. Where the page is longer than the window, all of it. */
export async function shots(page, outDir, name, language, sizes) {
  await page.evaluate(() => Promise.all([...document.images].map((it) => it.decode().catch(() => undefined))));
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const theme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: theme });
      const filename = `${name.replace(/\W+/g, "-")}-${language}-${theme}-${size.width}.png`;
      await page.screenshot({ path: join(outDir, filename), fullPage: true });
    }
  }
  return sizes.length * 2;
}
