// The console's screens on the fake desk, for tests and pictures. Judges nothing.

const LEAD = "/t/NL-7Q2K-4M9X-C";
const tab = (name) => async (page) => {
  await page.locator(`#tab-${name}`).click();
  await page.locator(`#tab-${name}[aria-selected="true"]`).waitFor();
};

const files = tab("files");
/** Opens a file of the lead ticket. */
const file = (id, sign) => async (page) => {
  await files(page);
  await page.locator(`#${id}`).click();
  await page.locator(sign).first().waitFor();
};
const answer = (text) => async (page) => {
  await page.locator("textarea[name=answer]").fill(text);
  await page.locator("textarea[name=answer]").scrollIntoViewIfNeeded();
};
const LOG = ".window .row";

/** Each screen: address, what must be there, and how to get to it from there. */
export const SCREENS = {
  "sign-in": ["/?scenario=signed-out", "input[name=password]"],
  "sign-in refused": ["/?scenario=signed-out", "input[name=password]", async (page) => {
    await page.locator("input[name=email]").fill("mira@north.example");
    await page.locator("input[name=password]").fill("short");
    await page.keyboard.press("Enter");
    await page.locator("#wrong:not(:empty)").waitFor();
  }],
  "sign-in before set-up": ["/?scenario=setup", "main p"],
  "set-up": ["/setup?scenario=setup#token=abc", "input[name=name]"],
  "set-up without a token": ["/setup?scenario=setup", "h1"],
  "set-up already done": ["/setup#token=abc", "main a"],
  queue: ["/", "[data-row]"],
  "queue filtered": ["/", "[data-row]", async (page) => {
    await page.locator(".filters select").selectOption("P1");
    await page.waitForFunction(() => document.querySelectorAll("[data-row]").length === 3);
  }],
  "queue without a match": ["/", "[data-row]", async (page) => {
    await page.locator(".search input").fill("plotter");
    await page.locator(".empty").waitFor();
  }],
  "queue, mine": ["/", "[data-row]", async (page) => {
    await page.locator(".views button").nth(1).click();
    await page.waitForFunction(() => document.querySelectorAll("[data-row]").length === 1);
  }],
  "empty queue": ["/?scenario=empty", ".empty"],
  "long queue": ["/?scenario=many", "[data-row]"],
  "queue offline": ["/?scenario=offline", "[role=alert]"],
  "queue failing": ["/?scenario=errors", "[role=alert]"],
  "queue of hostile words": ["/?scenario=hostile", "[data-row]"],
  ticket: [LEAD, ".sentence"],
  "ticket in Chinese": ["/t/NL-B8TR-11WD-8", ".sentence"],
  "ticket waiting": ["/t/NL-D1NH-66KB-F", ".sentence"],
  "ticket closed": ["/t/NL-M4ZX-9GQ2-1", "#log-title"],
  "ticket arriving": [`${LEAD}?scenario=arriving`, "progress"],
  "ticket damaged": [`${LEAD}?scenario=damaged`, ".damaged"],
  "ticket offline": [`${LEAD}?scenario=offline`, "[role=alert]"],
  "ticket that is not there": ["/t/NL-0000-0000-0", "[role=alert] a"],
  "ticket of hostile words": [`${LEAD}?scenario=hostile`, ".sentence"],
  "answer being written": [LEAD, ".sentence", answer("We see the loss too.\nIt is your provider, between your router and their first machine.")],
  "answer too long": [LEAD, ".sentence", answer("It is your provider. ".repeat(1_000))],
  "answer sent": [LEAD, ".sentence", async (page) => {
    await answer("We see the loss too. It is your provider.")(page);
    await page.keyboard.press("Control+Enter");
    await page.locator("li.agent").scrollIntoViewIfNeeded();
  }],
  checks: [LEAD, ".sentence", async (page) => {
    await page.locator(".story .link").first().click();
    await page.locator("details[open] .facts").first().waitFor();
  }],
  "timeline as a table": [LEAD, ".sentence", (page) => page.locator("#panel button[aria-pressed=false]").last().click()],
  target: [LEAD, ".sentence", tab("target")],
  "target of hostile words": [`${LEAD}?scenario=hostile`, ".sentence", tab("target")],
  "target that was not named": ["/t/NL-T6YB-2XQF-M", ".sentence", tab("target")],
  path: [LEAD, ".sentence", tab("path")],
  machine: [LEAD, ".sentence", tab("machine")],
  files: [LEAD, ".sentence", files],
  history: [LEAD, ".sentence", tab("history")],
  "a log": [LEAD, ".sentence", file("file-2", LOG)],
  "a log searched": [LEAD, ".sentence", async (page) => {
    await file("file-2", LOG)(page);
    await page.locator(".find input").fill("CredSSP");
    await page.keyboard.press("Enter");
    await page.locator(".current mark").waitFor();
  }],
  "a picture": [LEAD, ".sentence", file("file-3", ".viewer img")],
  "files of hostile names": [`${LEAD}?scenario=hostile`, ".sentence", files],
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
