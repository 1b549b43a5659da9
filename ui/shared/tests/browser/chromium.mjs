// Starts the system's own Chromium for tests and pictures, with everything it writes in one folder that goes away with
// it. Refuses to download a browser.

import { rmSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
/** The folder's name tells whose it is, so that what a killed run left can be told from what is in use. */
const PREFIX = "nightline-browser-";
/** A process of the browser may still write while the folder goes: it is over within a second. */
const REMOVE = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 };

/** A browser; `close` ends it and leaves nothing behind. */
export async function launch() {
  const system = tmpdir();
  await sweep(system);
  const folder = await mkdtemp(join(system, `${PREFIX}${process.pid}-`));
  const removeNow = () => rmSync(folder, REMOVE);
  // A test that fails, or is told to stop, ends without closing.
  process.on("exit", removeNow);
  // Playwright makes the profile where the temporary folder is; the browser keeps its sockets and locks there.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  let browser;
  try {
    browser = await chromium.launch({ executablePath: process.env.NIGHTLINE_CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    if (!browser) {
      process.off("exit", removeNow);
      await rm(folder, REMOVE);
    }
  }
  const close = browser.close.bind(browser);
  browser.close = async () => {
    await close();
    process.off("exit", removeNow);
    await rm(folder, REMOVE);
  };
  return browser;
}

/** Removes what runs left that were killed: folders whose process is gone. */
async function sweep(system) {
  for (const name of await readdir(system)) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (owner > 0 && !isAlive(owner)) await rm(join(system, name), REMOVE);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * A fresh page in a language, a light and a width; collects what a page without faults never says. `before` runs in the
 * page ahead of every script of its own.
 */
export async function openPage(browser, { language = "en", theme = "light", width = 1440, height = 900, before, ...more } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, locale: language, colorScheme: theme, timezoneId: "Europe/Berlin", reducedMotion: "reduce", ...more,
  });
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, context, complaints };
}
