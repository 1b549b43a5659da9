// Does what an agent does with a ticket in the console of a running desk, in Debian's Chromium: finds it in the queue,
// opens it, reads it, looks at the picture that came with it, and answers. Prints what was to be seen, as JSON.
//
// node tools/agent-at-console.mjs DESK EMAIL NUMBER LANGUAGE ANSWER; the password comes from NIGHTLINE_PASSWORD.

import { launch, openPage } from "../shared/tests/browser/chromium.mjs";

/** The desk is on the same machine; a page that is not there by then has a fault. */
const LIMIT_MS = 20_000;

const [desk, email, number, language, answer] = process.argv.slice(2);
const browser = await launch();
try {
  const { page, complaints } = await openPage(browser, { language });
  page.setDefaultTimeout(LIMIT_MS);
  await page.goto(desk);
  await page.locator("input[name=email]").waitFor();
  // Before anybody is signed in the desk says 401, and browsers report that.
  complaints.length = 0;
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(process.env["NIGHTLINE_PASSWORD"]);
  await page.keyboard.press("Enter");
  const row = page.locator("[data-row]", { hasText: number });
  await row.waitFor();
  const seen = { queue: await row.innerText() };
  await row.click();
  await page.locator(".sentence").waitFor();
  seen.ticket = await page.locator(".story").innerText();
  seen.error = await page.locator("figure pre bdi").evaluate((it) => it.textContent);
  await page.locator("#tab-files").click();
  const picture = page.locator("#panel li button", { hasText: ".png" });
  await picture.waitFor();
  seen.files = await page.locator("#panel").innerText();
  await picture.click();
  const image = page.locator("#panel img");
  await image.waitFor();
  seen.picture = await image.evaluate(async (it) => {
    await it.decode();
    return [it.naturalWidth, it.naturalHeight];
  });
  await page.locator("textarea[name=answer]").fill(answer);
  await page.keyboard.press("Control+Enter");
  await page.locator("li.agent", { hasText: answer }).waitFor();
  seen.complaints = complaints;
  process.stdout.write(`${JSON.stringify(seen)}\n`);
} finally {
  await browser.close();
}
