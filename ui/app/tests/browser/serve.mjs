// Serves the window's build with its content policy.

import { serve as serveFolder } from "../../../shared/tests/browser/serve.mjs";
import { WINDOW } from "./window.mjs";

export const serve = (folder) => serveFolder(folder, WINDOW.policy);
