// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
export type OtherMachine = { asset_tag?: string, serial?: string, model?: string, location?: string, contract?: string, };
