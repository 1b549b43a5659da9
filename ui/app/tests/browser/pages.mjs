// What the tests of the window share: its pages on the fake watch, and what no page may do. Judges, changes nothing.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";

/** Each screen: its address, and how to get to it from there. */
export const SCREENS = {
  "home, broken": ["?scenario=broken"],
  "home, well": ["?scenario=well"],
  "home, not looked": ["?scenario=first"],
  "home, looking": ["?scenario=looking"],
  "home, unfinished": ["?scenario=unfinished"],
  "home, nothing set up": ["?scenario=empty"],
  "home, keyring locked": ["?scenario=locked"],
  "home, no tray": ["?scenario=no-tray"],
  "home, hostile words": ["?scenario=hostile"],
  "watch gone": ["?scenario=lost"],
  discarding: ["?scenario=unfinished", (page) => page.locator("#discard").click()],
  "numbers to call": ["?scenario=broken", (page) => page.locator("#call").click()],
  what: ["?at=what"],
  "what, missing": ["?scenario=empty", async (page) => {
    await page.locator("#get-help").click();
    await page.locator("textarea[name=what]").waitFor();
    await page.locator("#next").click();
    await page.locator("#missing").waitFor();
  }],
  "what, checks running": ["?at=what&scenario=hanging&pace=300"],
  "what, nothing can be looked at": ["?at=what&scenario=no-checks"],
  target: ["?at=target"],
  error: ["?at=error"],
  when: ["?at=when", (page) => page.locator("input[name=when][value=other]").check()],
  machine: ["?at=machine", (page) => page.locator("input[name=machine][value=other]").check()],
  pattern: ["?at=pattern"],
  scope: ["?at=scope"],
  impact: ["?at=impact"],
  found: ["?at=found", async (page) => {
    for (const summary of await page.locator("main summary").all()) await summary.click();
  }],
  "found, nothing wrong": ["?at=found&scenario=well"],
  pictures: ["?at=pictures", async (page) => {
    await page.locator("[data-testid=add-area]").click();
    await page.locator("button.area").waitFor();
  }],
  preview: ["?at=preview"],
  "preview, hostile words": ["?at=preview&scenario=hostile"],
  "preview, cannot be sent": ["?at=preview&scenario=empty"],
  "preview, being sealed": ["?at=preview&scenario=sealing"],
  reading: ["?at=preview", async (page) => {
    await page.locator("[data-read=system-log]").click();
    await page.locator("dialog[open] figure").waitFor();
  }],
  "sent, under way": ["?at=sent&scenario=slow"],
  "sent, delivered": ["?at=sent"],
  "sent, waits": ["?at=sent&scenario=offline", (page) => page.locator("#save").click()],
  "sent, refused": ["?at=sent&scenario=refused"],
  tickets: ["?at=tickets"],
  "tickets, none": ["?at=tickets&scenario=empty"],
  ticket: ["?at=ticket"],
  "ticket, hostile words": ["?at=ticket&scenario=hostile"],
  "ticket, desk away": ["?at=ticket&scenario=desk-down"],
  "ticket, waits": ["?at=waiting"],
  "ticket, closed": ["?at=closed"],
  "ticket, closing": ["?at=ticket", (page) => page.locator("#close-ticket").click()],
  settings: ["?at=settings"],
  "settings, managed": ["?at=settings&scenario=managed"],
  "a page that cannot be shown": ["?at=settings&scenario=torn"],
  about: ["?at=about", (page) => page.locator("main summary").nth(1).click()],
};

/** The address of a screen on the fake watch; everything is there at once unless it says otherwise. */
export const addressOf = (query, language) => `/${query}${query.includes("pace=") ? "" : "&pace=0"}&lang=${language}`;

/** What axe refuses. The pages have no frames, so it needs no page of its own ("legacy mode"). */
export async function violations(page) {
  const found = await new AxeBuilder({ page }).setLegacyMode().options({ rules: { "color-contrast-enhanced": { enabled: true } } }).analyze();
  return found.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

/** The first names the culprit; the others are inside it. */
const MOST_SHOWN = 4;

/** Nothing is wider than the window, and no words are cut off where nobody meant it. */
export async function checkFits(page, width) {
  // What depends on the width in script follows a frame later.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const wide = await page.evaluate(() => {
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const found = over > 0 ? [`page by ${over}`] : [];
    for (const element of document.querySelectorAll("#app *")) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || element.closest(".unseen, .scroll-x, .window, pre, dialog:not([open])")) continue;
      if (box.right > innerWidth + 1 || box.left < -1) found.push(element.outerHTML.slice(0, 120));
      const style = getComputedStyle(element);
      const isButton = element.matches("button, .button");
      if (isButton && element.scrollWidth > element.clientWidth + 1 && style.overflow === "visible") found.push(`cut: ${element.outerHTML.slice(0, 120)}`);
    }
    return found;
  });
  assert.deepEqual(wide.slice(0, MOST_SHOWN), [], `at ${width}`);
}

const LOCALES = fileURLToPath(new URL("../../../../crates/nightline-text/locales/en/", import.meta.url));
/** Whole English sentences without values, long enough not to be a name. */
const ENGLISH = readdirSync(LOCALES)
  .flatMap((it) => readFileSync(LOCALES + it, "utf8").split("\n"))
  .map((line) => /^[a-z][\w-]* = ([^{}]{12,})$/.exec(line)?.[1])
  .filter((it) => it !== undefined && it.includes(" "));

/** No id where a sentence should be, no value without its place, no English among Chinese. */
export async function checkWords(page, language, isHostile) {
  const text = await page.evaluate(() => document.body.innerText);
  const raw = text.match(/\b(app|console|finding|verdict|advice|outcome|severity|culprit|event|age|check|bundle|session|device|skip|network|reason|failure|fake)-[a-z]+[a-z-]*\b/g);
  assert.deepEqual(raw, null, "raw ids");
  if (isHostile) return;
  assert.deepEqual(text.match(/\{ ?\$\w+ ?\}|undefined|NaN|\[object/g), null, "values without a place");
  if (language === "en") assert.deepEqual(text.replace("简体中文", "").match(/\p{Script=Han}/u), null);
  else assert.deepEqual(ENGLISH.filter((it) => text.includes(it)), [], "English among Chinese");
}
