// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
export type TechnicalLog = { when: string, cause: string, measure: string, permanent_fix: string, };
