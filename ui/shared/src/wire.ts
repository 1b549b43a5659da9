// The one door to the types that Rust writes for TypeScript. Holds no type of its own.

export type * from "./generated/formats.ts";
export type * from "./generated/view.ts";
