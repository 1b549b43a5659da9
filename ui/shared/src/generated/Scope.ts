// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
export type Scope = "me" | "some" | "all";
