// What no page of window or console may do: refused by axe, wider than the window, words that nobody wrote for a
// reader. Judges, changes nothing.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";

export const COLORS = ["color-contrast", "color-contrast-enhanced"];

/** Asks axe, with its stricter contrast: about everything, or without the colors, or about them alone. */
export async function checkAccess(page, name, { colors = true, layout = true } = {}) {
  // The pages have no frames, so axe needs no page of its own to gather its results in ("legacy mode").
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (layout) axe.options({ rules: Object.fromEntries(COLORS.map((rule) => [rule, { enabled: colors }])) });
  else axe.withRules(COLORS);
  const { violations } = await axe.analyze();
  assert.deepEqual(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`), [], name);
}

/** The first names the culprit; the others are inside it. */
const MOST_SHOWN = 4;

/** Nothing is wider than the window, and no words are cut off where nobody meant it. */
export async function checkFits(page, name) {
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
      // Marks of a chart carry their names above them.
      const isButton = element.matches("button, .button") && !element.closest("[aria-hidden=true]");
      if (isButton && element.scrollWidth > element.clientWidth + 1 && style.overflow === "visible") found.push(`cut: ${element.outerHTML.slice(0, 120)}`);
    }
    return found;
  });
  assert.deepEqual(wide.slice(0, MOST_SHOWN), [], name);
}

const LOCALES = fileURLToPath(new URL("../../../../crates/nightline-text/locales/", import.meta.url));
const written = (language) => readdirSync(LOCALES + language).flatMap((it) => readFileSync(`${LOCALES}${language}/${it}`, "utf8").split("\n"));
/** Whole sentences without values, long enough not to be a name. */
const sentences = (language, isLong) => {
  const own = written(language).map((line) => /^[a-z][\w-]* = ([^{}]+)$/.exec(line)?.[1]);
  return own.filter((it) => it !== undefined && isLong(it));
};
const FOREIGN = {
  en: sentences("zh-CN", (it) => (it.match(/\p{Script=Han}/gu) ?? []).length >= 6),
  "zh-CN": sentences("en", (it) => it.length >= 12 && it.includes(" ")),
};
const IDS = new Set(written("en").map((line) => /^([a-z][\w-]*) =/.exec(line)?.[1]));
/** What begins like an id of ours, also where no such sentence was written. */
const FAMILY = /^(app|console|finding|verdict|advice|outcome|severity|culprit|age|check|bundle|session|device|skip|network|reason|failure|fake)-/;
const isRaw = (word) => IDS.has(word) || FAMILY.test(word);

/** No id where a sentence should be, no value without its place, no sentence of the other language. */
export async function checkWords(page, language, isHostile) {
  const text = await page.evaluate(() => document.body.innerText);
  const words = text.match(/(?<![\w-])[a-z]+(?:-[\w]+)+/g) ?? [];
  assert.deepEqual(words.filter(isRaw), [], "raw ids");
  if (isHostile) return;
  assert.deepEqual(text.match(/\{ ?\$\w+ ?\}|undefined|NaN|\[object/g), null, "values without a place");
  assert.deepEqual(FOREIGN[language].filter((it) => text.includes(it)), [], "sentences of the other language");
}
