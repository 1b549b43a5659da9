// How the customer's window is built. Refuses inline assets, because the window's content policy allows none, and
// packages that About does not name.

import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";
import credits from "./src/settings/credits.json" with { type: "json" };

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** What of others is in the page, and what About says is in it. */
const credited: Plugin = {
  name: "nightline-credited",
  apply: "build",
  generateBundle(_, bundle) {
    const shipped = new Set<string>();
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk") continue;
      for (const [id, module] of Object.entries(chunk.modules)) {
        const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
        if (name && module.renderedLength > 0) shipped.add(name);
      }
    }
    const named = credits.npm.map((it) => it.name);
    const wrong = [...named.filter((it) => !shipped.has(it)), ...[...shipped].filter((it) => !named.includes(it))];
    if (wrong.length > 0) this.error(`src/settings/credits.json does not name what the page ships: ${wrong.join(", ")}`);
  },
};

export default defineConfig({
  plugins: [svelte(), credited],
  build: {
    // The oldest web views that the window is shown in; newer colors are written out for them.
    target: ["safari16.4", "chrome111"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { host: "127.0.0.1", fs: { allow: [repository] } },
});
