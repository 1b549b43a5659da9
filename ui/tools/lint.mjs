// Holds the rules of the console that no compiler knows: one door for requests, text nodes only, no sentences in code,
// no inline style, a head in every file, files of a size that can be read. Changes nothing.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MOST_LINES = 600;
const TEST_LINES = 1_000;
const complaints = [];

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (["node_modules", "generated"].includes(entry.name) || entry.name.startsWith("dist")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (/\.(ts|svelte|mjs|js|css)$/.test(entry.name)) yield path;
  }
}

function check(path) {
  const name = relative(ROOT, path);
  const text = readFileSync(path, "utf8");
  const say = (problem) => complaints.push(`${name}: ${problem}`);
  const lines = text.split("\n").length;
  if (!/^(\/\/|\/\*|<!--) \S.{20,}/.test(text)) say("does not begin with a head that says what it is");
  if (lines > (name.includes("/tests/") ? TEST_LINES : MOST_LINES)) say(`${lines} lines`);
  if (name.includes("/tests/") || name.startsWith("tools")) return;
  if (/\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write/.test(text) && !name.includes("fake/")) say("makes markup from text");
  if (/\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\(/.test(text) && !name.endsWith("backend/http.ts")) say("asks the network outside the backend");
  if (/\bconsole\.(log|debug|info|warn|error)\b/.test(text)) say("writes to the browser's console");
  if (/\beval\(|new Function\(/.test(text)) say("runs text");
  if (name.endsWith(".svelte")) checkMarkup(text, say);
}

/** Between tags only expressions, symbols and codes: every sentence is a message. */
function checkMarkup(text, say) {
  const markup = text.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<style[\s\S]*?<\/style>/g, "").replace(/<!--[\s\S]*?-->/g, "");
  if (/\sstyle="/.test(markup)) say("has an inline style, which the content policy refuses");
  const bare = withoutExpressions(markup).replace(/<[^>]*>/g, "\n");
  for (const line of bare.split("\n")) {
    const words = line.replace(/&\w+;|HTTP|Ctrl|Enter|Nightline/g, "").trim();
    if (/\p{L}{2,}/u.test(words)) say(`has a sentence between tags: ${words.slice(0, 60)}`);
  }
  for (const [, attribute, value] of withoutExpressions(markup).matchAll(/\s(title|alt|aria-label|placeholder)="([^"]*)"/g)) {
    if (/\p{L}{2,}/u.test(value)) say(`has a sentence in ${attribute}`);
  }
}

function withoutExpressions(markup) {
  let depth = 0;
  let kept = "";
  for (const character of markup) {
    if (character === "{") depth += 1;
    if (depth === 0) kept += character;
    if (character === "}") depth -= 1;
  }
  return kept;
}

for (const path of files(ROOT)) check(path);
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.stdout.write(`${complaints.length} complaints\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
