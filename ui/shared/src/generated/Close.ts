// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { TechnicalLog } from "./TechnicalLog";

export type Close = { log: TechnicalLog, };
