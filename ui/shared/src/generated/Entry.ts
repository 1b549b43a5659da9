// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Disclosure } from "./Disclosure";

export type Entry = { path: string, size: number, sha256: string, media_type: string, collector: string, disclosure: Disclosure, replaced: number, };
