// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
export type BundleState = { "state": "arriving", received: number, size: number, } | { "state": "complete", size: number, } | { "state": "damaged", detail: string, };
