// The console as its tests and pictures show it: the build on the fake desk, and the real desk's content policy.

import { fileURLToPath } from "node:url";

export const CONSOLE = {
  folder: fileURLToPath(new URL("../../dist-fake", import.meta.url)),
  policy:
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};
