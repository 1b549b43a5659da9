// The main job in real Chromium at the real desk: set-up, sign-in, queue, ticket, evidence, file, answer, close; and
// what the person sees of it with `nightline ticket show`. Nothing is faked.

import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launch, openPage } from "../../../shared/tests/browser/chromium.mjs";
import { folder, nightline, openTicket, startDesk } from "./programs.mjs";

const AGENT = { name: "Mira Okonkwo", email: "mira@desk.example", password: "a lamp that is on all night" };
const RUN = "window.__nightlineHacked=1";
const ERROR = ` An authentication error has occurred.\n\tThe function requested is not supported. 认证 <img src=x onerror=${RUN}> 0x80090302 `;
const ANSWER = "Nothing listens on that port. I am restarting the service; please try again in five minutes. 请稍候。";

let browser;
let desk;
let dirs;
let number;
let opened;

before(async () => {
  dirs = { desk: await folder(), home: await folder() };
  browser = await launch();
  desk = await startDesk(dirs.desk.path);
});
after(async () => {
  await opened?.context.close();
  await browser?.close();
  await desk?.stop();
  await dirs?.desk.remove();
  await dirs?.home.remove();
});

it("makes the first agent over the one-time link, once", async () => {
  opened = await openPage(browser);
  const { page } = opened;
  await page.goto(desk.link);
  await page.locator("input[name=name]").fill(AGENT.name);
  await page.locator("input[name=email]").fill(AGENT.email);
  await page.locator("input[name=password]").fill(AGENT.password);
  await page.locator("form button").click();
  await page.locator(".empty").waitFor();
  assert.ok(!page.url().includes("token"));

  await page.goto(desk.link);
  await page.locator("main a[href='/']").waitFor();
  assert.equal(await page.locator("input").count(), 0);
});

it("signs out, refuses a wrong password, and signs in", async () => {
  const { page } = opened;
  await page.goto(desk.url);
  await page.locator("header button[title='Sign out']").click();
  await page.locator("input[name=email]").fill(AGENT.email);
  await page.locator("input[name=password]").fill("not the right sentence");
  await page.keyboard.press("Enter");
  await page.locator("#wrong:not(:empty)").waitFor();
  await page.locator("input[name=password]").fill(AGENT.password);
  await page.keyboard.press("Enter");
  await page.locator(".empty").waitFor();
});

it("shows a ticket in the queue by itself, with the person's words as words", async () => {
  const { page } = opened;
  const notes = join(dirs.home.path, "notes.txt");
  await writeFile(notes, `line one\n<script>${RUN}</script>\n${"a long line ".repeat(400)}\nthe end\n`);
  const ticket = await openTicket(dirs.home.path, desk.url, {
    what: `Remote desktop stopped <b onmouseover=${RUN}>in the middle</b> of a call. 远程桌面断开了`,
    error: ERROR,
    steps: "Open it.\nIt closes.",
    target: "127.0.0.1:9",
    machine: "this",
    scope: "me",
    impact: "stopped",
    pattern: "constant",
    contact: "Dana, extension 147",
    attachments: [notes],
  });
  number = ticket.number;
  assert.equal(ticket.state, "delivered");
  assert.equal(ticket.severity, "P0");
  const row = page.locator("[data-row]", { hasText: number });
  await row.waitFor();
  assert.match(await row.innerText(), /P0[\s\S]*left[\s\S]*Remote desktop stopped <b onmouseover/);
});

it("opens the ticket at the verdict, the words and the exact error", async () => {
  const { page } = opened;
  await page.locator("[data-row]", { hasText: number }).click();
  await page.locator(".sentence").waitFor();
  assert.ok(page.url().endsWith(`/t/${number}`));
  assert.ok((await page.locator(".sentence").innerText()).length > 10);
  assert.match(await page.locator("p.under").innerText(), /measured/);
  assert.equal(await page.locator("figure pre bdi").evaluate((it) => it.textContent), ERROR);
  await page.locator("#findings-title").waitFor();
});

it("leads from a finding to the very fact, and back to the timeline and the target", async () => {
  const { page } = opened;
  await page.locator(".story ul .link").first().click();
  await page.locator("#tab-checks[aria-selected=true], #tab-timeline[aria-selected=true]").waitFor();
  await page.locator("#panel .shown").waitFor();
  await page.locator("#tab-checks").click();
  assert.ok((await page.locator("#panel details").count()) >= 10);
  await page.locator("#tab-timeline").click();
  await page.locator("#panel li.row").first().waitFor();
  await page.locator("#tab-target").click();
  assert.match(await page.locator("#panel").innerText(), /127\.0\.0\.1:9[\s\S]*failed/);
  await page.locator("#tab-machine").click();
  assert.match(await page.locator("#panel").innerText(), /System/);
});

it("shows what is in the bundle, reads a file, and never runs it", async () => {
  const { page } = opened;
  await page.locator("#tab-files").click();
  await page.locator("#panel li", { hasText: "report.json" }).waitFor();
  assert.match(await page.locator("#panel").innerText(), /redacted[\s\S]*with their consent/);
  await page.locator("#panel li button", { hasText: "notes" }).click();
  await page.locator(".window .row", { hasText: `<script>${RUN}</script>` }).waitFor();
  await page.locator(".find input").fill("THE END");
  await page.keyboard.press("Enter");
  await page.locator(".current mark").waitFor();
  assert.equal(await page.evaluate(() => window.__nightlineHacked), undefined);
});

