// Every screen in both languages, both lights and three widths: nothing that axe refuses, nothing wider than the
// window, no raw id, no complaint of the browser. On the fake desk, with the real desk's content policy.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { launch, openPage } from "./chromium.mjs";
import { serve } from "./serve.mjs";

const LEAD = "/t/NL-7Q2K-4M9X-C";
const tab = (name) => async (page) => {
  await page.locator(`#tab-${name}`).click();
  await page.locator(`#tab-${name}[aria-selected="true"]`).waitFor();
};

/** Each screen: address, what must be there, and how to get to it from there. */
const SCREENS = {
  "sign-in": ["/?scenario=signed-out", "input[name=password]"],
  "set-up": ["/setup?scenario=setup#token=abc", "input[name=name]"],
  queue: ["/", "[data-row]"],
  "empty queue": ["/?scenario=empty", ".empty"],
  "long queue": ["/?scenario=many", "[data-row]"],
  "queue offline": ["/?scenario=offline", "[role=alert]"],
  "queue of hostile words": ["/?scenario=hostile", "[data-row]"],
  ticket: [LEAD, ".sentence"],
  "ticket arriving": [`${LEAD}?scenario=arriving`, "progress"],
  "ticket damaged": [`${LEAD}?scenario=damaged`, ".damaged"],
  "ticket that is not there": ["/t/NL-0000-0000-0", "[role=alert] a"],
  checks: [LEAD, ".sentence", async (page) => {
    await page.locator(".story .link").first().click();
    await page.locator("details[open] .facts").first().waitFor();
  }],
  "timeline as a table": [LEAD, ".sentence", (page) => page.locator("#panel button[aria-pressed=false]").last().click()],
  target: [LEAD, ".sentence", tab("target")],
  path: [LEAD, ".sentence", tab("path")],
  machine: [LEAD, ".sentence", tab("machine")],
  files: [LEAD, ".sentence", tab("files")],
  history: [LEAD, ".sentence", tab("history")],
  "a log": [LEAD, ".sentence", async (page) => {
    await tab("files")(page);
    await page.locator("#file-2").click();
    await page.locator(".window .row").first().waitFor();
  }],
  "a picture": [LEAD, ".sentence", async (page) => {
    await tab("files")(page);
    await page.locator("#file-3").click();
    await page.locator(".viewer img").waitFor();
  }],
  closing: [LEAD, ".sentence", async (page) => {
    await page.keyboard.press("x");
    await page.waitForFunction(() => document.querySelector("dialog[open] textarea[name=cause]")?.value !== "");
  }],
  shortcuts: [LEAD, ".sentence", (page) => page.keyboard.press("?")],
  devices: ["/devices", "td"],
  agents: ["/agents", "td"],
  "audit log": ["/audit", "td"],
  lost: ["/nowhere", "h1"],
};
const WIDTHS = [1440, 1024, 390];

let browser;
let site;
before(async () => {
  site = await serve(fileURLToPath(new URL("../../dist-fake", import.meta.url)));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

for (const language of ["en", "zh-CN"]) {
  for (const theme of ["light", "dark"]) {
    describe(`${language}, ${theme}`, () => {
      for (const [name, [address, sign, reach]] of Object.entries(SCREENS)) {
        it(`${name} is whole at every width`, async () => {
          const { page, context, complaints } = await openPage(browser, { language, theme, width: WIDTHS[0] });
          try {
            await page.goto(site.url + address);
            await page.locator(sign).first().waitFor();
            await reach?.(page);
            assert.equal(await page.evaluate(() => document.documentElement.lang), language);
            for (const width of WIDTHS) {
              await page.setViewportSize({ width, height: width > 500 ? 900 : 844 });
              // What depends on the width is looked at in one light of each language; the colors in all four, once.
              await check(page, width, { colors: width === WIDTHS[0], layout: (language === "en") === (theme === "light") });
            }
            assert.deepEqual(complaints, []);
          } finally {
            await context.close();
          }
        });
      }
    });
  }
}

const COLORS = ["color-contrast", "color-contrast-enhanced"];

// The pages have no frames, so axe needs no page of its own to gather its results in ("legacy mode").
async function check(page, width, { colors, layout }) {
  if (colors || layout) {
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (layout) axe.options({ rules: Object.fromEntries(COLORS.map((rule) => [rule, { enabled: colors }])) });
    else axe.withRules(COLORS);
    const { violations } = await axe.analyze();
    assert.deepEqual(violations.map((it) => `${width}: ${it.id}: ${it.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`), []);
  }
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(over, 0, `${width}: ${over} pixels too wide`);
  const raw = await page.evaluate(() => document.body.innerText.match(/\b(console|finding|verdict|advice|outcome|severity|culprit|event|age|check)-[a-z]+[a-z-]*\b/g));
  assert.deepEqual(raw, null, `${width}: raw ids`);
}
