// Every screen in both languages, both lights and three widths: nothing that axe refuses, nothing wider than the
// window, no raw id, no complaint of the browser. On the fake watch, with the real window's content policy. B-070

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stage } from "../../../shared/tests/browser/stage.mjs";
import { checkAccess, checkFits, checkWords } from "../../../shared/tests/browser/whole.mjs";
import { addressOf, SCREENS } from "./pages.mjs";
import { WINDOW } from "./window.mjs";

const [NARROW, MIDDLE, WIDE] = [320, 900, 1600];
const HEIGHT = 760;
const site = stage(WINDOW);

// The structure is the same in every language and light: each pair is looked at by axe at a width of its own.
for (const [language, theme, examined] of [["en", "light", NARROW], ["zh-CN", "dark", MIDDLE]]) {
  describe(`every screen is whole, ${language}`, () => {
    for (const [name, [query, reach]] of Object.entries(SCREENS)) {
      it(`${name} is whole at every width`, async () => {
        const { page, context, complaints } = await site.open({ language, theme, width: MIDDLE, height: HEIGHT });
        try {
          await page.goto(site.url + addressOf(query, language));
          await page.locator("#app h1, #says").first().waitFor({ state: "attached" });
          await reach?.(page);
          assert.equal(await page.evaluate(() => document.documentElement.lang), language);
          await checkWords(page, language, query.includes("hostile"));
          // Nobody in the window's story writes Chinese but the window itself.
          if (language === "en") assert.doesNotMatch((await page.locator("body").innerText()).replace("简体中文", ""), /\p{Script=Han}/u);
          for (const width of [WIDE, NARROW, MIDDLE]) {
            await page.setViewportSize({ width, height: HEIGHT });
            await checkFits(page, `at ${width}`);
            if (width === examined) await checkAccess(page, `axe at ${width}`);
          }
          assert.deepEqual(complaints, []);
        } finally {
          await context.close();
        }
      });
    }
  });
}
