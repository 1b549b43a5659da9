// The window's screens on the fake watch, for tests and pictures. Judges nothing.

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
  "what, disk full": ["?at=what&scenario=full"],
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
  "found, the other side": ["?at=found&scenario=service"],
  "found, cut off": ["?at=found&scenario=cut"],
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
  "ticket, disk full": ["?at=ticket&scenario=full"],
  "ticket, files": ["?at=ticket&scenario=desk-down", async (page) => {
    const buffer = Buffer.alloc(1_200_000);
    await page.locator("input[name=attachment]").setInputFiles({ name: "a very long name of a log that nobody has shortened, from the router in the server room.log", mimeType: "text/plain", buffer });
    await page.locator("[data-file=file-1]").waitFor();
  }],
  "ticket, closed": ["?at=closed"],
  "ticket, closing": ["?at=ticket", (page) => page.locator("#close-ticket").click()],
  settings: ["?at=settings"],
  "settings, managed": ["?at=settings&scenario=managed"],
  "a page that cannot be shown": ["?at=settings&scenario=torn"],
  about: ["?at=about", (page) => page.locator("#credits").click()],
  "about, nothing measured": ["?at=about&scenario=empty"],
};

/** The address of a screen on the fake watch; everything is there at once unless it says otherwise. */
export const addressOf = (query, language) => `/${query}${query.includes("pace=") ? "" : "&pace=0"}&lang=${language}`;
