// The sentence for a failure. The detail is shown apart, for whoever reads details.

import type { Failure } from "../backend/backend.ts";

/** The id of the sentence. */
export function failureId(failure: Failure): string {
  switch (failure.code) {
    case "offline":
    case "unreadable":
    case "bad-request":
    case "sign-in-required":
    case "forbidden":
    case "not-found":
    case "conflict":
    case "too-large":
    case "damaged-bundle":
    case "too-many-requests":
    case "desk-full":
    case "internal":
      return `console-failure-${failure.code}`;
    case "not-approved":
    case "number-taken":
    case "checksum-mismatch":
    case "offset-mismatch":
    case "clock-skew":
    case "unknown":
      return "console-failure-internal";
    default:
      return unreachable(failure.code);
  }
}

function unreachable(code: never): string {
  return `console-failure-internal-${String(code)}`;
}
