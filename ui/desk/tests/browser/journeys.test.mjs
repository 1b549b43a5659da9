// What an agent does, by keyboard alone, and what hostile words must not do. On the fake desk.

import assert from "node:assert/strict";
import { it } from "node:test";
import { stage } from "../../../shared/tests/browser/stage.mjs";
import { CONSOLE } from "./console.mjs";

const LEAD = "NL-7Q2K-4M9X-C";
const site = stage(CONSOLE);
const at = (address, sign, options) => site.at(address, sign, options);
const focused = (page, what) => page.evaluate((it) => document.activeElement?.closest(it) !== null, what);

it("signs in after a wrong password, keeping the address", async () => {
  const { page, context } = await at("/?scenario=signed-out", "input[name=password]");
  assert.ok(await focused(page, "input[name=email]"));
  await page.locator("input[name=email]").fill("mira@north.example");
  await page.locator("input[name=password]").fill("short");
  await page.keyboard.press("Enter");
  await page.locator("#wrong:not(:empty)").waitFor();
  assert.equal(await page.locator("input[name=email]").inputValue(), "mira@north.example");
  assert.equal(await page.locator("input[name=password]").inputValue(), "");
  await page.locator("input[name=password]").fill("a long enough sentence");
  await page.keyboard.press("Enter");
  await page.locator("[data-row]").first().waitFor();
  await context.close();
});

it("takes the set-up token out of the address at once", async () => {
  const { page, context } = await at("/setup?scenario=setup#token=very-secret", "input[name=name]");
  assert.ok(!page.url().includes("very-secret"));
  await context.close();
});

it("walks queue, evidence, answer and close by keyboard alone", async () => {
  const { page, context, complaints } = await at("/", "[data-row]");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("j");
  assert.ok(await focused(page, `[href="/t/${LEAD}"]`));
  await page.keyboard.press("Enter");
  await page.locator(".sentence").waitFor();
  assert.ok(page.url().endsWith(`/t/${LEAD}`));

  await page.keyboard.press("2");
  await page.locator("#tab-checks[aria-selected=true]").waitFor();
  await page.locator("#tab-checks").focus();
  await page.keyboard.press("ArrowRight");
  assert.ok(await focused(page, "#tab-target"));

  const link = page.locator(".story ul .link").first();
  await link.focus();
  await page.keyboard.press("Enter");
  await page.locator("#check-path details, details#check-path[open]").first().waitFor();
  assert.ok(await focused(page, "#check-path"));

  await page.keyboard.press("r");
  assert.ok(await focused(page, "textarea[name=answer]"));
  await page.keyboard.type("We see the loss too.\nIt is your provider.");
  await page.keyboard.press("Control+Enter");
  await page.locator("li.agent", { hasText: "It is your provider." }).waitFor();
  await page.keyboard.press("Escape");

  await page.keyboard.press("x");
  await page.waitForFunction(() => document.querySelector("dialog[open] textarea[name=cause]")?.value !== "");
  await page.locator("textarea[name=cause]").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("#log-title").waitFor();
  await page.keyboard.press("u");
  await page.waitForURL(site.url + "/");
  await page.keyboard.press("/");
  await page.keyboard.type("printer");
  await page.locator("[data-row]").filter({ hasText: "NL-B8TR" }).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

it("never sends while an input method composes", async () => {
  const { page, context } = await at(`/t/${LEAD}`, ".sentence");
  const field = page.locator("textarea[name=answer]");
  await field.fill("正在");
  await field.evaluate((it) => it.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, isComposing: true, bubbles: true, cancelable: true })));
  await field.evaluate((it) => it.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, keyCode: 229, bubbles: true, cancelable: true })));
  assert.equal(await page.locator("li.agent").count(), 0);
  assert.equal(await field.inputValue(), "正在");
  await context.close();
});

it("keeps what was typed over a reload", async () => {
  const { page, context } = await at(`/t/${LEAD}`, ".sentence");
  await page.locator("textarea[name=answer]").fill("half an answ");
  await page.reload();
  await page.locator(".sentence").waitFor();
  assert.equal(await page.locator("textarea[name=answer]").inputValue(), "half an answ");
  await context.close();
});

it("single keys can be switched off, and stay off", async () => {
  const { page, context } = await at("/", "[data-row]");
  await page.keyboard.press("?");
  await page.locator("dialog[open] input[type=checkbox]").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  assert.ok(!(await focused(page, "[data-row]")));
  await page.reload();
  await page.locator("[data-row]").first().waitFor();
  await page.keyboard.press("j");
  assert.ok(!(await focused(page, "[data-row]")));
  await context.close();
});

