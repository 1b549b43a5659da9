// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
export type Severity = "P0" | "P1" | "P2" | "P3";
