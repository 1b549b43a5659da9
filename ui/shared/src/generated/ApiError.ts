// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { ErrorCode } from "./ErrorCode";

export type ApiError = { code: ErrorCode, detail: string, };
