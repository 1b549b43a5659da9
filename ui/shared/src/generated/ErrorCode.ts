// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
export type ErrorCode = "bad-request" | "sign-in-required" | "forbidden" | "not-approved" | "not-found" | "number-taken" | "conflict" | "too-large" | "checksum-mismatch" | "offset-mismatch" | "damaged-bundle" | "too-many-requests" | "clock-skew" | "desk-full" | "internal" | "unknown";
