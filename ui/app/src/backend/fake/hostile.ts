// Text that tries to become markup, to reorder its neighbors or to fill the page. The window must show it as text.

/** Sets a flag on the window if anything of it is ever run. */
const RUN = "window.__nightlineHacked=1";

export const HOSTILE_TEXT = [
  `<img src=x onerror="${RUN}"><script>${RUN}</script><svg onload=${RUN}>`,
  `{@html '<b>'} \${${RUN}} {{constructor.constructor('${RUN}')()}}`,
  "\u202Egnp.exe\u202C \u2066isolated\u2069 zero\u200Bwidth \u0000\u0007\u001b[31mred",
  `"><style>*{display:none}</style>&lt;b&gt; { $what } ${"W".repeat(200)}`,
].join(" ");
