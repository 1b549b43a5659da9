// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
export type NewAgent = { email: string, name: string, password: string, admin: boolean, };
