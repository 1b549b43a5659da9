// What a person does in the window, by keyboard alone, with an input method, over reloads, and what hostile words
// must not do. On the fake watch, with the real window's content policy.

import assert from "node:assert/strict";
import { it } from "node:test";
import { stage } from "../../../shared/tests/browser/stage.mjs";
import { WINDOW } from "./window.mjs";

const QUICK = "pace=10";
const site = stage(WINDOW);
const at = (query, sign, options) => site.at(`/?${query}`, sign, { width: 1100, height: 800, ...options });

/** Presses Tab until what is looked for has the focus. */
async function tabTo(page, what) {
  const MOST = 80;
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    if (await page.evaluate((it) => document.activeElement?.matches(it) ?? false, what)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not reach ${what}`);
}
async function press(page, what) {
  await tabTo(page, what);
  await page.keyboard.press("Enter");
}
const heading = (page, text) => page.locator("h1", { hasText: text }).waitFor();
/** The pixel of a picture, from its own file. */
const pixel = (page, x, y) => page.evaluate(async ([x, y]) => {
  const image = new Image();
  image.src = document.querySelector("[data-testid=picture-canvas] img").src;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return [...context.getImageData(x, y, 1, 1).data].slice(0, 3);
}, [x, y]);

it("walks the whole way by keyboard alone", async () => {
  const { page, context, complaints } = await at(QUICK, "#get-help");
  await press(page, "#get-help");
  await heading(page, "What is wrong?");
  assert.ok(await page.evaluate(() => document.activeElement.matches("textarea[name=what]")), "the field has the focus");
  await page.keyboard.type("Remote desktop drops me");
  await press(page, "#next");
  await heading(page, "What do you want to reach?");
  await page.keyboard.type("rds.example.com");
  await page.keyboard.press("Enter");
  await heading(page, "What does the error message say?");
  await page.keyboard.type("line one");
  await page.keyboard.press("Enter");
  await page.keyboard.type("line two");
  await press(page, "#next");
  await heading(page, "When did it happen?");
  await page.keyboard.press("Space");
  assert.ok(await page.locator("input[name=when][value=now]").isChecked());
  await press(page, "#next");
  await heading(page, "Which device is it about?");
  await press(page, "#skip");
  await heading(page, "Is it always like this?");
  await page.keyboard.press("ArrowDown");
  assert.ok(await page.locator("input[name=pattern][value=intermittent]").isChecked());
  await press(page, "#next");
  await heading(page, "Who else has this problem?");
  await press(page, "#skip");
  await heading(page, "What does it stop?");
  await page.keyboard.press("Space");
  await press(page, "#back");
  await heading(page, "Who else has this problem?");
  await press(page, "#next");
  await heading(page, "What does it stop?");
  assert.ok(await page.locator("input[name=impact][value=stopped]").isChecked());
  await press(page, "#next");
  await page.locator("#findings").waitFor();
  await press(page, "#next");
  await heading(page, "Do you want to show something?");
  await press(page, "#take-picture");
  await page.locator("[data-testid=picture-canvas] img").waitFor();
  await press(page, "[data-testid=add-area]");
  await page.waitForFunction(() => document.activeElement.matches("button.area"));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  await press(page, "[data-testid=keep-picture]");
  await page.getByText("Will be sent").waitFor();
  await press(page, "#next");
  await page.locator("#items").waitFor();
  await tabTo(page, "input[name=system-log]");
  await page.keyboard.press("Space");
  await page.locator("[data-item=system-log].out").waitFor();
  await press(page, "[data-read=what]");
  await page.locator("dialog[open] pre").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  assert.ok(await page.evaluate(() => document.activeElement.matches("[data-read=what]")), "focus is back where it was");
  await press(page, "#send");
  await heading(page, "The support desk has your ticket");
  assert.equal(await page.locator("#ticket-number").innerText(), "NL-7Q2K-4M9X-C");
  await press(page, "#to-ticket");
  await page.locator("textarea[name=reply]").waitFor();
  await tabTo(page, "textarea[name=reply]");
  await page.keyboard.type("Thank you.");
  await page.keyboard.press("Control+Enter");
  await page.locator("[data-letter].own .text", { hasText: "Thank you." }).waitFor();
  await page.locator("[data-letter]:not(.own)").last().waitFor();
  assert.equal(await page.locator("textarea[name=reply]").inputValue(), "");
  assert.deepEqual(complaints, []);
  await context.close();
});

it("keeps what was written over a reload, also what was written a moment before", async () => {
  const { page, context } = await at(QUICK, "#get-help");
  await page.locator("#get-help").click();
  await page.locator("textarea[name=what]").fill("half a sent");
  await page.reload();
  await page.locator("textarea[name=what]").waitFor();
  assert.equal(await page.locator("textarea[name=what]").inputValue(), "half a sent");
  await page.locator("#go-home").click();
  await page.locator("q", { hasText: "half a sent" }).waitFor();
  await page.locator("#get-help").click();
  await page.locator("textarea[name=what]").waitFor();
  await page.locator("#go-home").click();
  await page.locator("#discard").click();
  await page.locator("#discard-confirm").click();
  await page.locator("q").waitFor({ state: "detached" });
  await page.locator("#get-help").click();
  assert.equal(await page.locator("textarea[name=what]").inputValue(), "");
  await context.close();
});

it("keeps a reply that is being written over a reload", async () => {
  const { page, context } = await at("at=ticket&pace=0", "textarea[name=reply]");
  await page.locator("textarea[name=reply]").fill("half an answ");
  await page.reload();
  await page.locator("textarea[name=reply]").waitFor();
  assert.equal(await page.locator("textarea[name=reply]").inputValue(), "half an answ");
  await context.close();
});

it("offers an answer that was sent no second time", async () => {
  const { page, context } = await at("at=ticket&pace=0", "textarea[name=reply]");
  await page.locator("textarea[name=reply]").fill("It is steady.");
  await page.locator("#reply-send").click();
  await page.locator("[data-letter] .text", { hasText: "It is steady." }).waitFor();
  await page.reload();
  await page.locator("textarea[name=reply]").waitFor();
  assert.equal(await page.locator("textarea[name=reply]").inputValue(), "");
  await context.close();
});

it("says that nothing is kept for as long as it is so, and promises nothing meanwhile", async () => {
  const { page, context } = await at("at=what&scenario=full&pace=0", "#unkept");
  assert.match(await page.locator("#unkept").innerText(), /only until you sign out/);
  assert.equal(await page.locator("#unkept button").count(), 0, "it goes when it is over, not before");
  assert.equal(await page.getByText("What you write is kept, also when you close this window.").count(), 0);
  await page.goto(`${site.url}/?at=what&pace=0`);
  await page.getByText("What you write is kept, also when you close this window.").waitFor();
  assert.equal(await page.locator("#unkept").count(), 0);
  await context.close();
});

it("names what it is made of, once somebody asks", async () => {
  const { page, context } = await at("at=about", "#credits");
  assert.ok(!(await page.getByText("@fluent/bundle").isVisible()));
  await page.locator("#credits").focus();
  await page.keyboard.press("Enter");
  const row = page.locator("details li", { hasText: "@fluent/bundle" });
  assert.match(await row.innerText(), /@fluent\/bundle\s+[\d.]+\s+Apache-2\.0/);
  await context.close();
});

it("shows the target phase by phase beside the desk, and what was not tried", async () => {
  const lanes = async (query) => {
    const { page, context } = await at(`pace=0&at=found&${query}`, "[data-testid=reach]");
    const said = await page.locator("[data-testid=reach] > p").innerText();
    const rows = await page.locator("[data-testid=reach] table").evaluateAll((tables) =>
      tables.map((table) => [...table.querySelectorAll("tr")].map((row) => [...row.children].map((it) => it.innerText.trim()).join(": "))));
    await context.close();
    return { said, rows };
  };
  const service = await lanes("scenario=service");
  assert.equal(service.said, "The connection works: the support desk answered. rds.example.com could not be reached.");
  assert.deepEqual(service.rows, [
    ["Look up: 14 ms", "Connect: The connection was refused.", "Encrypt: not tried", "Answer: not tried"],
    ["Look up: 8.6 ms", "Connect: 23 ms", "Encrypt: 61 ms", "Answer: 20 ms"],
  ]);
  assert.match((await lanes("scenario=well")).said, /answered in 244.ms, the support desk in 113.ms/);
  assert.match((await lanes("scenario=cut")).said, /^Neither /);
  // Where the verdict blames the connection, nothing calls it sound.
  assert.equal((await lanes("scenario=broken")).said, "The support desk answered. rds.example.com answered only 1 of 2 times.");
});

it("says where the names of networks come from, without a link that leaves the window", async () => {
  const { page, context } = await at("pace=0&at=found", ".map summary");
  await page.locator(".map summary").click();
  assert.match(await page.locator(".map").innerText(), /Network names: routeviews\.org, nro\.net, DB-IP\.com – CC BY 4\.0/);
  assert.equal(await page.locator(".map a").count(), 0);
  await context.close();
});

it("does not overwrite the field that somebody is typing in", async () => {
  const { page, context } = await at("scenario=broken&pace=20", "#get-help");
  await page.locator("#get-help").click();
  // Views keep coming while checks end.
  await page.locator("textarea[name=what]").pressSequentially("every few minutes", { delay: 15 });
  assert.equal(await page.locator("textarea[name=what]").inputValue(), "every few minutes");
  await page.locator("#checks [data-outcome]").nth(20).waitFor();
  assert.equal(await page.locator("textarea[name=what]").inputValue(), "every few minutes");
  await context.close();
});

it("says what is missing and stays, and a second press is not a second step", async () => {
  const { page, context } = await at(QUICK, "#get-help");
  await page.locator("#get-help").click();
  await page.locator("#next").click();
  await page.locator("#missing").waitFor();
  assert.equal(await page.locator("textarea[name=what]").getAttribute("aria-invalid"), "true");
  await page.locator("textarea[name=what]").fill("x");
  await page.locator("#missing").waitFor({ state: "detached" });
  await page.locator("#next").dblclick();
  await heading(page, "What do you want to reach?");
  await page.locator("input[name=target]").fill("no such name");
  await page.locator("#target-problem").waitFor();
  await page.locator("#skip").click();
  await heading(page, "What does the error message say?");
  await context.close();
});

it("never acts on Enter while an input method composes", async () => {
  const { page, context } = await at(`${QUICK}&lang=zh-CN&at=target`, "input[name=target]", { language: "zh-CN" });
  const target = page.locator("input[name=target]");
  await target.fill("打印机");
  for (const composing of [{ isComposing: true }, { keyCode: 229 }]) {
    const prevented = await target.evaluate((it, more) => !it.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more })), composing);
    assert.ok(prevented, "the form is not submitted by the key that ends a composition");
  }
  await page.goto(`${site.url}/?at=ticket&pace=0&lang=zh-CN`);
  const reply = page.locator("textarea[name=reply]");
  await reply.fill("正在");
  const letters = await page.locator("[data-letter]").count();
  for (const composing of [{ isComposing: true }, { keyCode: 229 }]) {
    await reply.evaluate((it, more) => it.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true, ...more })), composing);
  }
  assert.equal(await page.locator("[data-letter]").count(), letters);
  assert.equal(await reply.inputValue(), "正在");
  await context.close();
});

it("blacks out what is drawn over, in the pixels, before the page is left", async () => {
  const { page, context } = await at("at=pictures&pace=0", "[data-testid=picture-canvas] img");
  assert.notDeepEqual(await pixel(page, 5, 5), [0, 0, 0]);
  const box = await page.locator("[data-testid=picture-canvas]").boundingBox();
  await page.mouse.move(box.x - 10, box.y - 10);
  await page.mouse.move(box.x + 2, box.y + 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.locator("button.area").waitFor();
  await page.locator("[data-testid=black-out]").click();
  await page.getByText("1 area blacked out").waitFor();
  await page.waitForFunction(() => document.querySelectorAll("button.area").length === 0);
  assert.deepEqual(await pixel(page, 400, 200), [0, 0, 0]);
  assert.notDeepEqual(await pixel(page, 1500, 850), [0, 0, 0]);
  // A second area that is drawn and not applied is black all the same once the person goes on.
  await page.locator("[data-testid=keep-picture]").click();
  await page.locator("[data-testid=add-area]").click();
  await page.locator("#next").click();
  await page.locator("#items").waitFor();
  await page.locator("#back").click();
  await page.getByText("2 areas blacked out").waitFor();
  await context.close();
});

it("takes a picture that is pasted or chosen, and says why one cannot be taken", async () => {
  const { page, context } = await at("at=error&pace=0", "textarea[name=error]");
  await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [40, 30];
    const blob = await new Promise((resolve) => canvas.toBlob(resolve));
    const data = new DataTransfer();
    data.items.add(new File([blob], "pasted.png", { type: "image/png" }));
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.getByText("1 picture added").waitFor();
  await page.locator("textarea[name=error]").evaluate((it) => {
    it.value = "x".repeat(200_001);
    it.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.getByRole("alert").getByText("200,000").waitFor();
  const MOST = 20 * 1_024 * 1_024;
  await page.locator("input[name=picture-file]").evaluate((it, size) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(size + 1)], "large.png", { type: "image/png" }));
    it.files = data.files;
    it.dispatchEvent(new Event("change", { bubbles: true }));
  }, MOST);
  await page.getByRole("alert").getByText("too large").waitFor();
  await context.close();
});

it("has a human in sight on every page of the way", async () => {
  for (const width of [1100, 400]) {
    const { page, context } = await site.open({ width, height: 800 });
    const isSeen = (it) => it.getBoundingClientRect().bottom <= innerHeight;
    for (const step of ["what", "target", "error", "when", "machine", "pattern", "scope", "impact", "found", "pictures", "preview", "sent"]) {
      await page.goto(`${site.url}/?at=${step}&pace=0`);
      await page.locator("main h1").waitFor();
      const number = page.getByText("+49 30 5550 0100").first();
      if (step === "sent") {
        await number.waitFor();
        continue;
      }
      if (width === 400) {
        assert.ok(await page.locator("#human").evaluate(isSeen), step);
        await page.locator("#human").click();
        await page.locator("dialog[open]").waitFor();
      } else assert.ok(await number.evaluate(isSeen), step);
      await number.waitFor();
      // The preview is where sending at once leads.
      assert.equal(await page.locator("#send-now").count(), step === "preview" ? 0 : 1, step);
    }
    await context.close();
  }
});

it("sends at once what there is, without an answer to anything", async () => {
  const { page, context } = await at(QUICK, "#get-help");
  await page.locator("#get-help").click();
  await page.locator("#send-now").click();
  await page.locator("#items").waitFor();
  await context.close();
});

it("tells a delivery honestly: bytes, a stop, a queue, a refusal", async () => {
  const { page, context } = await at("at=sent&scenario=slow&pace=250", "#sent-bytes");
  const first = await page.locator("progress").evaluate((it) => it.value);
  await page.waitForFunction((before) => document.querySelector("progress").value > before, first);
  await page.getByText("You can close this window").waitFor();
  await page.locator("#stop").click();
  await page.locator("#delivery[data-state=stopped]").waitFor();
  assert.equal(await page.locator("progress").count(), 0);
  await page.locator("#send-again").click();
  await page.locator("#delivery[data-state=delivered]").waitFor();
  await page.goto(`${site.url}/?at=sent&scenario=offline&pace=0`);
  await page.locator("#delivery[data-state=queued]").waitFor();
  await page.locator("#save").click();
  await page.getByText(".nightline").waitFor();
  await page.locator("#give-up").click();
  await page.locator("dialog[open] [data-close]").click();
  await page.locator("#delivery[data-state=queued]").waitFor();
  await page.goto(`${site.url}/?at=sent&scenario=refused&pace=0`);
  await page.locator("#delivery[data-state=refused]").waitFor();
  await page.locator("#sending-reason").waitFor();
  await context.close();
});

it("shows hostile words as words: nothing runs, nothing leaves", async () => {
  const { page, context, complaints } = await site.open();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const query of ["", "at=tickets", "at=ticket", "at=closed", "at=what", "at=target", "at=found", "at=preview", "at=sent", "at=settings", "at=about"]) {
    await page.goto(`${site.url}/?scenario=hostile&pace=0&${query}`);
    await page.locator("#app h1").waitFor();
    assert.ok((await page.locator("body").innerText()).includes("<img src=x"), query);
    assert.equal(await page.locator("#app img:not([alt=''])").count(), 0, query);
    assert.equal(await page.evaluate(() => window.__nightlineHacked), undefined, query);
  }
  assert.deepEqual(asked.filter((url) => !url.startsWith(site.url) && !url.startsWith("data:")), []);
  assert.deepEqual(complaints, []);
  await context.close();
});

it("loses one page and not the window to a view that it cannot draw", async () => {
  const { page, context } = await at("at=settings&scenario=torn", "h1");
  await heading(page, "This page could not be shown");
  await page.locator("main button").click();
  await page.locator("#get-help").waitFor();
  await page.locator("#go-about").click();
  await heading(page, "Nightline");
  await context.close();
});

it("turns a switch only when the watch has turned it, and changes the language at once", async () => {
  const { page, context } = await at("at=settings", "#language");
  await page.locator("input[name=notifications]").uncheck();
  await page.locator("input[name=desk]").fill("desk.example");
  await page.locator("#desk-save").click();
  await page.locator("#says").waitFor();
  assert.equal(await page.locator("input[name=desk]").inputValue(), "desk.example", "what was refused can be mended");
  await page.locator("#dismiss").click();
  await page.locator("input[name=desk]").fill("https://desk.example");
  await page.locator("#desk-save").click();
  await page.locator("#desk-save:disabled").waitFor();
  await page.locator("#language").selectOption("zh-CN");
  await heading(page, "设置");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
  await page.goto(`${site.url}/?at=settings&scenario=managed`);
  assert.ok(await page.locator("#language").isDisabled());
  assert.equal(await page.locator("#desk-save").count(), 0);
  await context.close();
});

it("can be used in forced colors, without motion, and at twice the size", async () => {
  for (const options of [{ forcedColors: "active" }, { width: 550, height: 400 }]) {
    const { page, context, complaints } = await at("at=when&pace=0", "input[name=when]", options);
    await page.locator("input[name=when][value=other]").check();
    assert.equal(await page.evaluate(() => document.getAnimations().filter((it) => it.playState === "running").length), 0);
    await page.locator("select[name=when-day]").selectOption({ index: 1 });
    await page.locator("input[name=when-time]").fill("01:50");
    const next = page.locator("#next");
    await next.focus();
    // What has the focus is not under the bar at the lower edge.
    const isClear = () => {
      const button = document.querySelector("#next").getBoundingClientRect();
      const bar = document.querySelector("#human")?.parentElement.getBoundingClientRect().top ?? innerHeight;
      return button.bottom <= bar;
    };
    await page.waitForFunction(isClear);
    await next.click();
    await heading(page, "Which device is it about?");
    await page.locator("#back").click();
    assert.equal(await page.locator("input[name=when-time]").inputValue(), "01:50");
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

it("says what was added to a ticket, and closes one only after it was asked", async () => {
  const { page, context } = await at("at=ticket&pace=0", "textarea[name=reply]");
  await page.locator("input[name=attachment]").setInputFiles({ name: "router light.txt", mimeType: "text/plain", buffer: Buffer.from("steady") });
  const added = page.locator("#files li", { hasText: "router light.txt" });
  await added.waitFor();
  await page.locator("#files li[data-state=sent]", { hasText: "router light.txt" }).waitFor();
  assert.match(await added.innerText(), /6 (B|bytes?)\b[\s\S]*sent /);
  await page.locator("#close-ticket").click();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("[data-state=closed]").count(), 0);
  await page.locator("#close-ticket").click();
  await page.locator("#close-ticket-confirm").click();
  await page.locator("[data-state=closed]").waitFor();
  assert.equal(await page.locator("#close-ticket").count(), 0);
  await context.close();
});
