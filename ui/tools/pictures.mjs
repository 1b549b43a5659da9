// Takes pictures of the console of a running desk, in Debian's Chromium. Changes nothing at the desk.
//
// node tools/pictures.mjs DESK EMAIL NUMBER LANGUAGE THEME OUT_DIR; the password comes from NIGHTLINE_PASSWORD.

import { join } from "node:path";
import { launch, openPage } from "../shared/tests/browser/chromium.mjs";

/** The desk is on the same machine; a page that is not there by then has a fault. */
const LIMIT_MS = 20_000;

const [desk, email, number, language, theme, outDir] = process.argv.slice(2);
const browser = await launch();
try {
  // A laptop's window; pictures in documents are read at about half of it. The zone is the machine's own.
  const { page, context } = await openPage(browser, { language, theme, width: 1440, height: 900, timezoneId: undefined });
  const answer = await context.request.post(`${desk}/api/agent/v1/sign-in`, {
    data: { email, password: process.env["NIGHTLINE_PASSWORD"] },
    headers: { origin: desk, "sec-fetch-site": "same-origin" },
  });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
  page.setDefaultTimeout(LIMIT_MS);
  for (const [name, path, sign] of [
    ["queue", "/", number],
    ["ticket", `/t/${number}`, number],
  ]) {
    await page.goto(`${desk}${path}`);
    await page.getByText(sign).first().waitFor();
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(outDir, `${name}-${language}-${theme}.png`) });
  }
} finally {
  await browser.close();
}
