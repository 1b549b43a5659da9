// The sentences of both languages, from the same files that Rust reads. Holds none of its own.

import type { Catalogs } from "./texts.ts";

const english = import.meta.glob<string>("../../../../crates/nightline-text/locales/en/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});
const chinese = import.meta.glob<string>("../../../../crates/nightline-text/locales/zh-CN/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const catalogs: Catalogs = { en: Object.values(english), "zh-CN": Object.values(chinese) };