it("opens the list of keys from the bar, also on a telephone", async () => {
  for (const width of [1440, 390]) {
    const { page, context } = await at("/", "[data-row]", { width });
    await page.locator("header .keys").click();
    await page.locator("dialog[open] kbd").first().waitFor();
    await context.close();
  }
});

it("shows the verdict and the person's words first, whole, however long they and the rest are", async () => {
  for (const number of [LEAD, "NL-M4ZX-9GQ2-1", `${LEAD}?scenario=hostile`]) {
    for (const width of [390, 900, 1440]) {
      const { page, context } = await at(`/t/${number}`, ".spine", { width });
      const found = await page.evaluate(() => {
        const box = (what) => document.querySelector(what).getBoundingClientRect();
        const story = document.querySelector(".story");
        return {
          sections: [...story.querySelectorAll("section")].map((it) => it.getAttribute("aria-labelledby")).slice(0, 2),
          isSeen: box(".sentence").bottom < innerHeight / 2 && box("#words-title").bottom < innerHeight,
          isBeforeTheRest: box(".sentence").top < box(".spine").top,
          tooWide: story.scrollWidth - story.clientWidth,
        };
      });
      assert.deepEqual(found, { sections: ["verdict-title", "words-title"], isSeen: true, isBeforeTheRest: true, tooWide: 0 }, `${number} at ${width}`);
      await context.close();
    }
  }
});

it("asks nobody to sign in at a desk without an agent", async () => {
  const { page, context } = await at("/?scenario=setup", "main p");
  assert.match(await page.locator("main").innerText(), /no agent yet/);
  assert.equal(await page.locator("input").count(), 0);
  await context.close();
});

it("keeps a language only when somebody chooses one, then remembers it and the theme", async () => {
  const { page, context } = await at("/", "[data-row]");
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  const [language, theme] = [page.locator("header select").nth(0), page.locator("header select").nth(1)];
  await language.selectOption("zh-CN");
  await theme.selectOption("dark");
  await page.reload();
  await page.locator("[data-row]").first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark");
  assert.ok((await page.locator("nav").innerText()).includes("工单队列"));
  await context.close();
});

it("says in words what the log keeps as ids, in both languages", async () => {
  for (const language of ["en", "zh-CN"]) {
    const { page, context } = await at("/audit", "td", { language });
    const words = await page.locator("main").innerText();
    assert.doesNotMatch(words, /[0-9a-f]{10,}|dev-|->|\bbytes\b|\d report\.json/);
    if (language === "zh-CN") assert.doesNotMatch(words, /password|administrator|waiting|device/i);
    assert.match(words, language === "en" ? /New → Waiting for customer/ : /新工单 → 等待客户/);
    assert.match(words, language === "en" ? /no owner → 林晓/ : /无负责人 → 林晓/);
    await context.close();
  }
});

it("fits its tables into 390 pixels: each cell with its label, nothing beside the screen", async () => {
  for (const [address, sign] of [["/audit", "td"], ["/devices", "td button"], ["/agents", "td"]]) {
    const { page, context } = await at(address, sign, { width: 390, height: 844 });
    await page.locator(".stacked").waitFor();
    const cells = await page.locator("td:visible").evaluateAll((all) =>
      all.map((it) => ({ right: it.getBoundingClientRect().right, label: getComputedStyle(it, "::before").content })));
    assert.ok(cells.length > 3);
    assert.deepEqual(cells.filter((it) => it.right > 390 || it.label === "none"), [], address);
    await context.close();
  }
});

it("says which language the customer reads before a ticket is closed, and drafts in it", async () => {
  const { page, context } = await at("/t/NL-B8TR-11WD-8", ".sentence");
  await page.keyboard.press("x");
  await page.locator("dialog[open]", { hasText: "They read Simplified Chinese" }).waitFor();
  await page.waitForFunction(() => document.querySelector("textarea[name=cause]")?.value.includes("路由器"));
  const when = await page.locator("textarea[name=when]").inputValue();
  assert.match(when, /^\d{4}年\d+月\d+日 \d\d:\d\d 至 .*（UTC\+[12]），/);
  await context.close();
});

it("says that a ticket is not there, and that a view is empty, without offering to try again", async () => {
  const missing = await at("/t/NL-0000-0000-0", "[role=alert] a");
  assert.match(await missing.page.locator("[role=alert]").innerText(), /There is no ticket NL-0000-0000-0\. Check the number\./);
  assert.equal(await missing.page.locator("[role=alert] button").count(), 0);
  await missing.context.close();
  const { page, context } = await at("/?scenario=empty", ".empty");
  await page.locator(".views button").last().click();
  await page.locator(".empty", { hasText: "No closed tickets" }).waitFor();
  await context.close();
});

