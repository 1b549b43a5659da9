// Every screen in both languages, both lights and three widths: nothing that axe refuses, nothing wider than the
// window, no raw id, no sentence of the other language, no complaint of the browser. On the fake desk, with the real
// desk's content policy.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stage } from "../../../shared/tests/browser/stage.mjs";
import { checkAccess, checkFits, checkWords } from "../../../shared/tests/browser/whole.mjs";
import { CONSOLE } from "./console.mjs";
import { SCREENS } from "./pages.mjs";

const [NARROW, MIDDLE, WIDE] = [390, 900, 1440];
const HEIGHT = 900;
const site = stage(CONSOLE);

for (const language of ["en", "zh-CN"]) {
  for (const theme of ["light", "dark"]) {
    describe(`${language}, ${theme}`, () => {
      for (const [name, [address, sign, reach]] of Object.entries(SCREENS)) {
        it(`${name} is whole at every width`, async () => {
          const { page, context, complaints } = await site.open({ language, theme, width: WIDE, height: HEIGHT });
          try {
            await page.goto(site.url + address);
            await page.locator(sign).first().waitFor();
            await reach?.(page);
            assert.equal(await page.evaluate(() => document.documentElement.lang), language);
            await checkWords(page, language, name.includes("hostile"));
            // What depends on the width is looked at in one light of each language; the colors in all four, once.
            const layout = (language === "en") === (theme === "light");
            await checkAccess(page, `axe at ${WIDE}`, { layout });
            for (const width of layout ? [WIDE, MIDDLE, NARROW] : []) {
              await page.setViewportSize({ width, height: HEIGHT });
              await checkFits(page, `at ${width}`);
            }
            if (layout) await checkAccess(page, `axe at ${NARROW}`, { colors: false });
            assert.deepEqual(complaints, []);
          } finally {
            await context.close();
          }
        });
      }
    });
  }
}
