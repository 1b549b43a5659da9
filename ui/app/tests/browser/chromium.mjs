// The pages of the window for tools that keep a browser of their own.

import { openPage as open } from "../../../shared/tests/browser/chromium.mjs";
import { WINDOW } from "./window.mjs";

export { launch } from "../../../shared/tests/browser/chromium.mjs";
export const openPage = (browser, options) => open(browser, { ...WINDOW.page, ...options });
