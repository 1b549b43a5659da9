// Starts the system's own Chromium for tests and pictures. Refuses to download a browser.

import { chromium } from "playwright-core";

const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

export const launch = () => chromium.launch({ executablePath: process.env.NIGHTLINE_CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

/** A fresh page in a language, a light and a width; collects what a window without faults never says. */
export async function openPage(browser, { language = "en", theme = "light", width = 1440, height = 900, ...more } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, locale: language, colorScheme: theme, timezoneId: "Europe/Berlin", reducedMotion: "reduce", ...more,
  });
  // As the real window's shell does before any script of the page.
  await context.addInitScript(() => Object.freeze(Object.prototype));
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, context, complaints };
}