it("takes the ticket, answers, and the person sees the answer", async () => {
  const { page } = opened;
  await page.locator("header .acts .primary").click();
  await page.waitForFunction(() => document.querySelector("select.owner")?.selectedOptions[0]?.textContent === "Mira Okonkwo");
  await page.locator("textarea[name=answer]").fill(ANSWER);
  await page.keyboard.press("Control+Enter");
  await page.locator("li.agent", { hasText: "restarting the service" }).waitFor();

  const seen = await nightline(dirs.home.path, ["--desk", desk.url, "ticket", "show", number, "--json"]);
  assert.equal(seen.code, 0, seen.err);
  const document = JSON.parse(seen.out);
  const messages = document.messages ?? document.ticket?.messages ?? document.view?.messages;
  assert.equal(messages.at(-1).text, ANSWER);
  assert.equal(messages.at(-1).name, AGENT.name);
});

it("shows what the person writes back without a reload", async () => {
  const { page } = opened;
  const sent = await nightline(dirs.home.path, ["--desk", desk.url, "ticket", "reply", number, "It works again. 谢谢"]);
  assert.equal(sent.code, 0, sent.err);
  await page.locator("li.customer", { hasText: "It works again. 谢谢" }).waitFor();
});

it("shows a file that the person sends later, in the conversation and with the files, and never runs it", async () => {
  const { page } = opened;
  const second = join(dirs.home.path, "second <b>message.html");
  await writeFile(second, `<script>${RUN}</script>\nseen at 02:11\n`);
  const sent = await nightline(dirs.home.path, ["--desk", desk.url, "ticket", "attach", number, second]);
  assert.equal(sent.code, 0, sent.err);
  const said = page.locator("li.customer", { hasText: "sent later: " });
  await said.waitFor();
  assert.match(await said.innerText(), /second _b_message\.html/);
  await page.locator("#tab-files").click();
  // The file that was read before is still open there.
  const back = page.locator("#panel .viewer header button").first();
  if (await back.count()) await back.click();
  await page.locator("#panel li button", { hasText: ".html" }).click();
  await page.locator(".window .row", { hasText: `<script>${RUN}</script>` }).waitFor();
  assert.equal(await page.evaluate(() => window.__nightlineHacked), undefined);
});

it("closes with the drafted technical log, which the person receives", async () => {
  const { page } = opened;
  await page.locator("textarea[name=answer]").press("Escape");
  await page.keyboard.press("x");
  await page.waitForFunction(() => document.querySelector("dialog[open] textarea[name=cause]")?.value !== "");
  await page.locator("textarea[name=measure]").fill("The service was restarted.");
  await page.locator("dialog .primary").click();
  await page.locator("#log-title").waitFor();

  const seen = await nightline(dirs.home.path, ["--desk", desk.url, "ticket", "show", number, "--json"]);
  assert.match(seen.out, /The service was restarted\./);
  assert.match(seen.out, /"closed"/);
  await page.locator("#tab-history").click();
  await page.locator("#panel td", { hasText: "closed a ticket" }).waitFor();
});

it("opens again when the person writes, and shows that the person closed it", async () => {
  const { page } = opened;
  const run = async (...words) => {
    const done = await nightline(dirs.home.path, ["--desk", desk.url, "ticket", ...words]);
    assert.equal(done.code, 0, done.err);
  };
  await run("reply", number, "It is back.");
  await page.waitForFunction(() => document.querySelector("header select:not(:disabled)"));
  await run("close", number);
  await page.locator("li.customer", { hasText: "Closed by the customer" }).waitFor();
  await page.locator("header .facts", { hasText: "Closed by the customer" }).waitFor();
});

it("tells administrators who did what, and shows no raw word of it", async () => {
  const { page } = opened;
  const raw = /[0-9a-f]{10,}|dev-|->|\bbytes\b/;
  // The log may come before the names of those who are in it.
  let nameThem = () => {};
  const named = new Promise((resolve) => (nameThem = resolve));
  await page.route("**/agents", async (asked) => {
    await named;
    await asked.continue();
  });
  await page.goto(`${desk.url}/audit`);
  await page.locator("td", { hasText: "read a file" }).first().waitFor();
  assert.equal(await page.locator("td.code").count(), 0);
  assert.doesNotMatch(await page.locator("main").innerText(), raw);
  nameThem();
  await page.locator("td:nth-child(4)", { hasText: AGENT.name }).first().waitFor();
  assert.doesNotMatch(await page.locator("main").innerText(), raw);
  await page.unroute("**/agents");
  await page.goto(`${desk.url}/devices`);
  await page.locator("td.code").first().waitFor();
});

it("said nothing on the browser's console on the whole way", () => {
  // The refused sign-in and the question "who am I" are answered with 401, which the browser itself reports.
  assert.deepEqual(opened.complaints.filter((it) => !/\b401\b/.test(it)), []);
});
