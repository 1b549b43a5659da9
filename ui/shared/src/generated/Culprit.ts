// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
export type Culprit = "none" | "device" | "no-network" | "wifi" | "cable" | "router" | "provider" | "far-network" | "dns" | "service" | "interception" | "unknown";
