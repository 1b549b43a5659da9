// The window as its tests and pictures show it: the build on the fake watch, and the real window's content policy.

import { fileURLToPath } from "node:url";

export const WINDOW = {
  folder: fileURLToPath(new URL("../../dist-fake", import.meta.url)),
  policy: [
    "default-src 'self'", "connect-src 'self' ipc: http://ipc.localhost", "img-src 'self' data:", "script-src 'self'", "style-src 'self'",
    "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
  ].join("; "),
  // As the real window's shell does before any script of the page.
  page: { before: () => Object.freeze(Object.prototype) },
};