it("shows hostile words as words: nothing runs, nothing leaves, the page stays usable", async () => {
  const { page, context, complaints } = await site.open();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${site.url}/?scenario=hostile`);
  await page.locator("[data-row]").first().waitFor();
  await page.locator("[data-row]").nth(1).click();
  await page.locator(".sentence").waitFor();
  for (const name of ["checks", "target", "path", "machine", "files", "history", "timeline"]) {
    await page.locator(`#tab-${name}`).click();
    await page.locator(`#tab-${name}[aria-selected=true]`).waitFor();
  }
  await page.locator("#tab-checks").click();
  for (const summary of await page.locator("#panel summary").all()) await summary.click();
  await page.locator("#tab-files").click();
  await page.locator("#file-2").click();
  await page.locator(".window .row").first().waitFor();
  assert.equal(await page.evaluate(() => window.__nightlineHacked), undefined);
  assert.equal(await page.locator("#app img:not([alt=''])").count(), 0);
  assert.ok((await page.locator(".story").innerText()).includes("<img src=x"));
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  assert.ok(elements < 3_000, `${elements} elements`);
  assert.deepEqual(asked.filter((url) => !url.startsWith(site.url) && !url.startsWith("blob:")), []);
  assert.deepEqual(complaints, []);
  await context.close();
});

it("compares the target with the desk, and links the sources of the networks' names", async () => {
  const { page, context } = await at(`/t/${LEAD}`, ".sentence");
  await page.locator("#tab-target").click();
  const reach = page.locator("[data-testid=reach]");
  assert.equal(await reach.locator("p").innerText(), "The support desk answered. rds.north.example:3389 answered only 2 of 4 times.");
  const [target, desk] = await reach.locator("tbody").allInnerTexts();
  assert.match(target, /DNS\s+2.ms\s+TCP\s+There was no answer in time\.\s+TLS\s+not tried\s+HTTP\s+not tried/);
  assert.match(desk, /DNS\s+8\.6.ms\s+TCP\s+23.ms\s+TLS\s+61.ms\s+HTTP\s+20.ms/);
  await page.locator("#tab-path").click();
  const places = await page.locator("#panel .source a").evaluateAll((links) => links.map((it) => [it.textContent, it.rel, new URL(it.href).host]));
  const rel = "noopener noreferrer";
  assert.deepEqual(places, [["routeviews.org", rel, "www.routeviews.org"], ["nro.net", rel, "www.nro.net"], ["DB-IP.com", rel, "db-ip.com"], ["CC BY 4.0", rel, "creativecommons.org"]]);
  await context.close();
});

it("copies the exact error, every character of it", async () => {
  const { page, context } = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(`${site.url}/t/${LEAD}`);
  await page.locator("figure button").first().click();
  await page.locator("figure [role=status]", { hasText: "Copied" }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.startsWith("An authentication error has occurred.\nThe function") && copied.endsWith("Extended error code: 0x0"));
  await context.close();
});

it("finds in a long log, goes to the fault, and draws only what is seen", async () => {
  const { page, context } = await at(`/t/${LEAD}`, ".sentence");
  await page.locator("#tab-files").click();
  await page.locator("#file-2").click();
  await page.locator(".window .row").first().waitFor();
  assert.ok((await page.locator(".window .row").count()) < 120);
  await page.locator(".find input").fill("CredSSP");
  await page.keyboard.press("Enter");
  await page.locator(".current mark").waitFor();
  await page.getByRole("button", { name: "Go to the fault" }).click();
  await page.waitForFunction(() => Number(document.querySelector(".current .number")?.textContent) > 1_000);
  await context.close();
});

it("can be used at 320 pixels, at twice the text size, and in forced colors", async () => {
  for (const options of [{ width: 320, height: 640 }, { width: 720, height: 450 }, { width: 1440, forcedColors: "active" }]) {
    const { page, context, complaints } = await at(`/t/${LEAD}`, ".sentence", options);
    if (options.width === 720) await page.addStyleTag({ content: "" }).catch(() => {});
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, JSON.stringify(options));
    await page.locator("#tab-files").click();
    await page.locator("#file-0").click();
    await page.locator(".window .row").first().waitFor();
    assert.deepEqual(complaints.filter((it) => !it.includes("inline style")), []);
    await context.close();
  }
});

it("shows an arriving bundle growing, and the queue by itself", async () => {
  const { page, context } = await at(`/t/${LEAD}?scenario=arriving`, "progress");
  const first = await page.locator("progress").evaluate((it) => it.value);
  await page.waitForFunction((before) => document.querySelector("progress").value > before, first);
  await context.close();
});
